"""What became of one interaction: its first answer, its deferral, its message; knows Discord's rules for answering."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from tests.discord.world import Json

DEFERRED, DEFERRED_UPDATE = 5, 6
ALREADY_ANSWERED, UNKNOWN_INTERACTION = 40060, 10062


@dataclass(slots=True)
class Interaction:
    """One interaction and the answers to it; `done` is set once a member sees an answer."""

    sent: Json
    asked: float = field(default_factory=perf_counter)
    first: Json | None = None
    message: Json | None = None  # as the member sees it now
    private: bool = False
    followups: list[Json] = field(default_factory=list)
    answered: float | None = None
    late: bool = False  # the first answer came after Discord's three seconds
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seconds(self) -> float:
        """From the question to the answer that a member sees."""
        assert self.answered is not None, "not answered"
        return self.answered - self.asked

    @property
    def choices(self) -> list[Json]:
        """What autocompletion offered."""
        assert self.first is not None
        choices: list[Json] = self.first["data"]["choices"]
        return choices

    @property
    def modal(self) -> Json:
        """The form that was opened."""
        assert self.first is not None
        assert self.first["type"] == 9
        data: Json = self.first["data"]
        return data

    @property
    def text(self) -> str:
        """All text of the message, as someone reads it."""
        assert self.message is not None, "no message"
        return text_of(self.message)

    def finish(self) -> None:
        """A member sees an answer."""
        if self.answered is None:
            self.answered = perf_counter()
        self.done.set()

    async def answer(self, seconds: float = 10) -> "Interaction":
        """Wait until a member sees an answer."""
        await asyncio.wait_for(self.done.wait(), seconds)
        return self


def text_of(message: Json) -> str:
    """The content of a message and of all its components, line by line."""
    return "\n".join(part for part in (message.get("content") or "", *texts_of(message)) if part)


def buttons_of(message: Json) -> list[Json]:
    """All buttons and selects of a message, in order."""
    found: list[Json] = []
    _walk(message.get("components") or [], found.append)
    return [one for one in found if one.get("type") in {2, 3}]


def texts_of(message: Json) -> list[str]:
    """The texts of a message's components, from top to bottom."""
    found: list[Json] = []
    _walk(message.get("components") or [], found.append)
    return [one["content"] for one in found if one.get("content")]


def _walk(components: list[Json], visit: Callable[[Json], None]) -> None:
    for component in components:
        visit(component)
        _walk(component.get("components") or [], visit)
        if component.get("accessory"):
            _walk([component["accessory"]], visit)

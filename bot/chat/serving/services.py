"""What the Discord side is given to work with, put together elsewhere; starts, opens and closes nothing."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.assistant import Assistant
from bot.chat.words.texts import Texts
from bot.librarian import Librarian
from bot.model.answer import Status
from bot.persons.persons import Persons
from bot.rights import Rights
from bot.settings import Settings


class Memory(Protocol):
    """What the bot itself remembers of what members did; never together with who did it."""

    async def note_gap(self, question: str, asker: int) -> str | None:
        """Note a question that nobody could answer; `asker` only keeps one member from counting twice.

        Returns which "no" it got; None where it is no gap.
        """

    async def note_feedback(self, question: str, *, good: bool, asker: int) -> None:
        """Note whether an answer to `question` was liked; a later word of the same asker replaces the earlier one."""


class NoMemory:
    """Remembers nothing."""

    async def note_gap(self, question: str, asker: int) -> str | None:
        """Forget it."""

    async def note_feedback(self, question: str, *, good: bool, asker: int) -> None:
        """Forget it."""


class Counting(Protocol):
    """What is counted while the bot runs; never a name or a question."""

    def answered(self, surface: str, status: Status, seconds: float) -> None:
        """Count one answer."""

    def lacked(self, reason: str) -> None:
        """Count a gap: a question that no document answers."""

    def failed(self, surface: str) -> None:
        """Count a question that ended in an error of ours."""

    def reloaded(self, seconds: float, *, swapped: bool) -> None:
        """Count a reload; `swapped` is False where the old snapshot stayed."""


class NoCounting:
    """Counts nothing."""

    def answered(self, surface: str, status: Status, seconds: float) -> None:
        """Let it go."""

    def lacked(self, reason: str) -> None:
        """Let it go."""

    def failed(self, surface: str) -> None:
        """Let it go."""

    def reloaded(self, seconds: float, *, swapped: bool) -> None:
        """Let it go."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a command, a message or a button may need."""

    assistant: Assistant
    texts: Texts
    settings: Settings
    memory: Memory = field(default_factory=NoMemory)
    librarian: Librarian | None = None  # the admin's commands work with it; members' commands never touch it
    counting: Counting = field(default_factory=NoCounting)
    rights: Rights | None = None
    persons: Persons | None = None

"""What the Discord side is given to work with, put together elsewhere; starts, opens and closes nothing."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.assistant import Assistant
from bot.chat.texts import Texts
from bot.librarian import Librarian
from bot.settings import Settings


class Memory(Protocol):
    """What the bot itself remembers of what members did; never together with who did it."""

    async def note_gap(self, question: str, asker: int) -> None:
        """Note a question that nobody could answer; `asker` only keeps one member from counting twice."""

    async def note_feedback(self, question: str, *, good: bool, asker: int) -> None:
        """Note whether an answer to `question` was liked; a later word of the same asker replaces the earlier one."""


class NoMemory:
    """Remembers nothing."""

    async def note_gap(self, question: str, asker: int) -> None:
        """Forget it."""

    async def note_feedback(self, question: str, *, good: bool, asker: int) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a command, a message or a button may need."""

    assistant: Assistant
    texts: Texts
    settings: Settings
    memory: Memory = field(default_factory=NoMemory)
    librarian: Librarian | None = None  # the admin's commands work with it; members' commands never touch it

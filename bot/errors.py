"""The exception tree: what can go wrong in a way its reader can mend; never carries a traceback to a member.

WhoswhoError
├── SettingsError       a setting, folder or file the operator named is unusable
├── KnowledgeError      nothing could be loaded; carries the problems found
├── VocabularyError     a vocabulary file contradicts itself; names file and key
├── DecisionError       a decision cannot be recorded
├── LinkError           a link may not or cannot be fetched
├── ShelfError          a document cannot be put into a knowledge folder or taken out
├── PromptError         a reply template or phrasing is missing or broken
├── SnapshotError       the snapshot is missing, unreadable or of another schema
├── DiscordError        Discord refuses what no second try mends: a token, a permission
├── SearchTimeout       a search was stopped at its deadline; the question was too broad
├── NotAtOnce           whoever asked waits no longer; the same is to be asked again by somebody who has time
├── LoadBusy            another load of the same data folder is running; says who and since when
└── StateError          what the bot itself remembers cannot be read or written
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.model.problem import Problem


class WhoswhoError(Exception):
    """Base of all errors that are reported in one line on standard error."""


class SettingsError(WhoswhoError):
    """A folder, file or option that the operator gave cannot be used."""


class KnowledgeError(WhoswhoError):
    """No document could be loaded, so the old snapshot stays; `problems` are those of all documents."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class VocabularyError(WhoswhoError):
    """A vocabulary file is malformed or contradicts another one."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")


class DecisionError(WhoswhoError):
    """What a maintainer decided cannot be written down, or names nothing that waits for a decision."""


class LinkError(WhoswhoError):
    """A link that may not be fetched, or that brought nothing; `status` is what the server answered, 0: nothing."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class ShelfError(WhoswhoError):
    """A document that cannot be put where it should be, or that is not there."""


class PromptError(WhoswhoError):
    """A reply template or a phrasing file is missing, unused or broken."""


class SnapshotError(WhoswhoError):
    """The snapshot file cannot be read."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")


class DiscordError(WhoswhoError):
    """Discord refuses the bot for good; the message says what the operator can do."""


class SearchTimeout(WhoswhoError):
    """A search took longer than a member should wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"search stopped after {seconds * 1000:.0f} ms")


class NotAtOnce(WhoswhoError):
    """What was asked takes longer than an event loop may stand still."""


class LoadBusy(WhoswhoError):
    """Another process is loading into the same data folder."""

    def __init__(self, data_dir: Path, who: str = "", since: datetime | None = None) -> None:
        by = f", by {who}" if who else ""
        at = f", since {since:%Y-%m-%d %H:%M:%S} UTC" if since else ""
        super().__init__(f"{data_dir}: another load is running{by}{at}")
        self.who = who  # as it called itself when it began; empty: unknown
        self.since = since


class StateError(WhoswhoError):
    """What the bot itself remembers cannot be read or written now; answers go on without it."""


def told_of(error: OSError, where: Path | None = None) -> str:
    """What the system refused, in one line: the file that it names, else the folder `where` it was at work."""
    name, reason = error.filename or where, error.strerror or str(error)
    return f"{name}: {reason}" if name else reason


def told_of_value(fault: Mapping[str, Any]) -> str:
    """What a check of values says is wrong with one, in words for whoever wrote it."""
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] == "extra_forbidden":
        return "nothing is known under this name"
    return str(fault["msg"]).removeprefix("Value error, ")

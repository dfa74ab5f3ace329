"""Log lines for the operator, on a console or as JSON; keeps secrets and the words of members out of them.

A line tells what happened and where. The message of an error is told only where it comes from a library that knows
nothing of what members write; of any other only the type and the place are, because a message may quote anything.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

Format = Literal["console", "json"]

_OUR_KEYS = frozenset(vars(logging.makeLogRecord({})))  # what every record has; the rest was given by `extra`
# An interaction's token lets anyone answer in the bot's name for a quarter of an hour.
_INTERACTION_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"']+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_HARMLESS = ("discord", "aiohttp", "asyncio", "ssl", "socket")
_HIDDEN = "[hidden]"


def set_up_logs(
    form: Format, secrets: Sequence[str] = (), stream: TextIO | None = None, discord_from: int = logging.WARNING
) -> None:
    """Write everything from INFO on to `stream`, standard error by default; what discord.py says only from a level."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter((_JsonLines if form == "json" else _ConsoleLines)(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("discord").setLevel(discord_from)  # its INFO lines say what ours say
    logging.captureWarnings(capture=True)


class _Lines(logging.Formatter):
    """What both forms share: what is told of an error, and what must not be told."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def told(self, text: str) -> str:
        """A text on one line without secrets; a line break in it could pretend to be another entry."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        text = _INTERACTION_TOKEN.sub(rf"\g<1>{_HIDDEN}", text)
        return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)

    @staticmethod
    def moment(record: logging.LogRecord) -> str:
        """When it happened, to the millisecond, in UTC."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _ConsoleLines(_Lines):
    """`2026-03-01T10:00:00.000+00:00 INFO bot.chat.run: text`, the place of an error in lines below it."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.moment(record)} {record.levelname} {record.name}: {self.told(record.getMessage())}"
        given = [f"{key}={value}" for key, value in _given(record)]
        line += self.told(f" ({', '.join(given)})") if given else ""
        if record.exc_info and record.exc_info[1] is not None:
            line += "".join(f"\n    {self.told(part)}" for part in _told_of(record.exc_info[1]))
        return line


class _JsonLines(_Lines):
    """One object a line: time, level, logger, message, and the error's type and place."""

    def format(self, record: logging.LogRecord) -> str:
        row: dict[str, Any] = {
            "time": self.moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.told(record.getMessage()),
        }
        row |= {
            key: value if isinstance(value, int | float) else self.told(str(value)) for key, value in _given(record)
        }
        if record.exc_info and record.exc_info[1] is not None:
            row["error"] = [self.told(part) for part in _told_of(record.exc_info[1])]
        return json.dumps(row, ensure_ascii=False)


def in_one_line(error: BaseException) -> str:
    """An error for the end of a line: its message where that is harmless, else its type."""
    harmless = isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _HARMLESS
    message = " ".join(str(error).split()) if harmless else ""
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _told_of(error: BaseException) -> Iterator[str]:
    """Where it was raised, what it is, and the same of what caused it."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told_of(cause)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"
    yield in_one_line(error)


def _given(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """What was given beside the message."""
    for key, value in vars(record).items():
        if key not in _OUR_KEYS and key not in {"message", "asctime", "taskName"}:
            yield key, value

"""The admin's messages: pages of text with buttons that carry all they need, and what a press says; answers nothing."""

import hmac
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.chat.messages.components import Component, Plain, button, main_button, row, text
from bot.chat.messages.lines import Says

TEMPLATE = re.compile(
    r"(kn:([a-z]{1,2}):([0-9a-z]{1,13}):([0-9a-z]{1,13}):([\w.]{0,50})):([0-9a-f]{12})"  # as Press.of reads it
)
_DIGITS = string.digits + string.ascii_lowercase
Choice = tuple[str, "Verb", str]  # a button: the key of its label, what it does, and with what


class Verb(StrEnum):
    """What a button does."""

    PAGE = "p"  # rest: view.page.basis
    APPROVE = "go"  # rest: basis of the preview
    ROLL_BACK = "rb"  # rest: number of the snapshot
    ADD = "ad"  # rest: key of the document that waits
    REMOVE = "rm"  # rest: the same
    YES, NO, SKIP, END = "y", "n", "sk", "e"  # rest: key of the review, and the number of the question
    GRANT, REFUSE, LATER = "gr", "rf", "lt"  # rest: id of what a member asked for
    CANCEL = "no"  # rest: the action that is called off


class View(StrEnum):
    """What is shown in pages."""

    RELOAD = "reload"
    CHECK = "check"
    STATUS = "status"
    HISTORY = "history"
    GAPS = "gaps"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose message it is, and by which command; ids of Discord. `key` seals what the buttons say."""

    member: int
    command: int
    key: bytes

    def id(self, verb: Verb, rest: str) -> str:
        """The id of a button; nobody else can make one, whatever a client sends."""
        said = f"kn:{verb}:{_short(self.member)}:{_short(self.command)}:{rest}"
        return f"{said}:{_seal(said, self.key)}"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button said when it was pressed."""

    verb: str
    holder: Holder
    rest: str

    @classmethod
    def of(cls, fields: Sequence[str], key: bytes) -> "Press | None":
        """The press behind the parts of an id; None: it was not sealed with this key."""
        said, verb, member, command, rest, seal = fields
        if not hmac.compare_digest(seal, _seal(said, key)):
            return None
        return cls(verb, Holder(int(member, 36), int(command, 36), key), rest)


@dataclass(frozen=True, slots=True)
class Screen:
    """Pages of one view; `basis` names the preview that is shown, `approvable` says whether it can be put in force."""

    view: View
    pages: Sequence[str]
    basis: str = ""
    approvable: bool = False


def screen_layout(screen: Screen, page: int, holder: Holder, say: Says) -> Plain:
    """One page of a screen with what can be done there."""
    page = max(0, min(page, len(screen.pages) - 1))
    items = [text(screen.pages[page])]
    if len(screen.pages) > 1:
        items.append(text(say("page", page=page + 1, pages=len(screen.pages))))
        items.append(
            row(*(_step(key, to, screen, holder, say) for key, to in (("back", page - 1), ("next", page + 1))))
        )
    if screen.approvable:
        items.append(
            _choices([("approve", Verb.APPROVE, screen.basis), ("cancel", Verb.CANCEL, screen.view)], holder, say)
        )
    return Plain(items)


def choice_layout(said: str, choices: Sequence[Choice], holder: Holder, say: Says) -> Plain:
    """A text with what can be chosen."""
    return Plain([text(said), _choices(choices, holder, say)])


def _choices(choices: Sequence[Choice], holder: Holder, say: Says) -> Component:
    """A row of buttons, the first of which stands out."""
    makers = [main_button, *[button] * (len(choices) - 1)]
    return row(
        *(
            make(say(f"buttons.{key}"), holder.id(verb, rest))
            for make, (key, verb, rest) in zip(makers, choices, strict=True)
        )
    )


def _step(key: str, to: int, screen: Screen, holder: Holder, say: Says) -> Component:
    """The button to another page; where there is none it cannot be pressed."""
    there = 0 <= to < len(screen.pages)
    id_ = holder.id(Verb.PAGE, f"{screen.view}.{to if there else key}.{screen.basis}")
    return {**button(say(f"buttons.{key}"), id_), "disabled": not there}


def _seal(said: str, key: bytes) -> str:
    return hmac.new(key, f"press {said}".encode(), sha256).hexdigest()[:12]


def _short(number: int) -> str:
    """A number to the base 36: an id has room for 100 characters."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"

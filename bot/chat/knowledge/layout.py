"""The admin's messages: pages of text with buttons that carry all they need, and what a press says; answers nothing."""

import hmac
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

import discord
from discord import ui

from bot.chat.messages.lines import Says

TEMPLATE = re.compile(
    r"(?P<said>kn:(?P<verb>[a-z]{1,2}):(?P<member>[0-9a-z]{1,13}):(?P<command>[0-9a-z]{1,13}):(?P<rest>[\w.]{0,50}))"
    r":(?P<seal>[0-9a-f]{12})"
)
_DIGITS = string.digits + string.ascii_lowercase


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
    def of(cls, match: "re.Match[str]", key: bytes) -> "Press | None":
        """The press behind an id; None: it was not sealed with this key."""
        if not hmac.compare_digest(match["seal"], _seal(match["said"], key)):
            return None
        holder = Holder(int(match["member"], 36), int(match["command"], 36), key)
        return cls(match["verb"], holder, match["rest"])


@dataclass(frozen=True, slots=True)
class Screen:
    """Pages of one view; `basis` names the preview that is shown, `approvable` says whether it can be put in force."""

    view: View
    pages: Sequence[str]
    basis: str = ""
    approvable: bool = False


class Layout(ui.LayoutView):
    """Components whose presses are found by their ids, so that they outlive a restart."""

    def __init__(self, *items: ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self.stop()


def words(*lines: str) -> Layout:
    """A few words."""
    return Layout(ui.TextDisplay("\n".join(lines)))


def screen_layout(screen: Screen, page: int, holder: Holder, say: Says) -> Layout:
    """One page of a screen with what can be done there."""
    page = max(0, min(page, len(screen.pages) - 1))
    items: list[ui.Item[Any]] = [ui.TextDisplay(screen.pages[page])]
    turning: list[ui.Button[Any]] = []
    if len(screen.pages) > 1:
        items.append(ui.TextDisplay(say("page", page=page + 1, pages=len(screen.pages))))
        for key, to in (("back", page - 1), ("next", page + 1)):
            there = 0 <= to < len(screen.pages)
            id_ = holder.id(Verb.PAGE, f"{screen.view}.{to if there else key}.{screen.basis}")
            turning.append(ui.Button(label=say(f"buttons.{key}"), custom_id=id_, disabled=not there))
    if turning:
        items.append(ui.ActionRow(*turning))
    if screen.approvable:
        items.append(ui.ActionRow(*_decision("approve", Verb.APPROVE, screen.basis, screen.view, holder, say)))
    return Layout(*items)


def rollback_layout(text: str, number: int, holder: Holder, say: Says) -> Layout:
    """The question whether to go back to a snapshot."""
    buttons = _decision("roll_back", Verb.ROLL_BACK, str(number), "rollback", holder, say)
    return Layout(ui.TextDisplay(text), ui.ActionRow(*buttons))


def choice_layout(text: str, buttons: Sequence[tuple[str, Verb, str]], holder: Holder, say: Says) -> Layout:
    """A text, and buttons by the keys of their labels: what each does, and with what. The first stands out."""
    row = [
        ui.Button[Any](
            label=say(f"buttons.{key}"),
            style=discord.ButtonStyle.secondary if number else discord.ButtonStyle.success,
            custom_id=holder.id(verb, rest),
        )
        for number, (key, verb, rest) in enumerate(buttons)
    ]
    return Layout(ui.TextDisplay(text), ui.ActionRow(*row))


def _decision(key: str, verb: Verb, rest: str, action: str, holder: Holder, say: Says) -> list[ui.Button[Any]]:
    green, grey = discord.ButtonStyle.success, discord.ButtonStyle.secondary
    return [
        ui.Button(label=say(f"buttons.{key}"), style=green, custom_id=holder.id(verb, rest)),
        ui.Button(label=say("buttons.cancel"), style=grey, custom_id=holder.id(Verb.CANCEL, action)),
    ]


def _seal(said: str, key: bytes) -> str:
    return hmac.new(key, f"press {said}".encode(), sha256).hexdigest()[:12]


def _short(number: int) -> str:
    """A number to the base 36: an id has room for 100 characters."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"

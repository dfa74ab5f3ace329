"""Lines and pages for the admin: texts in one locale, numbers with their nouns, lists in pages; decides nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TypeVar

from bot.answers.markdown import escape
from bot.chat.texts import Texts
from bot.model.problem import Problem

LONGEST_PAGE, MOST_LINES = 2400, 14  # characters and lines below the headline
LONGEST_VALUE = 120
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Says:
    """The texts of /knowledge in one locale."""

    texts: Texts
    locale: str

    def __call__(self, key: str, **values: str | int) -> str:
        """The text `knowledge.<key>`; values must be escaped already."""
        return self.texts.say(self.locale, f"knowledge.{key}", **values)

    def count(self, key: str, number: int) -> str:
        """A number with its noun, which has the forms `one` and `many`."""
        return self(f"counts.{key}.{'one' if number == 1 else 'many'}", number=number)


def paged(head: str, lines: Iterable[str]) -> list[str]:
    """Pages of whole lines, each under the headline; one page at least."""
    pages: list[list[str]] = [[]]
    for line in lines:
        if pages[-1] and (len(pages[-1]) >= MOST_LINES or sum(map(len, pages[-1])) + len(line) > LONGEST_PAGE):
            pages.append([])
        pages[-1].append(line)
    return ["\n".join([head, *page]) for page in pages]


def section(
    say: Says, key: str, items: Sequence[_Item], total: int | None, tell: Callable[[Says, _Item], str]
) -> list[str]:
    """A list under its count; nothing where there is none. `total` counts those too that are not listed."""
    total = len(items) if total is None else total
    if not total:
        return []
    lines = [f"\n**{say.count(key, total)}**", *(f"- {tell(say, item)}" for item in items)]
    if total > len(items):
        lines.append(say("and_more", number=total - len(items)))
    return lines


def short(text: str) -> str:
    """A value of a document, cut and escaped."""
    return escape(shorten(text, LONGEST_VALUE, placeholder=" …"))


def path_of(_: Says, path: str) -> str:
    """A document's path, its end if it is long."""
    return escape(path[-LONGEST_VALUE:])


def told_problem(_: Says, problem: Problem) -> str:
    """What is wrong with a document, and where."""
    return escape(shorten(str(problem), LONGEST_VALUE * 2, placeholder=" …"))


def moment(seconds: int) -> str:
    """A time that Discord shows in the reader's own zone and language."""
    return f"<t:{seconds}:f>"


def member(id_: int | None, say: Says) -> str:
    """Who did it; the mention pings nobody."""
    return say("machine") if id_ is None else f"<@{id_}>"

"""Lines and pages for the admin: texts in one locale, numbers with their nouns, lists in pages; decides nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TypeVar

from bot.answers.wording.markdown import escape
from bot.chat.words.texts import Texts
from bot.model.problem import Problem

LONGEST_PAGE, MOST_LINES = 2400, 15  # characters and lines below the headline
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
    """Pages of whole lines, each under `head`; a list that goes on has its headline again. One page at least."""
    pages: list[list[str]] = [[]]
    title: str | None = None
    for line in lines:
        page = pages[-1]
        if page and (len(page) >= MOST_LINES or sum(map(len, page)) + len(line) > LONGEST_PAGE):
            if page[-1] == title:  # a headline stands above its list
                page.pop()
            pages.append([title] if title is not None and not _is_headline(line) else [])
        if _is_headline(line):
            title = line
        pages[-1].append(line)
    return ["\n".join([head, *page]) for page in pages if page or len(pages) == 1]


def headline_of(title: str) -> str:
    """What stands above a list, apart from the one before."""
    return f"\n**{title}**"


def _is_headline(line: str) -> bool:
    return line.startswith("\n**")


def section(
    say: Says, title: str, items: Sequence[_Item], total: int | None, tell: Callable[[Says, _Item], str]
) -> list[str]:
    """A list under its title; nothing where there is none. `total` counts those too that are not listed."""
    total = len(items) if total is None else total
    if not total:
        return []
    lines = [headline_of(title), *(f"- {tell(say, item)}" for item in items)]
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

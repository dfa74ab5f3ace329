"""What the admin reads, as pages of lines in the texts of prompts/discord; knows neither Discord nor how it is sent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TypeVar

from bot.answers.markdown import escape
from bot.chat.texts import Texts
from bot.errors import KnowledgeError
from bot.ingest.outcome import Outcome
from bot.librarian import Kept, Lacking, Status
from bot.model.fact import Source
from bot.model.problem import Problem
from bot.store.diff import ShownConflict, ShownFact
from bot.store.state.records import Deed

LONGEST_PAGE, MOST_LINES = 2400, 14  # characters and lines below the headline
_LONGEST_VALUE = 120
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


def pages_of_outcome(outcome: Outcome, say: Says) -> list[str]:
    """What a load changed, or would change; every page begins with the counts."""
    totals = outcome.totals
    lines = [
        *_section(say, "added", outcome.added, totals.get("added"), _fact),
        *_section(say, "changed", outcome.changed, totals.get("changed"), _change),
        *_section(say, "withdrawn", outcome.withdrawn, totals.get("withdrawn"), _fact),
        *_section(say, "new_conflicts", outcome.new_conflicts, None, _conflict),
        *_section(say, "not_understood", outcome.not_understood, None, _path),
        *_section(say, "problems", outcome.problems, None, _problem),
        *_section(say, "kept", outcome.kept, None, _path),
    ]
    return paged(headline(outcome, say), lines)


def headline(outcome: Outcome, say: Says) -> str:
    """The counts of an outcome, in a line or two."""
    known = [say.count(name, outcome.counts[name]) for name in ("documents", "entities", "facts")]
    return say(
        "outcome", changes=changes(outcome, say), known=", ".join(known), seconds=f"{outcome.seconds:.1f}"
    )  # fmt: skip


def changes(outcome: Outcome, say: Says) -> str:
    """How much an outcome changes, and what is wrong."""
    totals = outcome.totals
    facts = [say.count(name, totals[name]) for name in ("added", "changed", "withdrawn") if totals.get(name)]
    others = [
        say.count(name, number)
        for name, number in (
            ("new_conflicts", len(outcome.new_conflicts)),
            ("not_understood", len(outcome.not_understood)),
            ("problems", len(outcome.problems)),
        )
        if number
    ]
    return ", ".join(facts + others) or say("nothing_changed")


def pages_of_error(error: KnowledgeError, say: Says) -> list[str]:
    """Why nothing could be loaded."""
    lines = _section(say, "problems", error.problems[:200], len(error.problems), _problem)
    return paged(say("nothing_loadable", why=escape(str(error))), lines)


def pages_of_status(status: Status, say: Says) -> list[str]:
    """What is in force."""
    head = [
        say("status.snapshot", snapshot=status.snapshot, built=moment(int(status.built_at.timestamp()))),
        ", ".join(say.count(name, number) for name, number in status.counts.items()),
    ]
    if status.undone:
        head.append(say("status.undone", snapshot=status.undone))
    if status.state_fault:
        head.append(say("status.state_fault", why=escape(status.state_fault)))
    kinds = sorted(status.kinds.items(), key=lambda item: (-item[1], item[0]))
    lines = [
        *_section(say, "kinds", kinds, None, lambda _, kind: f"{escape(kind[0])}: {kind[1]}"),
        *_section(say, "problems", status.problems, None, _problem),
        *_section(say, "sources", status.sources, None, _source),
    ]
    return paged("\n".join(head), lines)


def pages_of_history(kept: Sequence[Kept], say: Says) -> list[str]:
    """The snapshots there are to go back to."""
    return paged(say("history.head"), [f"- {told_of_snapshot(one, say)}" for one in kept])


def told_of_snapshot(kept: Kept, say: Says) -> str:
    """One snapshot in a line."""
    line = say(
        "history.line",
        snapshot=kept.snapshot,
        built=moment(int(kept.built_at.timestamp())),
        known=f"{say.count('entities', kept.entities)}, {say.count('facts', kept.facts)}",
    )
    if kept.change is not None:
        totals = (("added", kept.change.added), ("changed", kept.change.changed), ("withdrawn", kept.change.withdrawn))
        changes = ", ".join(say.count(name, number) for name, number in totals if number)
        key = f"history.{kept.change.action}" if changes else f"history.{kept.change.action}_plain"
        by = member(kept.change.actor, say)
        line += "\n  " + say(key, who=by, at=moment(int(kept.change.at.timestamp())), changes=changes)
    return f"{say('history.in_force')} {line}" if kept.in_force else line


def pages_of_gaps(lacking: Lacking, days: int, say: Says) -> list[str]:
    """What members asked and nobody could be told."""
    gaps = [
        "- "
        + say(
            "gaps.line", pattern=escape(gap.pattern), askers=gap.askers, times=gap.times,
            last=moment(int(gap.last.timestamp())), reason=say(f"gaps.reasons.{gap.reason}"),
        )
        for gap in lacking.gaps
    ]  # fmt: skip
    votes = [
        "- " + say("gaps.vote", topic=escape(vote.topic), good=vote.good, bad=vote.bad)
        for vote in lacking.votes
    ]  # fmt: skip
    lines = gaps or [say("gaps.none")]
    if votes:
        lines += [say("gaps.votes"), *votes]
    return paged(say("gaps.head", days=days), lines)


def pages_of_audit(deeds: Sequence[Deed], say: Says) -> list[str]:
    """What admins did."""
    lines = [
        "- "
        + say(
            "audit.line", at=moment(int(deed.at.timestamp())), who=member(deed.actor, say),
            action=say(f"audit.actions.{deed.action}"), outcome=say(f"audit.outcomes.{deed.outcome}"),
            detail=escape(shorten(deed.detail, _LONGEST_VALUE, placeholder=" …")),
        )
        for deed in deeds
    ]  # fmt: skip
    return paged(say("audit.head"), lines or [say("audit.none")])


def moment(seconds: int) -> str:
    """A time that Discord shows in the reader's own zone and language."""
    return f"<t:{seconds}:f>"


def member(id_: int | None, say: Says) -> str:
    """Who did it; the mention pings nobody."""
    return say("machine") if id_ is None else f"<@{id_}>"


def paged(head: str, lines: Iterable[str]) -> list[str]:
    """Pages of whole lines, each under the headline; one page at least."""
    pages: list[list[str]] = [[]]
    for line in lines:
        if pages[-1] and (len(pages[-1]) >= MOST_LINES or sum(map(len, pages[-1])) + len(line) > LONGEST_PAGE):
            pages.append([])
        pages[-1].append(line)
    return ["\n".join([head, *page]) for page in pages]


def _section(
    say: Says, key: str, items: Sequence[_Item], total: int | None, tell: Callable[[Says, _Item], str]
) -> list[str]:
    total = len(items) if total is None else total
    if not total:
        return []
    lines = [f"**{say.count(key, total)}**", *(f"- {tell(say, item)}" for item in items)]
    if total > len(items):
        lines.append(say("and_more", number=total - len(items)))
    return lines


def _short(text: str) -> str:
    return escape(shorten(text, _LONGEST_VALUE, placeholder=" …"))


def _place(document: str, line: int) -> str:
    return escape(f"{document[-_LONGEST_VALUE:]}:{line}")


def _path(_: Says, path: str) -> str:
    return escape(path[-_LONGEST_VALUE:])


def _fact(say: Says, fact: ShownFact) -> str:
    return say(
        "fact", subject=_short(fact.subject), property=escape(fact.property), value=_short(fact.text),
        place=_place(fact.document, fact.line),
    )  # fmt: skip


def _change(say: Says, change: tuple[ShownFact, ShownFact]) -> str:
    before, after = change
    if before.text == after.text:
        return say("fact_details", fact=_fact(say, after))
    return say(
        "fact_changed", subject=_short(after.subject), property=escape(after.property), before=_short(before.text),
        after=_short(after.text), place=_place(after.document, after.line),
    )  # fmt: skip


def _conflict(say: Says, item: ShownConflict) -> str:
    return say(
        "conflict", subject=_short(item.subject), property=escape(item.property),
        one=_short(item.one), one_place=_place(item.one_document, item.one_line),
        other=_short(item.other), other_place=_place(item.other_document, item.other_line),
    )  # fmt: skip


def _problem(_: Says, problem: Problem) -> str:
    return escape(shorten(str(problem), _LONGEST_VALUE * 2, placeholder=" …"))


def _source(say: Says, item: tuple[Source, int]) -> str:
    source, facts = item
    dated = (
        say("source_dated", title=_short(source.title), date=str(source.date)) if source.date else _short(source.title)
    )
    return f"{dated}: {say.count('facts', facts)}"

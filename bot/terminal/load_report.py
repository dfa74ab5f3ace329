"""What a load did, in lines for the maintainer who started it; loads nothing and decides no exit code."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from textwrap import shorten
from typing import TypeVar

from bot.ingest.outcome import Outcome, Understood, differences
from bot.model.problem import Problem
from bot.store.coverage import Undecided
from bot.store.diff import ShownConflict, ShownFact
from bot.terminal.screen import Screen

SHOWN = 5  # of each list; whoever wants all of them exports before and after
LONGEST = 80  # characters of a value
_Item = TypeVar("_Item")


def report(outcome: Outcome, screen: Screen, *, in_part: bool = True, told: frozenset[Problem] = frozenset()) -> None:
    """Say what was read, then what that changed, a few of each; `in_part`: documents understood in part too.

    Of the problems it is said how many were `told` before.
    """
    screen.text(_headline(outcome))
    if outcome.problems:
        documents = len({problem.document for problem in outcome.problems})
        problems = count(len(outcome.problems), "problem", "problems")
        old = sum(problem in told for problem in outcome.problems)
        remark = f", {'all' if old == len(outcome.problems) else old} as before" if old else ""
        screen.markdown(f"**{problems}** in {count(documents, 'document', 'documents')}{remark}")
    totals = outcome.totals
    _section(screen, "Added", outcome.added, totals.get("added"), _say_fact)
    _section(screen, "Changed", outcome.changed, totals.get("changed"), _say_change)
    _section(screen, "Withdrawn", outcome.withdrawn, totals.get("withdrawn"), _say_fact)
    if outcome.left_out:
        screen.text(f"Not shown: {count(outcome.left_out, 'difference', 'differences')} that name somebody removed")
    new = f", {len(outcome.new_conflicts)} of them new" if outcome.new_conflicts else ""
    first_new = sorted(outcome.conflicts, key=lambda conflict: conflict not in outcome.new_conflicts)
    _section(screen, "In conflict", first_new, None, _say_conflict, remark=new)
    remark = " of one name; whoswho review asks about them"
    _section(screen, "One or two", outcome.undecided, None, _say_undecided, remark=remark)
    _understood(screen, outcome, named=in_part)
    _section(screen, "Not understood", outcome.not_understood, None, str, remark=": no reader takes them")
    _section(screen, "Broken", outcome.kept, None, str, remark=": what they said before stays")


def report_document(understood: Understood, screen: Screen) -> None:
    """How much of one document was understood, and the lines that were not."""
    document = understood.document
    parts = [count(document.facts, "fact", "facts")]
    for number, one, several in (
        (document.suggestions, "suggestion", "suggestions"),
        (document.conflicts, "conflict", "conflicts"),
        (document.unplaced, "line not understood", "lines not understood"),
    ):
        if number:
            parts.append(count(number, one, several))
    screen.text(f"  {document.path}: {', '.join(parts)}")
    for line in understood.lines:
        screen.text(f"    {line.line}: {_short(line.text)}" + (f" ({line.why})" if line.why else ""))
    if document.unplaced > len(understood.lines):
        screen.text(f"    … and {document.unplaced - len(understood.lines)} more")


def _understood(screen: Screen, outcome: Outcome, *, named: bool) -> None:
    """How much was understood in part, and if they are to be `named` the first few documents."""
    waiting = outcome.counts.get("suggestions", 0), outcome.counts.get("unplaced", 0)
    if not any(waiting):
        return
    suggestions, lines = count(waiting[0], "suggestion", "suggestions"), count(waiting[1], "line", "lines")
    screen.markdown(f"**Understood in part**: {suggestions}, {lines} not understood")
    if not named:
        return
    parts = [item for item in outcome.understood if item.document.suggestions or item.document.unplaced]
    for item in parts[:SHOWN]:
        report_document(replace(item, lines=item.lines[:SHOWN]), screen)
    if len(parts) > SHOWN:
        screen.text(f"  … and {len(parts) - SHOWN} more documents")


def report_problems(problems: Iterable[Problem], screen: Screen) -> None:
    """One line each, beginning with file and line."""
    for problem in problems:
        screen.text(str(problem))


def _headline(outcome: Outcome) -> str:
    counts = outcome.counts
    known = ", ".join(
        count(counts[name], one, several)
        for name, one, several in (
            ("documents", "document", "documents"),
            ("entities", "entity", "entities"),
            ("facts", "fact", "facts"),
        )
        if name in counts
    )
    read = f"{outcome.read_documents} read, {outcome.unchanged_documents} unchanged, {outcome.seconds:.1f} s"
    if outcome.nothing_loaded:
        return f"Nothing changed: {known} ({read})."
    if outcome.snapshot_id is not None:
        return f"Loaded: {known} ({read})."
    return f"Checked, nothing written: {known} ({read})."


def count(number: int, one: str, several: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else several}"


def _section(
    screen: Screen,
    title: str,
    items: Sequence[_Item],
    total: int | None,
    say: Callable[[_Item], str],
    *,
    remark: str = "",
) -> None:
    total = len(items) if total is None else total
    if not total:
        return
    screen.markdown(f"**{title}**: {total}{remark}")
    for item in items[:SHOWN]:
        screen.text(f"  {say(item)}")
    if total > len(items[:SHOWN]):
        screen.text(f"  … and {total - len(items[:SHOWN])} more")


def _short(text: str) -> str:
    return shorten(text, LONGEST, placeholder=" …")


def _say_fact(fact: ShownFact) -> str:
    return f"{fact.subject}, {fact.property}: {_short(fact.text)} ({fact.document}:{fact.line})"


def _say_change(change: tuple[ShownFact, ShownFact]) -> str:
    before, after = change
    if before.text == after.text:
        told = "; ".join(
            f"{name}: {_short(was) or '–'} → {_short(now) or '–'}" for name, was, now in differences(*change)
        )
        return f"{_say_fact(after)}" + (f", {told}" if told else "")
    texts = f"{_short(before.text)} → {_short(after.text)}"
    return f"{before.subject}, {before.property}: {texts} ({after.document}:{after.line})"


def _say_undecided(pair: Undecided) -> str:
    return f"{pair.name} of {_first(pair.documents)} and of {_first(pair.other_documents)}"


def _first(documents: Sequence[str]) -> str:
    return documents[0] + (f" and {len(documents) - 1} more" if len(documents) > 1 else "")


def _say_conflict(conflict: ShownConflict) -> str:
    one = f"{_short(conflict.one)} ({conflict.one_document}:{conflict.one_line})"
    other = f"{_short(conflict.other)} ({conflict.other_document}:{conflict.other_line})"
    return f"{conflict.subject}, {conflict.property}: {one} against {other}"

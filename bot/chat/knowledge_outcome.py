"""What a load changed or would change, as pages for the admin; knows neither Discord nor how it is sent."""

from collections.abc import Sequence

from bot.answers.markdown import escape
from bot.chat.knowledge_lines import LONGEST_VALUE, Says, paged, path_of, section, short, told_problem
from bot.errors import KnowledgeError
from bot.ingest.outcome import Outcome
from bot.store.coverage import Undecided
from bot.store.diff import ShownConflict, ShownFact

_MOST_UNPLACED, _MOST_PLACES = 5, 3  # lines of one document, documents of one entity


def pages_of_outcome(outcome: Outcome, say: Says) -> list[str]:
    """What a load changed, or would change; every page begins with the counts."""
    totals = outcome.totals
    lines = [
        *section(say, "added", outcome.added, totals.get("added"), _fact),
        *section(say, "changed", outcome.changed, totals.get("changed"), _change),
        *section(say, "withdrawn", outcome.withdrawn, totals.get("withdrawn"), _fact),
        *section(say, "new_conflicts", outcome.new_conflicts, None, _conflict),
        *section(say, "undecided", outcome.undecided, None, _undecided),
        *_partly(say, outcome),
        *section(say, "not_understood", outcome.not_understood, None, path_of),
        *section(say, "problems", outcome.problems, None, told_problem),
        *section(say, "kept", outcome.kept, None, path_of),
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
            ("undecided", len(outcome.undecided)),
            ("suggestions", outcome.counts.get("suggestions", 0)),
            ("unplaced", outcome.counts.get("unplaced", 0)),
            ("not_understood", len(outcome.not_understood)),
            ("problems", len(outcome.problems)),
        )
        if number
    ]
    return ", ".join(facts + others) or say("nothing_changed")


def pages_of_error(error: KnowledgeError, say: Says) -> list[str]:
    """Why nothing could be loaded."""
    lines = section(say, "problems", error.problems[:200], len(error.problems), told_problem)
    return paged(say("nothing_loadable", why=escape(str(error))), lines)


def _partly(say: Says, outcome: Outcome) -> list[str]:
    """The documents that were understood in part, each with the first lines that were not."""
    parts = [item for item in outcome.understood if item.document.suggestions or item.document.unplaced]
    lines = [f"\n**{say.count('partly', len(parts))}**"] if parts else []
    for document, unplaced in ((item.document, item.lines) for item in parts):
        counts = [say.count("facts", document.facts)]
        for name, number in (("suggestions", document.suggestions), ("unplaced", document.unplaced)):
            counts += [say.count(name, number)] if number else []
        lines.append(f"- {path_of(say, document.path)}: {', '.join(counts)}")
        for line in unplaced[:_MOST_UNPLACED]:
            why = f" ({short(line.why)})" if line.why else ""
            lines.append(f"  - {line.line}: {short(line.text)}{why}")
        if document.unplaced > len(unplaced[:_MOST_UNPLACED]):
            lines.append("  " + say("and_more", number=document.unplaced - len(unplaced[:_MOST_UNPLACED])))
    return lines


def _undecided(say: Says, pair: Undecided) -> str:
    return say(
        "same_name",
        one=_named(say, pair.name, pair.documents),
        other=_named(say, pair.other_name, pair.other_documents),
    )


def _named(say: Says, name: str, documents: Sequence[str]) -> str:
    return f"{short(name)} ({', '.join(path_of(say, path) for path in documents[:_MOST_PLACES])})"


def _place(document: str, line: int) -> str:
    return escape(f"{document[-LONGEST_VALUE:]}:{line}")


def _fact(say: Says, fact: ShownFact) -> str:
    return say(
        "fact", subject=short(fact.subject), property=escape(fact.property), value=short(fact.text),
        place=_place(fact.document, fact.line),
    )  # fmt: skip


def _change(say: Says, change: tuple[ShownFact, ShownFact]) -> str:
    before, after = change
    if before.text == after.text:
        return say("fact_details", fact=_fact(say, after))
    return say(
        "fact_changed", subject=short(after.subject), property=escape(after.property), before=short(before.text),
        after=short(after.text), place=_place(after.document, after.line),
    )  # fmt: skip


def _conflict(say: Says, item: ShownConflict) -> str:
    return say(
        "conflict", subject=short(item.subject), property=escape(item.property),
        one=short(item.one), one_place=_place(item.one_document, item.one_line),
        other=short(item.other), other_place=_place(item.other_document, item.other_line),
    )  # fmt: skip

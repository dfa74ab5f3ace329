"""What a load changed or would change, as pages for the admin; knows neither Discord nor how it is sent."""

from collections.abc import Sequence

from bot.answers.wording.dates import say_date
from bot.answers.wording.markdown import escape
from bot.chat.messages.lines import LONGEST_VALUE, Says, headline_of, paged, path_of, section, short, told_problem
from bot.errors import KnowledgeError
from bot.ingest.outcome import SOURCE, TIMES, Outcome, differences
from bot.model.partial_date import PartialDate
from bot.store.coverage import Undecided
from bot.store.diff import ShownConflict, ShownFact

_MOST_UNPLACED, _MOST_PLACES = 5, 3  # lines of one document, documents of one entity


def pages_of_outcome(outcome: Outcome, say: Says) -> list[str]:
    """What a load changed, or would change; every page begins with the counts."""
    totals = outcome.totals
    lines = [
        *section(say, say("sections.added"), outcome.added, totals.get("added"), _fact),
        *section(say, say("sections.changed"), outcome.changed, totals.get("changed"), _change),
        *section(say, say("sections.withdrawn"), outcome.withdrawn, totals.get("withdrawn"), _fact),
        *section(say, say("sections.new_conflicts"), outcome.new_conflicts, None, _conflict),
        *section(say, say("sections.undecided"), outcome.undecided, None, _undecided),
        *_partly(say, outcome),
        *section(say, say("sections.not_understood"), outcome.not_understood, None, path_of),
        *section(say, say("sections.problems"), outcome.problems, None, told_problem),
        *section(say, say.count("kept", len(outcome.kept)), outcome.kept, None, path_of),
    ]
    return paged(headline(outcome, say), lines)


def headline(outcome: Outcome, say: Says) -> str:
    """The counts of an outcome, in a line or two."""
    known = [say.count(name, outcome.counts[name]) for name in ("documents", "entities", "facts")]
    told = changes(outcome, say)
    if outcome.nothing_loaded and told == say("nothing_changed"):  # that was said already
        return say("outcome_known", known=", ".join(known), seconds=f"{outcome.seconds:.1f}")
    return say("outcome", changes=told, known=", ".join(known), seconds=f"{outcome.seconds:.1f}")


def changes(outcome: Outcome, say: Says) -> str:
    """How much an outcome changes, and what is wrong."""
    totals = outcome.totals
    facts = [say.count(name, totals[name]) for name in ("added", "changed", "withdrawn") if totals.get(name)]
    others = [
        say.count(name, number)
        for name, number in (
            ("left_out", outcome.left_out),
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
    title = say.count("problems", len(error.problems))
    lines = section(say, title, error.problems[:200], len(error.problems), told_problem)
    return paged(say("nothing_loadable", why=escape(str(error))), lines)


def _partly(say: Says, outcome: Outcome) -> list[str]:
    """The documents that were understood in part, each with the first lines that were not."""
    parts = [item for item in outcome.understood if item.document.suggestions or item.document.unplaced]
    lines = [headline_of(say.count("partly", len(parts)))] if parts else []
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
    return _said(say, fact, short("; ".join([fact.text, *_details(say, fact)])))


def _change(say: Says, change: tuple[ShownFact, ShownFact]) -> str:
    """What differs: the value, or where that is the same the details."""
    before, after = change
    if before.text != after.text:
        value = say("was_is", before=short(before.text), after=short(after.text))
        return _said(say, after, value)
    nothing = say("details.none")
    told = [
        say(
            "detail_changed", name=escape(_name(say, name)), before=short(_value(name, was)) or nothing,
            after=short(_value(name, now)) or nothing,
        )
        for name, was, now in differences(before, after)
    ]  # fmt: skip
    return _said(say, after, "; ".join([short(after.text), *told]))


def _said(say: Says, fact: ShownFact, value: str) -> str:
    """One fact in a line; the value is escaped already."""
    return say(
        "fact", subject=short(fact.subject), property=escape(fact.property), value=value,
        place=_place(fact.document, fact.line),
    )  # fmt: skip


def _details(say: Says, fact: ShownFact) -> list[str]:
    """The details, and the time; the source is in the document."""
    times = [(name, getattr(fact, name)) for name in TIMES if getattr(fact, name)]
    return [f"{_name(say, name)}: {_value(name, value)}" for name, value in (*fact.details, *times)]


def _name(say: Says, name: str) -> str:
    return say(f"details.{name}") if name in (*TIMES, SOURCE) else name


def _value(name: str, value: str) -> str:
    return say_date(PartialDate.parse(value)) if value and name in TIMES else value


def _conflict(say: Says, item: ShownConflict) -> str:
    return say(
        "conflict", subject=short(item.subject), property=escape(item.property),
        one=short(item.one), one_place=_place(item.one_document, item.one_line),
        other=short(item.other), other_place=_place(item.other_document, item.other_line),
    )  # fmt: skip

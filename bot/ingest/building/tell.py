"""What a load changed, put together from the old snapshot and the new rows; changes nothing itself."""

import heapq
from dataclasses import dataclass, replace

from bot.errors import KnowledgeError
from bot.ingest.building.plan import KEPT, Plan, plan
from bot.ingest.building.survey import Survey
from bot.ingest.outcome import Outcome, Understood
from bot.model.problem import Problem
from bot.model.vocabulary import Vocabulary
from bot.store import diff
from bot.store.build import Builder
from bot.store.coverage import CoverageQueries
from bot.store.previous import Previous
from bot.store.tombstones import Tombstones

LINES = 20  # of one document that are named where it was not understood


@dataclass(slots=True)
class Fared:
    """The documents that did not fare as they should."""

    problems: list[Problem]
    unread: list[str]
    kept: list[str]


def how_they_fared(queries: CoverageQueries, problems: list[Problem]) -> Fared:
    """Sort documents; `problems` are those of files that are none. Raises KnowledgeError when none was loaded."""
    fared = Fared(list(problems), [], [])
    for path, state, own in queries.amiss():
        if state == "unread":
            fared.unread.append(path)
        if state == "kept":
            fared.kept.append(path)
        fared.problems += own
    if not queries.totals()[0]:
        raise KnowledgeError("no document could be loaded", fared.problems)
    return fared


def tell_nothing_new(previous: Previous, survey: Survey, problems: list[Problem]) -> Outcome:
    """The outcome where every document is as it was. Raises KnowledgeError."""
    queries = CoverageQueries(previous.connection)
    fared = how_they_fared(queries, problems)
    meta = previous.snapshot.meta
    counts = {name: int(meta[name]) for name in ("entities", "facts", "suggestions")}
    outcome = _outcome(fared, survey, counts, queries)
    conflicts = tuple(diff.conflicts(previous.connection))
    return replace(outcome, conflicts=conflicts, totals=Plan().totals, nothing_loaded=True)


def tell_changes(
    builder: Builder, survey: Survey, previous: Previous | None, documents: list[int] | None, problems: list[Problem]
) -> Outcome:
    """The outcome of a build before it is swapped in; `documents`: the only ones that differ. Raises KnowledgeError."""
    new = builder.connection
    queries = CoverageQueries(new)
    fared = how_they_fared(queries, problems)
    counts = builder.counts()
    conflicts = diff.conflicts(new)
    known: set[object] = set()
    gone: dict[int, diff.ShownFact] = {}
    if previous is None:
        changes = Plan(added=builder.first_facts(KEPT))
        changes.totals["added"] = counts["facts"]
    else:
        changes = plan(diff.hashes(previous.connection, documents), diff.hashes(new, documents))
        known = {_which(conflict) for conflict in diff.conflicts(previous.connection)}
        before = [*changes.withdrawn, *(one for one, _ in changes.changed)]
        gone = {fact.id: fact for fact in diff.shown(previous.connection, before)}
    come = {fact.id: fact for fact in diff.shown(new, [*changes.added, *(other for _, other in changes.changed)])}
    return replace(
        _outcome(fared, survey, counts, queries),
        added=tuple(sorted((come[fact] for fact in changes.added), key=_place)),
        changed=tuple(sorted(((gone[one], come[other]) for one, other in changes.changed), key=_place_of_pair)),
        withdrawn=tuple(sorted((gone[fact] for fact in changes.withdrawn), key=_place)),
        conflicts=tuple(conflicts),
        new_conflicts=tuple(conflict for conflict in conflicts if _which(conflict) not in known),
        totals=changes.totals,
    )


def without_removed(outcome: Outcome, removed: Tombstones) -> Outcome:
    """The outcome without the differences that name somebody who was removed; they are only counted."""
    if not removed:
        return outcome
    changed = tuple(pair for pair in outcome.changed if not any(_names(fact, removed) for fact in pair))
    withdrawn = tuple(fact for fact in outcome.withdrawn if not _names(fact, removed))
    left_out = len(outcome.changed) - len(changed) + len(outcome.withdrawn) - len(withdrawn)
    return replace(outcome, changed=changed, withdrawn=withdrawn, left_out=left_out)


def in_words(outcome: Outcome, vocabulary: Vocabulary) -> Outcome:
    """The outcome with the labels of properties in place of their names."""
    labels = {name: known.label for name, known in vocabulary.properties.items()}

    def worded(fact: diff.ShownFact) -> diff.ShownFact:
        details = tuple((labels.get(name, name), value) for name, value in fact.details)
        return fact._replace(property=labels.get(fact.property, fact.property), details=details)

    def told(conflicts: tuple[diff.ShownConflict, ...]) -> tuple[diff.ShownConflict, ...]:
        return tuple(one._replace(property=labels.get(one.property, one.property)) for one in conflicts)

    return replace(
        outcome,
        added=tuple(map(worded, outcome.added)),
        changed=tuple((worded(one), worded(other)) for one, other in outcome.changed),
        withdrawn=tuple(map(worded, outcome.withdrawn)),
        conflicts=told(outcome.conflicts),
        new_conflicts=told(outcome.new_conflicts),
    )


def _names(fact: diff.ShownFact, removed: Tombstones) -> bool:
    return removed.names(fact.subject, fact.text, fact.document, *(value for _, value in fact.details))


def _outcome(fared: Fared, survey: Survey, counts: dict[str, int], queries: CoverageQueries) -> Outcome:
    raw = queries.documents(raw_only=True)
    worst = heapq.nsmallest(KEPT, raw, key=lambda document: (-document.unplaced, document.path))
    return Outcome(
        undecided=tuple(queries.undecided()),
        understood=tuple(
            Understood(item, tuple(queries.unplaced(item.id, LINES) if item.unplaced else ())) for item in worst
        ),
        problems=tuple(fared.problems),
        not_understood=tuple(fared.unread),
        kept=tuple(fared.kept),
        counts={"documents": len(survey.files), **counts, "unplaced": queries.totals()[1]},
        unchanged_documents=len(survey.files) - survey.read,
        read_documents=survey.read,
    )


def _which(conflict: diff.ShownConflict) -> object:
    return conflict.subject, conflict.property, conflict.statements


def _place(fact: diff.ShownFact) -> tuple[str, int, int]:
    return fact.document, fact.line, fact.id


def _place_of_pair(pair: tuple[diff.ShownFact, diff.ShownFact]) -> tuple[str, int, int]:
    return _place(pair[1])

"""Building a snapshot from all documents: identities first, then facts; reads what changed, holds one at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.ingest.building import checks
from bot.ingest.building.declare import Declarer
from bot.ingest.building.resolve import Resolver, stubs_for
from bot.ingest.decisions.approval import approved, mentions
from bot.ingest.decisions.file import Judged
from bot.ingest.documents.reading import Body, qualifier_rows, unpack_body, unpack_head
from bot.ingest.folder.files import Found
from bot.ingest.parsing.parse import Parsed, Parser
from bot.language.fact_words import STATUS
from bot.model.fact import Rank, Source
from bot.model.vocabulary import Vocabulary
from bot.store.build import Builder
from bot.store.diff import set_conflicts, several_values
from bot.store.previous import Before, Drafts, Previous
from bot.store.rows import PROPERTY, RANK, SOURCE, SUBJECT, CoverageRow, DocumentRow, FactRow, PassageRow
from bot.store.snapshot import problems_of_text
from bot.store.tombstones import Tombstones

Progress = Callable[[int, int, str], None]  # done, total, stage
_AT_ONCE = 100_000  # bytes of packed readings that are resolved together


@dataclass(frozen=True, slots=True)
class Inputs:
    """What documents are read with."""

    vocabulary: Vocabulary
    sources: dict[str, Source]
    parser: Parser
    stop: frozenset[str]
    fingerprint: str
    progress: Progress
    judged: Judged
    decided: str  # the decisions it judges by, as they are kept
    removed: Tombstones = field(default_factory=Tombstones)  # who was removed for good


class Spelt(Exception):
    """Documents give the removed other names too; those are removed with them."""

    def __init__(self, hashes: frozenset[str]) -> None:
        super().__init__("a removed name is spelt in other ways")
        self.hashes = hashes


def build(
    builder: Builder, inputs: Inputs, files: list[Found], changed: set[str] | None, previous: Previous | None
) -> None:
    """Fill `builder` from `files`; those that are not in `changed` (None: all are) as `previous` read them.

    Raises Spelt where removed names turn out to have other spellings.
    """
    if previous is not None and previous.removed != inputs.removed.digest:
        previous = None  # what it kept of broken documents may name those who were removed since
    for key in sorted(inputs.sources):
        builder.source_id(inputs.sources[key])
    assemble(builder, inputs, _rows(inputs, files, changed, previous), len(files))


def assemble(builder: Builder, inputs: Inputs, rows: Iterable[DocumentRow], total: int) -> None:
    """Fill `builder` from documents that were read, in the order of their paths."""
    declarer = Declarer(builder, inputs.judged)
    for id_, row in enumerate(rows, start=1):
        _add_document(builder, declarer, inputs, row._replace(id=id_))
        inputs.progress(id_, total, "reading")
    declarer.settle()
    builder.names.settle_mentions()
    for wanted in list(builder.names.wanted()):
        for stub in stubs_for(wanted):
            builder.names.add_stub(stub.kind, stub.name, suggested=stub.suggested)
    resolver = Resolver(builder.names, builder.declared)
    done = 0
    for documents in _drafts(builder, inputs):
        add_facts(builder, inputs, resolver, documents)
        done += len(documents)
        inputs.progress(done, total, "resolving")
    builder.link()
    set_conflicts(builder.connection, conflicts(builder, inputs.vocabulary))


def add_facts(builder: Builder, inputs: Inputs, resolver: Resolver, documents: Sequence[tuple[int, str, Body]]) -> None:
    """Store the facts and passages of documents, by id and path, whose names and those they mention are all known."""
    resolver.learn(body for _, _, body in documents)
    rows: list[FactRow] = []
    within: list[tuple[int, str, int]] = []
    passages: list[PassageRow] = []
    coverage: list[CoverageRow] = []
    for document, path, body in documents:
        own = None if body.source is None else builder.own_source_id(body.source)
        named = {row[SOURCE] for row in body.rows}
        sources = {key: builder.source_id(_source(inputs, path, body, key)) for key in named}
        resolved = resolver.resolve(body, document, path, sources)
        rows += resolved.rows
        within += resolved.mentions
        passages += resolved.passages
        suggestions = sum([row[RANK] == Rank.SUGGESTION for row in resolved.rows])
        facts = len(resolved.rows) - suggestions
        coverage.append(CoverageRow(document, own, facts, suggestions, body.unplaced))
        if resolved.problems:
            builder.set_problems(document, [*builder.problems(document), *resolved.problems])
    builder.add_facts(rows, within)
    builder.add_passages(passages)
    builder.set_coverage(coverage)


def _source(inputs: Inputs, path: str, body: Body, key: str) -> Source:
    """The source that a document's facts name: a declared one, or the document itself."""
    declared = inputs.sources.get(key)
    if declared is not None and key != path:
        return declared
    return body.source or Source(path, f"Profile of {body.refs[body.rows[0][SUBJECT]][0]}")


def conflicts(
    builder: Builder, vocabulary: Vocabulary, subject: int | None = None
) -> Iterator[tuple[int, str, int, int]]:
    """Subject, property and the two facts of every contradiction; about one subject or all."""
    for group in several_values(builder.connection, checks.single_valued(vocabulary), subject):
        for one, other in checks.contradictions([checks.Stated(*row) for row in group.rows]):
            yield group.subject, group.property, one, other


def checked(parsed: Parsed) -> Parsed:
    """The same. Raises Spelt where it spells removed names in other ways."""
    if parsed.spellings:
        raise Spelt(parsed.spellings)
    return parsed


def document_row(parsed: Parsed, previous: Drafts | None, before: Before | None) -> DocumentRow:
    """The row of a document that was just read; of one that is broken now, `previous` has what it said `before`."""
    same = (0, parsed.path, parsed.sha256, parsed.size, parsed.mtime_ns)
    now = (parsed.limits, parsed.within, parsed.versions)
    if not parsed.understood:
        return DocumentRow(*same, "unread", (), None, None, *now)
    if parsed.head is not None:
        return DocumentRow(*same, "loaded", parsed.problems, parsed.head, parsed.body, *now)
    kept = previous.draft(before.id) if previous is not None and before is not None else None
    if kept is None or previous is None or before is None:
        return DocumentRow(*same, "broken", parsed.problems, None, None, *now)
    # Whom it is for now may be what is broken; then it stays as it was, unless everybody saw it.
    told = before.limits and any(not clause for clause in parsed.limits)
    limits = (
        before.limits
        if told
        else (*before.limits, *(clause for clause in parsed.limits if clause not in before.limits))
    )
    return DocumentRow(
        *same, "kept", parsed.problems, *kept, limits, before.within, previous.versions(before.id)
    )  # fmt: skip


def _rows(
    inputs: Inputs, files: list[Found], changed: set[str] | None, previous: Previous | None
) -> Iterator[DocumentRow]:
    """All documents in their order, the changed ones read."""
    to_read = files if changed is None else [found for found in files if found.path in changed]
    parsed = map(checked, inputs.parser.parse_all(to_read))
    for found in files:
        before = previous.document(found.path) if previous is not None else None
        if previous is None or changed is None or found.path in changed or before is None:
            yield document_row(next(parsed), previous, before)
            continue
        yield as_before(previous, before)


def as_before(previous: Drafts, before: Before) -> DocumentRow:
    """The row of a document that is as it was, whatever came of it beside the other documents there were then."""
    draft = previous.draft(before.id)
    problems = unpack_head(before.path, draft[0]).problems if draft else problems_of_text(before.path, before.problems)
    if before.state == "kept":
        problems = tuple(problem for problem in problems_of_text(before.path, before.problems) if problem.fatal)
    state = "loaded" if draft and before.state == "broken" else before.state
    same = (0, before.path, before.sha256, before.size, before.mtime_ns)
    versions = previous.versions(before.id) if before.within else ()
    head, body = draft or (None, None)
    return DocumentRow(*same, state, tuple(problems), head, body, before.limits, before.within, versions)


def _drafts(builder: Builder, inputs: Inputs) -> Iterator[list[tuple[int, str, Body]]]:
    """Id, path and body of the documents whose facts are to be stored, as many at a time as fit in little memory."""
    documents: list[tuple[int, str, Body]] = []
    size = 0
    for id_, path, state, packed in builder.drafts():
        body = approved(path, unpack_body(packed), inputs.judged)
        documents.append((id_, path, body if state == "loaded" else _sayable(body, inputs.vocabulary)))
        size += len(packed)
        if size > _AT_ONCE:
            yield documents
            documents, size = [], 0
    yield documents


def _add_document(builder: Builder, declarer: Declarer, inputs: Inputs, row: DocumentRow) -> None:
    head = unpack_head(row.path, row.head) if row.head is not None else None
    if head is not None:
        twice = declarer.twice(row.path, head)
        if twice:
            builder.add_document(row._replace(state="broken", problems=(*row.problems, *twice)))
            return
        declarer.add(row.id, row.path, head)
        builder.names.mention(row.id, mentions(row.path, head, row.body, inputs.judged))
        builder.count_words(head.words)
    builder.add_document(row)


def _sayable(body: Body, vocabulary: Vocabulary) -> Body:
    """An earlier version of a document without what today's vocabulary has no words for."""
    known = {*vocabulary.properties, STATUS}
    kept = [
        row
        for row in body.rows
        if row[PROPERTY] in known and all(qualifier[0] in known for qualifier in qualifier_rows(row))
    ]  # fmt: skip
    return body._replace(rows=kept)

"""Exchanging a few changed documents in a copy of the snapshot, as long as nobody's identity changes with them."""

from bot.ingest.building.full import Inputs, add_facts, conflicts, document_row
from bot.ingest.building.resolve import Resolver, Stub, stubs_for
from bot.ingest.decisions.approval import approved, mentions
from bot.ingest.documents.reading import Head, unpack_body, unpack_head
from bot.ingest.parsing.parse import Parsed
from bot.store.build import Builder
from bot.store.change import change_words, drop_unused_sources, index_rows, remove_rows
from bot.store.diff import set_conflicts
from bot.store.previous import Before, Previous

MOST_DOCUMENTS = 200  # beyond, building anew is as fast


def can_patch(parsed: Parsed, previous: Previous) -> bool:
    """Whether the document names the same entities as before, so that no other document reads differently now."""
    before = previous.document(parsed.path)
    if before is None or before.state == "broken":
        return False
    if before.state == "unread" or not parsed.understood:
        return before.state == "unread" and not parsed.understood
    draft = previous.draft(before.id)
    if parsed.head is None or draft is None:
        return draft is not None
    new, old = unpack_head(parsed.path, parsed.head), unpack_head(parsed.path, draft[0])
    if _identities(new) != _identities(old):
        return False
    return _proofs(new) == _proofs(old) or not previous.shares_a_name(before.id)


def patch(builder: Builder, inputs: Inputs, documents: list[Parsed], previous: Previous) -> bool:
    """Exchange the documents in `builder`, a copy of `previous`. False: the copy is spoilt, build anew."""
    touched: set[int] = set()
    to_store: list[tuple[Parsed, Before, bytes]] = []
    names: set[str] = set()
    for parsed in documents:
        before = previous.document(parsed.path)
        if before is None:
            return False
        draft = previous.draft(before.id)
        builder.add_document(document_row(parsed, previous, before)._replace(id=before.id))
        if parsed.head is None or parsed.body is None or draft is None:
            continue
        old, new = unpack_head(parsed.path, draft[0]), unpack_head(parsed.path, parsed.head)
        touched |= remove_rows(builder, before.id)
        names |= builder.names.mentioned_in(before.id)
        builder.names.forget_mentions(before.id)
        builder.names.mention(before.id, mentions(parsed.path, new, parsed.body, inputs.judged))
        builder.names.settle_mentions()
        names |= builder.names.mentioned_in(before.id)
        gone, come = {*old.words} - {*new.words}, {*new.words} - {*old.words}
        change_words(builder, sorted(gone), sorted(come))
        to_store.append((parsed, before, parsed.body))
    if not all(_settle_stubs(builder, key) for key in sorted(names)):
        return False
    resolver = Resolver(builder.names, builder.declared)
    for parsed, before, body in to_store:
        decided = approved(parsed.path, unpack_body(body), inputs.judged)
        add_facts(builder, inputs, resolver, [(before.id, parsed.path, decided)])
        touched |= index_rows(builder, before.id)
    drop_unused_sources(builder, inputs.sources)
    pairs = [pair for subject in touched for pair in conflicts(builder, inputs.vocabulary, subject)]
    set_conflicts(builder.connection, pairs, touched)
    return True


def _settle_stubs(builder: Builder, key: str) -> bool:
    """Make the stubs of one name those that its mentions ask for; False where that would change other documents."""
    names = builder.names
    wanted = names.wanted_of(key)
    needed = stubs_for(wanted)
    present = names.stubs_of(key)
    was = [Stub(stub.kind, stub.name, stub.suggested) for stub in present]
    if sorted(needed) == sorted(was):
        return True
    if needed and present:
        return False
    if any(names.shares_slug(stub.kind, stub.name) for stub in (*needed, *was)):
        return False
    for old in present:
        names.drop_stub(old.id)
    for new in needed:
        names.add_stub(new.kind, new.name, suggested=new.suggested)
    return True


def _identities(head: Head) -> list[object]:
    return [item.naming for item in head.entities]


def _proofs(head: Head) -> list[object]:
    """What tells who somebody is, where others have the same name."""
    return [head.raw, head.about, *((item.marks, item.when) for item in head.entities)]

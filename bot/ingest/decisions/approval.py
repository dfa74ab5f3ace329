"""Suggestions as maintainers decided about them: approved ones become facts, refused ones vanish; asks nobody."""

from bot.ingest.decisions.file import Judged
from bot.ingest.documents.reading import Body, Head, qualifier_rows, unpack_body
from bot.language.tokens import words_of
from bot.model.fact import Rank
from bot.store.rows import OBJECT, RANK, STATEMENT, SUBJECT, FactRow, suggestion_key

_Mention = tuple[str, str, str, int]


def approved(path: str, body: Body, judged: Judged) -> Body:
    """What a document says, its suggestions as they were decided."""
    if not _concerns(path, judged):
        return body
    rows: list[FactRow] = []
    for row in body.rows:
        decision = _decision(path, row, judged)
        if decision is False:
            continue
        if decision:
            row[RANK] = int(Rank.PROSE)
        rows.append(row)
    return body._replace(rows=rows)


def mentions(path: str, head: Head, packed: bytes | None, judged: Judged) -> list[_Mention]:
    """Whom a document mentions; whoever stands in an approved suggestion is mentioned in a fact."""
    if packed is None or not _concerns(path, judged):
        return head.mentions
    before = unpack_body(packed)
    named = [(" ".join(words_of(name)), kinds) for name, kinds in before.refs]
    possible = {named[place] for row in before.rows for place in _places(row)}
    left = approved(path, before, judged).rows
    stated = {named[place] for row in left if row[RANK] > Rank.SUGGESTION for place in _places(row)}
    in_rows = {named[place] for row in left for place in _places(row)}
    return [
        (key, kinds, name, 0 if (key, kinds) in stated else suggested)
        for key, kinds, name, suggested in head.mentions
        if (key, kinds) in in_rows or (key, kinds) not in possible  # else it stood in refused suggestions alone
    ]


def _concerns(path: str, judged: Judged) -> bool:
    return judged.has_suggestions_of(suggestion_key(path, 0)[:8])


def _decision(path: str, row: FactRow, judged: Judged) -> bool | None:
    return judged.approved(suggestion_key(path, row[STATEMENT])) if row[RANK] == Rank.SUGGESTION else None


def _places(row: FactRow) -> list[int]:
    within = [qualifier[2] for qualifier in qualifier_rows(row)]
    return [place for place in (row[SUBJECT], row[OBJECT], *within) if place is not None]

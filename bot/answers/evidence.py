"""Where facts were read, written so shortly that a button can hold it, and found again; states nothing."""

import base64
import hashlib
from collections.abc import Iterable

from bot.model.fact import Fact
from bot.store.snapshot import Snapshot

LENGTH = 8  # characters of one locator
_BYTES = 3  # of a digest: with the path's and the text's together two different places do not meet


def locators(facts: Iterable[Fact], limit: int) -> list[str]:
    """A locator for each different place that proves the facts, up to a limit."""
    places = dict.fromkeys([(fact.evidence.document, fact.evidence.text) for fact in facts])
    return [_digest(document) + _digest(text) for document, text in list(places)[:limit]]


def located(snapshot: Snapshot, wanted: Iterable[str]) -> list[Fact]:
    """A fact for each locator whose words still stand in their document, on whatever line."""
    paths: dict[str, list[str]] = {}
    for path in snapshot.documents():
        paths.setdefault(_digest(path), []).append(path)
    said: dict[str, dict[str, Fact]] = {}  # by document and by its words
    found: list[Fact] = []
    for locator in wanted:
        document, text = locator[: LENGTH // 2], locator[LENGTH // 2 :]
        if document not in said:
            facts = [fact for path in paths.get(document, ()) for fact in snapshot.facts_of_document(path)]
            said[document] = {_digest(fact.evidence.text): fact for fact in reversed(facts)}
        if fact := said[document].get(text):
            found.append(fact)
    return found


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.blake2b(text.encode(), digest_size=_BYTES).digest()).decode()

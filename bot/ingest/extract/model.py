"""Suggestions by a language model, where an operator has one: each must quote the document; decides no fact.

What cannot be had, does not come in time or makes no sense costs the document nothing but a remark.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.extract.model_answer import Suggested, Unusable, read_answer
from bot.ingest.readers.encoding import decode
from bot.language.tokens import name_key
from bot.model.endpoint import Endpoint
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.passage import PassageDraft
from bot.model.problem import Problem
from bot.model.vocabulary import Vocabulary

MOST_CHARACTERS = 24_000  # of a document that are sent
MOST_FAILURES = 3  # in a row; then the model is not asked again in this load
_SECONDS = 60.0
_LINES = 60  # of a document from the first of a passage on, among which a quotation is looked for
_PAGED = (".pdf", ".docx")


class ModelReader:
    """Asks one model about documents; small enough to be sent to another process."""

    def __init__(
        self, endpoint: Endpoint, vocabulary: Vocabulary, prompt: str, cache: Path, seconds: float = _SECONDS
    ) -> None:
        self._endpoint = endpoint
        self._vocabulary = vocabulary
        self._prompt = _filled(prompt, vocabulary)
        self._cache = cache
        self._seconds = seconds
        self._failures = 0

    @property
    def version(self) -> str:
        """What its answers depend on besides the document."""
        return hashlib.sha256(f"{self._endpoint.model}\0{self._prompt}".encode()).hexdigest()[:16]

    def with_suggestions(self, raw: Raw, sha256: bytes, reading: Reading) -> Reading:
        """The reading with what the model suggests beyond it; never raises."""
        if not reading.passages or any(fact.rank is Rank.PROFILE for fact in reading.facts):
            return reading
        try:
            answer = self._answer(sha256, reading.passages)
        except Unusable as error:
            return _remarked(reading, raw, f"the model {self._endpoint.model} was no help: {error}")
        if answer is None:
            return reading
        drafting = Drafting(raw.path, self._vocabulary, Rank.SUGGESTION)
        lines = () if raw.path.lower().endswith(_PAGED) else decode(raw).lines
        known = {(fact.subject, fact.property, name_key(fact.value.text)) for fact in reading.facts}
        dropped = sum(not _draft(item, drafting, reading, lines, known) for item in answer)
        found = Reading(
            reading.entities, (*reading.facts, *drafting.facts), reading.passages, reading.problems, reading.unplaced,
            reading.source,
        )  # fmt: skip
        if dropped:
            text = f"{dropped} of {len(answer)} suggestions of {self._endpoint.model} do not stand there; left out"
            return _remarked(found, raw, text)
        return found

    def _answer(self, sha256: bytes, passages: tuple[PassageDraft, ...]) -> list[Suggested] | None:
        """What the model says of a document; from the cache where it was asked before. Raises Unusable."""
        file = self._cache / f"{sha256.hex()}-{self.version}.json"
        try:
            return read_answer(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, Unusable):
            pass
        if self._failures >= MOST_FAILURES:
            return None
        try:
            said = self._ask("\n\n".join(passage.text for passage in passages)[:MOST_CHARACTERS])
            answer = read_answer(said)
        except Unusable:
            self._failures += 1
            raise
        self._failures = 0
        _keep(file, said)
        return answer

    def _ask(self, text: str) -> str:
        import httpx  # noqa: PLC0415 - few loads have a model

        key = self._endpoint.key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        messages = [{"role": "system", "content": self._prompt}, {"role": "user", "content": text}]
        body = {"model": self._endpoint.model, "temperature": 0, "messages": messages}
        url = self._endpoint.url.rstrip("/") + "/chat/completions"
        try:
            response = httpx.post(url, json=body, headers=headers, timeout=self._seconds)
            response.raise_for_status()
            said: Any = response.json()["choices"][0]["message"]["content"]
        except httpx.TimeoutException as error:
            raise Unusable("it took too long") from error
        except httpx.HTTPStatusError as error:
            raise Unusable(f"status {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise Unusable(type(error).__name__) from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise Unusable("its answer has not the form of one") from error
        if not isinstance(said, str):
            raise Unusable("it said nothing")
        return said


def _draft(
    item: Suggested,
    drafting: Drafting,
    reading: Reading,
    lines: tuple[str, ...],
    known: set[tuple[EntityRef, str, str]],
) -> bool:
    """Draft one suggestion; False where the document does not bear it out."""
    place = next((one for one in reading.passages if item.quoted_in(one.text)), None)
    if place is None or item.kind not in drafting.vocabulary.kinds or not item.proves_value():
        return False
    subject = EntityRef(item.subject, (item.kind,))
    about = place.about is not None and name_key(place.about.name) == name_key(item.subject)
    if not about and not item.names_subject(place.text):
        return False
    if (subject, item.property, name_key(item.value)) in known:
        return True
    before = len(drafting.unplaced)
    evidence = _evidence(item, drafting.document, place, lines)
    drafting.state(subject, item.property, item.value, evidence, start=item.start, end=item.end)
    known.add((subject, item.property, name_key(item.value)))
    return len(drafting.unplaced) == before


def _evidence(item: Suggested, document: str, place: PassageDraft, lines: tuple[str, ...]) -> Evidence:
    """The line that has most of the quotation."""
    there = lines[place.line - 1 : place.line - 1 + _LINES]
    if not there:
        return Evidence(document, place.line, item.quote)
    return Block(Shape.PARAGRAPH, place.line, place.text, there).evidence(document, item.quote)


def _filled(prompt: str, vocabulary: Vocabulary) -> str:
    properties = "\n".join(
        f"- {name} ({', '.join(known.of) or 'anything'}): {known.label}, {' or '.join(known.type)}"
        for name, known in vocabulary.properties.items()
    )
    return prompt.replace("{{kinds}}", ", ".join(vocabulary.kinds)).replace("{{properties}}", properties)


def _remarked(reading: Reading, raw: Raw, text: str) -> Reading:
    problems = (*reading.problems, Problem(raw.path, 1, text, fatal=False))
    return replace(reading, problems=problems)


def _keep(file: Path, said: str) -> None:
    """Remember an answer; where that cannot be, it is asked for again."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(said, encoding="utf-8")
        fresh.replace(file)
    except OSError:
        return

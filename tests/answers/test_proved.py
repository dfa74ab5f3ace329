"""Strip the template's and the vocabulary's words from a reply, and each thing left is a fact of it, or was asked."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.engine import Answerer
from bot.answers.finding.periods import days
from bot.answers.wording.dates import say_date, say_length
from bot.answers.wording.markdown import plain
from bot.answers.wording.outcome import Reason
from bot.language.dates import MONTHS
from bot.language.tokens import clean, fold
from bot.language.yaml_text import read_yaml
from bot.model.answer import Reply, Status
from bot.model.entity import Entity
from bot.model.fact import Fact, Source, Value
from bot.model.vocabulary import Vocabulary
from bot.paths import shipped
from bot.store.snapshot import Snapshot
from tests.answers.conftest import Write
from tests.cases.communities import folder_of, snapshot_of
from tests.cases.rows import FILES, Row, reply_to, rows_of

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^\d+\. ", re.MULTILINE)  # of a pick-list
_REST = re.compile(r"… and (\d+) more")
_OWN = "since from until about less than a as of in on and or with day days month months year years yes no not stated"
SMALL_TALK = {"small_talk"}  # it lists counts and made-up examples, and states nothing


def words(text: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(text)}


def template_words() -> set[str]:
    """Every word that stands in a reply template, outside of its variables."""
    texts = [file.read_text(encoding="utf-8") for file in (shipped("prompts") / "replies").glob("*.yaml")]
    return {
        word
        for text in texts
        for template in read_yaml(text).data.values()
        for word in words(re.sub(r"{{.*?}}", " ", template))
    }


def vocabulary_words(vocabulary: Vocabulary) -> set[str]:
    """Every word with which a kind or property is told."""
    told: list[str] = []
    for kind in vocabulary.kinds.values():
        told += [kind.label, kind.plural, *kind.types, *(f"{finer}s" for finer in kind.types)]
    for prop in vocabulary.properties.values():
        told += [prop.label, prop.inverse_label, prop.says, prop.said, prop.detail]
        told += [f"{noun}s" for noun in prop.nouns if prop.open]
    return words(" ".join(told).replace("{subject}", " ").replace("{value}", " "))


def pieces(reply: Reply) -> Iterator[str]:
    """Everything that a reply may state: of its facts, its sources, the names it offers."""
    for fact in reply.facts:
        yield from _of_fact(fact)
    for source in reply.sources:
        yield from _of_source(source)
    for entity in (*reply.choices, *reply.turn.topics):
        yield from _of_entity(entity)


def _of_fact(fact: Fact) -> Iterator[str]:
    yield from _of_entity(fact.subject)
    yield from _of_source(fact.source)
    for value in (fact.value, *(qualifier.value for qualifier in fact.qualifiers)):
        yield from _of_value(value)
    for known in (fact.start, fact.end):
        if known is not None:
            yield say_date(known)
    length = days(fact.period)
    if length is not None:
        yield say_length(length, fact.period)


def _of_value(value: Value) -> Iterator[str]:
    yield value.text
    if value.entity is not None:
        yield from _of_entity(value.entity)
    if value.date is not None:
        yield say_date(value.date)


def _of_entity(entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from entity.types


def _of_source(source: Source) -> Iterator[str]:
    yield source.title
    yield source.author or ""
    if source.date is not None:
        yield say_date(source.date)
        yield str(source.date)


def unproved(reply: Reply, question: str, vocabulary: Vocabulary) -> set[str]:
    """Words of a reply that come neither from its facts nor from templates, vocabulary or the question."""
    text = clean(plain(reply.text))
    rest = sum(int(number) for number in _REST.findall(text))
    lines = sum(line.startswith("- ") and not _REST.search(line) for line in text.splitlines())
    counts = {str(len(reply.turn.answers)), str(len(reply.turn.answers) + rest), str(lines + rest)}
    text = _NUMBER.sub("", _REST.sub(" ", text))
    for piece in sorted({clean(piece) for piece in pieces(reply)}, key=len, reverse=True):
        if piece:
            text = re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", " ", text)
    own = words(_OWN) | template_words() | vocabulary_words(vocabulary)
    return {
        word for word in words(text) - own - words(clean(question)) if word not in counts and not word.isdigit()
    } | {word for word in words(text) - words(clean(question)) if word.isdigit() and word not in counts}


_QUOTED = re.compile(r"> “(.*)” \([^()]*, line \d+\)\Z")


def stated(row: Row) -> list[str]:
    """What a case's reply states without proof."""
    reply = reply_to(row)
    quoting = reply.status is Status.PASSAGE or reply.reason == Reason.QUOTE
    if reply.reason in SMALL_TALK or (quoting and _quotes(reply.text, documents(row.community))):
        return []
    asked = " ".join(one.question for one in (row, row.leans_on) if one is not None)
    found = unproved(reply, asked, snapshot_of(row.community).vocabulary)
    return [f"{row.place}: {row.question}\n    {sorted(found)} in {reply.text!r}"] if found else []


@cache
def documents(community: str) -> str:
    """Everything that the documents of a community say."""
    return " ".join(" ".join(file.read_text(encoding="utf-8").split()) for file in folder_of(community).rglob("*.md"))


def _quotes(text: str, said: str) -> bool:
    """Whether each quoted line stands in the documents, whole or cut."""
    lines = [_QUOTED.sub(r"\1", plain(line)).strip("… ") for line in text.splitlines()[1:]]
    return all(line in said for line in lines) and bool(lines)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_word_of_every_case_is_proved(file: Path) -> None:
    failing = [line for row in rows_of(file) for line in stated(row)]
    assert not failing, "\n".join(failing)


_NAMES = [
    "Orla Finch",
    "ida brook",
    "Tobin",
    "Mirror-3",
    "Mirror-9",
    "the club",
    "Comet Night",
    "Lumen Optics",
    "Émile",
    "she",
]
_VERBS = [
    "born",
    "made",
    "give",
    "work at",
    "study",
    "acquired",
    "award",
    "talks",
    "live",
    "wrote",
    "about",
    "connected",
    "e-mail",
]
_ASKS = [
    "Who",
    "What",
    "When was",
    "Where did",
    "Why did",
    "How many",
    "How long did",
    "Did",
    "Which talks did",
    "",
    "List",
]
_TIMES = ["", "in 2021", "before 2018", "since 2015", "between 2012 and 2016", "first", "now", "last year", "in March"]


@given(
    ask=st.sampled_from(_ASKS),
    one=st.sampled_from(_NAMES),
    verb=st.sampled_from(_VERBS),
    other=st.sampled_from(["", *_NAMES]),
    when=st.sampled_from(_TIMES),
)
@settings(max_examples=400)
def test_every_word_of_any_reply_is_proved(
    club: Answerer, sky: Snapshot, ask: str, one: str, verb: str, other: str, when: str
) -> None:
    question = f"{ask} {one} {verb} {other} {when}?"
    reply = club.answer(question)
    if reply.reason not in SMALL_TALK:
        assert unproved(reply, question, sky.vocabulary) == set()
    if reply.status is Status.ANSWERED:
        assert reply.sources


def test_what_is_made_up_is_noticed(club: Answerer, sky: Snapshot) -> None:
    reply = club.answer("When was Orla Finch born?")
    forged = Reply(reply.status, reply.text.replace("1980", "1981") + " Tobin Brook", None, reply.facts, reply.sources)
    assert unproved(forged, "When?", sky.vocabulary) >= {"1981", "tobin", "brook"}


def test_months_are_no_template_words() -> None:
    assert template_words().isdisjoint(set(MONTHS) - {"may"})


ORGANISER = """
== people/halvorsen.md
kind: person
name: Sigrun Halvorsen
jobTitle: Organiser of the Kelp Days
worksFor: Ostby School
"""


def test_what_somebody_is_called_is_not_what_they_did_somewhere(knowing: Write) -> None:
    assert knowing(ORGANISER).answer("What did Sigrun Halvorsen organise in Ostby?").status != "answered"


STUDENT = """
== people/halvorsen.md
kind: person
name: Sigrun Halvorsen
alumniOf:
  - value: Tarn University
    degree: PhD
    advisor: Karin Lund
  - Ostby University
advisor: Karin Lund
"""


def test_who_advised_somebody_at_one_school_is_not_told_of_another(knowing: Write) -> None:
    assert "Karin Lund" in knowing(STUDENT).answer("Who advised Sigrun Halvorsen at Tarn University?").text
    assert knowing(STUDENT).answer("Who advised Sigrun Halvorsen at Ostby University?").status != "answered"

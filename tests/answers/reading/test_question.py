"""A question is read whole: what it names, which words are left to explain, in which time, in what order."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.reading.link import MAX_PARTS
from bot.answers.reading.query import Query

Read = Callable[[str], Query]


@pytest.mark.parametrize(
    ("question", "ask", "names", "words"),
    [
        ("Who made Mirror-3?", "who", ["Mirror-3"], ["made"]),
        ("When was Orla Finch born?", "when", ["Orla Finch"], ["born"]),
        ("orla finch birthday", "any", ["orla finch"], ["birthday"]),
        ("Where did Ida Brook live?", "where", ["Ida Brook"], ["live"]),
        ("Which talks did Orla Finch give in 2021?", "what", ["Orla Finch"], ["talks"]),
        ("Did Finch work at the Tidal Institute?", "yes or no", ["Finch", "Tidal Institute"], ["work at"]),
        ("How many talks were about variable stars?", "how many", ["variable stars"], ["talks"]),
        ("What is the job title of Orla Finch?", "what", ["Orla Finch"], ["job title"]),
        ("Whose quux is it?", "who", [], ["quux"]),
    ],
)
def test_names_and_words(read: Read, question: str, ask: str, names: list[str], words: list[str]) -> None:
    query = read(question)
    assert (query.ask, [unit.text for unit in query.names]) == (ask, names)
    assert [unit.text for unit in query.words if not unit.optional] == words


@pytest.mark.parametrize("question", ["Orla Finch's handle", "What is her handle?"])
def test_what_somebody_has_is_no_verb(read: Read, question: str) -> None:
    assert not any(reading.verb for reading in read(question).words[0].properties)


def test_small_words_and_fillers_need_no_explanation(read: Read) -> None:
    query = read("Please tell me, what exactly was the name of the Mirror-3, actually?")
    assert [unit.text for unit in query.units if not unit.optional] == ["Mirror-3"]
    assert query.for_name


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("Which talks were there before 2015?", ["before 2015"]),
        ("Who worked there between 2012 and 2015?", ["between 2012 and 2015"]),
        ("When was Comet Night 2023?", []),  # the year belongs to the name
        ("What happened at Comet Night in 2023?", ["in 2023"]),
        ("Who made Mirror-3?", []),
    ],
)
def test_times__outside_of_names(read: Read, question: str, times: list[str]) -> None:
    query = read(question)
    assert [query.text[span.start : span.end] for span in query.times] == times


@pytest.mark.parametrize(
    ("question", "anchor", "earlier"),
    [
        ("Where did Orla Finch work before the Whitmoor Observatory?", "Whitmoor Observatory", True),
        ("Where did Orla Finch work after the Tidal Institute?", "Tidal Institute", False),
        ("Where did Orla Finch work prior to Whitmoor Observatory?", "Whitmoor Observatory", True),
    ],
)
def test_anchor__an_entity_that_orders(read: Read, question: str, anchor: str, *, earlier: bool) -> None:
    query = read(question)
    assert query.anchor is not None
    assert (query.anchor.unit.text, query.anchor.earlier) == (anchor, earlier)
    assert [unit.text for unit in query.names] == ["Orla Finch"]


def test_anchor__none_beside_a_date(read: Read) -> None:
    assert read("Where did Orla Finch work before 2015?").anchor is None


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Where does Orla Finch work now?", {"current", "present"}),
        ("Where does Orla Finch work?", {"present"}),
        ("Where did Orla Finch work?", set()),
        ("Where has Orla Finch worked?", set()),
        ("Orla Finch's former employer", {"former"}),
        ("Who will lead the club?", {"future"}),
        ("Does Starling not run?", {"negated", "present"}),
        ("According to the logbook, who made Mirror-3?", {"citing"}),
    ],
)
def test_tense_and_tone(read: Read, question: str, kept: set[str]) -> None:
    query = read(question)
    names = ("current", "present", "former", "future", "negated", "citing", "for_name")
    assert {name for name in names if getattr(query, name)} == kept


@pytest.mark.parametrize("question", ["Who is the keeper of the observatory?", "Where are the telescopes?"])
def test_tense__of_is_and_are(read: Read, question: str) -> None:
    assert read(question).present


def test_the_noun_behind_which_says_of_what_kind_the_answer_is(read: Read) -> None:
    assert [unit.text for unit in read("Which talks did Orla Finch give?").units if unit.asked] == ["talks"]
    assert [unit.text for unit in read("Which of the old talks did she give?").units if unit.asked] == ["talks"]
    assert [unit.text for unit in read("Who gave talks?").units if unit.asked] == []


@pytest.mark.parametrize(
    ("question", "agent"),
    [
        ("Who acquired Gable Instruments?", False),
        ("What did Gable Instruments acquire?", True),
        ("What was acquired by Gable Instruments?", True),
        ("By whom was Gable Instruments acquired?", False),
        ("Gable Instruments acquisitions", None),
    ],
)
def test_whether_the_name_does_it_or_it_is_done_to_it(read: Read, question: str, agent: bool | None) -> None:
    assert [unit.agent for unit in read(question).names] == [agent]


def test_a_long_question_is_read_only_so_far(read: Read) -> None:
    assert len(read("quux " * 500).units) == MAX_PARTS


@given(text=st.text(max_size=300))
def test_any_text_is_read(text: str, read: Read) -> None:
    query = read(text)
    starts = [unit.start for unit in query.units]
    assert starts == sorted(set(starts))
    assert all(before.end <= after.start for before, after in zip(query.units, query.units[1:], strict=False))

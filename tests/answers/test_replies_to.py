"""Questions about the astronomy club: which end and piece of a fact answers, in which order, in which words."""

from collections.abc import Callable

import pytest

from bot.answers.engine import Answerer
from bot.answers.wording.markdown import plain
from bot.model.answer import Reply

Ask = Callable[[str], Reply]


@pytest.fixture(scope="session")
def ask(club: Answerer) -> Ask:
    return club.answer


def said(reply: Reply) -> str:
    """The reply as a terminal shows it."""
    return plain(reply.text)


def answers(reply: Reply) -> list[str]:
    """The names of the entities that are the answer."""
    return [entity.name for entity in reply.turn.answers]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who acquired Gable Instruments?", ["Ostrander Group"]),
        ("Who was Gable Instruments acquired by?", ["Ostrander Group"]),
        ("By whom was Gable Instruments bought?", ["Ostrander Group"]),
        ("What did Gable Instruments acquire?", ["Lumen Optics"]),
        ("Which company did Gable Instruments buy?", ["Lumen Optics"]),
        ("Which company was bought by Gable Instruments?", ["Lumen Optics"]),
        ("Who made Mirror-2?", ["Ida Brook"]),
        ("What did Ida Brook make?", ["Mirror-2"]),
        ("What is the predecessor of Mirror-3?", ["Mirror-2"]),
        ("What is the successor of Mirror-2?", ["Mirror-3"]),
        ("Who is married to Ida Brook?", ["Tobin Brook"]),
        ("Tobin Brook's wife?", ["Ida Brook"]),
        ("Who founded the Whitmoor Astronomy Club?", ["Ida Brook"]),
        ("Who wrote Dust and Double Stars?", ["Orla Finch", "Tobin Brook"]),
        ("Who is the publisher of Dust and Double Stars?", ["Halden Press"]),
        ("Which papers did Tobin Brook write?", ["Dust and Double Stars"]),
        ("Who knows about variable stars?", ["Orla Finch"]),
        ("What is written in Rust?", ["Starling"]),
        ("Who studied at Halden College?", ["Orla Finch", "Tobin Brook"]),
        ("Who studied optics?", ["Orla Finch"]),
        ("Which talks were about variable stars?", ["Reading Starlight"]),
    ],
)
def test_the_end_that_is_asked_for(ask: Ask, question: str, names: list[str]) -> None:
    reply = ask(question)
    assert (reply.status, sorted(answers(reply))) == ("answered", names)


@pytest.mark.xfail(reason="the other end is told, or nothing")
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who was acquired by Gable Instruments?", ["Lumen Optics"]),
        ("What acquisitions did Gable Instruments make?", ["Lumen Optics"]),
        ("What did Ida Brook found?", ["Whitmoor Astronomy Club"]),  # `found` is read as a form of `find`
    ],
)
def test_the_end_that_is_asked_for__not_yet(ask: Ask, question: str, names: list[str]) -> None:
    assert answers(ask(question)) == names


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When was Orla Finch born?", "Orla Finch was born **on 29 May 1980**."),
        ("When was Ida Brook born?", "Ida Brook was born **in February 1931**."),
        ("When is the Perseid Watch?", "Perseid Watch was **on 12 August**, every year."),
        (
            "When did Orla Finch leave the Tidal Institute?",
            "Orla Finch worked at Tidal Institute, as Analyst (March 2012 – **July 2018**).",
        ),
        (
            "When did Orla Finch join the Tidal Institute?",
            "Orla Finch worked at Tidal Institute, as Analyst (**March 2012** – July 2018).",
        ),
        (
            "How long did Orla Finch work at the Tidal Institute?",
            "Orla Finch worked at Tidal Institute, as Analyst (March 2012 – July 2018; **6 years 4 months**).",
        ),
        (
            "What was Orla Finch's role at the Tidal Institute?",
            "Orla Finch worked at Tidal Institute, as **Analyst** (March 2012 – July 2018).",
        ),
        ("What is Orla Finch's e-mail address?", "Orla Finch's e-mail address is **orla@whitmoor.example**."),
        (
            "Why should street lamps go dark?",
            (
                "Orla Finch: street lamps should go dark at midnight, about Street lamps, "
                "because **faint stars need a dark hour** (4 October 2023)."
            ),
        ),
    ],
)
def test_the_piece_that_is_asked_for(ask: Ask, question: str, text: str) -> None:
    reply = ask(question)
    assert (reply.status, reply.text.lower().rstrip(".")) == ("answered", text.lower().rstrip("."))


def test_a_lasting_thing_is_told_as_of_its_source(ask: Ask) -> None:
    assert said(ask("Where does Orla Finch work now?")) == (
        "Orla Finch works at Whitmoor Observatory, as Keeper (since 2019, as of June 2024)."
    )


def test_a_list_has_its_heading_and_a_line_for_each(ask: Ask) -> None:
    assert ask("Which talks did Orla Finch give?").text == (
        "**Orla Finch** – appearances:\n- **Reading Starlight** (20 March 2021)\n- **Grinding Glass** (2018)"
    )


def test_a_count_has_its_items(ask: Ask) -> None:
    reply = ask("How many talks did Orla Finch give?")
    assert reply.text.startswith("**2** – ")
    assert sorted(answers(reply)) == ["Grinding Glass", "Reading Starlight"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which talks did Orla Finch give in 2021?", ["Reading Starlight"]),
        ("Which talks did Orla Finch give before 2020?", ["Grinding Glass"]),
        ("Which talks did Orla Finch give since 2019?", ["Reading Starlight"]),
        ("Which talks did Orla Finch give between 2017 and 2019?", ["Grinding Glass"]),
        ("What was Orla Finch's first talk?", ["Grinding Glass"]),
        ("Orla Finch's latest talk?", ["Reading Starlight"]),
        ("Who worked at the Tidal Institute in 2013?", ["Orla Finch"]),
        ("Who worked at the Tidal Institute in 2015?", ["Orla Finch", "Tobin Brook"]),
        ("Where did Orla Finch work before the Whitmoor Observatory?", ["Tidal Institute"]),
        ("Where did Orla Finch work after the Tidal Institute?", ["Whitmoor Observatory"]),
        ("Who worked at the Tidal Institute the longest?", ["Orla Finch"]),
        ("Who made telescopes at the club before Mirror-3?", []),
    ],
)
def test_narrowed_and_ordered_by_time(ask: Ask, question: str, names: list[str]) -> None:
    reply = ask(question)
    assert sorted(answers(reply)) == names if names else reply.status == "unknown"


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Is Starling written in Rust?", "Yes."),
        ("Is Starling written in Go?", "No, there is no record of that."),
        ("Did Orla Finch work at Lumen Optics?", "No, there is no record of that."),
        ("Did Orla Finch work at the Tidal Institute?", "Yes."),
        ("Did Orla Finch work at the Tidal Institute in 2019?", "No, there is no record of that."),
        ("Was Mirror-2 made by Ida Brook?", "Yes."),
    ],
)
def test_yes_or_no__with_the_fact_that_decides(ask: Ask, question: str, beginning: str) -> None:
    reply = ask(question)
    assert reply.status == "answered"
    assert reply.text.startswith(beginning)
    assert reply.facts


def test_sources_that_disagree_are_both_told(ask: Ask) -> None:
    reply = ask("When was the Whitmoor Astronomy Club founded?")
    assert reply.text.startswith("The sources disagree:\n")
    assert {"1974", "1976", "The Whitmoor Almanac, 2020", "Minutes of the club"} == {
        part for part in ("1974", "1976", "The Whitmoor Almanac, 2020", "Minutes of the club") if part in reply.text
    }
    assert {source.key for source in reply.sources} == {"minutes", "almanac"}


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("Where does Ida Brook live?", "unknown", "recorded_as_unknown"),
        ("Which awards did Tobin Brook win?", "answered", "recorded_as_none"),
        ("Who is Wanda Quill?", "unknown", "nobody_of_that_name"),
        ("What is Orla Finch's shoe size?", "unknown", "nothing_recorded"),
        ("When was Lev d'Amico born?", "unknown", "nothing_recorded"),
        ("{{ 7 * 7 }}", "unknown", "not_about_the_documents"),
        ("sing a song about glass", "unknown", "not_about_the_documents"),
        ("", "unknown", "empty"),
        ("  \n ", "unknown", "empty"),
        ("who " * 400, "unknown", "too_long"),
        ("who is " + "so " * 59, "unknown", "too_long"),
        ("Where does he live?", "unknown", "no_subject"),
        ("hello", "unknown", "small_talk"),
        ("What can you do?", "unknown", "small_talk"),
        ("Who is Brook?", "ambiguous", "several_of_that_name"),
        ("When was Comet Night?", "ambiguous", "several_of_that_name"),
    ],
)
def test_which_no_it_is(ask: Ask, question: str, status: str, reason: str) -> None:
    reply = ask(question)
    assert (reply.status, reply.reason) == (status, reason)


def test_the_choices_of_an_ambiguous_name(ask: Ask) -> None:
    reply = ask("When was Comet Night?")
    assert [entity.name for entity in reply.choices] == ["Comet Night 2021", "Comet Night 2023"]
    assert all(entity.name in reply.text for entity in reply.choices)


def test_each_answer_is_told_once(ask: Ask) -> None:
    assert ask("Where was Grinding Glass given?").text.count("Halden College") == 1


def test_the_pick_list_is_a_list(ask: Ask) -> None:
    assert ask("When was Comet Night?").text.splitlines()[1:] == [
        "1. Comet Night 2021 (event) – on 20 March 2021",
        "2. Comet Night 2023 (event) – on 18 March 2023",
    ]


def test_nobody_left_who_stayed(ask: Ask) -> None:
    assert ask("When did Orla Finch leave the Whitmoor Observatory?").status == "unknown"


def test_a_name_close_to_the_one_asked_for_is_offered(ask: Ask) -> None:
    reply = ask("Who is Wanda Finsh?")
    assert (reply.reason, [entity.name for entity in reply.choices]) == ("nobody_of_that_name", ["Orla Finch"])


@pytest.mark.xfail(reason="the words of a museum that nobody knows are called not understood, one by one")
def test_nobody_of_that_name_though_its_words_are_known(ask: Ask) -> None:
    assert ask("Who owns the Whitmoor Museum?").reason == "nobody_of_that_name"


def test_a_degree_is_no_award(ask: Ask) -> None:
    assert "Halden" not in ask("Does Tobin Brook have an award?").text


def test_a_name_with_nothing_recorded_of_it_is_no_answer(ask: Ask) -> None:
    reply = ask("What is Nadir?")
    assert reply.status == "unknown" or reply.sources


def test_nothing_of_that_kind(ask: Ask) -> None:
    assert ask("Which concerts do you know?").reason == "nothing_recorded"


def test_nobody_of_that_whole_name(ask: Ask) -> None:
    assert "Wanda Finch" in ask("Who is Wanda Finch?").text


@pytest.mark.parametrize(
    ("question", "name"),
    [("When was orla finsh born?", "Orla Finch"), ("who made starlng", "Émile Strand"), ("telescops", "Mirror-3")],
)
def test_slips_are_forgiven(ask: Ask, question: str, name: str) -> None:
    reply = ask(question)
    assert reply.status == "answered"
    assert name in said(reply)

"""Questions beyond one fact: who somebody is, what joins two, what happened when, what there is."""

from collections.abc import Callable

import pytest

from bot.answers.engine import Answerer
from bot.answers.wording.markdown import plain
from tests.answers.conftest import Write

Say = Callable[[str], str]


@pytest.fixture(scope="session")
def say(club: Answerer) -> Say:
    """The reply as a terminal shows it."""
    return lambda question: plain(club.answer(question).text)


@pytest.mark.parametrize(
    "question", ["Who is Orla Finch?", "orla finch", "Tell me about Orla Finch", "what do you know about Finch?"]
)
def test_describe__the_description_then_what_its_kind_tells_first(say: Say, question: str) -> None:
    lines = say(question).splitlines()
    assert lines[0].startswith("Orla Finch (person): keeper of the observatory")
    assert lines[1:3] == [
        "- Orla Finch worked at Tidal Institute, as Analyst (March 2012 – July 2018).",
        "- Orla Finch works at Whitmoor Observatory, as Keeper (since 2019, as of June 2024).",
    ]


def test_describe__by_its_finest_type(say: Say) -> None:
    assert say("What is Mirror-3?").startswith("Mirror-3 (telescope): the large telescope under the dome\n- ")


def test_describe__without_a_description(say: Say) -> None:
    assert say("What is Starling?").splitlines()[0] == "Starling (software)"


def test_describe__only_a_name(say: Say) -> None:
    assert "Halden College" in say("What is Halden College?")


def test_connect__directly(say: Say) -> None:
    assert say("How is Orla Finch connected to the Tidal Institute?").splitlines() == [
        "Orla Finch and Tidal Institute:",
        "- Orla Finch worked at Tidal Institute, as Analyst (March 2012 – July 2018).",
    ]


def test_connect__over_what_both_are_tied_to(say: Say) -> None:
    lines = say("How are Orla Finch and Tobin Brook connected?").splitlines()
    assert "are connected through" in lines[0]
    assert "- Tobin Brook worked at Tidal Institute, as Clerk (2015 – 2016)." in lines


def test_connect__over_several_steps(say: Say) -> None:
    text = say("How is Lumen Optics connected to the Ostrander Group?")
    assert text.splitlines() == [
        "Lumen Optics and Ostrander Group are connected through Gable Instruments:",
        "- Lumen Optics was acquired by Gable Instruments (2009).",
        "- Gable Instruments was acquired by Ostrander Group (2016).",
    ]


def test_connect__not_at_all(club: Answerer) -> None:
    reply = club.answer("How are Orla Finch and Gable Instruments connected?")
    assert (reply.status, reply.text) == (
        "unknown",
        "No connection between Orla Finch and Gable Instruments is recorded.",
    )


def test_common(club: Answerer) -> None:
    text = plain(club.answer("What do Orla Finch and Tobin Brook have in common?").text)
    assert text.startswith("Orla Finch and Tobin Brook have in common:\n")
    for shared in ("Tidal Institute", "Halden College", "Dust and Double Stars"):
        assert f"- {shared} – " in text


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("What happened in 2021?", ["Reading Starlight", "Comet Night 2021"], ["Grinding Glass", "Comet Night 2023"]),
        ("What happened in March 2023?", ["Comet Night 2023", "Mirrors for Beginners"], ["Comet Night 2021"]),
        ("What happened between 2016 and 2018?", ["Grinding Glass", "Ostrander Group"], ["Comet Night"]),
        ("2009", ["Gable Instruments"], ["Orla Finch"]),
    ],
)
def test_happened(say: Say, question: str, held: list[str], left_out: list[str]) -> None:
    text = say(question)
    assert [name for name in held if name not in text] == []
    assert [name for name in left_out if name in text] == []


def test_happened__what_is_said_of_two_from_both_sides(knowing: Write) -> None:
    one = "\n== people/ada.md\nkind: person\nname: Ada Brook\nspouse: {name: Bo Lind, startDate: 2019-05-04}\n"
    other = "== people/bo.md\nkind: person\nname: Bo Lind\nspouse: {name: Ada Brook, startDate: 2019-05-04}\n"
    assert knowing(one + other).answer("What happened in May 2019?").text.count("4 May 2019") == 1


def test_happened__nothing(club: Answerer) -> None:
    reply = club.answer("What happened in 1850?")
    assert (reply.status, reply.reason, reply.facts) == ("unknown", "nothing_recorded", ())
    assert "1850" in reply.text


@pytest.mark.xfail(reason="a day without its year is in no stretch of time")
def test_happened__every_year(say: Say) -> None:
    assert "Perseid Watch" in say("What happened in August?")


def test_timeline__in_order(say: Say) -> None:
    lines = say("Timeline of Orla Finch").splitlines()
    assert lines[0] == "Orla Finch, in order of time:"
    told = ["born", "Halden College", "Astronomy Club", "Tidal Institute", "Grinding Glass", "Whitmoor Observatory"]
    assert [next(number for number, line in enumerate(lines) if word in line) for word in told] == sorted(
        next(number for number, line in enumerate(lines) if word in line) for word in told
    )


def test_timeline__within_a_time(say: Say) -> None:
    text = say("What happened to Orla Finch in 2018?")
    assert "Grinding Glass" in text
    assert "Reading Starlight" not in text


@pytest.mark.parametrize(
    ("question", "names", "left_out"),
    [
        ("Which telescopes do you know?", ["Mirror-2", "Mirror-3"], ["Starling", "Guide"]),
        ("telescopes", ["Mirror-2", "Mirror-3"], ["Starling"]),
        ("list all the projects", ["Mirror-2", "Mirror-3", "Starling", "Guide"], ["Orla Finch"]),
        (
            "Which people do you know?",
            ["Orla Finch", "Ida Brook", "Tobin Brook", "Lev d'Amico", "Émile Strand"],
            ["Lumen"],
        ),
        ("How many companies are there?", ["2", "Gable Instruments", "Lumen Optics"], ["Tidal"]),
        ("Which talks were there in 2021?", ["Reading Starlight"], ["Grinding Glass", "Beginners"]),
    ],
)
def test_browse(say: Say, question: str, names: list[str], left_out: list[str]) -> None:
    text = say(question)
    assert [name for name in names if name not in text] == []
    assert [name for name in left_out if name in text] == []


def test_browse__nothing_of_that_kind_then(club: Answerer) -> None:
    assert club.answer("Which talks were there in 1950?").status == "unknown"


def test_sources__with_author_and_date(club: Answerer) -> None:
    reply = club.answer("What are your sources?")
    assert reply.text.splitlines() == [
        "**3** sources:",
        "- The Whitmoor Almanac, 2020",
        "- Logbook of the observatory, Orla Finch, June 2024",
        "- Minutes of the club",
    ]
    assert sorted(source.key for source in reply.sources) == ["almanac", "logbook", "minutes"]

"""Questions that no fact answers: a sentence that accounts for every word is quoted; else lines are a lead, or none."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.answers.engine import Answerer, Prompts
from bot.answers.wording.outcome import Reason
from bot.model.answer import Reply, Status
from tests.ingest.folders import loaded

LEAFLET = """\
# The Tide Museum

The Tide Museum was founded in 1911 by Agnes Rooke and Peter Vane. The museum is located in Port Erroll. Its lamp was
rebuilt by the painter Nora Quist after the flood of 1953. It did not open in 1940. Admission to the lamp room costs £4.

## Staff

Dagny Orr, who left the Harbour Trust in 2003 and joined a circus in 2006, once repaired the tide clock. Twelve
volunteers wind the clock every morning, because its spring is weak. Piet Vos was the warden of the museum until 1990.
The title of the spring lecture: to be announced.

## News

The curator Ingrid Solberg Falk hired Tom Arden as keeper of the boats. Ms. Falk was chosen by the Council for the
Repair of Piers. Jonas Falk sells the tickets. The last meeting was closed at 9:40 pm.

## Rota

Cook, Lantern Bar, March 2020 to June 2021, second cook, Quay Hotel, 2016 to 2020, head of a crew of nine, Tide Museum
kitchen, summers, and Ada Brook, Lantern Bar, helper with the boats
"""
ROOKE = """\
# Agnes Rooke

Agnes Rooke (3 May 1881 – 19 January 1940) was a Scottish painter and engraver. She was born in Hamar, Norway. She
received a diploma in etching from the Lothian Academy in 1903 and moved to Port Erroll in 1907. In 1909 she married
Halvard Lund. She won the Harbour Medal in 1922. Her brother Otto sold nets and was arrested in 1931. She never
exhibited in London. Her advisor was Tore Bakke. She also painted boats. Lothian Academy prints, 1903.
She studied Boat and Restaurant Design in Leith. She met her second husband Piet Moe in 1931.
She began to draw at the age of 9. Her pupil J. M. A. Brandt kept the Old Reading Room in Oslo.
"""
HOLM = """\
# Sunniva Holm

Sunniva Holm was a Norwegian weaver. She married Edvin Krag in 1940, and they kept a mill in Hamar. In 1962, she married
Jonas Brede, and they kept bees until his death in 1970.
Holm was born to a family of sailors: her father, E. P. Holm (1882–1957), was a pilot.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, prompts: Prompts) -> Iterator[Callable[[str], Reply]]:
    folder, data = tmp_path_factory.mktemp("k"), tmp_path_factory.mktemp("d")
    (folder / "leaflet.md").write_text(LEAFLET, encoding="utf-8")
    (folder / "people").mkdir()
    (folder / "people" / "rooke.md").write_text(ROOKE, encoding="utf-8")
    (folder / "people" / "holm.md").write_text(HOLM, encoding="utf-8")
    with closing(loaded(folder, data)[1]) as snapshot:
        yield Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("When did Agnes Rooke die?", "19 January 1940"),
        ("who did agnes rooke marry", "Halvard Lund"),
        ("When did Agnes Rooke move to Port Erroll?", "1907"),
        ("agnes rooke diploma", "Lothian Academy"),
        ("Which medal did Agnes Rooke win?", "Harbour Medal"),
        ("Who was Agnes Rooke's advisor?", "Tore Bakke"),
        ("Who founded the Tide Museum?", "Peter Vane"),
        ("When was the Tide Museum founded?", "1911"),
        ("Who rebuilt the lamp of the Tide Museum?", "Nora Quist"),
        ("How much does the lamp room of the Tide Museum cost?", "£4"),
        ("How many volunteers wind the clock of the Tide Museum?", "Twelve volunteers"),
        ("Why do volunteers wind the clock of the Tide Museum?", "spring is weak"),
        ("When did Dagny Orr join a circus?", "2006"),
    ],
)
def test_quote__a_sentence_that_accounts_for_every_word(
    ask: Callable[[str], Reply], question: str, holds: str
) -> None:  # fmt: skip
    reply = ask(question)
    assert (reply.status, reply.reason) == (Status.ANSWERED, Reason.QUOTE)
    assert holds in reply.text
    assert reply.text.startswith("In the document’s own words:\n> “")
    assert [source.key for source in reply.sources] == [
        "people/rooke.md" if "agnes" in question.lower() else "leaflet.md"
    ]
    assert reply.facts == ()  # nothing of it was approved


@pytest.mark.parametrize(
    "question",
    [
        "What was the name of Agnes Rooke's dog?",
        "Who is the warden of the Tide Museum?",
        "Who is the head cook of the Lantern Bar?",
        "What is the title of the spring lecture of the Tide Museum?",
        "What did Agnes Rooke die of?",
        "How many children did Agnes Rooke have?",
        "Who succeeded Agnes Rooke?",
        "When did Agnes Rooke join the Royal Society?",
        "Which university did Nora Quist attend?",
        "What is the telephone number of the Tide Museum?",
        "When was Agnes Rooke arrested?",  # it was her brother
        "When did Agnes Rooke exhibit in London?",  # she never did
        "When did the Tide Museum close?",
        "What things did Agnes Rooke paint?",  # boats are only what comes on top
        "Which academy is Agnes Rooke at now?",
        "What was the name of Agnes Rooke's restaurant?",  # "Boat and Restaurant Design"
        "When did Agnes Rooke marry Piet Moe?",  # when they met is told
    ],
)
def test_quote__what_is_not_there_is_not_quoted(ask: Callable[[str], Reply], question: str) -> None:
    reply = ask(question)
    assert reply.status is not Status.ANSWERED, reply.text


def test_quote__of_the_time_that_is_asked_for(ask: Callable[[str], Reply]) -> None:
    first, second = ask("Who did Sunniva Holm marry in 1940?"), ask("Who did Sunniva Holm marry in 1962?")
    assert ("Edvin Krag" in first.text, "Jonas Brede" in first.text) == (True, False)
    assert ("Edvin Krag" in second.text, "Jonas Brede" in second.text) == (False, True)


def test_quote__of_somebody_elses_life(ask: Callable[[str], Reply]) -> None:
    assert ask("When was Sunniva Holm born?").status != Status.ANSWERED


def test_lead__half_of_the_words(ask: Callable[[str], Reply]) -> None:
    reply = ask("Which painter rebuilt the pier of the Tide Museum?")
    assert (reply.status, reply.reason) == (Status.PASSAGE, Reason.LEAD)
    assert "Its lamp was rebuilt by the painter Nora Quist" in reply.text
    assert "(leaflet.md, line 3)" in reply.text


def test_lead__most_words_of_a_question_that_names_nobody(ask: Callable[[str], Reply]) -> None:
    close, far = ask("How many volunteers wind the clock at night?"), ask("How much does the clock cost at night?")
    assert (close.status, far.status) == (Status.PASSAGE, Status.UNKNOWN)
    assert "Twelve volunteers wind the clock every morning" in close.text


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Who is Tom Arden?", "hired Tom Arden as keeper of the boats"),
        (
            "Who chose Ingrid Solberg Falk?",
            "Ms. Falk was chosen by the Council",
        ),  # by her surname, in the same document
        ("When did the last meeting close?", "closed at 9:40 pm"),
    ],
)
def test_lead__of_whom_only_a_text_names(ask: Callable[[str], Reply], question: str, line: str) -> None:
    reply = ask(question)
    assert line in reply.text, reply.text
    assert "leaflet.md" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "When was Tom Arden born?",
        "When did Ingrid Solberg Falk sell the tickets?",  # Jonas Falk does
    ],
)
def test_lead__none_of_a_stranger_of_whom_nothing_is_told(ask: Callable[[str], Reply], question: str) -> None:
    reply = ask(question)
    assert (reply.status, reply.reason) == (Status.UNKNOWN, Reason.NOBODY), reply.text


def test_quote__a_verb_is_no_part_of_a_name(ask: Callable[[str], Reply]) -> None:
    assert ask("Where did Falk repair?").status is not Status.ANSWERED


def test_quote__a_yes_is_never_said(ask: Callable[[str], Reply]) -> None:
    reply = ask("Did Agnes Rooke win the Harbour Medal?")
    assert "She won the Harbour Medal in 1922" in reply.text
    assert "yes" not in reply.text.lower()


def test_quote__a_fact_comes_first(tmp_path: Path, prompts: Prompts) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "rooke.md").write_text(ROOKE, encoding="utf-8")
    (tmp_path / "k" / "profile.md").write_text(
        "---\nkind: person\nname: Agnes Rooke\nbirthPlace: Leith\n---\n", encoding="utf-8"
    )
    with closing(loaded(tmp_path / "k", tmp_path / "d")[1]) as snapshot:
        reply = Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer("Where was Agnes Rooke born?")
    assert reply.reason is None
    assert "Leith" in reply.text
    assert "Hamar" not in reply.text


FORGE = """\
# Alder Forge

Alder Forge is a smithy by the canal. He founded Alder Forge in 1998, and Bram Keel lent him the money. It was later
repaired by them with Una Brisk. In 2004 Rosa Finch joined the forge.
"""


def test_whom_a_pronoun_means_is_not_told_by_its_sentence(tmp_path: Path, prompts: Prompts) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "forge.md").write_text(FORGE, encoding="utf-8")
    with closing(loaded(tmp_path / "k", tmp_path / "d")[1]) as snapshot:
        ask = Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer
        for question in ("Who founded Alder Forge?", "Who repaired Alder Forge?"):
            assert ask(question).status is not Status.ANSWERED, question
        assert "Rosa Finch" in ask("Who joined Alder Forge in 2004?").text


def test_the_sentence_of_a_long_line_that_a_suggestion_was_read_out_of(tmp_path: Path, prompts: Prompts) -> None:
    """What somebody founded is told of "he"; the sentence that has the name says nothing of it."""
    folder, data = tmp_path / "k", tmp_path / "d"
    folder.mkdir()
    life = (
        "Eskil Vane is a Norwegian filmmaker who made many films of music and of the people who play it. He learnt "
        "the trade in the harbour of Hamar, where he filmed the boats. In 1968 he co-founded Kelp Films. He went on to "
        "make more than eighty films about the sea, about its ships and about those who mend their nets in winter."
    )
    (folder / "vane.txt").write_text(f"Eskil Vane\n\n{life}\n", encoding="utf-8")
    with closing(loaded(folder, data)[1]) as snapshot:
        reply = Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer("When was Kelp Films founded?")
    assert "Norwegian filmmaker" not in reply.text


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Who maintains the Knotbook now?", ""),  # of whoever did nothing says that they still do
        ("Who was the maintainer of the Knotbook?", "Ada King"),
        ("Who revived the Splice Guild?", ""),  # which revived something itself
        ("Who advises Bo Lund?", "Mel Rowe"),  # not where he works
    ],
)
def test_quote__whom_the_sentence_is_of(tmp_path: Path, prompts: Prompts, question: str, quoted: str) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "history.md").write_text(
        "# History\n\nThe original author and maintainer for the Knotbook was Ada King (2004-2011).\n\n"
        "In May 2014, Cy Pell and the Splice Guild revived the Knotbook.\n",
        encoding="utf-8",
    )
    (tmp_path / "k" / "speakers.yml").write_text(
        "- name: Bo Lund\n  company: Harlow College\n  bio: Bo Lund is a student advised by Mel Rowe.\n",
        encoding="utf-8",
    )
    with closing(loaded(tmp_path / "k", tmp_path / "d")[1]) as snapshot:
        reply = Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer(question)
    assert (reply.status is Status.ANSWERED, quoted in reply.text) == (bool(quoted), True), reply.text


# Records whose texts say the name of nobody: whose they are has to be told.
_BIOS = {
    "Agnes Rooke": f"Agnes has tied ropes since her teens. {'She likes knots of every kind. ' * 12}"
    "She became the RCH treasurer in 2025.",
    "Piet Vos": "Piet has served either as a trustee or as warden of the RCH since 2010. He likes boats.",
}
TREASURERS = "".join(
    f"- name: {name}\n  title: Treasurer\n  email: m{len(name)}@h.example\n  bio: {bio}\n"
    for name, bio in _BIOS.items()
)


def test_quote__of_a_record_it_says_whose_it_is(tmp_path: Path, prompts: Prompts) -> None:
    folder, data = tmp_path / "k", tmp_path / "d"
    folder.mkdir()
    (folder / "members.yml").write_text(TREASURERS, encoding="utf-8")
    with closing(loaded(folder, data)[1]) as snapshot:
        answerer = Answerer(snapshot, prompts, lambda: date(2026, 1, 1))
        assert "**Agnes Rooke**:\n> “She became" in answerer.answer("Who is the treasurer of the RCH?").text
        assert answerer.answer("Which trustees does the RCH have?").status is not Status.ANSWERED


def test_how_old_somebody_was_is_told_by_an_age_alone(ask: Callable[[str], Reply]) -> None:
    assert ask("How old did Agnes Rooke get?").status is not Status.ANSWERED
    assert ask("How old was Agnes Rooke when she began to draw?").status is not Status.UNKNOWN
    assert ask("How old is Agnes Rooke?").status is not Status.ANSWERED


def test_letters_of_an_abbreviation_count_only_together(ask: Callable[[str], Reply]) -> None:
    assert ask("Where did Agnes Rooke do her MA?").status is not Status.ANSWERED


def test_a_name_that_only_stands_in_the_text_leads_to_its_sentence(ask: Callable[[str], Reply]) -> None:
    lead = ask("Which bar did Quist Vane rebuild?")
    assert lead.status is Status.UNKNOWN
    told = ask("What did Brandt keep open in Oslo?")
    assert (told.status, "Old Reading Room" in told.text) == (Status.PASSAGE, True)
    assert ask("How tall is Brandt?").status is Status.UNKNOWN

"""Single sentences and what they suggest; whole texts stand in `tests/documents/prose`."""

from pathlib import Path

import pytest

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.extract.prose.frames import frames, words_of
from bot.ingest.extract.prose.read import suggest
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.model.entity import EntityRef
from bot.model.fact import Rank

PROSE = Path(__file__).parents[2] / "documents" / "prose"
VOCABULARY = load_vocabulary()
ADA = EntityRef("Ada Strand", ("person",))


def suggested(text: str, subject: EntityRef | None = ADA, *, trusted: bool = False) -> Drafting:
    drafting = Drafting("bio.md", VOCABULARY, Rank.LAYOUT)
    padded = f"{text} And this goes on for a while, so that nobody takes it for the short line of an entry in a list."
    suggest([Block(Shape.PARAGRAPH, 7, padded, (padded,))], subject, drafting, trusted=trusted)
    return drafting


def said(text: str, subject: EntityRef | None = ADA) -> list[str]:
    return [
        " ".join(
            filter(None, [fact.subject.name, fact.property, fact.value.text, _time(fact.start), _time(fact.end, "-")])
        )
        for fact in suggested(text, subject).facts
        if fact.property != "jobTitle"
    ]


def _time(day: object, sign: str = "") -> str:
    return "" if day is None else f"{sign}{day}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She worked at Loom Labs from 1997 to 1999.", ["Ada Strand worksFor Loom Labs 1997 -1999"]),
        ("In 2007, she founded Gable and left.", ["Gable founder Ada Strand 2007 -2007"]),
        ("In 2007, she joined Loom Labs and wed.", ["Ada Strand worksFor Loom Labs 2007"]),
        ("She left Loom Labs in 2011.", ["Ada Strand worksFor Loom Labs -2011"]),
        ("Ada lives in Port Erroll, Scotland.", ["Ada Strand homeLocation Port Erroll, Scotland"]),
        ("Strand speaks Welsh and Latin.", ["Ada Strand knowsLanguage Welsh", "Ada Strand knowsLanguage Latin"]),
        (
            "She passed peacefully surrounded by close family on May 3, 1990.",
            ["Ada Strand deathDate 1990-05-03 1990-05-03 -1990-05-03"],
        ),
        ("In 1958, she joined Halvard B. Lund in marriage.", ["Ada Strand spouse Halvard B. Lund 1958"]),
        ("Soon the guild awarded her its Reef Medal.", ["Ada Strand award Reef Medal"]),
        (
            "Her work has won many awards including the Reef Medal of the Guild.",
            ["Ada Strand award Reef Medal of the Guild"],
        ),
        ("Ada Strand, a weaver, married Halvard Lund in 1958.", ["Ada Strand spouse Halvard Lund 1958"]),
        ("After a year at sea she was born again in spirit.", []),
        ("The company that she joined was acquired by Gable Trust.", []),
        ("Her brother Otto Strand worked at Loom Labs.", ["Otto Strand worksFor Loom Labs"]),
        ("She worked for Reed & Tarn Looms Ltd., then at sea.", ["Ada Strand worksFor Reed & Tarn Looms Ltd"]),
        ("He left Loom Labs in 1999.", ["Ada Strand worksFor Loom Labs -1999"]),
        ("She moved to Leith in 1990.", ["Ada Strand homeLocation Leith 1990"]),
        ("She was supervised by Prof. Tore Bakke.", ["Ada Strand advisor Tore Bakke"]),
        ("Nobody knows whether she studied.", []),
        (
            "I am interested in mending nets that are old and torn, and quiet harbours.",
            ["Ada Strand interest mending nets that are old and torn", "Ada Strand interest quiet harbours"],
        ),
        ("She works on tide tables.", ["Ada Strand interest tide tables"]),
        ("I enjoy sailing small boats.", ["Ada Strand interest sailing small boats"]),
        ("I specialize in building boats and oars.", ["Ada Strand knowsAbout building boats and oars"]),
        (
            "I specialize in building boats and repairing sails.",
            ["Ada Strand knowsAbout building boats", "Ada Strand knowsAbout repairing sails"],
        ),
        (
            "She enjoys her free time playing chess, rowing and mending nets.",
            ["Ada Strand interest playing chess", "Ada Strand interest rowing", "Ada Strand interest mending nets"],
        ),
    ],
)  # fmt: skip
def test_suggest__deeds(text: str, expected: list[str]) -> None:
    assert sorted(said(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She worked on the restoration of the Tarn organ from 1990 to 1995.", ["restoration of the Tarn organ"]),
        ("Before I got to clocks, I worked on tide gauges and weather stations.", ["tide gauges and weather stations"]),
        ("This is a choice of the nets I worked on mainly for fun.", []),
        ("She worked on it for years.", []),
        ("She worked on looms such as Featherline.", ["looms"]),
        ("She worked on water looms as a weaver.", ["water looms"]),
    ],
)
def test_suggest__what_somebody_worked_on(text: str, expected: list[str]) -> None:
    drafting = suggested(text)
    assert [fact.value.text for fact in drafting.facts if fact.property == "duty"] == expected


def test_suggest__a_deed_at_a_place_is_work_there() -> None:
    assert said("She developed one of the largest kilns at Ostby Works for the fair.") == [
        "Ada Strand worksFor Ostby Works"
    ]
    assert said("She went on to become a research gardener at Tarn Arboretum.") == [
        "Ada Strand worksFor Tarn Arboretum"
    ]


def test_suggest__what_is_behind_in_is_a_place_unless_it_looks_like_a_body() -> None:
    assert said("She was a keeper in Sandvik.") == []
    assert said("She was a keeper in IICA.") == ["Ada Strand worksFor IICA"]


def test_suggest__where_somebody_is_specialises_in_nothing() -> None:
    assert said("She runs a yard in the Northern Isles specialising in hemp and tar.") == []
    assert said("She got her chair at Loom Labs, where her work was focused on hemp.") == ["Ada Strand knowsAbout hemp"]


def test_suggest__a_pronoun_behind_somebody_unknown_is_nobody() -> None:
    text = "Last week the yard hired Lena Marsh. She worked at Loom Labs for years."
    assert said(f"Ida Brook joined Gable Clockworks in 2001. {text}", None) == [
        "Ida Brook worksFor Gable Clockworks 2001"
    ]


def test_suggest__the_other_pronoun_is_somebody_else() -> None:
    text = "She paints. She sings. She married Halvard Lund. He left Loom Labs in 1999."
    assert said(text) == ["Ada Strand spouse Halvard Lund"]


def test_suggest__degrees_of_one_sentence() -> None:
    facts = suggested("She received a BSc in botany in 1991 and a PhD in ecology in 1996 from Leith University.").facts
    assert [(f.property, f.value.text, str(f.end), [v.text for _, v in f.qualifiers]) for f in facts] == [
        ("alumniOf", "Leith University", "1991", ["BSc", "botany"]),
        ("alumniOf", "Leith University", "1996", ["PhD", "ecology"]),
    ]


def test_suggest__awards_of_a_list() -> None:
    text = "She won a 2014 and 2009 Harbour Prize, the Loom Medal and two chairs."
    assert said(text) == [
        "Ada Strand award Harbour Prize 2014 -2014",
        "Ada Strand award Harbour Prize 2009 -2009",
        "Ada Strand award Loom Medal",
    ]


def test_suggest__of_a_thing() -> None:
    treadle = EntityRef("Treadle", ("project",))
    text = "Treadle was written by Mirela Okonjo. It is maintained by Jonas Abt and licensed under the MIT License."
    assert said(text, treadle) == [
        "Treadle creator Mirela Okonjo",
        "Treadle maintainer Jonas Abt",
        "Treadle license MIT License",
    ]


def test_suggest__waits_for_a_yes_unless_trusted() -> None:
    text = "She worked at Loom Labs."
    assert {fact.rank for fact in suggested(text).facts} == {Rank.SUGGESTION}
    assert {fact.rank for fact in suggested(text, trusted=True).facts} == {Rank.PROSE}


def test_suggest__evidence_stands_in_the_line() -> None:
    (fact,) = suggested("Her loom is old. She worked at Loom Labs.").facts
    assert (fact.evidence.document, fact.evidence.line) == ("bio.md", 7)
    assert fact.evidence.text.startswith("Her loom is old. She worked at Loom Labs. And this")


def test_suggest__evidence_of_a_long_line_is_the_sentence() -> None:
    (fact,) = suggested("Her loom is old. " * 20 + "She worked at Loom Labs.").facts
    assert fact.evidence.text == "She worked at Loom Labs."


def test_suggest__what_is_a_fact_already_is_no_suggestion() -> None:
    drafting = Drafting("bio.md", VOCABULARY, Rank.LAYOUT)
    block = Block(
        Shape.PARAGRAPH,
        1,
        "She worked at Loom Labs for many years, and nobody there remembers what it was that she did.",
    )
    drafting.state(ADA, "worksFor", "Loom Labs", block.evidence("bio.md", "Loom Labs"))
    suggest([block], ADA, drafting)
    assert [fact.rank for fact in drafting.facts] == [Rank.LAYOUT]


def test_frames__every_property_is_in_the_vocabulary_and_every_slot_in_its_words() -> None:
    for frame in frames():
        assert frame.property in VOCABULARY.properties
        slots = {frame.value or frame.of, *frame.qualifiers.values()} - {""}
        assert slots <= {*frame.pattern().groupindex}, frame
        assert set(frame.qualifiers) <= set(VOCABULARY.properties)


def test_frames__none_is_passed_over_that_would_fit() -> None:
    sentences = [line for file in sorted(PROSE.glob("*.md")) for line in file.read_text().splitlines()]
    fitting = [(frame, line) for frame in frames() for line in sentences if frame.pattern().search(line)]
    assert len(fitting) > 20
    for frame, line in fitting:
        assert [*frame.matches(line, words_of(line))], (frame.says, line)


def test_frames__most_need_a_word() -> None:
    words = words_of("It rained.")
    assert sum(all(not words.isdisjoint(need) for need in frame.needs) for frame in frames()) < 10

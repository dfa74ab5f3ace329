"""The vocabulary's words are found in questions: as phrases, in irregular forms, with what they say of whom."""

import pytest

from bot.language.lexicon import KindWord, Lexicon, Phrase, PropertyWord
from bot.language.tokens import name_key
from bot.model.vocabulary import Kind, Property, Vocabulary

VOCABULARY = Vocabulary(
    kinds={
        "person": Kind(label="person", plural="people", words=("person", "observer")),
        "project": Kind(
            label="project", plural="projects", words=("project",), types={"telescope": ("telescope", "scope")}
        ),
        "event": Kind(label="event", plural="events", words=("event",), types={"talk": ("talk", "lecture")}),
    },
    properties={
        "discoverer": Property(
            label="discoverer",
            of=("project",),
            type=("person",),
            value_verbs=("discover", "find"),
            nouns=("discoverer",),
            subject_nouns=("discovery",),
        ),
        "about": Property(
            label="subject", of=("event",), verbs=("be about", "talk about"), nouns=("subject", "main subject")
        ),
        "birthDate": Property(label="born", of=("person",), type=("date",), verbs=("be born",)),
        "memberOf": Property(
            label="membership", of=("person",), start_verbs=("join",), end_verbs=("leave", "step down"), lasting=True
        ),
        "spouse": Property(label="spouse", of=("person",), type=("person",), symmetric=True, verbs=("marry",)),
        "focalLength": Property(label="focal length", of=("project",), words=("long",)),
    },
    forms={
        "be": ("is", "was", "been"),
        "find": ("found",),
        "bear": ("born",),
        "leave": ("left",),
        "person": ("people",),
    },
    misspelt={"which": ("wich",), "telescope": ("telscope",)},
    function=("be", "the", "a", "about", "of", "down", "which"),
    synonyms=(("talk", "presentation"), ("paper", "article"), ("ml", "machine learning")),
)
LEXICON = Lexicon(VOCABULARY, types=[("project", "dome")])


@pytest.mark.parametrize(
    ("vocabulary", "types", "same"),
    [
        (VOCABULARY.model_copy(deep=True), [("project", "dome")], True),
        (VOCABULARY, [("project", "tower")], False),
        (VOCABULARY.model_copy(update={"function": ("be",)}), [("project", "dome")], False),
    ],
)
def test_is_of__the_same_words(vocabulary: Vocabulary, types: list[tuple[str, str]], *, same: bool) -> None:
    assert LEXICON.is_of(vocabulary, types) is same


def phrases(text: str) -> list[tuple[str, set[str], set[str]]]:
    """The phrases of a text: their words, the properties and the kinds they are read as."""
    words = name_key(text).split()
    return [
        (
            " ".join(words[found.start : found.end]),
            {reading.property for reading in found.properties},
            {word.type or word.kind for word in found.kinds},
        )
        for found in LEXICON.phrases([LEXICON.stem(word) for word in words])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who discovered it", [("discovered", {"discoverer"}, set())]),
        ("who found it", [("found", {"discoverer"}, set())]),
        ("whose discoveries", [("discoveries", {"discoverer"}, set())]),
        ("when was Orla born", [("born", {"birthDate"}, set())]),
        ("which telescopes", [("telescopes", set(), {"telescope"})]),
        ("people", [("people", set(), {"person"})]),
        ("the dome", [("dome", set(), {"dome"})]),
        ("focal length of it", [("focal length", {"focalLength"}, set())]),
        ("the main subject", [("main subject", {"about"}, set()), ("subject", {"about"}, set())]),
        ("who left", [("left", {"memberOf"}, set())]),
        ("who stepped down", [("stepped down", {"memberOf"}, set())]),
        ("machine learning", [("machine learning", set(), set())]),
        ("nothing here", []),
    ],
)
def test_phrases(text: str, expected: list[tuple[str, set[str], set[str]]]) -> None:
    assert phrases(text) == expected


def test_phrases__the_longest_from_each_place_on() -> None:
    stems = [LEXICON.stem(word) for word in ("main", "subject", "telescope")]
    assert [(found.start, found.end) for found in LEXICON.phrases(stems)] == [(0, 2), (1, 2), (2, 3)]


def test_a_word_says_whose_it_is_and_of_which_part_of_the_time() -> None:
    readings = {
        word: next(LEXICON.phrases([LEXICON.stem(word)])).properties
        for word in ("find", "discoverer", "join", "leave", "marry")
    }
    assert readings["find"] == (PropertyWord("discoverer", "value", verb=True),)
    assert PropertyWord("discoverer", "value", verb=False) in readings["discoverer"]
    assert readings["join"] == (PropertyWord("memberOf", "both", verb=True, part="start"),)
    assert readings["leave"] == (PropertyWord("memberOf", "both", verb=True, part="end"),)
    assert readings["marry"] == (PropertyWord("spouse", "both", verb=True),)


def test_a_type_that_only_an_entity_carries_is_a_word_too() -> None:
    assert list(LEXICON.phrases(["dome"])) == [Phrase(0, 1, (), (KindWord("project", "dome"),))]


def test_a_verb_of_small_words_alone_is_meant_by_its_stranded_preposition() -> None:
    assert LEXICON.stranded == {"about": [PropertyWord("about", "subject", verb=True)]}
    assert phrases("about") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("talk", "presentation", True),
        ("ml", "machine learning", True),
        ("find", "found", True),
        ("talk", "paper", False),
        ("machine", "ml", False),
    ],
)
def test_same__synonyms_and_forms(one: str, other: str, *, same: bool) -> None:
    assert (LEXICON.stems(other) in LEXICON.same(LEXICON.stems(one))) is same


def test_respell__only_the_misspellings_that_are_listed() -> None:
    assert LEXICON.respell(["wich", "telscope", "orla", "witch"]) == ["which", "telescope", "orla", "witch"]
    assert LEXICON.respell(["orla", "witch"]) == ["orla", "witch"]


def test_similar__words_of_the_vocabulary_within_two_slips() -> None:
    assert "telescope" in LEXICON.similar("telesocpe")
    assert "discoverer" in LEXICON.similar("discverer")
    assert LEXICON.similar("quuxification") == set()


@pytest.mark.parametrize(("word", "past"), [("found", True), ("left", True), ("find", False), ("telescope", False)])
def test_past(word: str, *, past: bool) -> None:
    assert (word in LEXICON.past) is past

"""Text becomes tokens that compare as people mean them, and every token says where it stands in the text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.tokens import clean, fold, name_key, parts, stem, tokenize, words_of


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ADA", "ada"),
        ("Düben", "duben"),
        ("naïve", "naive"),
        ("Straße", "strasse"),
        ("Łódź", "łodz"),  # a stroke is no accent
        ("İstanbul", "istanbul"),
        ("ﬁeld", "field"),
        ("東京", "東京"),
    ],
)
def test_fold__case_and_accents_do_not_count(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Who wrote GPT-3?", ["Who", "wrote", "GPT-3"]),
        ("Ada's Loom talk", ["Ada", "Loom", "talk"]),
        ("ADA’S loom", ["ADA", "loom"]),
        ("the dogs' bowl", ["the", "dogs", "bowl"]),
        ("Phil d'Itri’s desk", ["Phil", "d'Itri", "desk"]),
        ("O'Brien's", ["O'Brien"]),
        ("C++ and C#, or F#?", ["C++", "and", "C#", "or", "F#"]),
        ("C++-based R/qtl", ["C++", "based", "R/qtl"]),
        ("AT&T, Terminal.com.", ["AT&T", "Terminal.com"]),
        ("write to orla@society.example!", ["write", "to", "orla@society.example"]),
        ("zero\u200bwidth soft\u00adhyphen", ["zerowidth", "softhyphen"]),
        ("one -- two", ["one", "two"]),
        ("... '' 's", ["s"]),
        ("", []),
    ],
)
def test_tokenize(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(clean(text))] == tokens


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("GPT-3", "gpt 3"),
        ("GPT\u20113", "gpt 3"),
        ("gpt 3", "gpt 3"),
        ("Phil D’Itri", "phil d itri"),
        ("U.S.A.", "u s a"),
        ("Rock'n'Roll", "rock n roll"),
        ("  Émile   Zola ", "emile zola"),
        ("C++", "c++"),
        ("\u200b", ""),
    ],
)
def test_name_key__one_key_for_all_ways_to_write_a_name(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.xfail(reason="a combining accent splits the word it stands in")
def test_name_key__an_accent_typed_apart_from_its_letter() -> None:
    assert name_key(unicodedata.normalize("NFD", "Düben")) == "duben"


def test_parts__say_where_they_stand() -> None:
    text = "What is d'Itri's GPT-3?"
    found = parts(text)
    assert [part.key for part in found] == ["what", "is", "d", "itri", "gpt", "3"]
    assert [text[part.start : part.end] for part in found] == ["What", "is", "d", "Itri", "GPT", "3"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("study", "studied", True),
        ("concert", "concerts", True),
        ("department", "departments", True),
        ("university", "universities", True),
        ("department", "departure", False),
        ("university", "universe", False),
        ("organization", "organ", False),
        ("news", "new", False),
        ("gpt3", "gpt", False),
    ],
)
def test_stem__forms_of_a_word_are_one_and_other_words_are_not(one: str, other: str, alike: bool) -> None:
    assert (stem(one) == stem(other)) is alike


def test_stem__words_with_digits_stay() -> None:
    assert stem("4bits") == "4bits"


@given(st.text(max_size=200))
def test_every_token_stands_where_it_says(text: str) -> None:
    cleaned = clean(text)
    for token in (*tokenize(cleaned), *parts(cleaned)):
        assert cleaned[token.start : token.end] == token.text
        assert token.key


_SPELLED = st.text(alphabet="aS1e'`.#+-/ _&@x", max_size=12)


@given(_SPELLED | st.text(st.characters(max_codepoint=127), max_size=30))
@example("King's C++ and GPT-3's R&D, d'Itri's")
@example("a's's'S# it`s")
def test_words_of__plain_text_in_one_go_as_part_by_part(text: str) -> None:
    assert words_of(text) == [part.key for part in parts(clean(text))]


def test_words_of__letters_beyond_ascii_are_folded() -> None:
    assert words_of("Ada’s Café-Bar in Łódź") == ["ada", "cafe", "bar", "in", "łodz"]

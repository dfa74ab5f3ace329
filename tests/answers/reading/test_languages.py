"""Questions of other languages in English, word by word: names stay, verbs find their place, English is left alone."""

from pathlib import Path

import pytest

from bot.answers.reading.languages import Languages
from bot.errors import PromptError
from bot.language.lexicon import Lexicon
from bot.paths import shipped
from bot.store.snapshot import Snapshot

LANGUAGES = Languages(shipped("prompts") / "questions" / "languages")


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("Wann wurde Orla Finch geboren?", "when was Orla Finch born"),
        ("Wo arbeitet Orla Finch?", "where Orla Finch works"),
        ("Wer leitet Tidal Institute?", "who leads Tidal Institute"),
        ("Dove ha studiato Orla Finch?", "where has studied Orla Finch"),
        ("Qui est l'auteur de Reading Starlight ?", "who is author of Reading Starlight"),
        ("¿Cuándo nació Ida Brook?", "when Ida Brook was born"),
        ("Welche Kometen sah Orla Finch 2021?", "which Kometen sah Orla Finch 2021"),
    ],
)
def test_in_english(sky: Snapshot, question: str, english: str) -> None:
    lexicon = Lexicon(sky.vocabulary, sky.types())
    assert LANGUAGES.in_english(question, lexicon, sky, frozenset()) == english


@pytest.mark.parametrize(
    "question",
    ["Who is Wer?", "what does quando mean", "Orla Finch", "list the talks of Ida Brook, wo", "Кто это?"],
)
def test_in_english__what_is_english_or_in_no_language_here(sky: Snapshot, question: str) -> None:
    lexicon = Lexicon(sky.vocabulary, sky.types())
    assert LANGUAGES.in_english(question, lexicon, sky, frozenset()) == question


def test_a_file_without_one_of_its_parts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_text("known_by: [ki]\nwords: {who: [ki]}\n", encoding="utf-8")
    with pytest.raises(PromptError, match="needs known_by, words, verbs and elided"):
        Languages(tmp_path)


def test_a_language_is_added_as_a_file(tmp_path: Path, sky: Snapshot) -> None:
    text = "known_by: [ki]\nwords: {who: [ki]}\nverbs: {leads: [vezeti]}\nelided: []\n"
    (tmp_path / "hu.yaml").write_text(text, encoding="utf-8")
    lexicon = Lexicon(sky.vocabulary, sky.types())
    said = Languages(tmp_path).in_english("Ki vezeti: Tidal Institute?", lexicon, sky, frozenset())
    assert said == "who leads Tidal Institute"

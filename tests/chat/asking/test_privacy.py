"""`/privacy` says what is stored, of every column that there is, for as long as the settings say."""

import re
from pathlib import Path

import pytest

from bot.chat.asking.privacy import privacy_text
from bot.chat.words.texts import Texts
from bot.chat.words.voice import Voice
from bot.errors import PromptError
from bot.settings import Settings
from bot.store.state.personal import PERSONAL, As, Keep, Personal
from tests.chat.conftest import TEXTS

VOICE = Voice(Texts.read(TEXTS))


def said(**settings: int) -> str:
    return privacy_text(Settings(**settings), VOICE, has_me=True)  # type: ignore[arg-type]


def test_every_column__is_told_of_once() -> None:
    lines = [line for line in said().split("What I store")[1].splitlines() if line.startswith("- ")]
    kinds = {(entry.purpose, entry.form, entry.keep) for entry in PERSONAL}
    assert len(lines) == len(set(lines)) == len(kinds)
    for purpose in {entry.purpose for entry in PERSONAL}:
        assert VOICE.say(f"privacy.purposes.{purpose}") in said()


def test_how_long__is_as_the_settings_say() -> None:
    lines = said(retention_days=7, audit_days=99).splitlines()
    (votes,) = (line for line in lines if "liked" in line)
    (audit,) = (line for line in lines if "did with `/knowledge`**" in line)
    (requests,) = (line for line in lines if "asked for with `/me`" in line)
    assert [re.findall(r"\d+", line) for line in (votes, audit, requests)] == [["7"], ["99"], ["7"]]


def test_a_new_purpose__without_words_fails() -> None:
    new = Personal("diary", "user_id", As.ID, "diary", Keep.NOTES)
    with pytest.raises(PromptError, match=r"privacy\.purposes\.diary"):
        privacy_text(Settings(), VOICE, has_me=True, stored=[*PERSONAL, new])


def test_no_words__for_what_is_not_stored() -> None:
    there = {key for key in VOICE.texts.keys if key.startswith(("privacy.purposes.", "privacy.forms."))}
    assert there == {f"privacy.purposes.{entry.purpose}" for entry in PERSONAL} | {
        f"privacy.forms.{entry.form}" for entry in PERSONAL
    }
    assert {key for key in VOICE.texts.keys if key.startswith("privacy.keeps.")} == {
        f"privacy.keeps.{one}" for one in Keep
    }


def test_me__is_named_only_where_it_is() -> None:
    assert "/me show" in said()
    assert "/me show" not in privacy_text(Settings(), VOICE, has_me=False)


def test_every_text_of_me__is_used() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in Path("bot/chat/me").glob("*.py"))
    fixed = {key for key in VOICE.texts.keys if key.startswith("me.shown.")}
    assert [key for key in fixed if f'"{key}"' not in source and f"'{key}'" not in source] == []

from pathlib import Path

import pytest

from bot.errors import PromptError
from bot.terminal.texts import read_texts


def texts_of(folder: Path, content: str) -> Path:
    (folder / "terminal.yaml").write_text(content, encoding="utf-8")
    return folder


def test_say_and_all(tmp_path: Path) -> None:
    texts = read_texts(texts_of(tmp_path, "hello: Hello, {name}!\nexamples: [one, two]\n"))
    assert texts.say("hello", name="{name} Orla") == "Hello, {name} Orla!"
    assert texts.all("examples") == ("one", "two")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: [b", r"terminal\.yaml:2: "),
        ("- a", "not a mapping of texts"),
        ("a: {b: c}", "a: neither a text nor a list of texts"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(PromptError, match=message):
        read_texts(texts_of(tmp_path, content))


def test_a_missing_file_or_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="unreadable"):
        read_texts(tmp_path)
    texts = read_texts(texts_of(tmp_path, "a: b"))
    with pytest.raises(PromptError, match="no such text: c"):
        texts.say("c")
    with pytest.raises(PromptError, match="no such list of texts: a"):
        texts.all("a")

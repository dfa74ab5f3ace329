"""The words of the terminal surface, kept in prompts/terminal.yaml; fills in what is named and decides nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import PromptError
from bot.language.prompt_file import read_prompts
from bot.paths import shipped

FILE_NAME = "terminal.yaml"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by key, and lists of texts by key. A placeholder is written `{name}`."""

    _entries: Mapping[str, str | tuple[str, ...]]

    def say(self, key: str, **values: str | int) -> str:
        """The text under `key` with its placeholders filled in."""
        text = self._entries.get(key)
        if not isinstance(text, str):
            raise PromptError(f"{FILE_NAME}: no such text: {key}")
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)

    def all(self, key: str) -> Sequence[str]:
        """The list of texts under `key`."""
        texts = self._entries.get(key)
        if not isinstance(texts, tuple):
            raise PromptError(f"{FILE_NAME}: no such list of texts: {key}")
        return texts


def read_texts(folder: Path | None = None) -> Texts:
    """The texts of the terminal. Raises PromptError, with file and line, when the file is missing or malformed."""
    file = (folder or shipped("prompts")) / FILE_NAME
    return Texts({key: _entry(file, key, value) for key, value in read_prompts(file).items()})


def _entry(file: Path, key: str, value: Any) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    raise PromptError(f"{file}: {key}: neither a text nor a list of texts")

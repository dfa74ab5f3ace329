"""The words of the Discord surface by locale, kept in prompts/discord; fills in what is named and decides nothing.

A folder is a locale (`en`, `de`, `pt-BR`), each YAML file in it a family of texts: `ask.name` of `commands.yaml` has
the key `commands.ask.name`. What a locale lacks is said in English.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from bot.errors import PromptError
from bot.language.prompt_file import read_prompts

DEFAULT = "en"
MAX_TEXT = 2000  # characters
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Discord refuses the whole set of commands for one bad name or description.
_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}\Z")
_MAX_DESCRIPTION, _MAX_MENU = 100, 32
_COMMANDS = ("commands", "knowledge")  # the families in which a name is a command's


class Texts:
    """Texts by locale and key. A placeholder is written `{name}`."""

    def __init__(self, by_locale: Mapping[str, Mapping[str, str]]) -> None:
        if DEFAULT not in by_locale:
            raise PromptError(f"prompts/discord: no folder {DEFAULT}, which every other locale falls back on")
        self._by_locale = by_locale
        self._whole: dict[str, Mapping[str, str]] = {}  # by locale, as met so far: its own texts and the English ones
        stray = sorted({key for texts in by_locale.values() for key in texts} - set(by_locale[DEFAULT]))
        if stray:
            raise PromptError(f"prompts/discord: no such text in {DEFAULT}: {', '.join(stray)}")
        for locale, texts in by_locale.items():
            for key, text in texts.items():
                if not set(_PLACEHOLDER.findall(text)) <= set(_PLACEHOLDER.findall(by_locale[DEFAULT][key])):
                    raise PromptError(
                        f"prompts/discord/{locale}: {key}: a placeholder that {DEFAULT} has not: {text!r}"
                    )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The texts of all locale folders. Raises PromptError, with file and line, where one is malformed."""
        return cls({place.name: _read_locale(place) for place in sorted(folder.iterdir()) if place.is_dir()})

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales there are folders for."""
        return tuple(self._by_locale)

    @property
    def keys(self) -> frozenset[str]:
        """Every key there is a text for."""
        return frozenset(self._by_locale[DEFAULT])

    def say(self, locale: str, key: str, **values: str | int) -> str:
        """The text under `key`, in the language of `locale` or else in English, with its placeholders filled in."""
        text = (self._whole.get(locale) or self._made_whole(locale)).get(key)
        if text is None:
            raise PromptError(f"prompts/discord: no such text: {key}")
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text) if "{" in text else text

    def translation(self, locale: str, key: str) -> str | None:
        """The text as this locale, or its language, has it; None where only English does."""
        return next((texts[key] for texts in self._own(locale) if key in texts), None)

    def _own(self, locale: str) -> list[Mapping[str, str]]:
        """The texts of a locale, then those of its language."""
        names = dict.fromkeys((locale, locale.partition("-")[0]))
        return [self._by_locale[name] for name in names if name in self._by_locale]

    def _made_whole(self, locale: str) -> Mapping[str, str]:
        """Every text as a locale has it, put together once: each answer says a handful of them."""
        whole = dict(self._by_locale[DEFAULT])
        for texts in reversed(self._own(locale)):
            whole.update(texts)
        self._whole[locale] = whole
        return whole


def _read_locale(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")):
        for key, text in _flat(file, file.stem, read_prompts(file)):
            if fault := _fault(key, text):
                raise PromptError(f"{file}: {key}: {fault}: {text[:60]!r}")
            texts[key] = text.rstrip("\n")
    return texts


def _flat(file: Path, prefix: str, data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield prefix, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(file, f"{prefix}.{key}", value)
    else:
        raise PromptError(f"{file}: {prefix}: neither a text nor a mapping of texts")


def _fault(key: str, text: str) -> str | None:
    """What Discord would refuse; a menu's name may have blanks and capitals."""
    family, *_, last = key.split(".")
    if len(text) > MAX_TEXT:
        return f"longer than {MAX_TEXT} characters"
    if last == "name" and family in _COMMANDS and not (_COMMAND_NAME.match(text) and text == text.lower()):
        return "not a command name"
    if last == "name" and family == "menus" and not 0 < len(text) <= _MAX_MENU:
        return f"not a name of at most {_MAX_MENU} characters"
    if last == "description" and not 0 < len(text) <= _MAX_DESCRIPTION:
        return f"not a description of at most {_MAX_DESCRIPTION} characters"
    return None

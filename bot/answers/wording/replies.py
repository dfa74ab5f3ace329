"""Reply templates of `prompts/replies/`: loads, checks and fills them; decides nothing, adds no word of its own.

A template only puts values in: `{{ name }}`. Whatever is to be decided is decided before, so there is nothing to run.
"""

import re
from pathlib import Path

from bot.answers.wording.markdown import Ready, escape
from bot.errors import PromptError
from bot.language.prompt_file import read_prompts

MAX_TEMPLATE = 2000  # characters; a reply may not be longer than a Discord message
_PLACE = re.compile(r"\{\{\s*([a-z]\w*)\s*\}\}")
_LOGIC = re.compile(r"\{\{|\{%|\{#|#\}|%\}|\}\}")


def _finish(value: object) -> str:
    return escape(str(value)) if not isinstance(value, Ready) else value


class Replies:
    """All templates of one language by key (`facts.one`). Raises PromptError where one is missing or broken."""

    def __init__(self, folder: Path) -> None:
        self._templates: dict[str, str] = {}
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise PromptError(f"{folder}: no reply templates there")
        for file in files:
            for key, text in _read(file).items():
                pattern = _PLACE.sub(r"%(\1)s", text.replace("%", "%%"))
                if beyond := _LOGIC.search(pattern):
                    raise PromptError(f"{file}: {key}: {beyond.group()} is not part of a place such as {{{{ name }}}}")
                self._templates[f"{file.stem}.{key}"] = pattern

    @property
    def keys(self) -> frozenset[str]:
        """Every key there is a template for."""
        return frozenset(self._templates)

    def render(self, key: str, **values: object) -> Ready:
        """The filled template; strings are escaped unless they are Ready. Raises PromptError."""
        template = self._templates.get(key)
        if template is None:
            raise PromptError(f"no reply template {key!r}")
        try:
            return Ready((template % {name: _finish(value) for name, value in values.items()}).strip())
        except KeyError as error:
            raise PromptError(f"reply template {key}: {error} is undefined") from error


def _read(file: Path) -> dict[str, str]:
    data = read_prompts(file)
    if not all(isinstance(text, str) and len(text) <= MAX_TEMPLATE for text in data.values()):
        raise PromptError(f"{file}: not a mapping of keys to templates of at most {MAX_TEMPLATE} characters")
    return data

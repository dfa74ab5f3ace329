"""The named sources of a knowledge folder, from its `sources.yaml`; knows nothing of the facts that rest on them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot.language.yaml_text import YamlError, read_yaml
from bot.model.fact import Source
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem

FILE_NAME = "sources.yaml"


class SourceEntry(BaseModel):
    """One entry of the file as a maintainer writes it. `file` names the document it was read from, if it is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    file: str | None = None
    note: str | None = None

    @field_validator("title")
    @classmethod
    def _has_a_title(cls, title: str) -> str:
        if not title.strip():
            raise ValueError("empty")
        return title

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, date: str | None) -> str | None:
        if date is not None:
            PartialDate.parse(date)
        return date

    @field_validator("url")
    @classmethod
    def _is_a_link(cls, url: str | None) -> str | None:
        if url is not None and not url.lower().startswith(("http://", "https://")):
            raise ValueError("not a link that begins with http:// or https://")
        return url

    def to_source(self, key: str) -> Source:
        """The same as a source of facts."""
        day = PartialDate.parse(self.date) if self.date else None
        return Source(
            key, " ".join(self.title.split()), _one_line(self.author), _one_line(self.publisher), day, self.url,
            _one_line(self.note),
        )  # fmt: skip


def load_sources(folders: Iterable[Path]) -> tuple[dict[str, Source], list[Problem], bool]:
    """The sources of all folders by key, what is wrong with them, and whether a file could not be read at all.

    Of two sources with one key the first counts.
    """
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    broken = False
    for folder in folders:
        file = folder / FILE_NAME
        if not file.is_file():
            continue
        data, lines, found = _read(file)
        problems += found
        broken = broken or bool(found)
        for key, entry in data.items():
            line = lines.get((key,), 1)
            if key in sources:
                problems.append(Problem(FILE_NAME, line, "this source is declared in another folder too", key))
                continue
            try:
                sources[key] = SourceEntry.model_validate(entry).to_source(key)
            except ValidationError as error:
                for fault in error.errors(include_input=False, include_url=False):
                    part = fault["loc"][0] if fault["loc"] else ""
                    where = lines.get((key, part), line)
                    problems.append(Problem(FILE_NAME, where, f"{part}: {fault['msg']}" if part else fault["msg"], key))
    return sources, problems, broken


def _read(file: Path) -> tuple[dict[str, Any], dict[Any, int], list[Problem]]:
    try:
        read = read_yaml(file.read_text(encoding="utf-8"))
    except YamlError as error:
        return {}, {}, [Problem(FILE_NAME, error.line, str(error))]
    except (OSError, UnicodeDecodeError) as error:
        return {}, {}, [Problem(FILE_NAME, 1, f"cannot be read: {type(error).__name__}")]
    if read.data is None:
        return {}, {}, []
    if not isinstance(read.data, dict):
        return {}, {}, [Problem(FILE_NAME, 1, "not a mapping of keys to sources")]
    return read.data, dict(read.lines), []


def _one_line(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())

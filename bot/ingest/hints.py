"""What is said of a document beside it: sidecars, entries of sources.yaml, front matter; reads no fact from it.

A sidecar lies beside its document and is called like it with `.about.yaml` added: `cv.pdf.about.yaml`. It says what a
page never does: whom it is about, who wrote it and when. What a maintainer wrote is checked strictly; the front matter
of a page that comes from somewhere else may hold anything, so there only what fits is taken.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot.ingest.readers import Hints, Raw
from bot.language.yaml_text import YamlError, YamlPath, read_yaml
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem

SUFFIX = ".about.yaml"
_WITH_FRONT_MATTER = (".md", ".markdown", ".txt", ".rst", ".html", ".htm")
_MOST_BYTES = 100_000  # of a sidecar
_MOST_FRONT_MATTER = 65_536  # bytes
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")


class Description(BaseModel):
    """What may be said of a document; the same words in a sidecar and in an entry of sources.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str | None = None
    kind: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    trust: bool = False

    @field_validator("about", "kind", "title", "author", "publisher")
    @classmethod
    def _says_something(cls, text: str | None) -> str | None:
        if text is None:
            return None
        text = " ".join(text.split())
        if not text:
            raise ValueError("empty")
        return text

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

    def hints(self) -> Hints:
        """The same for a reader."""
        day = PartialDate.parse(self.date) if self.date else None
        return Hints(self.about, self.kind, self.title, self.author, self.publisher, day, self.url, self.trust)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one document. `key` is that of its entry in sources.yaml, under which its facts are cited."""

    hints: Hints
    key: str = ""
    note: str | None = None
    fetched: bool = False  # it comes from the network, so what it says of itself is nobody's word
    blocked: bool = False  # its sidecar is broken, so it is not read until that is mended

    @property
    def stamp(self) -> bytes:
        """What changes whenever something else is said, so that the document is read again."""
        return hashlib.sha256(repr(self).encode()).digest()


def read_sidecar(file: Path, path: str, kinds: Collection[str]) -> tuple[Hints, list[Problem]]:
    """What a sidecar says, and what is wrong with it; `path` is how it is called to the maintainer."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return Hints(), [Problem(path, 1, f"larger than {_MOST_BYTES} bytes")]
        read = read_yaml(file.read_text(encoding="utf-8"))
    except YamlError as error:
        return Hints(), [Problem(path, error.line, str(error))]
    except (OSError, UnicodeDecodeError) as error:
        return Hints(), [Problem(path, 1, f"cannot be read: {type(error).__name__}")]
    if not isinstance(read.data, dict):
        return Hints(), [Problem(path, 1, "not a mapping of what is said about the document")]
    try:
        said = Description.model_validate(read.data)
    except ValidationError as error:
        return Hints(), faults(error, path, read.lines)
    if said.kind is not None and said.kind not in kinds:
        line = read.lines.get(("kind",), 1)
        return Hints(), [Problem(path, line, f"unknown kind; one of {', '.join(kinds)}", said.kind)]
    return said.hints(), []


def faults(
    error: ValidationError, path: str, lines: Mapping[YamlPath, int], above: YamlPath = (), text: str = ""
) -> list[Problem]:
    """Each fault of a mapping with the line it stands on; `above` leads to the mapping."""
    found = []
    for fault in error.errors(include_input=False, include_url=False):
        part = fault["loc"][0] if fault["loc"] else ""
        where = lines.get((*above, part), lines.get(above, 1))
        message = "nothing is known under this name" if fault["type"] == "extra_forbidden" else fault["msg"]
        found.append(Problem(path, where, f"{part}: {message}" if part else message, text))
    return found


def with_front_matter(raw: Raw, kinds: Collection[str]) -> Raw:
    """The document with what its own head says, where nobody said otherwise."""
    if not raw.path.lower().endswith(_WITH_FRONT_MATTER):
        return raw
    head = raw.data[:_MOST_FRONT_MATTER].removeprefix(b"\xef\xbb\xbf")
    if not head.startswith((b"---\n", b"---\r\n")):
        return raw
    end = re.search(rb"\n(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", head[3:])
    if end is None:
        return raw
    try:
        data = read_yaml(head[3 : 3 + end.start() + 1].decode("utf-8").replace("\r\n", "\n")).data
    except (YamlError, UnicodeDecodeError):
        return raw
    if not isinstance(data, dict):
        return raw
    return replace(raw, hints=merged([raw.hints, _of_front_matter(data, kinds)]))


def merged(several: Iterable[Hints]) -> Hints:
    """One of several: the first that says something counts."""
    result = Hints()
    for hints in several:
        missing = {
            item.name: getattr(hints, item.name) for item in fields(Hints) if not getattr(result, item.name)
        }  # fmt: skip
        result = replace(result, **missing)
    return result


def _of_front_matter(data: Mapping[str, Any], kinds: Collection[str]) -> Hints:
    kind = _line(data.get("kind"))
    url = _line(data.get("url"))
    day = _DAY.match(_line(data.get("date")) or "")
    return Hints(
        about=_line(data["about"]) if isinstance(data.get("about"), str) else None,
        kind=kind if kind in kinds else None,
        title=_line(data.get("title")),
        author=_line(data.get("author")),
        publisher=_line(data.get("publisher")),
        date=_day(day.group()) if day else None,
        url=url if url and url.lower().startswith(("http://", "https://")) else None,
    )  # never `trust`: whether a page is to be trusted is not for the page to say


def _line(value: object) -> str | None:
    """A text as one line; of a list its texts, of a mapping its name."""
    if isinstance(value, list):
        return ", ".join(text for item in value if (text := _line(item))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _day(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None

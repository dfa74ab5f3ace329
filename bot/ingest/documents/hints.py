"""What is said of a document beside it: sidecars, entries of sources.yaml, front matter; reads no fact from it.

A sidecar lies beside its document and is called like it with `.about.yaml` added: `cv.pdf.about.yaml`. It says what a
page never does: whom it is about, who wrote it and when. What a maintainer wrote is checked strictly; the front matter
of a page that comes from somewhere else may hold anything, so there only what fits is taken.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot.errors import told_of_value
from bot.ingest.documents.format import Hints, Raw
from bot.language.yaml_text import Yaml, YamlError, YamlPath, read_yaml
from bot.model.audience import NOBODY, Limits
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem

SUFFIX = ".about.yaml"
_WITH_FRONT_MATTER = (".md", ".markdown", ".txt", ".rst", ".html", ".htm")
_MOST_BYTES = 100_000  # of a sidecar
_MOST_FRONT_MATTER = 65_536  # bytes
_AUDIENCE = "audience"
_SAYS_AUDIENCE = re.compile(r"\baudience\b['\"]?\s*:")
_HEAD_END = re.compile(rb"\n(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")
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
    audience: tuple[str, ...] = ()

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

    @field_validator("audience", mode="before")
    @classmethod
    def _are_names(cls, audience: Any) -> Any:
        return names_of(audience)

    @property
    def limits(self) -> Limits:
        """Who may see it."""
        return (tuple(sorted(self.audience)),) if self.audience else ()

    def hints(self) -> Hints:
        """The same for a reader."""
        day = PartialDate.parse(self.date) if self.date else None
        return Hints(
            self.about, self.kind, self.title, self.author, self.publisher, day, self.url, self.trust, self.limits
        )  # fmt: skip


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


def read_sidecar(
    file: Path, path: str, kinds: Collection[str], audiences: Collection[str] = ()
) -> tuple[Hints, list[Problem]]:
    """What a sidecar says, and what is wrong with it; `path` is how it is called to the maintainer.

    One that is wrong and has anything to say of an audience limits its document to nobody.
    """
    text = _AUDIENCE
    try:
        if file.stat().st_size > _MOST_BYTES:
            return Hints(limits=NOBODY), [Problem(path, 1, f"larger than {_MOST_BYTES} bytes")]
        text = file.read_text(encoding="utf-8")
        read = read_yaml(text)
    except YamlError as error:
        return Hints(limits=limits_of_broken(text)), [Problem(path, error.line, str(error))]
    except (OSError, UnicodeDecodeError) as error:
        return Hints(limits=NOBODY), [Problem(path, 1, f"cannot be read: {type(error).__name__}")]
    closed = Hints(limits=limits_of_broken(text))
    if not isinstance(read.data, dict):
        return closed, [Problem(path, 1, "not a mapping of what is said about the document")]
    try:
        said = Description.model_validate(read.data)
    except ValidationError as error:
        return closed, faults(error, path, read.lines)
    problems = list(unknown_audiences(said.audience, audiences, path, read.lines.get(("audience",), 1)))
    if said.kind is not None and said.kind not in kinds:
        line = read.lines.get(("kind",), 1)
        problems.append(Problem(path, line, f"unknown kind; one of {', '.join(kinds)}", said.kind))
    return (closed, problems) if problems else (said.hints(), [])


def names_of(audience: Any) -> tuple[str, ...]:
    """The audiences that are named after `audience:`, one or a list. Raises ValueError."""
    named = [audience] if isinstance(audience, str) else audience
    if not isinstance(named, list) or not named or not all(isinstance(name, str) and name.strip() for name in named):
        raise ValueError("not the name of an audience, or a list of them")
    return tuple(dict.fromkeys(name.strip() for name in named))


def unknown_audiences(
    names: Iterable[str], audiences: Collection[str], path: str, line: int, *, fatal: bool = True
) -> Iterator[Problem]:
    """What is wrong with names that audiences.yaml does not define."""
    for name in names:
        if name not in audiences:
            known = f"; one of {', '.join(sorted(audiences))}" if audiences else ""
            yield Problem(path, line, f"audience: audiences.yaml defines none of this name{known}", name[:80], fatal)


def limits_of_broken(text: str) -> Limits:
    """Who may see what was said in a text that cannot be read: nobody, if it says anything of an audience."""
    return NOBODY if _AUDIENCE in text.casefold() else ()


def faults(
    error: ValidationError, path: str, lines: Mapping[YamlPath, int], above: YamlPath = (), text: str = ""
) -> list[Problem]:
    """Each fault of a mapping with the line it stands on; `above` leads to the mapping."""
    found = []
    for fault in error.errors(include_input=False, include_url=False):
        part = fault["loc"][0] if fault["loc"] else ""
        where = lines.get((*above, part), lines.get(above, 1))
        message = told_of_value(fault)
        found.append(Problem(path, where, f"{part}: {message}" if part else message, text))
    return found


def with_front_matter(raw: Raw, kinds: Collection[str]) -> Raw:
    """The document with what its own head says, where nobody said otherwise."""
    text, ended = _head(raw, raw.data[:_MOST_FRONT_MATTER])
    if not ended or "\ufffd" in text:
        return raw
    try:
        data = read_yaml(text).data
    except YamlError:
        return raw
    if not isinstance(data, dict):
        return raw
    return replace(raw, hints=merged([raw.hints, _of_front_matter(data, kinds)]))


def limits_in_head(raw: Raw, audiences: Collection[str], *, broken: bool = False) -> tuple[Limits, list[Problem]]:
    """Who may see a document by its own front matter, and what is wrong with that: then it is nobody.

    Where no audience is defined, a page that is no profile may mean anything by the word. `broken`: the reader could
    not make sense of the document, so what it limits cannot be told either.
    """
    text, ended = _head(raw, raw.data) if _AUDIENCE.encode() in raw.data else ("", False)
    if not text:
        return (), []
    try:
        read = read_yaml(text) if ended else Yaml()
    except YamlError:
        read = Yaml()
    if broken or not isinstance(read.data, dict):
        closed = bool(audiences) and _SAYS_AUDIENCE.search(text) is not None
        why = "its front matter names an audience and cannot be read, so nobody is shown it"
        return (NOBODY, [Problem(raw.path, 1, why)]) if closed else ((), [])
    if _AUDIENCE not in read.data or not (audiences or "kind" in read.data):
        return (), []
    line = read.lines.get((_AUDIENCE,), 1)
    try:
        names = names_of(read.data[_AUDIENCE])
    except ValueError as error:
        return NOBODY, [Problem(raw.path, line, f"audience: {error}")]
    problems = list(unknown_audiences(names, audiences, raw.path, line))
    return (NOBODY if problems else (tuple(sorted(names)),)), problems


def _head(raw: Raw, data: bytes) -> tuple[str, bool]:
    """The front matter with which the data of a page begin, and whether it ends; empty where there is none."""
    head = data.removeprefix(b"\xef\xbb\xbf")
    if not raw.path.lower().endswith(_WITH_FRONT_MATTER) or not head.startswith((b"---\n", b"---\r\n")):
        return "", False
    end = _HEAD_END.search(head, 3)
    return head[3 : end.start() + 1 if end else None].decode("utf-8", "replace").replace("\r\n", "\n"), end is not None


def merged(several: Iterable[Hints]) -> Hints:
    """One of several: the first that says something counts."""
    result = Hints()
    several = list(several)
    for hints in several:
        missing = {
            item.name: getattr(hints, item.name) for item in fields(Hints) if not getattr(result, item.name)
        }  # fmt: skip
        result = replace(result, **missing)
    return replace(result, limits=tuple(clause for hints in several for clause in hints.limits))  # all of them count


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

"""Profiles: Markdown whose front matter says `kind:` and states facts; the body is text to show, not to be read."""

import re
from typing import Any

from rapidfuzz import process

from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.literals import Unfit, read_name, read_text
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken
from bot.ingest.readers.markup.front_matter import head_end
from bot.ingest.readers.statements import Statements
from bot.language.yaml_text import Yaml, YamlError, read_yaml
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import FactDraft
from bot.model.passage import PassageDraft
from bot.store.schema import MOST_PER_DOCUMENT

SUFFIXES = (".md", ".markdown")
_IDENTITY = frozenset({"kind", "type", "name", "aliases", "source", "at", "audience"})  # the last is read beforehand
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*\Z")
_FOREIGN = tuple(
    b"\n%b:" % key for key in (b"layout", b"permalink", b"title", b"slug", b"image", b"photo", b"avatar", b"draft")
)
# What an event or publication states of itself happened when it did.
_DATED_BY = {"event": ("startDate", "endDate"), "publication": ("datePublished", "datePublished")}


class ProfileReader:
    """Reads what a maintainer wrote; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """Markdown with a front matter in which a line begins with `kind:` or `name:`."""
        if not raw.path.lower().endswith(SUFFIXES):
            return False
        head = raw.data[3:] if raw.data.startswith(b"\xef\xbb\xbf") else raw.data
        if not head.startswith((b"---\n", b"---\r\n")):
            return False
        end = head.find(b"\n---", 3)
        head = head[: end if end > 0 else None]
        if b"\nkind:" in head:
            return True
        # A name without a kind is a profile that lacks one, unless other programs made the file.
        return b"\nname:" in head and not any(key in head for key in _FOREIGN)

    def read(self, raw: Raw, context: Context) -> Reading:
        """Everything the profile states, and everything that is wrong with it."""
        try:
            text = raw.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return broken(raw, raw.data.count(b"\n", 0, error.start) + 1, "not UTF-8 text")
        if "\0" in text:
            return broken(raw, text.count("\n", 0, text.index("\0")) + 1, "a NUL character; is this a text file?")
        if "\r" in text:  # alone it ends a line, too, and the lines of YAML are counted so
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        end = head_end(lines)
        if end is None:
            return broken(raw, 1, "the front matter has no closing line of three dashes")
        try:
            front = read_yaml("\n".join(lines[1:end]), first_line=2)
        except YamlError as error:
            return broken(raw, error.line, str(error))
        if not isinstance(front.data, dict):
            return broken(raw, 2, "the front matter is not a mapping")
        return _Profile(raw.path, lines, end + 1, front, context).read()


class _Profile:
    def __init__(self, path: str, lines: list[str], body: int, front: Yaml, context: Context) -> None:
        self._path = path
        self._lines = lines
        self._body = body  # index of the first line after the front matter
        self._data: dict[str, Any] = front.data
        self._context = context
        self._statements = Statements(
            path, lines, front.lines, context.vocabulary, context.sources, context.audiences, EntityRef("", ("",)),
            path, None,
        )  # fmt: skip

    def read(self) -> Reading:
        statements = self._statements
        entity = self._entity()
        if entity is None:
            return Reading(problems=tuple(statements.problems))
        statements.subject = EntityRef(entity.name, (entity.kind,))
        if "source" in self._data:
            statements.source = statements.known_source(self._data["source"], ("source",)) or self._path
        if "at" in self._data:
            statements.place = self._text("at")
        facts = [
            fact
            for name, value in self._data.items()
            if name not in _IDENTITY
            for fact in statements.read(name, value)
        ]  # fmt: skip
        if len(facts) > MOST_PER_DOCUMENT:
            statements.problem((), f"more than {MOST_PER_DOCUMENT} facts in one document", fatal=True)
        statements.check_lines(facts)
        facts = _dated(entity.kind, facts)
        passages = _passages(self._lines, self._body, statements.subject)
        return Reading(
            (entity,), tuple(facts), tuple(passages), tuple(statements.problems),
            audiences=frozenset(statements.named),
        )  # fmt: skip

    def _entity(self) -> EntityDraft | None:
        problem = self._statements.problem
        kinds = self._context.vocabulary.kinds
        kind = self._data.get("kind")
        if kind is None:
            problem(("kind",), f"kind is missing; one of {', '.join(kinds)}", fatal=True)
        elif not isinstance(kind, str) or kind not in kinds:
            close = process.extractOne(kind, kinds.keys(), score_cutoff=60) if isinstance(kind, str) else None
            hint = f"did you mean {close[0]}?" if close else f"one of {', '.join(kinds)}"
            problem(("kind",), f"unknown kind; {hint}", kind, fatal=True)
            kind = None
        name = None
        if "name" not in self._data:
            problem((), "name is missing", fatal=True)
        else:
            try:
                name = read_name(self._data["name"])
            except Unfit as error:
                problem(("name",), f"name: {error}", self._data["name"], fatal=True)
        if kind is None or name is None:
            return None
        types = tuple(text.lower() for text in self._texts("type"))
        aliases = tuple(dict.fromkeys(alias for alias in self._texts("aliases", names=True) if alias != name))
        return EntityDraft(kind, name, aliases, types, self._path, self._statements.starts.get(("name",), 1))

    def _texts(self, key: str, *, names: bool = False) -> list[str]:
        value = self._data.get(key, [])
        texts = []
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            try:
                texts.append(read_name(item) if names else read_text(item))
            except Unfit as error:
                path = (key, index) if isinstance(value, list) else (key,)
                self._statements.problem(path, f"{key}: {error}", item)
        return texts

    def _text(self, key: str) -> str | None:
        return next(iter(self._texts(key)), None)


def _dated(kind: str, facts: list[FactDraft]) -> list[FactDraft]:
    """Give facts of an event or publication its dates where they have none of their own."""
    if kind not in _DATED_BY:
        return facts
    open_ = [fact for fact in facts if not fact.limits]
    first, last = (next((fact for fact in open_ if fact.property == name), None) for name in _DATED_BY[kind])
    if first is None or first.value.date is None:
        return facts
    start = first.value.date
    end = last.value.date if last is not None and last.value.date is not None else start
    return [
        fact if fact.start is not None or fact.end is not None else fact._replace(start=start, end=end)
        for fact in facts
    ]


def _passages(lines: list[str], first: int, about: EntityRef) -> list[PassageDraft]:
    """The paragraphs of the body under their headings."""
    passages: list[PassageDraft] = []
    section = ""
    paragraph: list[str] = []
    start = first
    for index, line in enumerate([*lines[first:], ""], start=first):
        heading = _HEADING.match(line) if line.startswith("#") else None
        stripped = line.strip()
        if stripped and heading is None:
            if not paragraph:
                start = index
            paragraph.append(stripped)
            continue
        if paragraph:
            passages.append(PassageDraft(start + 1, about.name, section, " ".join(paragraph), about))
            paragraph = []
        if heading is not None:
            section = heading.group(1)
    return passages[:MOST_PER_DOCUMENT]

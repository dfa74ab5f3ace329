"""BibTeX and BibLaTeX files: each entry a publication with its authors in order; runs no TeX."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken, decode
from bot.ingest.readers.markup.tex import author_names, plain_text
from bot.ingest.readers.record.accounts import link_of
from bot.ingest.readers.record.groups import split_listed
from bot.ingest.readers.record.publication import state_thesis
from bot.ingest.readers.record.texts import introduction
from bot.ingest.readers.record.when import read_when
from bot.language.dates import MONTHS
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:.+-]*)\s*=\s*")
_WORD = re.compile(r"[^\s,{}()#\"=]+")
_MOST_ENTRIES = 5000
_MOST_DEPTH = 30
_MOST_FAULTS = 50
_MOST_VALUE = 20_000
_SCHOOLS = ("school", "institution")
_DEGREES = {"PHD": "PhD", "MASTERS": "master's"}
_TYPES = {"book": "book", "booklet": "book", "mvbook": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis",
          "article": "article", "manual": "guide"}  # fmt: skip
# A field of an entry -> the property it states. Those read elsewhere, and those that only serve typesetting, are below.
_PROPERTIES = {
    "journal": "isPartOf", "journaltitle": "isPartOf", "booktitle": "isPartOf", "series": "isPartOf",
    "publisher": "publisher",
    "school": "sourceOrganization", "institution": "sourceOrganization", "organization": "publisher",
    "volume": "volumeNumber",
    "number": "issueNumber", "issue": "issueNumber", "pages": "pagination", "url": "url", "abstract": "description",
    "address": "location", "location": "location", "eventtitle": "isPartOf", "venue": "location",
    "howpublished": "isPartOf",
    "language": "inLanguage", "langid": "inLanguage", "award": "award",
}  # fmt: skip
_IDENTIFIERS = {"doi": "doi:", "isbn": "ISBN ", "issn": "ISSN ", "eprint": "", "arxiv": "arXiv:", "pmid": "PMID "}
_SILENT = frozenset(
    """title subtitle author editor year month day date crossref key bibsource biburl timestamp added-at interhash
    intrahash
    file abbr bibtex_show preview selected html pdf archiveprefix primaryclass eprinttype groups owner
    date-added date-modified bdsk-url-1 urldate titleaddon shorttitle shortauthor""".split()  # noqa: SIM905
)


@dataclass(slots=True)
class Entry:
    """One entry as written: fields by lower-case name, each with the line on which it begins."""

    type: str
    key: str
    line: int
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)


class BibtexReader:
    """Reads bibliographies; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """A file called so."""
        return raw.path.lower().endswith((".bib", ".bibtex", ".biblatex"))

    def read(self, raw: Raw, context: Context) -> Reading:
        """The publications of a bibliography; an entry that breaks off is reported, the others are read."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        parser = _Parser(raw.path, decoded.text)
        entries = list(islice(parser.entries(), _MOST_ENTRIES))
        if not entries and not parser.problems:
            return broken(raw, 1, "a bibliography without entries")
        drafting = Drafting(raw.path, context.vocabulary, Rank.STRUCTURED)
        passages: list[PassageDraft] = []
        known = {entry.key.casefold(): entry for entry in entries}
        for entry in entries:
            _Publication(entry, drafting, decoded.lines, passages, known).read()
        problems = [*decoded.problems, *parser.problems]
        return drafting.reading(passages, problems[:100], raw.source())


class _Parser:
    """One pass over the text; a mistake costs the entry it is in."""

    def __init__(self, document: str, text: str) -> None:
        self._document = document
        self._text = text
        self._strings = {name[:3]: name.capitalize() for name in MONTHS}
        self._line, self._counted = 1, 0
        self.problems: list[Problem] = []

    def entries(self) -> Iterator[Entry]:
        """The entries in their order."""
        at = 0
        while (match := _ENTRY.search(self._text, at)) is not None:
            line = self._line_at(match.start())
            kind, at = match[1].lower(), match.end()
            if kind in ("comment", "preamble"):
                continue
            try:
                entry, at = self._entry(kind, line, at, ")" if match[2] == "(" else "}")
            except ValueError as error:
                self.problems.append(
                    Problem(self._document, line, f"an entry that cannot be read: {error}", fatal=False)
                )
                if len(self.problems) >= _MOST_FAULTS:
                    self.problems.append(Problem(self._document, line, "the rest is left out", fatal=False))
                    return
                following = _ENTRY.search(self._text, at)
                at = following.start() if following is not None else len(self._text)
                continue
            if kind == "string":
                self._strings |= {name: value for name, (value, _) in entry.fields.items()}
            elif entry.fields:
                yield entry

    def _entry(self, kind: str, line: int, at: int, closing: str) -> tuple[Entry, int]:
        entry = Entry(kind, "", line)
        if kind != "string":
            end = re.compile(rf"\s*([^,{closing}\n]{{0,300}})").match(self._text, at)
            if end is None:
                raise ValueError("no key")
            entry.key, at = end[1].strip(), end.end()
        while True:
            match = _FIELD.match(self._text, at)
            if match is None:
                tail = re.compile(r"[\s,]*").match(self._text, at)
                at = tail.end() if tail is not None else at
                if self._text[at : at + 1] == closing:
                    return entry, at + 1
                raise ValueError(f"expected a field or {closing!r}" if at < len(self._text) else "it breaks off")
            value, end_at = self._value(match.end())
            entry.fields.setdefault(match[1].lower(), (value, self._line_at(match.start(1))))
            at = end_at

    def _value(self, at: int) -> tuple[str, int]:
        """Parts joined by `#`: in braces, in quotes, a number, or a name defined before."""
        parts: list[str] = []
        while True:
            first = self._text[at : at + 1]
            if first == "{":
                part, at = self._braced(at)
            elif first == '"':
                part, at = self._quoted(at)
            else:
                match = _WORD.match(self._text, at)
                if match is None:
                    raise ValueError("a value is missing")
                part, at = self._strings.get(match[0].lower(), match[0]), match.end()
            parts.append(part)
            joined = re.compile(r"\s*#\s*").match(self._text, at)
            if joined is None:
                return "".join(parts), at
            at = joined.end()

    def _braced(self, at: int) -> tuple[str, int]:
        depth, place = 0, at
        for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(self._text, at):
            if match[0] == "{":
                depth += 1
                if depth > _MOST_DEPTH:
                    raise ValueError(f"braces deeper than {_MOST_DEPTH} levels")
            elif match[0] == "}":
                depth -= 1
                if depth == 0:
                    place = match.end()
                    break
            if match.start() - at > _MOST_VALUE:
                raise ValueError("a value without an end")
        if place == at:
            raise ValueError("it breaks off")
        return self._text[at + 1 : place - 1], place

    def _quoted(self, at: int) -> tuple[str, int]:
        depth = 0
        for match in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(self._text, at + 1):
            if match.start() - at > _MOST_VALUE:
                break
            if match[0] == '"' and depth == 0:
                return self._text[at + 1 : match.start()], match.end()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        raise ValueError("a value without an end")

    def _line_at(self, at: int) -> int:
        if at < self._counted:
            return self._line - self._text.count("\n", at, self._counted)
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        return self._line


class _Publication:
    def __init__(
        self, entry: Entry, drafting: Drafting, lines: tuple[str, ...], passages: list[PassageDraft],
        known: dict[str, Entry],
    ) -> None:  # fmt: skip
        self._entry = entry
        self._drafting = drafting
        self._lines = lines
        self._passages = passages
        parent = known.get(plain_text(entry.fields["crossref"][0]).casefold()) if "crossref" in entry.fields else None
        inherited = {} if parent is None or parent is entry else dict(parent.fields)
        if "title" in inherited:
            inherited.setdefault("booktitle", inherited.pop("title"))
        self._fields = inherited | entry.fields
        self._ref = EntityRef("", ("publication",))

    def read(self) -> None:
        """State what the entry says."""
        title = self._text("title")
        subtitle = self._text("subtitle")
        name = f"{title}: {subtitle}" if title and subtitle else title
        entry, drafting = self._entry, self._drafting
        if not any(char.isalnum() for char in name) or len(name) > 300:
            drafting.leave(Evidence(drafting.document, entry.line, self._line(entry.line)), "an entry without a title")
            return
        type_ = _TYPES.get(
            entry.type, "paper" if entry.type in ("inproceedings", "conference", "incollection", "unpublished") else ""
        )
        aliases = (title,) if subtitle else ()
        line = self._fields["title"][1]
        self._ref = drafting.declare("publication", name, line, aliases=aliases, types=(type_,) if type_ else ())
        day = self._date()
        authors: list[str] = []
        for field_, property_ in (("author", "author"), ("editor", "editor")):
            if field_ in self._fields:
                value, number = self._fields[field_]
                found = author_names(value)
                authors += found
                for person in found:
                    self._say(property_, person, number, day)
        if day is not None:
            number = next(self._fields[key][1] for key in ("date", "year") if key in self._fields)
            self._say("datePublished", str(day), number, day)
        for key, (value, number) in self._fields.items():
            self._field(key, value, number, day)
        if type_ == "thesis" and len(authors) == 1:
            school = next(filter(None, map(self._text, _SCHOOLS)), "")
            evidence = Evidence(drafting.document, line, self._line(line))
            degree = self._text("type") or entry.type.removesuffix("thesis").upper()
            state_thesis(drafting, authors[0], name, evidence, day, degree=_DEGREES.get(degree, degree), school=school)
        told = [", ".join(authors), name, self._text("abstract")]
        self._passages.append(PassageDraft(entry.line, name, "", ". ".join(text for text in told if text)[:4000]))

    def _field(self, key: str, value: str, number: int, day: PartialDate | None) -> None:
        text = plain_text(value)
        if key in _SILENT or not text:
            return
        if key != "keywords" and key not in _PROPERTIES and key not in _IDENTIFIERS:
            self._drafting.leave(
                Evidence(self._drafting.document, number, self._line(number)), f"{key}: not taken over"
            )
        elif key in _IDENTIFIERS:
            shown = text.removeprefix("https://doi.org/").removeprefix("http://dx.doi.org/")
            archive = self._text("archiveprefix") or self._text("eprinttype")
            prefix = f"{archive}:" if key == "eprint" and archive else _IDENTIFIERS[key]
            self._say(
                "identifier", shown if shown.lower().startswith(prefix.lower().strip()) else prefix + shown, number, day
            )
        elif key == "url" or (key == "howpublished" and "http" in value):
            link = link_of(
                re.sub(r"\\url\s*\{(.*)\}", r"\1", value.replace("\\_", "_").replace("\\%", "%")).strip(" {}")
            )
            if link:
                self._say("url", link, number, day)
        elif key == "keywords":
            for topic in split_listed(text):
                self._say("about", topic, number, day)
        elif key == "pages":
            self._say("pagination", re.sub(r"\s*-+\s*", "–", text), number, day)
        elif key == "abstract":
            self._say("description", introduction(text), number, day)
        else:
            self._say(_PROPERTIES[key], text, number, day)

    def _date(self) -> PartialDate | None:
        """`date`, or year with month and day."""
        written = self._text("date")
        when = read_when(written) if written else None
        if when is not None and when.start is not None:
            return when.start
        year = self._text("year")
        month = self._text("month").lower()
        if not re.fullmatch(r"\d{4}", year):
            return None
        number = next((place for place, name in enumerate(MONTHS, 1) if month[:3] == name[:3]), None)
        if number is None and month.isdigit() and 1 <= int(month) <= 12:
            number = int(month)
        return PartialDate(int(year), number) if int(year) > 0 else None

    def _say(self, property_: str, value: str, number: int, day: PartialDate | None) -> None:
        evidence = Evidence(self._drafting.document, number, self._line(number))
        self._drafting.state(self._ref, property_, value, evidence, start=day, end=day)

    def _text(self, name: str) -> str:
        """What a field says; empty where the entry has none of that name."""
        return plain_text(self._fields[name][0]) if name in self._fields else ""

    def _line(self, number: int) -> str:
        return self._lines[number - 1].strip()[:1000]

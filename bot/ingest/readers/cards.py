"""vCards 2.1 to 4: people and organisations with what their cards say; pictures, sounds and keys are not taken over."""

import quopri

from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.calendars.content_lines import Component, Line, read_components, tidy_lines, values_of
from bot.ingest.readers.encoding import broken, decode
from bot.ingest.readers.record.accounts import account_url, link_of, platform_of, site_name
from bot.ingest.readers.record.texts import introduction, mail_address
from bot.ingest.readers.record.when import read_when
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.passage import PassageDraft
from bot.model.problem import Problem

_MOST_CARDS = 5000
_SILENT = frozenset(
    """VERSION N FN NICKNAME ORG TITLE ROLE PRODID UID REV KIND SORT-STRING X-ABLABEL X-ABSHOWAS X-ABADR""".split()  # noqa: SIM905
)
# Fields by the property that they state: as a text, as a day, as each of several.
_TEXTS = {"BIRTHPLACE": "birthPlace", "DEATHPLACE": "deathPlace", "LANG": "knowsLanguage", "PRONOUNS": "pronouns"}
_DAYS = {"BDAY": "birthDate", "DEATHDATE": "deathDate"}
_SEVERAL = {"EXPERTISE": "knowsAbout", "INTEREST": "interest", "HOBBY": "interest"}
_NOT_TAKEN = {
    "MEMBER": "a member is named by its card's key",
    "CATEGORIES": "categories: not taken over",
    "ANNIVERSARY": "anniversary: of what is not said",
}
_LINKS = ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "IMPP", "X-AIM", "X-JABBER", "X-SKYPE", "X-TWITTER", "CONTACT-URI")
_RELATED = {"spouse": "spouse", "parent": "parent", "sibling": "sibling", "colleague": "colleague",
    "co-worker": "colleague",
            "father": "parent", "mother": "parent", "brother": "sibling", "sister": "sibling",
            "partner": "spouse"}  # fmt: skip


class CardsReader:
    """Reads address cards; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """A file called so, or one that begins as cards do."""
        head = raw.data[:64].lstrip(b"\xef\xbb\xbf \r\n").upper()
        return raw.path.lower().endswith((".vcf", ".vcard")) or head.startswith(b"BEGIN:VCARD")

    def read(self, raw: Raw, context: Context) -> Reading:
        """The cards of a file; one that is broken is reported, the others are read."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        content = read_components(decoded.lines)
        cards = [part for part in content.root.parts if part.name == "VCARD"]
        if not cards:
            return broken(raw, 1, "no card: BEGIN:VCARD is missing")
        drafting = Drafting(raw.path, context.vocabulary, Rank.STRUCTURED)
        passages: list[PassageDraft] = []
        problems = list(decoded.problems)
        problems += content.problems(raw.path, "card")
        if len(cards) > _MOST_CARDS:
            told = f"only the first {_MOST_CARDS} cards are read"
            problems.append(Problem(raw.path, cards[_MOST_CARDS].number, told, fatal=False))
        for card in cards[:_MOST_CARDS]:
            reader = _Card(card, drafting, passages)
            if reader.name:
                reader.read()
            else:
                problems.append(Problem(raw.path, card.number, "a card without a name", fatal=False))
        return drafting.reading(passages, problems, raw.source(_name(cards[0]) if len(cards) == 1 else ""))


class _Card:
    def __init__(self, card: Component, drafting: Drafting, passages: list[PassageDraft]) -> None:
        self._card = card
        self._drafting = drafting
        self._passages = passages
        self.name = _name(card)
        kind = (card.one("KIND", "X-ADDRESSBOOKSERVER-KIND") or Line("", "individual", 0, "")).value.strip().lower()
        shown_as = card.one("X-ABSHOWAS")
        organization = kind in ("org", "group") or (shown_as is not None and shown_as.value.upper() == "COMPANY")
        self._kind = "organization" if organization else "place" if kind == "location" else "person"
        self._ref = EntityRef(self.name, (self._kind,))
        self._labels = {
            line.group: tidy_lines(line.value).strip("_$!<>") for line in card.all("X-ABLABEL") if line.group
        }

    def read(self) -> None:
        """State what the card says."""
        card, drafting = self._card, self._drafting
        named = card.one("FN", "N", "ORG") or Line("", self.name, card.number, "BEGIN:VCARD")
        aliases = [name for line in card.all("NICKNAME") for name in values_of(line)]
        aliases += [text for line in card.all("FN")[1:] if (text := _text(line)) != self.name]
        unique = tuple(dict.fromkeys(alias for alias in aliases if alias != self.name))
        drafting.declare(self._kind, self.name, named.number, aliases=unique)
        self._work()
        for line in card.lines:
            if not line.value.strip(" ;,") or line.name in _SILENT:
                continue
            self._read(line)
        texts = [
            _text(line) for line in card.lines if line.name in ("TITLE", "ROLE", "ORG", "NOTE", "EMAIL", "TEL", "ADR")
        ]
        text = " · ".join(" ".join(text.replace(";", " ").split()) for text in texts if text)
        if text:
            self._passages.append(PassageDraft(named.number, self.name, "", text[:2000]))

    def _work(self) -> None:
        """Organisation, its unit, title and role belong together."""
        titles = [_text(line) for line in self._card.all("TITLE", "ROLE")]
        organizations = self._card.all("ORG")
        if self._kind != "person":
            return
        for line in organizations:
            parts = values_of(line, ";")
            if parts:
                quals = [("roleName", title) for title in dict.fromkeys(titles)] + [
                    ("department", unit) for unit in parts[1:]
                ]
                self._say("worksFor", parts[0], line, quals)
        if not organizations:
            for line in self._card.all("TITLE", "ROLE"):
                self._say("jobTitle", _text(line), line)

    def _read(self, line: Line) -> None:
        match line.name:
            case name if name in _LINKS:
                self._link(line)
            case name if name in _TEXTS:
                self._say(_TEXTS[name], _text(line), line)
            case name if name in _DAYS:
                self._day(_DAYS[name], line)
            case name if name in _SEVERAL:
                level = [("proficiency", line.params["LEVEL"])] if line.params.get("LEVEL") else []
                for value in values_of(line):
                    self._say(_SEVERAL[name], value, line, level)
            case "EMAIL":
                self._say("email", mail_address(_text(line)), line)
            case "TEL":
                self._say("telephone", _text(line).removeprefix("tel:"), line)
            case "NOTE":
                self._say("description", introduction(" ".join(_text(line).split())), line)
            case "GEO":
                self._say("geo", line.value.removeprefix("geo:").replace(";", ", "), line)
            case "ADR":
                self._adr(line)
            case "RELATED" | "X-ABRELATEDNAMES":
                self._related(line)
            case name:
                unknown = "a picture, sound or key" if len(line.value) > 300 else f"{name}: not taken over"
                self._drafting.leave(self._evidence(line), _NOT_TAKEN.get(name, unknown))

    def _adr(self, line: Line) -> None:
        """Post box, extension, street, city, region, code, country."""
        written = line.value if line.params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE" else _text(line)
        fields = [
            " ".join(tidy_lines(part.replace("\\n", " ").replace("\\,", ",")).split()) for part in written.split(";")
        ]
        box, more, street, city, region, code, country = (fields + [""] * 7)[:7]
        place = " ".join(part for part in (code, city) if part)
        full = ", ".join(part for part in (box, more, street, place, region, country) if part)
        if street or box:
            self._say("address", full, line)
        work = "WORK" in _types(line)
        quals = [(name, text) for name, text in (("addressRegion", region), ("addressCountry", country)) if text]
        if city and self._kind == "person" and not work:
            self._say("homeLocation", city, line, quals)
        elif city and self._kind != "person":
            self._say("location", city, line, quals)
        elif not (street or box):
            self._drafting.leave(self._evidence(line), "no full address")

    def _related(self, line: Line) -> None:
        """A relation by name; one by the key of a card names nobody."""
        told = (self._labels.get(line.group, ""), *_types(line))
        kind = next((_RELATED[word.lower()] for word in told if word.lower() in _RELATED), None)
        if kind is None or ":" in _text(line):
            self._drafting.leave(self._evidence(line), "a relation that names nobody")
        else:
            self._say(kind, _text(line), line)

    def _link(self, line: Line) -> None:
        """A website, or an account on a known site."""
        text = _text(line)
        label = line.params.get("X-SERVICE-TYPE") or line.params.get("SERVICE-TYPE") or self._labels.get(line.group, "")
        label = label or (line.name.removeprefix("X-") if site_name(line.name.removeprefix("X-")) else "")
        label = label or next((word for word in _types(line) if site_name(word)), "")
        url = link_of(text)
        if not url and site_name(label):
            url = account_url(label, text.rpartition(":")[2])
        if not url:
            self._drafting.leave(self._evidence(line), "not a whole web address")
            return
        platform = platform_of(url) or (site_name(label) if line.name != "URL" else "")
        if platform:
            self._say("sameAs", url, line, [("platform", platform)])
        else:
            self._say("url", url, line)

    def _day(self, property_: str, line: Line) -> None:
        text = _text(line).strip()
        when = read_when(text)
        if when is not None and when.start is not None:
            self._say(property_, str(when.start), line)
        elif text.startswith("--"):
            digits = text.replace("-", "")
            self._say(property_, f"--{digits[:2]}-{digits[2:4]}", line)
        else:
            self._drafting.leave(self._evidence(line), "not a date")

    def _say(self, property_: str, value: str, line: Line, quals: list[tuple[str, str]] | None = None) -> None:
        self._drafting.state(self._ref, property_, value, self._evidence(line), qualifiers=quals or [])

    def _evidence(self, line: Line) -> Evidence:
        return Evidence(self._drafting.document, line.number, line.written[:300])


def _name(card: Component) -> str:
    """The formatted name, or one made of first and last name, or that of the organisation."""
    shown = card.one("FN")
    if shown is not None and any(char.isalnum() for char in _text(shown)):
        return " ".join(_text(shown).split())
    parts = card.one("N")
    if parts is not None:
        family, given, middle, *_ = (_text(parts).split(";") + [""] * 3)[:3]
        name = " ".join(f"{given} {middle} {family}".split())
        if name:
            return name
    organization = card.one("ORG")
    return next(iter(values_of(organization, ";")), "") if organization is not None else ""


def _text(line: Line) -> str:
    """The value as text; quoted-printable of old cards is read."""
    if line.params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in line.params:
        data = quopri.decodestring(line.value.encode("utf-8", "replace"))
        return " ".join(data.decode(line.params.get("CHARSET", "utf-8"), "replace").split())
    return " ".join(line.text.split())


def _types(line: Line) -> list[str]:
    """The words of TYPE, in capitals; old cards write them without it."""
    named = line.params.get("TYPE", "").split(",")
    bare = [name for name, value in line.params.items() if not value]
    return [word.strip().upper() for word in (*named, *bare) if word.strip()]

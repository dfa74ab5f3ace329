"""The head of a page, its contact lines and links to facts: addresses, accounts, places, labels; reads no entries."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.ingest.documents.blocks import Block, Link, Shape
from bot.ingest.extract.layout import fields, life
from bot.ingest.extract.layout.entries import Line, lines_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.lives.focus import behind_title
from bot.ingest.extract.lives.lists import state_languages, topics_of
from bot.ingest.readers.markup.lines import looks_like_prose, pair
from bot.language.date_ranges import find_ranges
from bot.language.document_words import alternatives, folded, word_set, words_file
from bot.language.tokens import name_key

_FEDERATED = re.compile(r"(?<![\w.+@-])@(?P<user>\w[\w.-]*)@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_EMAIL = re.compile(r"(?<![\w.+@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
_DOT = r"(?:\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+|\.)"
_HIDDEN_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<user>[\w.+-]+)\s*(?:[\[({<]\s*at\s*[\])}>]|\s+at\s+|[\[(]@[\])])\s*"
    rf"(?P<host>[\w-]+(?:{_DOT}[\w-]+)+)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"\+\d{1,3}[\s().-]*(?:\(\d{1,5}\)[\s.-]*)?\d{1,5}(?:[\s./-]?\d{2,5}){1,5}\b|(?:\(\d{1,5}\)[\s.-]*)?\d{2,5}(?:[\s./-]\d{2,5}){1,5}\b"
)
_PHONE_LABEL = re.compile(
    r"(?:phone|tel|telephone|mobile|cell|mob|telefon|handy|téléphone|tél|teléfono|telefono|☎|📞|📱)\b\.?\s*(?:number|no\.?)?\s*[:.]?\s*\Z",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:]")
_BARE_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|de|fr|it|es|nl|ch|at|eu|uk|edu|dev|me|info|app|pub|xyz|ai|co|us|ca|blog|design|studio|art)(?:/[^\s,;|)]*)?(?![\w@])",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-ÞĀ-Ž][\w'’-]+)+")
_PIECES = re.compile(r"\s*(?:[|•·\t\n;]|\s[–—-]\s|\s{2,})\s*")
_WEB_LABEL = re.compile(
    r"(?:website|web ?site|homepage|home page|web|site|blog|url|portfolio|personal site)\s*:?\s*\Z", re.IGNORECASE
)
_SENTENCE_WORD = re.compile(r"\b(?:is|was|are|am|ist|war|est|es|è|has|had|I|he|she|they)\b")
_OF_THE_PAGE = re.compile(r"(?:about|the|our|meet|welcome)\b", re.IGNORECASE)  # so a heading begins, and nobody's title
_SUMMARY = re.compile(r"\A\W*(?:summary|profile|about(?: me)?|objective|profil)\s*:\s*\**\s*", re.IGNORECASE)
_TITLE_END = re.compile(
    r"\s+(?:looking|seeking|searching|aspiring|hoping|aiming|wanting|interested|with|specializing|specialising|specialized|based|focused|focusing|working|who|at|in|from|passionate|\||·|•)\b"
    r"|\s*[|·•–—.]\s|\s*\t|\.\Z",
    re.IGNORECASE,
)
_FORMER = re.compile(r"(?:former(?:ly)?\s+|ex-\s*|retired\s+|ehemalige[rn]?\s+|ancien(?:ne)?\s+)(?=\w)", re.IGNORECASE)
_ANYWHERE = frozenset(
    {"email", "telephone", "sameAs", "birthDate", "birthPlace", "nationality", "knowsLanguage", "spouse"}
)
_CAPITALS = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}[^\W\d_a-z][\w.'’-]*(?:\s+\([^()]*\))?\Z")  # of a name
_LONGEST_NAME = 80
_ADDRESSES = ("email", "telephone", "url", "sameAs")
_SHORT_NAME = 3  # letters
_MOST_TOWN = 4  # words
_FEWEST_PIECES = 3  # of a line of addresses
_NO_TOWN = re.compile(r"[\d@.:/]")
_MOST_LINES = 60
_LABEL_LENGTH = 60  # characters before an address in which its label stands


def read_contacts(notes: Notes, blocks: Sequence[Block], *, head: bool, labels_only: bool = False) -> None:
    """Addresses, accounts and labelled facts of these blocks; in the `head` of a page a place is where somebody lives.

    `labels_only`: in other sections only what is labelled and can be nothing else.
    """
    listed = {id(block) for block in _contact_list(notes, blocks)} if labels_only else set()
    for count, block in enumerate(blocks):
        if count > _MOST_LINES:
            break
        if labels_only and id(block) not in listed:
            _read_labels(notes, block)
            continue
        for link in block.links:
            state_account(notes, Line(block.text, block), link)
        if looks_like_prose(block.text) and head and notes.subject.kinds[0] == "person":
            _state_titles(notes, Line(block.text, block))
        if looks_like_prose(block.text) and not head:
            state_addresses(notes, Line(block.text, block))
            continue
        for line in lines_of(block):
            label = block.cells if block.shape in (Shape.PAIR, Shape.ROW) and len(block.cells) == 2 else pair(line.text)
            if label is not None and state_label(notes, line, label[0], label[1]):
                continue
            state_addresses(notes, line)
            if block.shape is Shape.ROW:
                continue
            if head and notes.subject.kinds[0] == "person":
                _state_titles(notes, line)
            if head and notes.subject.kinds[0] == "person" and not looks_like_prose(line.text):
                _state_place(notes, line)
                _state_life(notes, line)
                _state_dates_of_life(notes, line)


def _contact_list(notes: Notes, blocks: Sequence[Block]) -> list[Block]:
    """The items at the end of a section that are a list of addresses, each with its label, wherever they stand."""
    known = words_file("labels").get(notes.subject.kinds[0], {})
    labels = {label for name in _ADDRESSES for label in known.get(name, ())}
    found: list[Block] = []
    for block in reversed(blocks):
        label = block.cells if block.shape is Shape.PAIR else pair(block.text)
        if label is None or folded(label[0].strip(" .:*[]")) not in labels:
            break
        found.append(block)
    return found if len(found) > 1 else []


def _read_labels(notes: Notes, block: Block) -> None:
    if block.shape is Shape.HEADING or looks_like_prose(block.text):
        return
    for line in lines_of(block):
        label = block.cells if block.shape is Shape.PAIR else pair(line.text)
        if label is None or len(label) != 2:
            continue
        key = folded(label[0].strip(" .:*[]"))
        known = words_file("labels").get(notes.subject.kinds[0], {})
        anywhere = _ANYWHERE if notes.subject.kinds[0] == "person" else frozenset(known)
        if any(name in anywhere and key in words for name, words in known.items()):
            state_label(notes, line, label[0], label[1])


def state_addresses(notes: Notes, line: Line) -> None:
    """E-mail addresses, telephone numbers and accounts that stand in a line."""
    kind = notes.subject.kinds[0]
    text = line.text
    for match in _EMAIL.finditer(text):
        if kind in ("person", "organization", "event", "project") and not _is_of_another(notes, text, match):
            notes.state("email", match.group(), line, said=match.group())
    for match in _FEDERATED.finditer(text):
        if kind in ("person", "organization"):
            url = f"https://{match['host']}/@{match['user']}"
            notes.state("sameAs", url, line, [("platform", "Mastodon")], said=match.group())
    if "@" not in text and kind in ("person", "organization"):
        for match in _HIDDEN_EMAIL.finditer(text.replace("`", "")):
            host = re.sub(_DOT, ".", match["host"], flags=re.IGNORECASE)
            if "mail" in folded(text) or " dot " in text or "[" in text or "(" in text:
                notes.state("email", f"{match['user']}@{host}", line, said=match["user"])
    if kind in ("person", "organization", "event"):
        _state_phones(notes, line)
    for match in _platform_pattern().finditer(text):
        name = _names()[folded(match["name"])]
        template = words_file("labels")["platforms"][name]["url"]
        handle = match["handle"].strip("@.,;")
        if template and handle and folded(handle) not in word_set("labels", "not_handles"):
            notes.state("sameAs", template.format(handle), line, [("platform", name)], said=f"{match['name']} {handle}")
    for match in [*_URL.finditer(text), *_BARE_DOMAIN.finditer(text)]:
        url = match.group() if "://" in match.group() else f"https://{match.group()}"
        if (
            _EMAIL.search(text[max(0, match.start() - 40) : match.end()])
            and "@" in text[max(0, match.start() - 1) : match.start()]
        ):
            continue
        label = "Website" if _WEB_LABEL.search(_before(text, match)) or _is_own_site(notes, url) else ""
        state_account(notes, line, Link(label or match.group(), url))


def _is_of_another(notes: Notes, text: str, match: re.Match[str]) -> bool:
    """Whether an address is that of somebody named before it, not the subject's: "my agent, Ada King: ada@…"."""
    before = text[: match.start()].rstrip()
    if notes.subject.kinds[0] != "person" and before.endswith(("<", "(")):
        return _CAPITALS.search(before[-_LONGEST_NAME:-1].rstrip()) is not None
    local = set(re.split(r"[._+\d-]+", folded(match.group().partition("@")[0])))
    own = set(name_key(notes.subject.name).split())
    names = {word for name in _NAMES.findall(text[: match.start()]) for word in name_key(name).split()}
    return bool(local & names) and not local & own


def _is_own_site(notes: Notes, url: str) -> bool:
    """Whether an address without a path has a name of the person in its host."""
    host = re.fullmatch(r"https?://(?:www\.)?(?P<host>[\w.-]+)/?", url)
    names = [part for part in name_key(notes.subject.name).split() if len(part) > _SHORT_NAME]
    return host is not None and any(part in host["host"].replace("-", "") for part in names)


def _state_phones(notes: Notes, line: Line) -> None:
    """Numbers that are labelled, begin with a country's, or stand beside an e-mail address."""
    mailed = _EMAIL.search(line.text) is not None
    for match in _PHONE.finditer(line.text):
        said = match.group()
        labelled = _PHONE_LABEL.search(_before(line.text, match)) is not None
        known = labelled or said[0] == "+" or (mailed and said[0] in "0(")
        if known and 7 <= sum(char.isdigit() for char in said) <= 15 and not find_ranges(said):
            notes.state("telephone", said.strip(), line, said=said)


def _before(text: str, match: re.Match[str]) -> str:
    """What stands right before; a label is short, and a line can be long."""
    return text[max(0, match.start() - _LABEL_LENGTH) : match.start()]


def state_account(notes: Notes, line: Line, link: Link) -> None:
    """A link to an account, or to the subject's own site where it is called so."""
    url = link.url
    if url.startswith("mailto:"):
        address = url.removeprefix("mailto:").split("?")[0]
        if _EMAIL.fullmatch(address) and notes.subject.kinds[0] in ("person", "organization", "event", "project"):
            notes.state("email", address, line, said=f"{address} {link.text}")
        return
    if not link.on_web or notes.subject.kinds[0] not in ("person", "organization"):
        return
    for name, known in words_file("labels")["platforms"].items():
        match = re.match(
            rf"https?://(?:[\w-]+\.)?{re.escape(known['host'])}[\w.]*/(?P<handle>{known['handle']})/?(?:\?\S*)?\Z", url
        )
        if match is not None:
            handle = match["handle"].rsplit("/", 1)[-1].lstrip("@")
            if folded(handle) not in word_set("labels", "not_handles"):
                notes.state("sameAs", url, line, [("platform", name)], said=f"{url} {link.text}")
            return
    if folded(link.text).strip(" :[]()") in words_file("labels")["person"]["url"]:
        notes.state("url", url, line, said=f"{url} {link.text}")


def state_label(notes: Notes, line: Line, label: str, value: str) -> bool:  # noqa: PLR0912 (a case for each value type)
    """A fact that is labelled: "Born: 3 May 1971 in Linz"; False where the label means nothing here."""
    kind = notes.subject.kinds[0]
    key = folded(label.strip(" .:*[]"))
    property_ = next((name for name, known in words_file("labels").get(kind, {}).items() if key in known), "")
    if not property_:
        return False
    value = value.strip()
    found = False
    for said in _values(property_, value):
        match property_:
            case "url" if kind in ("project", "event", "publication"):
                links = [match.group() for match in _URL.finditer(value)]
                for url in links[:3]:
                    found = notes.state("url", url, line, said=url) is not None or found
            case "email" | "telephone" | "sameAs" | "url":
                state_addresses(notes, Line(f"{label}: {value}", line.block))
                return True
            case "birthDate" | "foundingDate" | "startDate" | "datePublished":
                found = _state_date(notes, line, property_, value) or found
            case "knowsLanguage" if not state_languages(notes, line, value):
                continue
            case "knowsLanguage":
                found = True
            case "knowsAbout" | "interest":
                for topic in topics_of(value):
                    found = notes.state(property_, topic, line) is not None or found
            case "homeLocation" if not fields.is_place(said.split("(")[0]):
                found = _state_place(notes, line) or found
            case "codeRepository" if "://" not in said:
                continue
            case _:
                found = notes.state(property_, _without_address(said), line) is not None or found
    for match in _EMAIL.finditer(value):
        if property_ in ("author", "maintainer", "creator"):
            person = notes.entity("person", _without_address(value), line)
            if person is not None:
                notes.state("email", match.group(), line, subject=person, said=match.group())
    return found


def _values(property_: str, value: str) -> list[str]:
    """The values of a label: people are listed, texts are whole."""
    if property_ in ("author", "maintainer", "creator", "performer", "founder", "organizer", "leader", "nationality"):
        return [part.strip() for part in re.split(r"\s*(?:,|;|\s&\s|\band\b|\bund\b)\s*", value) if part.strip()][:10]
    return [value]


def _state_date(notes: Notes, line: Line, property_: str, value: str) -> bool:
    """A day, and the place that stands behind it."""
    span = next((span for span in find_ranges(value)), None)
    if span is None or span.start is None:
        return False
    made = notes.state(property_, str(span.start), line, said=value)
    if property_ == "startDate" and span.end is not None and span.end != span.start:
        notes.state("endDate", str(span.end), line, said=value)
    place = re.sub(r"\A\s*(?:,|in|a|à|en|\()\s*", "", value[span.last :]).strip(" .()")
    if (
        property_ == "birthDate"
        and place
        and (fields.is_place(place) or (fields.is_name(place) and len(place.split()) <= 4))
    ):
        notes.state("birthPlace", place, line)
    return made is not None


def _state_place(notes: Notes, line: Line) -> bool:
    """Where somebody lives, by the town in a line of addresses."""
    spans = find_ranges(line.text)
    if spans and (line.block.shape is Shape.ITEM or not spans[0].first):
        return False  # an entry, not where somebody lives
    text = _URL.sub("\t", _EMAIL.sub("\t", line.text))
    text = _PHONE.sub("\t", _BARE_DOMAIN.sub("\t", text)) if "\t" in text or "@" in line.text else text
    for piece in _PIECES.split(text):
        said = re.sub(
            r"\A(?:address|location|based in|adresse|lives in)\s*:?\s*", "", piece.strip(" ,"), flags=re.IGNORECASE
        )
        said = re.sub(r"(?<=[A-Z]{2})\s+\d{5}(?:-\d{4})?\b", "", said)
        last = [part.strip() for part in said.split(",")]
        town = next((", ".join(last[at:]) for at in range(len(last)) if fields.is_place(", ".join(last[at:]))), "")
        street = any(char.isdigit() for char in said)
        if town and (street or fields.is_place(said)) and len(said) < 90 and not fields.is_region(town):
            return notes.state("homeLocation", town, line) is not None
    return _state_unknown_town(notes, line, _PIECES.split(text))


def _state_unknown_town(notes: Notes, line: Line, pieces: Sequence[str]) -> bool:
    """The only piece of words in a line of addresses: "Husum | +49 4841 … | …@…"."""
    if len(pieces) < _FEWEST_PIECES or "@" not in line.text:
        return False
    said = [piece.strip(" ,") for piece in pieces if any(map(str.isalpha, piece))]
    said = [piece for piece in said if _PHONE_LABEL.search(piece) is None and _WEB_LABEL.search(piece) is None]
    if len(said) != 1 or not fields.is_name(said[0]) or _NO_TOWN.search(said[0]):
        return False
    known = fields.organization(said[0]) > 1.0 or fields.role(said[0]) >= fields.LIKELY or said[0].isupper()
    if known or len(said[0].split()) > _MOST_TOWN or name_key(said[0]) in name_key(notes.subject.name):
        return False
    return notes.state("homeLocation", said[0], line) is not None


def _state_life(notes: Notes, line: Line) -> None:
    """Birth and home, as artists' lives begin: "*1968 in Kassel, lives and works in Leipzig"."""
    born = life.birth_line(line.text)
    if born:
        span = next(iter(find_ranges(born)), None)
        dated = span is not None and _state_date(notes, line, "birthDate", born)
        place = born[: span.first] if span is not None and dated else born
        place = re.sub(r"\A(?:in|a|à|en|te)\s+", "", place.strip(" ,(")).strip(" ,(")
        if fields.is_name(place) and len(place.split()) <= _MOST_TOWN and fields.role(place) < fields.LIKELY:
            notes.state("birthPlace", place, line)
    town = life.home(line.text)
    if town and fields.is_name(town) and len(town.split()) <= _MOST_TOWN:
        notes.state("homeLocation", town, line)


def _state_dates_of_life(notes: Notes, line: Line) -> None:
    """The two days that stand alone below a name: "September 4, 1931 – May 9, 2020"."""
    days = life.life_span(line.text)
    if days is not None:
        for property_, day in zip(("birthDate", "deathDate"), days, strict=True):
            notes.state(property_, str(day), line, said=line.text)


def _state_titles(notes: Notes, line: Line) -> None:
    """What somebody calls themselves at the head of the page: "Researcher and full-stack engineer interested in …"."""
    text = _SUMMARY.sub("", line.text.split("\n")[0])
    if (beside := re.fullmatch(r"[( ]*([^()]*)\)", text.removeprefix(notes.subject.name))) is not None:
        text = beside[1]  # "Ada King (mathematician)"
    said = _TITLE_END.split(text, maxsplit=1)[0].strip(" .,")
    parts = [part.strip() for part in re.split(r"\s*(?:,|&|/|\band\b|\bund\b|\bet\b)\s*", said) if part.strip()]
    if not 0 < len(parts) <= 3 or len(said) > 70 or find_ranges(said) or line.block.shape is Shape.ITEM:
        return
    if _SENTENCE_WORD.search(said) or _OF_THE_PAGE.match(said) or folded(said.split()[-1]) in fields.SMALL_WORDS:
        return
    town = parts[-1] if len(parts) > 1 and fields.is_place(parts[-1]) else ""
    parts = parts[:-1] if town else parts
    if all(
        fields.role(part) >= (fields.SURE if len(parts) == 1 else 4)
        and fields.organization(part) < fields.SURE
        and part != notes.subject.name
        for part in parts
    ):
        for part in parts:
            former = _FORMER.match(part)
            said = part[former.end() :] if former is not None else part
            notes.state("jobTitle", said, line, [("status", "past")] if former is not None else ())
        if town:
            notes.state("homeLocation", town, line)
        for property_, topic in behind_title(text):
            notes.state(property_, topic, line)


def _without_address(text: str) -> str:
    return (
        re.sub(r"\s*[<(][^<>()]*@[^<>()]*[>)]|\s*<https?://[^>]*>", "", text).strip(" ,.;")
        if "@" in text or "<" in text
        else text
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Platforms by the words for them."""
    return {folded(word): name for name, known in words_file("labels")["platforms"].items() for word in known["names"]}


@lru_cache(maxsize=1)
def _platform_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<name>{alternatives(_names())})(?:\s+(?:user(?:name)?|handle|id|profile|account))?\s*(?::\s*@?|\s@|(?<=user)\s|(?<=username)\s|(?<=handle)\s|(?<=id)\s)\s*(?P<handle>[\w-][\w.-]*)(?![\w.]*/|\.\w)",
        re.IGNORECASE,
    )

"""Where in an entry of a list of publications its title stands, and what before and after it; knows no other field."""

import re
from collections.abc import Sequence

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import fields, persons
from bot.ingest.extract.layout.entries import Line
from bot.ingest.extract.layout.segments import is_link_word
from bot.ingest.extract.listings.authors import read_authors
from bot.language.document_words import folded, word_set

QUOTED = re.compile(r"[\"“„«‘]{1,2}(?P<said>[^\"”“»]{8,300}?)[,.]?[\"”“»’]{1,2}(?=[\s,.;:(\[]|\Z)")
YEAR = re.compile(r"[(\[]\s*(?:[A-Za-z.]+\s+|\d{1,2}/)?(?P<year>(?:1[89]|20)\d\d)[a-z]?(?:,[^)]*)?\s*[)\]]")
SENTENCE_END = re.compile(r"(?<=[^\s.A-Z][^\s.])[.?!]\s+(?=[A-Z\"“(\d])|(?<=[)\]])[.,:]?\s+(?=[A-Z\"“])")
_BRACKET = re.compile(r"\[(?P<inside>[^\[\]]{2,40})\]")
_TO_NUMBERS = re.compile(r"(?P<venue>[^,.;:()\d]+)(?=\s*[,(]?\s*\(?\d)")  # what volume, year or pages follow
_GOES_ON = re.compile(r"\s*[,;&]|\s+(?:and|und|et|y|e)\b")
_DOT = re.compile(r"\.\s+")
_DATE = (
    r"(?:1[89]|20)\d\d[a-z]?\b(?:,?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b\.?(?:\s+\d{1,2}\b)?)?"
)
_DATED = re.compile(rf"[(\[]?{_DATE}[)\]]?[.,:]?\s+")
_ANY_DATE = re.compile(rf"[(\[]?\b{_DATE}[)\]]?[.,:]?\s*")
_LONGEST_NAMES = 600  # characters of a list of authors
_FEWEST_WORDS = 3  # of a title that only its place shows
_LONGEST_LINE = 200  # characters of a line of authors


def find_title(text: str, block: Block, lines: list[Line]) -> tuple[str, str, str]:
    """Title, and what stands before and after it."""
    match = QUOTED.search(text)
    if match is not None and len(match["said"].split()) >= 2:
        return match["said"].strip(), text[: match.start()], text[match.end() :]
    names = {folded(link.text) for link in block.links if is_link_word(link.text)}
    listed = _title_of_sentences(text)
    for marks, least in ((block.strong, 3), (tuple(link.text for link in block.links), 3), (block.slanted, 4)):
        if marks is block.slanted and listed[0] and YEAR.search(listed[1] + text[len(listed[1]) : len(listed[1]) + 12]):
            return listed
        for part in marks:
            said = " ".join(part.split()).strip(" .,")
            place = text.find(said)
            if place < 0 or len(said.split()) < least or folded(said) in names or looks_like_authors(said):
                continue
            if marks is block.strong and persons.is_person(said) and _GOES_ON.match(text, place + len(said)):
                continue  # whose list it is, among the authors
            if marks is block.slanted and _is_venue(said, text[place + len(said) :], text[:place]):
                continue
            return said, text[:place], text[place + len(said) :]
    if block.shape is Shape.ROW:
        cells = [cell for cell in block.cells if cell and not looks_like_authors(cell) and len(cell.split()) >= 3]
        if cells:
            best = max(cells, key=len)
            return (
                best,
                " ".join(block.cells[: block.cells.index(best)]),
                " ".join(block.cells[block.cells.index(best) + 1 :]),
            )
    return _title_of_lines(lines) if len(lines) > 1 else _cut_off_venue(*listed)


def _cut_off_venue(title: str, before: str, after: str) -> tuple[str, str, str]:
    """With what only a comma sets off behind a title read as where it appeared: ", Journal of Knots 12 (2015)"."""
    for comma in re.finditer(r"(?:\A|,\s+)(?=[A-Z])", title):
        named = _TO_NUMBERS.match(title, comma.end())
        said = named["venue"].strip() if named is not None else ""
        known = word_set("fields", "journal_words").intersection(fields.words(said))
        if known and len(said.split()) > 1 and fields.is_name(said):
            return title[: comma.start()], before, f"{title[comma.end() :]} {after}"
    return title, before, after


def _title_of_lines(lines: list[Line]) -> tuple[str, str, str]:
    """Title, authors and venue each on a line: the authors' line is known, the title is before or after it."""
    at = line_of_authors(lines)
    if at is None:
        return lines[0].text, "", " ".join(line.text for line in lines[1:])
    if at:
        return (
            lines[0].text,
            lines[at].text,
            " ".join(line.text for place, line in enumerate(lines) if place not in (0, at)),
        )
    return (lines[1].text, lines[0].text, " ".join(line.text for line in lines[2:])) if len(lines) > 1 else ("", "", "")


def _title_of_sentences(text: str) -> tuple[str, str, str]:
    """Authors. (Year). Title. Venue. – told apart by where the names end."""
    match = YEAR.search(text)
    if match is not None and match.start() and looks_like_authors(text[: match.start()]):
        rest = text[match.end() :].lstrip(" .,:;")
        parts = SENTENCE_END.split(rest, maxsplit=1)
        return parts[0].strip(), text[: match.start()], parts[1] if len(parts) > 1 else ""
    for colon in re.finditer(r":\s+", text):
        if looks_like_authors(text[: colon.start()]):
            parts = SENTENCE_END.split(text[colon.end() :], maxsplit=1)
            return parts[0].strip(), text[: colon.start()], parts[1] if len(parts) > 1 else ""
        break
    behind = _title_behind_names(text)
    if behind[0]:
        return behind
    sentences = SENTENCE_END.split(text)
    at = next((place for place, part in enumerate(sentences[:3]) if looks_like_authors(part)), None)
    if at is not None and at + 1 < len(sentences):
        title = sentences[at + 1]
        return re.sub(r"\A\(?\d{4}\)?[.,:]?\s*", "", title).strip(), sentences[at], ". ".join(sentences[at + 2 :])
    return "", "", ""


def _title_behind_names(text: str) -> tuple[str, str, str]:
    """The sentence behind the longest list of names that the text begins with: "King AB, Lund C. Title. Journal"."""
    ends = list(_DOT.finditer(text, 0, _LONGEST_NAMES))
    end = next((match for match in reversed(ends) if looks_like_authors(text[: match.start()])), None)
    if end is None:
        return "", "", ""
    dated = _DATED.match(text, end.end())
    start = dated.end() if dated is not None else end.end()
    parts = SENTENCE_END.split(text[start:], maxsplit=1)
    if len(parts[0].split()) < _FEWEST_WORDS:
        return "", "", ""
    return parts[0].strip(), text[:start], parts[1] if len(parts) > 1 else ""


def looks_like_authors(text: str) -> bool:
    """Whether a text lists names and can hardly be anything else."""
    text = without_date(text).strip(" ,.:;")
    if not text or len(text) > 600:
        return False
    read = read_authors(text)
    return bool(read.names) and read.certain


def line_of_authors(lines: Sequence[Line]) -> int | None:
    """Which of the lines of an entry lists its authors; one name alone only right behind the title, before a venue."""
    for place, line in enumerate(lines[:4]):
        listed = len(read_authors(without_date(line.text).strip(" ,.:;")).names)
        if looks_like_authors(line.text) or (listed > 1 and len(line.text) < _LONGEST_LINE):
            return place
        if place == 1 and listed == 1 and len(lines) > 2 and line.text.strip(" .") not in _marked(line.block):
            return place
    return None


def _marked(block: Block) -> set[str]:
    return {" ".join(part.split()).strip(" .,") for part in block.slanted}


def _is_venue(said: str, after: str, before: str) -> bool:
    """What is in italics is where it appeared when numbers follow it, or when a sentence ended right before."""
    if re.match(r"\s*[,.]?\s*(?:\d|vol|\(|pp|doi|no\.)", after, re.IGNORECASE):
        return True
    return re.search(r"[.,?!]\s*(?:in:?\s*)?\Z", before, re.IGNORECASE) is not None and not looks_like_authors(
        before.strip(" .,")
    )


def without_date(text: str) -> str:
    """A text without its years."""
    return _ANY_DATE.sub(" ", text)


def without_link_words(text: str) -> str:
    """A text without `[pdf] [code]`: what only names links says nothing of the work."""

    def kept(match: re.Match[str]) -> str:
        words = re.split(r"\s*[,|/·]\s*", match["inside"])
        return " " if all(map(is_link_word, words)) else match.group()

    return " ".join(_BRACKET.sub(kept, text).split())

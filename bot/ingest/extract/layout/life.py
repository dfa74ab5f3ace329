"""What else an entry of a life can tell of: prizes, births, ends, honours, offices; each by the words of the data."""

import re

from bot.ingest.extract.layout.fields import SMALL_WORDS
from bot.ingest.extract.layout.segments import PICTURES
from bot.language.date_ranges import find_ranges
from bot.language.document_words import alternatives, folded, unaccented, word_set
from bot.model.partial_date import PartialDate

_AGE = re.compile(
    r"\A\W*(?:at\s+(?:the\s+age\s+of\s+)?|aged?\s+)\d{1,3}(?:\s+years?(?:\s+of\s+age|\s+old)?)?", re.IGNORECASE
)
_SHORTEST_LIFE = 10  # years; two days closer together are those of a post or an exhibition
_OF_ANOTHER = re.compile(r"\w\W+(?:wins|won|receives|received|gets|got|gewinnt|gewann|erhalt|erhielt|remporte|vince)\s")


def is_honour(text: str) -> bool:
    """Whether it is a distinction of a degree."""
    key = folded(text.strip(" ()."))
    return any(phrase in key for phrase in word_set("fields", "honours")) and len(key) < 60


def is_office(text: str) -> bool:
    """Whether a role is an office in a body rather than a job."""
    key = folded(text.strip(" ,."))
    offices = word_set("fields", "offices")
    begun = [office for office in offices if key.startswith(f"{office} ")]
    return key in offices or any(key.split()[len(office.split())] in SMALL_WORDS for office in begun)


def is_award(text: str) -> bool:
    """Whether it names a prize."""
    key = folded(text)
    return (
        _OF_ANOTHER.search(key) is None  # "Our washer wins the Harbour Prize"
        and any(
            re.search(
                rf"(?<![a-z]){re.escape(word)}(?![a-z])|{re.escape(word)}(?:s|es)?\Z"
                if len(word) > 4
                else rf"\b{word}\b",
                key,
            )
            for word in word_set("fields", "award_words")
        )
        and len(key) < 160
    )


def award_name(text: str) -> str:
    """A prize without the words that say that it was received."""
    text = PICTURES.sub("", text)
    lead = re.match(rf"(?:{alternatives(word_set('fields', 'award_leads'))})\s+", folded(text))
    if lead is None:
        return text
    name = text[lead.end() :]
    return re.sub(r"\A(\w{5,}?)e?s(?=\s|\Z)", r"\1", name) if lead.group().strip().endswith(" des") else name


def birthplace(text: str) -> str | None:
    """The place somebody was born in, where a text says so; empty if it names none."""
    match = re.match(
        rf"(?:{alternatives(word_set('fields', 'born'))})(?:\s+(?:in|a|à|en|te))?(?![^\W\d_])", folded(text)
    )
    return None if match is None else text[match.end() :].strip(" ,.")


def birth_line(text: str) -> str | None:
    """When and where somebody was born, of a line like "*1968 in Kassel, lives in Leipzig"; None for any other."""
    match = re.match(
        rf"\W{{0,3}}(?:\*|(?:{alternatives(word_set('fields', 'born'))})\b)[\s:]*", unaccented(text).lower()
    )
    if match is None or (text[: match.end()].strip() == "*" and not text[match.end() : match.end() + 1].isdigit()):
        return None
    return re.split(r"[;|]|,\s+(?=[a-zà-ž]{3})|\.\s|\.\Z", text[match.end() :], maxsplit=1)[0].strip()


def life_span(text: str) -> tuple[PartialDate, PartialDate] | None:
    """The days of birth and death where a line says nothing else but the age; days apart by no life are an occasion."""
    span = next(iter(find_ranges(text)), None)
    if span is None or span.start is None or span.end is None or span.start.day is None or span.end.day is None:
        return None
    around = text[: span.first].strip(" (*†‡") + _AGE.sub("", text[span.last :]).strip(" ).")
    lived = (span.end.year or 0) - (span.start.year or 0)
    return (span.start, span.end) if not around and lived >= _SHORTEST_LIFE else None


def home(text: str) -> str:
    """The town that a line says somebody lives in; empty where it says none."""
    match = re.search(
        rf"(?<![^\W_])(?:{alternatives(word_set('fields', 'lives'))})\s+(?P<town>[^,;.|()]{{2,40}})",
        unaccented(text).lower(),
    )
    return "" if match is None else text[match.start("town") : match.end("town")].strip()


def is_end(text: str) -> bool:
    """Whether it tells of an end rather than a post."""
    key = folded(text)
    return any(key == word or key.startswith(f"{word} ") for word in word_set("fields", "ended"))


def is_aside(text: str) -> bool:
    """Whether it says how somebody worked, not where: remote, part-time."""
    return folded(text.strip(" ().")) in word_set("fields", "remote")

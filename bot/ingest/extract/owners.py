"""Who a page may be about: the names that its head, title, sentences, lists and addresses give; decides for none."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.ingest.documents.blocks import Block, Page, Shape
from bot.ingest.documents.format import Raw
from bot.ingest.extract.layout import degrees, fields, persons
from bot.ingest.extract.layout.sections import Section, kind_of
from bot.ingest.extract.listings.authors import read_authors
from bot.ingest.extract.listings.publications import works_of
from bot.language.document_words import alternatives, folded, word_set, words_file
from bot.language.tokens import name_key

PERSONAL = frozenset(
    {
        "work",
        "education",
        "teaching",
        "talks",
        "publications",
        "awards",
        "skills",
        "languages",
        "research",
        "service",
        "interests",
    }
)
_OF_SEVERAL = ("people", "program")  # kinds of sections, and of pages that are no person's
PIECES = re.compile(
    r"\s+[|•·–—-]+\s+|\s*[|•·–—]\s*|:\s+|,\s+(?=(?:Ph\.?D|M\.?D|M\.?Sc|Dr|M\.?A|B\.?Sc|MBA|Esq)\b)|\s+\("
)
_SUFFIX = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|MBA|M\.?A\.?|Esq\.?|Jr\.?|Sr\.?|CPA|PMP|PE)\.?\Z"
)
_OF_NAME = re.compile(
    r"\A(?P<name>[A-ZÀ-ÞĀ-Ž][\w .'’-]{1,50}?)['’]s?\s+"
    r"(?:home ?page|website|web ?site|page|cv|curriculum vitae|vita|resume|blog|site|publications|portfolio|profile)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\A(?P<name>(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*\s+){1,4}(?:[a-z]{2,3}\s+)?[A-ZÀ-ÞĀ-Ž][\w'’-]+)(?:\s*[\[(][^)\]]{2,40}[)\]])?,?\s+(?:is|was|works|received|studied|has|joined|began|graduated|grew|lives|currently|serves|holds|earned|obtained|ist|wurde|war|est|es|è)\b"
)
_OPENS = re.compile(
    r"(?P<name>(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*\s+){1,3}[A-ZÀ-ÞĀ-Ž][\w'’-]+)"
    r"(?:(?:\s*[\[(][^)\]]{2,80}[)\]])?\s+(?=[a-zà-ÿ]{2,})|,\s+(?=[^.,]{3,60}\s[a-zà-ÿ]{2,}\s))"
)
_APPOSED = re.compile(
    r"(?:An?|The|One of)\s+[a-zà-ÿ][^.;:]{3,150}?,\s+(?=[A-ZÀ-ÞĀ-Ž])"
)  # "A prize-winning poet, Ada King …"
_A_THING = re.compile(
    r"\s+(?:an?|the|our|one of the)\s+(?P<thing>[\w' -]{2,80}?)"
    r"(?=[.,;:(]|\s+(?:for|of|that|which|who|where|in|at|about|on|from|to|with|by|held|based|run)\b|\Z)"
)
FIRST_PERSON = re.compile(r"\b(?:I|i|I'm|i'm|my|me)\b")
_NAMED_MAIL = re.compile(r"(?<![\w.-])(?P<first>[a-z]{2,15})[._](?P<last>[a-z]{2,20})@")
_NAMED_ACCOUNT = re.compile(
    r"https?://(?:\w+\.)?linkedin\.com/in/([a-z]+(?:-[a-z]+)+(?:-[a-z0-9]*\d[a-z0-9]*)?)/?\Z", re.IGNORECASE
)
_NO_FIRST_NAMES = frozenset({"info", "mail", "contact", "no", "first", "your", "hello", "office", "team", "the", "my"})
_INTERVIEW = re.compile(
    r"(?i:interview|conversation|q ?& ?a|chat|gespräch|entretien|entrevista|intervista)\s+"
    r"(?i:with|of|mit|avec|con)\s+(?P<name>[A-ZÀ-ÞĀ-Ž][\w.'’-]+(?:\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-ÞĀ-Ž][\w.'’-]*){0,3})\Z"
)
_GREETING = re.compile(
    r"\A(?:(?:hi|hello|hey|hej|hola|hallo|ciao|salut|bonjour|welcome)\b(?:\s+(?:there|all|everyone|everybody|world))?[^\w]*)?"
    r"(?:(?:i am|i['’]m|my name is|this is|ich bin|je suis|je m['’]appelle|soy|me llamo|sono|mi chiamo)\s+)",
    re.IGNORECASE,
)
_IN_OTHER_WORDS = re.compile(r",\s+(?:an?\s+)?[a-zà-ÿ]{3}\D*\Z")  # what is dated is an entry, no name
_BYLINE = re.compile(
    r"(?i:(?:written|told|posted|words|text|story|published)\s+)?(?i:by|von|par|de|por|di)\s+"
    r"(?P<name>[A-ZÀ-ÞĀ-Ž][\w.'’-]+(?:\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-ÞĀ-Ž][\w'’-]+){1,3})(?=\W|\Z)"
)
_LAST_FIRST = re.compile(
    r"(?P<last>[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'’-]{2,}),\s+(?P<first>[A-ZÀ-ÞĀ-Ž][\w.'’-]*[a-zà-ÿ.](?:\s+[A-ZÀ-ÞĀ-Ž][\w.'’-]*){0,3})(?=\s*[(,]|\Z)"
)  # "KING, Ada Mary (Addie)"
_CALLED = re.compile(r"[(\"“‘](?P<called>[A-ZÀ-ÞĀ-Ž][a-zà-ÿ]{1,15})[)\"”’]")
_MOST_NAME = 60
_MOST_OPENING, _MOST_LINE = 70, 60  # characters of a line that is a name and little else
_AGAIN = 3
_FEWEST_WORKS = 3


def person_name(text: str) -> str:
    """The person that a heading or title names, without titles and what the page calls itself; empty if none."""
    text = _GREETING.sub("", " ".join(text[:200].split()).strip(" #*_"))
    if match := _OF_NAME.match(text):
        text = match["name"]
    if (turned := _LAST_FIRST.match(text)) is not None and fields.role(turned["first"]) < fields.LIKELY:
        text = f"{turned['first']} {turned['last'].title()}"
    first, _, rest = text.partition(", ")
    titled = bool(rest) and all(
        fields.role(part) >= fields.LIKELY or degrees.degrees_of(part) for part in rest.split(", ")
    )
    pieces = PIECES.split(first if titled else text)
    if any(kind_of(piece) in _OF_SEVERAL for piece in pieces):
        return ""
    for piece in pieces:
        said = _title_words().sub(" ", _IN_OTHER_WORDS.sub("", piece))
        said = re.sub(r"\A[\W_]+|[^\w.]+\Z", "", said).strip(" .")
        said = _SUFFIX.sub("", persons.without_titles(said)).strip(" ,")
        if said.isupper() and len(said) > 4:
            said = _particle().sub(lambda match: match.group().lower(), said.title())
        if (
            1 < len(said.split()) <= 6
            and len(said) <= _MOST_NAME
            and persons.is_person(said, trades=True)
            and kind_of(said) is None
        ):
            return said
    return ""


def called(text: str, name: str) -> tuple[str, ...]:
    """How else somebody is called by what stands in brackets beside the name: "KING, Ada Mary (Addie)"."""
    last = name.rsplit(maxsplit=1)[-1]
    match = _CALLED.search(text) if last.casefold() in text.casefold() else None
    if match is None or fields.role(match["called"]) >= fields.LIKELY or match["called"] in name.split():
        return ()
    return (f"{match['called']} {last}",)


def people_of(raw: Raw, page: Page, sections: Sequence[Section]) -> Iterable[tuple[str, Block | None]]:
    """Candidates, the surest first."""
    head = sections[0].blocks if sections else []
    yield from _from_interview(page)
    yield from _from_lines([block for block in page.blocks if block.text][:3], _MOST_OPENING)
    yield from ((name, None) for name in _in_head(page) if name)
    yield from _from_lines(head[:6], _MOST_LINE)
    yield from _from_label(head)
    yield from _from_byline(page)
    yield from _from_prose(raw, page)
    yield from _from_mail(page)
    yield from _from_authors(raw, sections)
    yield from _from_addresses(raw, page, sections)


def _from_lines(blocks: Sequence[Block], longest: int) -> Iterable[tuple[str, Block]]:
    """The names that stand in short lines of their own."""
    for block in blocks:
        line = block.text.split("\n")[0]
        if block.shape in (Shape.HEADING, Shape.PARAGRAPH) and len(line) < longest and (name := person_name(line)):
            yield name, block


def _in_head(page: Page) -> Iterable[str]:
    """The names in the fields of a page's head, its title and what is told there of the page."""
    meta = dict(reversed(page.meta))
    for key in words_file("labels")["head_fields"]["owner"]:
        value = re.sub(r"\s*\(.*?\)|\s*<.*?>", "", meta.get(key, ""))
        yield person_name(re.sub(r"(?<=\w)\.(?=\s)", "", value) if key == "author" else value)
    yield person_name(page.title)
    for about in (meta.get("description", ""), meta.get("excerpt", "")):
        told, owned = _IS.match(about), _OF_NAME.match(about)
        if told is not None and not _is_body(about[told.end() :]):
            yield person_name(told["name"])
        if owned is not None:
            yield person_name(owned["name"])


def _from_label(head: Sequence[Block]) -> Iterable[tuple[str, Block]]:
    """What is labelled as a name: "Name: Ada King"."""
    labels = word_set("labels", "name_labels")
    label = next((block for block in head if block.cells and folded(block.cells[0]) in labels), None)
    if label is not None and (name := person_name(label.cells[1])):
        yield name, label


def _from_interview(page: Page) -> Iterable[tuple[str, Block | None]]:
    """Who is asked: "An interview with Ada King"; one name alone if the page says it again."""
    match = _INTERVIEW.search(page.title)
    if match is None:
        return
    said = match["name"]
    if name := person_name(said):
        yield name, None
    elif " " not in said and sum(said in block.text for block in page.blocks) >= _AGAIN - 1:
        yield said, None


def _from_prose(raw: Raw, page: Page) -> Iterable[tuple[str, Block | None]]:
    """Sentences like "Ada King is …", "My name is Ada King", "I'm Ada King"."""
    of_file = {folded(word) for word in words_of_file(raw)[0]}
    for block in [block for block in page.blocks if block.shape is Shape.PARAGRAPH][:4]:
        text = " ".join(block.text.split()).lstrip("# ")
        match = _IS.match(text)
        if match is not None and not _is_body(text[match.end() :]) and (name := person_name(match["name"])):
            yield name, block
        own = re.search(
            r"\b(?:my name is|i am|i['’]m|ich bin|je m['’]appelle|ich heiße)\s+"
            r"(?P<name>(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*\s*){2,4})",
            text[:300],
            re.IGNORECASE,
        )
        if own is not None and own["name"][:1].isupper() and (name := person_name(own["name"])):
            yield name, block
        # Whoever opens a biography and is called by one of these names again and again is whom it tells of.
        apposed = _APPOSED.match(text)
        start = apposed.end() if apposed is not None else 0
        opens = _OPENS.match(text, start) if _is_biography(raw, page) else None
        name = person_name(opens["name"]) if opens is not None else ""
        if name and (_times(page, name) >= _AGAIN or folded(name.split()[-1]) in of_file):
            yield name, block


def _from_byline(page: Page) -> Iterable[tuple[str, Block | None]]:
    """Who wrote a page that tells of its writer: "Written by Ada King for our birthday", and then "I"."""
    told = " ".join(block.text for block in page.blocks[:30])
    if len(FIRST_PERSON.findall(told)) < _AGAIN:
        return
    for block in page.blocks[:4]:
        match = _BYLINE.match(block.text.strip()) if block.shape is Shape.PARAGRAPH else None
        if match is not None and (name := person_name(match["name"])):
            yield name, block


def _is_body(rest: str) -> bool:
    """Whether what follows "X is" says that it is an occasion or a body: "a small festival for …"."""
    said = _A_THING.match(rest)
    last = fields.words(said["thing"])[-1:] if said is not None else []
    return bool(last) and last[0] in word_set("fields", "no_persons") | word_set("fields", "organizations")


def _is_biography(raw: Raw, page: Page) -> bool:
    """Whether a page calls itself a biography, a profile or the like, in its title, a heading or its file's name."""
    heads = [block.text for block in page.blocks[:5] if block.shape is Shape.HEADING]
    own = word_set("sections", "titles")
    return any(folded(text) in own for text in (page.title, *heads)) or words_of_file(raw)[1]


def _times(page: Page, name: str) -> int:
    """How often a page says the name in full, or the first or the last of it alone."""
    first, *_, last = name.split()
    told = " ".join(block.text for block in page.blocks[:200])
    return len(re.findall(rf"\b(?:{re.escape(first)}|{re.escape(last)})\b(?!\s+{re.escape(last)}\b)", told))


def _from_authors(raw: Raw, sections: Sequence[Section]) -> Iterable[tuple[str, Block | None]]:
    """Who is among the authors of nearly all publications or talks of a page, or the one whose name its file has."""
    of_file = {name_key(word) for word in words_of_file(raw)[0]}
    works = [work for section in sections if section.kind == "publications" for work in works_of(section)]
    of_works = [(work.authors.names, work.line.block) for work in works]
    for named in (of_works, list(_named_below(sections))):
        if len(named) < _FEWEST_WORKS:
            continue
        counts: Counter[str] = Counter()
        spelled: dict[str, Counter[str]] = {}
        for names, _ in named:
            for name in names:
                key = " ".join((name_key(name).split()[-1], name_key(name)[:1])) if name_key(name) else ""
                counts[key] += 1
                spelled.setdefault(key, Counter())[name] += 1
        owners = [key for key in counts if key and key.split()[0] in of_file]
        (best, most), *others = counts.most_common(2) if counts else [("", 0)]
        if best and most >= 0.7 * len(named) and (not others or others[0][1] < most):
            owners = owners or [best]
        if len(owners) == 1:
            found = spelled[owners[0]]
            yield max(found, key=lambda name: (len(name), found[name])), named[0][1]


def _named_below(sections: Sequence[Section]) -> Iterable[tuple[tuple[str, ...], Block]]:
    """The lines below the talks of a page that only name who gave them."""
    for section in sections:
        for block in section.blocks if section.kind == "talks" else ():
            if block.shape is Shape.PARAGRAPH and (names := read_authors(block.text).names):
                yield names, block


def _from_mail(page: Page) -> Iterable[tuple[str, Block | None]]:
    """The name in an address of the page's only owner, or in that of an account that is made of one's name."""
    found: dict[str, Block] = {}
    for block in page.blocks[:400]:
        for mail in _NAMED_MAIL.finditer(f"{block.text} {' '.join(link.url for link in block.links)}".lower()):
            if mail["first"] not in _NO_FIRST_NAMES:
                found.setdefault(f"{mail['first'].title()} {mail['last'].title()}", block)
    if len(found) == 1:
        yield from found.items()
    slugs = {match[1] for block in page.blocks for link in block.links if (match := _NAMED_ACCOUNT.match(link.url))}
    for slug in slugs if len(slugs) == 1 else ():
        words = [word for word in slug.split("-") if word.isalpha()]
        if 2 <= len(words) <= 3:
            yield " ".join(word.title() for word in words), None


def _from_addresses(raw: Raw, page: Page, sections: Sequence[Section]) -> Iterable[tuple[str, Block | None]]:
    """The name in an e-mail address or in the file's own name."""
    if not any(section.kind in PERSONAL for section in sections):
        return
    words, removed = words_of_file(raw)
    said = " ".join(
        [*(block.text for block in page.blocks[:60]), *(link.url for block in page.blocks for link in block.links)]
    ).casefold()
    shown = any(len(word) > 3 and word.casefold() in said for word in words)
    if len(words) in (2, 3) and (removed or shown):
        yield " ".join(word.title() for word in words), None


def what_is(name: str, text: str) -> str:
    """What a text says that something is: "a shared garden" of "The Reed Garden is a shared garden in …"."""
    said = " ".join(text.split())
    behind = (
        re.match(r"(?:\s*\([^()]*\))?,?\s+(?:is|are|was|were)\b", said.partition(name)[2]) if name in said else None
    )
    found = _A_THING.match(said.partition(name)[2], behind.end()) if behind is not None else None
    return found["thing"] if found is not None else ""


def words_of_file(raw: Raw) -> tuple[list[str], bool]:
    """The words of a file's name that say nothing of what it is, and whether there were others."""
    every = path_words(raw)
    words = [word for word in every if folded(word) not in word_set("sections", "titles") and kind_of(word) is None]
    words = [word for word in words if folded(word) not in word_set("sections", "file_words")]
    return words, len(words) < len(every)


def path_words(raw: Raw) -> list[str]:
    """The words that a file is called by."""
    stem = raw.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return [word for word in re.split(r"[^A-Za-zÀ-ž]+|(?<=[a-z])(?=[A-Z])", stem) if len(word) > 1]


@lru_cache(maxsize=1)
def _particle() -> re.Pattern[str]:
    words = [word for word in word_set("fields", "name_particles") if len(word) > 1]
    return re.compile(rf"(?<=\s)(?:{alternatives([*words, 'y'])})(?=\s)", re.IGNORECASE)


def _title_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternatives(word_set('sections', 'titles'))})(?![^\W_])", re.IGNORECASE)

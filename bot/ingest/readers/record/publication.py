"""A record of a publication: when it appeared and who wrote it; a thesis is said of its author, too. Reads no prose."""

import re

from bot.ingest.documents.drafting import Drafting
from bot.ingest.readers.record.facts import RecordFacts, whole_time
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.tree import Record
from bot.ingest.readers.record.when import read_when
from bot.language.document_words import folded, word_set, words_file
from bot.model.entity import EntityRef
from bot.model.fact import Evidence
from bot.model.partial_date import PartialDate

_DEGREE = re.compile(r"ph\.?\s?d\.?|doctoral|m\.?\s?sc\.?|master'?s?|bachelor'?s?|diploma|habilitation", re.IGNORECASE)
_YEARS = frozenset({"year", "date"})


def read_publication(facts: RecordFacts) -> None:
    """State what the record says; the year may be that of the list it stands in."""
    types = [text for said in facts.take("type") if (text := said.text.casefold()) and text != facts.kind]
    venue = next((said.text for said in facts.values("isPartOf")), "")
    thesis = next((text for text in (venue, *types) if is_thesis(text)), "")
    if thesis and thesis == venue:
        facts.take("isPartOf")
    facts.declare(["thesis" if is_thesis(text) else text for text in types] or (["thesis"] if thesis else []))
    when = whole_time(facts.values("datePublished"))
    start = when.start if when is not None else None
    if start is None:
        start = _year_around(facts)
    if start is not None:
        said = next(iter(facts.values("datePublished")), None)
        evidence = facts.evidence_of(said) if said is not None else facts.evidence
        facts.drafting.state(facts.ref, "datePublished", str(start), evidence)
        facts.take("datePublished")
    before = len(facts.drafting.facts)
    facts.state_all("author", start=start, end=start)
    authors = [fact.value.text for fact in facts.drafting.facts[before:] if fact.property == "author"]
    if thesis and len(authors) == 1:
        state_thesis(facts.drafting, authors[0], facts.name, facts.evidence, start, degree=thesis)
    facts.state_rest(start, start)


def read_cited_as(facts: RecordFacts) -> None:
    """The article as which a project is to be cited: a publication of its own, unless it is called as the project."""
    for said in facts.take("citedAs"):
        article = RecordFacts(facts.source, Record(said.mapping or {}, said.path), "publication", depth=1)
        facts.source.taken.add(said.path)
        if article.name and article.name != facts.name:
            read_publication(article)
            continue
        for number in article.values("identifier"):
            facts.drafting.state(facts.ref, "identifier", number.text, article.evidence_of(number))


def is_thesis(text: str) -> bool:
    """Whether a type or a venue only says that it is a thesis: `Ph.D. Thesis`, `mastersthesis`."""
    key = folded(text)
    return key in word_set("fields", "thesis_types") or key in {
        folded(word) for word in words_file("fields")["publication_types"]["thesis"]
    }


def state_thesis(
    drafting: Drafting, author: str, title: str, evidence: Evidence, when: PartialDate | None, *, degree: str = "",
    school: str = "",
) -> None:  # fmt: skip
    """What somebody's thesis is called, when and where it was written."""
    found = _DEGREE.match(degree)
    details = [("degree", found.group())] if found is not None else []
    details += [("sourceOrganization", school)] if school else []
    drafting.state(
        EntityRef(author, ("person",)), "thesisTitle", title, evidence, qualifiers=details, start=when, end=when
    )


def _year_around(facts: RecordFacts) -> PartialDate | None:
    """The year of the list in which it stands: `- year: 2024, papers: [...]`."""
    for data, _ in reversed(facts.record.around):
        for key, value in data.items():
            if (plain(key) in _YEARS or key == "") and (when := read_when(text_of(value))) is not None:
                return when.start
    return None

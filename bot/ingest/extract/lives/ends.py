"""What a page says of when a post was over beside the entry that tells of it; decides nothing about roles."""

from bot.ingest.documents.drafting import Drafting
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.segments import Parts
from bot.language.document_words import word_set
from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import FactDraft
from bot.model.partial_date import Period

_LONG = 6  # letters of a word that names an employer: "Bundesarchiv"


def end_post(drafting: Drafting, subject: EntityRef, parts: Parts) -> bool:
    """Give the one open job that "End of work at the Observatory" names, or "Retirement" means, its end."""
    if len(parts.spans) != 1 or not parts.spans[0][0].single:
        return False
    end = parts.spans[0][0].end
    said = set(name_key(" ".join(item.text for item in parts.segments)).split())
    still = [at for at, fact in enumerate(drafting.facts) if _is_open(fact, subject)]
    retired = " ".join(sorted(said)) in {" ".join(sorted(word.split())) for word in word_set("fields", "retired")}
    fits = still if retired else [at for at in still if _named(drafting.facts[at], said)]
    if len(fits) != 1:
        return False
    fact = drafting.facts[fits[0]]
    if not Period(fact.start, None).overlaps(Period(end, end)):
        return False
    drafting.facts[fits[0]] = fact._replace(end=end)
    return True


def _is_open(fact: FactDraft, subject: EntityRef) -> bool:
    return fact.subject == subject and fact.property == "worksFor" and fact.start is not None and fact.end is None


def _named(fact: FactDraft, said: set[str]) -> bool:
    """Whether words that can only name an employer are those of this one."""
    words = name_key(fact.value.text).split()
    return any(
        word in said and len(word) >= _LONG and fields.organization(word.title()) >= fields.LIKELY for word in words
    )

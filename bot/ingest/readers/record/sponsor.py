"""Who sponsors an occasion, on which level: by the sponsor's own record, or by the list it stands in; reads no text."""

from bot.ingest.readers.record.facts import RecordFacts
from bot.ingest.readers.record.field_words import FieldWords
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.placed import text_of
from bot.model.entity import EntityRef

_SPONSORS = "sponsor"  # as lists of them are called: `sponsors`, `sponsors2024`, `gold_sponsors`
_LEVEL, _NAME = "tier", ("name", "title", "label")


def read_sponsor(facts: RecordFacts, names: tuple[str, ...]) -> None:
    """An organisation in a list of sponsors sponsors the occasion; `names` are those of the lists around it."""
    tiers = facts.take(_LEVEL)
    occasion = facts.source.group.occasion
    if facts.kind == "organization" and occasion is not None and any(_SPONSORS in name.casefold() for name in names):
        level = tiers[0].text if tiers else _level_around(facts, names)
        details = [("roleName", _called(level))] if level else []
        event = EntityRef(occasion[1], (occasion[0],))
        facts.drafting.state(event, _SPONSORS, facts.name, facts.evidence, qualifiers=details)
        return
    for said in tiers:
        facts.drafting.leave(facts.evidence_of(said), "of what it is the level is not said")


def _level_around(facts: RecordFacts, names: tuple[str, ...]) -> str:
    """The level of the list: a field of the mapping around it, or what it is called (`sponsors: {gold: […]}`)."""
    words = facts.source.words
    for data, path in reversed(facts.record.around):
        if not any(_SPONSORS in str(part).casefold() for part in path):
            break  # that is the occasion itself
        told = (text_of(value) for key, value in data.items() if key and words.target("organization", key) == _LEVEL)
        level = next(filter(None, told), "") or next((text_of(data[key]) for key in data if plain(key) in _NAME), "")
        if level:
            return level
    called = names[-1] if names else ""
    parts = [part for part in words.parts(called) if _SPONSORS not in part.casefold()]
    return " ".join(parts) if parts and not _only_lists(words, called) else ""


def _only_lists(words: FieldWords, called: str) -> bool:
    """Whether a list is called by what it holds, not by a level."""
    return words.is_collection(called) or plain(called) in ("items", "list", "entries", "data", "members", "logos")


def _called(level: str) -> str:
    """`Gold` is a gold sponsor; `Media partner` stays one."""
    text = level.replace("_", " ").replace("-", " ").strip()
    named = {"sponsor", "sponsors", "partner", "partners", "supporter", "supporters"} & set(text.casefold().split())
    if named and text.casefold().endswith("s"):
        return text[:-1]
    return text if named else f"{text} sponsor"

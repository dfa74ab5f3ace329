"""How a name stands among the words of a question: what ties it, whether it does the verb; finds no name itself."""

import re
from collections.abc import Sequence

from bot.answers.reading.link import Mention
from bot.language.lexicon import Lexicon

BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "got", "get"})
PARTICIPLE = re.compile(r"(?:ed|en|ght|lt|ld|wn|rn|nt|pt)\Z")
_ARTICLES = frozenset({"the", "a", "an"})
_NO_VERBS = BE | {"of", "at", "in", "on", "with", "for", "from", "to", "about", "and", "or", "the", "a"}
_TYING = frozenset({"of", "at", "in", "on", "for", "from", "with", "by", "about", "within", "under", "to", "during"})


def preposition(keys: Sequence[str], start: int, lexicon: Lexicon) -> str | None:
    """The small word before a name, past its article."""
    position = start - 1
    while position >= 0 and keys[position] in ("the", "a", "an", "his", "her", "their", "its"):
        position -= 1
    return keys[position] if position >= 0 and keys[position] in lexicon.function else None


def follows_a_name(keys: Sequence[str], start: int, mentions: Sequence[Mention]) -> bool:
    """Whether the name belongs to another one: a preposition ties it to the one before, or the next follows at once."""
    if len(mentions) == 1:
        return False
    own = next((mention for mention in mentions if mention.start == start), None)
    if own is not None and any(mention.start == own.end for mention in mentions):
        return True  # "Ada's Loom talk", where the talk is a name of its own
    ends = [mention.end for mention in mentions if mention.end < start]
    between = keys[max(ends) : start] if ends else []
    return 1 <= len(between) <= 2 and between[0] in _TYING and between[1:2] in ([], ["the"], ["a"], ["his"], ["her"])


def with_owner(mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """The name right before this one, which then is of it and does or suffers what both do: "Ada's Loom talk"."""
    owner = next((other for other in mentions if other.end == mention.start), None)
    return mention if owner is None else owner._replace(end=mention.end)


def agency(keys: Sequence[str], mention: Mention) -> bool | None:
    """Whether the name does the verb ("what did Acme buy") or suffers it ("who bought Acme", "was Acme bought")."""
    before = keys[mention.start - 1] if mention.start else ""
    after = keys[mention.end] if mention.end < len(keys) else ""
    if before == "by":
        return True
    if before in ("did", "does", "do", "has", "have", "had", "will", "can", "could", "would"):
        return True
    if before in BE and PARTICIPLE.search(after):
        return False
    if after in BE:
        following = keys[mention.end + 1] if mention.end + 1 < len(keys) else ""
        return False if PARTICIPLE.search(following) else None
    if after == "by":
        return False
    if before and before not in _NO_VERBS and keys[max(mention.start - 2, 0)] not in _ARTICLES:  # "the old Loom"
        return False
    return None

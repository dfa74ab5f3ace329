"""Finds the names of entities in a question, typos included; decides nothing about what is asked of them."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice, product
from operator import itemgetter
from typing import NamedTuple

from bot.language.lexicon import Lexicon
from bot.language.slips import slips
from bot.language.tokens import Token, name_key
from bot.store.snapshot import Snapshot

MAX_PARTS = 80  # words of a question that are read; nobody asks a longer one
LONGEST_NAME = 10  # parts
NAME = 2  # the weight under which the snapshot keeps a whole name; parts of one weigh less
_SHORTEST_TYPO = 4  # letters; a shorter unknown word is not taken for a misspelt part of a name
_SHORTEST_WORD = 5  # letters; the same of other words, which are more often right and only unknown
_MOST_SPELLINGS, _MOST_GUESSES = 8, 24  # tried for one misspelt word, for all of them together
_TWO_TYPOS_FROM = 9  # letters; from here on a second slip is forgiven


_weight = itemgetter(1)  # of an entity that has a name
_Fitting = tuple[int, int, str, list[tuple[int, int]], int]  # start, end, key, who is called so, the best weight


class Mention(NamedTuple):
    """Parts `start`..`end` of a question, read as a name that these entities have."""

    start: int
    end: int
    entities: tuple[int, ...]
    key: str
    whole: bool  # the whole name or alias, not only a person's first or last name
    exact: bool = True  # False: a typo was mended


def find_mentions(
    parts: Sequence[Token], lexicon: Lexicon, snapshot: Snapshot, ordinary: Collection[str] = frozenset()
) -> tuple[list[Mention], dict[int, str]]:
    """Names from left to right, longest first where they overlap, and the mended spelling of other parts by position.

    `ordinary` words, those that questions are made of, are never taken for misspelt ones.
    """
    keys = [part.key for part in parts]
    known = _known_names(keys, keys, parts, lexicon, snapshot)
    found = [
        _with_last_name(_with_first_name(one, parts, lexicon, snapshot, ordinary), parts, lexicon, snapshot, ordinary)
        for one in known
    ]
    covered = {position for mention in found for position in range(mention.start, mention.end)}
    strange = [
        position
        for position, key in enumerate(keys)
        if position not in covered
        and len(key) >= _SHORTEST_TYPO
        and key not in ordinary
        and key.isalpha()
        and not _is_word(key, lexicon)
        and lexicon.stem(key) not in lexicon.alike
    ]
    if not strange:
        return found, {}
    seen = snapshot.known_words([keys[position] for position in strange])
    unseen = {key: lexicon.stem(key) for position in strange if (key := keys[position]) not in seen}
    stems = snapshot.known_stems(unseen.values())
    seen.update(key for key, stem in unseen.items() if stem in stems)
    mended = {
        position: similar
        for position in strange
        if keys[position] not in seen and (similar := _similar(keys[position], lexicon, snapshot, ordinary))
    }
    if not mended:
        return found, {}
    typed = _with_typos(keys, mended, parts, lexicon, snapshot, found)
    found = [_with_last_name(one, parts, lexicon, snapshot, ordinary) for one in typed]
    covered = {position for mention in found for position in range(mention.start, mention.end)}
    return found, {
        position: words[0]
        for position, words in mended.items()
        if position not in covered
        and _is_slip(keys[position], words[0])
        and not _is_surname(position, parts, found)
        and not (_is_word(words[0], lexicon) and _is_written_as_name(position, parts))
    }


def _is_surname(position: int, parts: Sequence[Token], found: Iterable[Mention]) -> bool:
    """Whether a word with a capital stands right behind a first name, so that it is one nobody here has."""
    return parts[position].text[:1].isupper() and any(not one.whole and one.end == position for one in found)


def _is_written_as_name(position: int, parts: Sequence[Token]) -> bool:
    """Whether a word has a capital that others of the question lack, so that it is no slip of an ordinary word."""
    others = (part.text for place, part in enumerate(parts) if place not in (0, position))
    return position > 0 and parts[position].text[:1].isupper() and any(text[:1].islower() for text in others)


def _is_slip(key: str, word: str) -> bool:
    """Whether a word that is no name is likely misspelt; five letters with one changed make another word too often."""
    if word[0] != key[0]:
        return False
    swapped = len(word) == len(key) and sorted(word) == sorted(key)
    return len(key) > _SHORTEST_WORD or swapped or (len(key) == _SHORTEST_WORD and len(word) != len(key))


def _known_names(
    keys: Sequence[str], written: Sequence[str], parts: Sequence[Token], lexicon: Lexicon, snapshot: Snapshot
) -> list[Mention]:
    """Names among the n-grams of `keys`; `written` are the parts as the member wrote them."""
    spans = _spans(keys, parts, lexicon)
    if not spans:
        return []
    # One of several may be called so: "warm-ups" of a warm-up.
    singulars = {
        key: key[:-1] for _, _, key in spans if key[-1] == "s" and len(key) > _SHORTEST_TYPO and key[-2] != "s"
    }
    known = snapshot.names([*[key for _, _, key in spans], *singulars.values()])
    for key, singular in singulars.items():
        if key not in known and (whole := [entry for entry in known.get(singular, ()) if entry[1] == NAME]):
            known[key] = whole
    fitting = [
        (start, end, key, known[key], max(known[key], key=_weight)[1]) for start, end, key in spans if key in known
    ]
    mentions = []
    for start, end, key, entries, best in _without_overlap(fitting):
        entities = tuple([entity for entity, weight in entries if weight == best])
        exact = keys is written or keys[start:end] == written[start:end]
        mentions.append(Mention(start, end, entities, key, best == NAME, exact))
    return _joined(mentions, parts, snapshot) if len(mentions) > 1 else mentions


def _joined(mentions: list[Mention], parts: Sequence[Token], snapshot: Snapshot) -> list[Mention]:
    """First and last names side by side as one name; of people who have only one of the two, nobody is meant."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is None or before.whole or mention.whole or before.end != mention.start:
            joined.append(mention)
            continue
        both = tuple(entity for entity in before.entities if entity in mention.entities)
        apart = parts[mention.start].start - parts[mention.start - 1].end > 1  # "king, finch and brook"
        if not both and (apart or not _are_people(mention.entities, snapshot)):
            joined.append(mention)  # "King's Tideline paper"
            continue
        joined[-1] = Mention(
            before.start, mention.end, both, f"{before.key} {mention.key}", whole=False,
            exact=before.exact and mention.exact,
        )  # fmt: skip
    return [mention for mention in joined if mention.entities]


def _with_first_name(
    mention: Mention, parts: Sequence[Token], lexicon: Lexicon, snapshot: Snapshot, ordinary: Collection[str]
) -> Mention:
    """A surname with the first name before it of which the documents have the initial at most: `Ada King` is A. King.

    A first name of three letters may be a slip of the one that somebody of this surname has.
    """
    before = parts[mention.start - 1] if mention.start else None
    if mention.end - mention.start > 1 or before is None or len(before.key) < 2:
        return mention
    if mention.whole:
        named = _is_first_name(before, parts[mention.start], lexicon, ordinary) and _is_surname_alone(mention, snapshot)
        return mention._replace(start=mention.start - 1) if named else mention
    met = snapshot.entities(mention.entities)
    short = tuple(number for number, one in met.items() if one.kind == "person" and _is_initial(one.name, before.key))
    if not short and _may_be_slip(before.key, lexicon, ordinary):
        short = tuple(
            number
            for number, one in met.items()
            if one.kind == "person" and any(_is_short_slip(before.key, name) for name in snapshot.names_of(number))
        )
    if not short:
        return mention
    return mention._replace(start=mention.start - 1, entities=short, key=f"{before.key} {mention.key}")


def _with_last_name(
    mention: Mention, parts: Sequence[Token], lexicon: Lexicon, snapshot: Snapshot, ordinary: Collection[str]
) -> Mention:
    """A first name with a slip of the surname behind it that somebody of this first name has: `Ada Kng`."""
    after = parts[mention.end].key if mention.end < len(parts) else ""
    short = len(after) < _SHORTEST_TYPO - 1 or not after.isalpha() or after in ordinary or _is_word(after, lexicon)
    if short or mention.end - mention.start > 1:
        return mention
    meant = tuple(
        number
        for number, one in snapshot.entities(mention.entities).items()
        if one.kind == "person" and _is_misspelt(after, name_key(one.name).rpartition(" ")[2])
    )
    if not meant:
        return mention
    return mention._replace(end=mention.end + 1, entities=meant, key=f"{mention.key} {after}", exact=False)


def _is_misspelt(key: str, surname: str) -> bool:
    """Whether one letter is missing, too many or at its neighbour's place; in a long name also another one."""
    if key == surname or key[0] != surname[:1] or slips(key, surname, 1) != 1:
        return False
    return len(key) != len(surname) or sorted(key) == sorted(surname) or len(key) > _SHORTEST_WORD


def _is_first_name(before: Token, surname: Token, lexicon: Lexicon, ordinary: Collection[str]) -> bool:
    """Whether the word before a surname is written like it, as a name, and is no word of the vocabulary."""
    key = before.key
    alike = before.text[0].isupper() == surname.text[0].isupper() and surname.start - before.end == 1
    return alike and key.isalpha() and key not in ordinary and not _is_word(key, lexicon)


def _is_surname_alone(mention: Mention, snapshot: Snapshot) -> bool:
    """Whether the documents know one person by this word, and by no other name."""
    met = snapshot.entities(mention.entities)
    return (
        len(met) == 1
        and all(one.kind == "person" for one in met.values())
        and all(len(name.split()) == 1 for number in met for name in snapshot.names_of(number))
        and len(snapshot.names([mention.key])[mention.key]) == 1
    )


def _is_initial(name: str, first: str) -> bool:
    """Whether a name has no first name but initials, the first of which fits."""
    given = name.replace(".", " ").split()[:-1]
    return bool(given) and all(len(part) == 1 for part in given) and given[0].casefold() == first[0]


def _may_be_slip(key: str, lexicon: Lexicon, ordinary: Collection[str]) -> bool:
    """Whether a word is too short to be looked for by itself, and nothing but a name; a letter more or less is one."""
    return len(key) == _SHORTEST_TYPO - 1 and key.isalpha() and key not in ordinary and not _is_word(key, lexicon)


def _is_short_slip(key: str, name: str) -> bool:
    first = name_key(name).partition(" ")[0]
    return first[:1] == key[0] and slips(key, first, 1) == 1


def _are_people(entities: Collection[int], snapshot: Snapshot) -> bool:
    return any(one.kind == "person" for one in snapshot.entities(entities).values())


def _spans(keys: Sequence[str], parts: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Stretches that may be a name: they neither begin nor end with a small word, unless it is written as a name."""
    edges = [key not in lexicon.function or part.text[0].isupper() for key, part in zip(keys, parts, strict=True)]
    spans = []
    for start, key in enumerate(keys):
        if not edges[start]:
            continue
        if key not in lexicon.function and not _is_plain_word(start, key, parts[start], lexicon):
            spans.append((start, start + 1, key))
        several = key
        for end, further in enumerate(keys[start + 1 : start + LONGEST_NAME], start + 1):
            several += " " + further
            if edges[end]:
                spans.append((start, end + 1, several))
    return spans


def _is_plain_word(position: int, key: str, part: Token, lexicon: Lexicon) -> bool:
    """A word of the vocabulary in plain lower case is read as that word, even if something is called so."""
    plain = part.text.islower() or (position == 0 and part.text[1:].islower())
    return plain and _is_word(key, lexicon)


def _is_word(key: str, lexicon: Lexicon) -> bool:
    return key in lexicon.function or lexicon.stem(key) in lexicon.known


def _without_overlap(spans: list[_Fitting]) -> list[_Fitting]:
    """The longest first; of equally long ones a whole name before a part, then the one further left."""
    chosen: list[_Fitting] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], -one[4], one[0])):
        start, end = span[:2]
        if not [other for other in chosen if other[0] < end and start < other[1]]:
            chosen.append(span)
    chosen.sort()
    return chosen


def _similar(key: str, lexicon: Lexicon, snapshot: Snapshot, ordinary: Collection[str]) -> list[str]:
    """Words of names, facts, the vocabulary and of questions that `key` may be a slip of, the closest first."""
    bound = 2 if len(key) >= _TWO_TYPOS_FROM else 1
    candidates = (
        set(snapshot.similar_words(key))
        | lexicon.similar(key)
        | {w for w in ordinary if abs(len(w) - len(key)) <= bound}
    )
    near = [(distance, word) for word in candidates if (distance := slips(key, word, bound)) <= bound]
    return [word for _, word in sorted(near, key=lambda pair: (pair[0], pair[1][0] != key[0], pair[1]))]


def _with_typos(
    keys: Sequence[str],
    mended: dict[int, list[str]],
    parts: Sequence[Token],
    lexicon: Lexicon,
    snapshot: Snapshot,
    found: list[Mention],
) -> list[Mention]:
    """Names once the mended words stand in; a single short mended word is no name."""
    best = found
    choices = [[(position, word) for word in words[:_MOST_SPELLINGS]] for position, words in mended.items()]
    for picked in islice(product(*choices), _MOST_GUESSES):
        guess = list(keys)
        for position, word in picked:
            guess[position] = word
        mentions = [
            mention
            for mention in _known_names(guess, keys, parts, lexicon, snapshot)
            if mention.exact
            or mention.end - mention.start > 1
            or len(keys[mention.start]) > _SHORTEST_TYPO + (0 if mention.whole else 1)
        ]
        if _reach(mentions) > _reach(best):
            best = mentions
    return best


def _reach(mentions: Iterable[Mention]) -> tuple[int, int]:
    """How many parts of the question are names, those of whole names first."""
    spans = [(mention.end - mention.start, mention.whole) for mention in mentions]
    return sum(length for length, whole in spans if whole), sum(length for length, _ in spans)

"""What is in a sentence by how it is written: names, persons, places, verbs of the past; decides about no answer."""

from collections.abc import Iterator

from bot.answers.quoting.lines import Line
from bot.answers.reading.query import Query
from bot.language.date_ranges import find_ranges
from bot.language.lexicon import Lexicon
from bot.language.tokens import Token

_PLACED = frozenset({"in", "at", "near", "from", "to", "into", "outside"})
_NO_PERSON_AFTER = frozenset({"in", "at", "of", "from", "the", "a", "an", "on", "into", "for", "its", "this"})
_ORDERS = frozenset({"after", "before", "when", "where"})
_BEFORE_DOER = 6  # words before "by" among which a deed stands
_IN_NAMES = frozenset({"and", "of", "for"})
_HELPERS = (("did",), ("does",), ("do",), ("will",), ("would",))
_SAME = 4  # letters that forms of a verb share
_COPULAS = frozenset({"is", "was", "are", "were", "be", "been", "being", "has", "had", "have"})
_ACRONYM = 4  # letters; a longer word in capitals may be a surname


def is_within_name(line: Line, query: Query) -> bool:
    """Whether a word of the question is only one inside a name: "her restaurant", "Boat and Restaurant Design".

    A verb is that wherever it has a capital: "where did she study" and "the Center for the Study of Tides".
    """
    tokens = line.tokens

    def capital(place: int) -> bool:
        return 0 <= place < len(tokens) and place not in line.spoken and tokens[place].text[:1].isupper()

    def inside(place: int) -> bool:
        before = place - 2 if place and tokens[place - 1].key in _IN_NAMES else place - 1
        beside = place + 1 < len(tokens) and line.text[tokens[place].end : tokens[place + 1].start] == " "
        return tokens[place].text[:1].isupper() and capital(before) and capital(place + 1) and beside

    plain = [
        unit for unit in line.words
        if query.units[unit].text.islower() and (query.for_name or not query.units[unit].asked)
    ]  # fmt: skip
    if any(hits and all(map(inside, hits)) for unit in plain if (hits := line.hits.get(unit))):
        return True
    verbs = [(query.units[unit].text[:_SAME], line.hits.get(unit, ())) for unit in plain if _is_verb(query, unit)]
    return any(
        hits
        and all(place and tokens[place].text[:1].isupper() and tokens[place].key.startswith(verb) for place in hits)
        for verb, hits in verbs
    )


def _is_verb(query: Query, place: int) -> bool:
    """Whether a word of the question is its verb, right behind who does it: "did Ada sing"."""
    before = query.units[place - 1] if place else None
    if before is None or before.end != query.units[place].start or query.keys[1:2] not in _HELPERS:
        return False
    return before.mention is not None or before.text[:1].isupper()


def runs(line: Line, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that the question does not have; small words may stand inside."""
    tokens = line.tokens
    start = 0
    while start < len(tokens):
        if not _is_capital(tokens[start], start, line, lexicon):
            start += 1
            continue
        end = start + 1
        while end < len(tokens) and _touches(line.text, tokens[end - 1], tokens[end]):
            if not _is_capital(tokens[end], end, line, lexicon):
                break
            end += 1
        yield start, end
        start = end


def _is_capital(token: Token, place: int, line: Line, lexicon: Lexicon) -> bool:
    return token.text[:1].isupper() and place not in line.spoken and token.key not in lexicon.function


def _touches(text: str, one: Token, other: Token) -> bool:
    return text[one.end : other.start].strip(" .'’-") == ""


def persons_in(line: Line, lexicon: Lexicon) -> Iterator[int]:
    """The last words of what looks like the name of a person: two to four capitalised words, no place, no office."""
    tokens = line.tokens
    for start, end in runs(line, lexicon):
        if start and tokens[start - 1].key == "by":  # whoever does it, an organisation too
            yield end - 1
            continue
        if not 2 <= end - start <= 4 or all(token.text.isupper() for token in tokens[start:end]):
            continue
        if start and tokens[start - 1].key in _NO_PERSON_AFTER:
            continue
        if any(token.text.isupper() and 1 < len(token.text) <= _ACRONYM for token in tokens[start:end]):
            continue
        if any(lexicon.stem(token.key) in lexicon.known for token in tokens[start:end]):
            continue
        if (
            end < len(tokens)
            and _touches(line.text, tokens[end - 1], tokens[end])
            and not _may_follow(tokens[end], lexicon)
        ):
            continue  # "the Costa Rican president": an adjective, not a name
        yield end - 1
    yield from _doers(line, lexicon)


def _doers(line: Line, lexicon: Lexicon) -> Iterator[int]:
    """The nouns that do what the word before "by" says: "rebuilt by volunteers", "founded in 1961 by a group of …"."""
    tokens = line.tokens
    for place in range(1, len(tokens) - 1):
        noun = place + 1 + (tokens[place + 1].key in ("a", "an", "the") and place + 2 < len(tokens))
        said = tokens[noun]
        deed = any(is_past_form(token, lexicon) for token in tokens[max(0, place - _BEFORE_DOER) : place])
        small = said.text.islower() and said.key.isalpha() and said.key not in lexicon.function
        if tokens[place].key == "by" and deed and small and not said.key.endswith("ing") and noun not in line.spoken:
            yield noun


def _may_follow(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.key in lexicon.function
        or token.key in _ORDERS
        or is_past_form(token, lexicon)
        or token.key.endswith(("s", "ing"))
    )


def places_in(line: Line, lexicon: Lexicon) -> Iterator[int]:
    """The first words of what stands behind "in" or "at" with a capital."""
    for start, _ in runs(line, lexicon):
        before = start - 1
        while before >= 0 and line.tokens[before].key in ("the", "a"):
            before -= 1
        if before >= 0 and line.tokens[before].key in _PLACED and not _is_month(line.tokens[start]):
            yield start


def _is_month(token: Token) -> bool:
    """Whether it is one that a year may follow: "from April"."""
    return any(not span.first for span in find_ranges(f"{token.text} 2000"))


def is_past_form(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is a verb of the past, none of those that go with any other."""
    key = token.key
    if key in _COPULAS or not token.text[:1].islower():
        return False
    return (len(key) > 4 and key.endswith("ed")) or key in lexicon.past

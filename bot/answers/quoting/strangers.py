"""Names in a question that nobody known has, and the sentences that say them; decides about no answer."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.answers.reading.introduced import written_as_names
from bot.answers.reading.query import Query
from bot.language.document_words import word_set
from bot.language.tokens import Token, name_key
from bot.model.passage import Passage

_BETWEEN = 1  # words that a sentence may have inside a name: "Ada “Finch” King"


class Strangers:
    """The names of one question that only texts may have; none where it also names somebody known."""

    def __init__(self, query: Query) -> None:
        self._names: list[tuple[frozenset[int], list[str]]] = []
        self._introducing: dict[str, set[str]] = {}  # surname -> documents that have the name in full
        for run in () if query.names else _runs(query):
            self._names.append((frozenset(run), [key for at in run for key in name_key(query.units[at].text).split()]))

    def __bool__(self) -> bool:
        return bool(self._names)

    def meet(self, passages: Iterable[Passage]) -> None:
        """Note which documents have a name in full, so that its last word alone means the same there."""
        for passage in passages:
            key = f" {name_key(passage.text)} "
            for _, name in self._names:
                if len(name) > 1 and f" {' '.join(name)} " in key:
                    self._introducing.setdefault(name[-1], set()).add(passage.document)

    def said(self, passage: Passage, tokens: Sequence[Token]) -> frozenset[int]:
        """The units of all names, where a sentence says each of them; otherwise none."""
        if not all(self._says(passage, tokens, name) for _, name in self._names):
            return frozenset()
        return frozenset().union(*(units for units, _ in self._names))

    def _says(self, passage: Passage, tokens: Sequence[Token], name: Sequence[str]) -> bool:
        short = passage.document in self._introducing.get(name[-1], ())
        for place, token in enumerate(tokens):
            if token.key != name[-1] or not token.text[:1].isupper():
                continue
            before = tokens[max(0, place - len(name) + 1 - _BETWEEN) : place]
            if set(name[:-1]) <= {one.key for one in before if one.text[:1].isupper()}:
                return True
            if short and not any(_is_first_name(one) for one in tokens[max(0, place - 1) : place]):
                return True
        return False


def _is_first_name(token: Token) -> bool:
    """Whether what stands right before a surname may make it somebody else's: no "Mrs" or "Dr"."""
    return token.text[:1].isupper() and token.key not in word_set("fields", "honorifics")


def _runs(query: Query) -> Iterable[list[int]]:
    """The units of each name: those that stand side by side."""
    run: list[int] = []
    places = sorted(written_as_names(query))
    for place, following in pairwise([*places, -1]):
        run.append(place)
        if following != place + 1 or query.units[place].end != query.units[following].start:
            yield run
            run = []

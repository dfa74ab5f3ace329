"""What stands below a heading that a question names, as a list quoted whole; reads no sentence and no fact."""

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from bot.answers.finding.periods import fits
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.errors import SearchTimeout
from bot.language.dates import find_times
from bot.language.lexicon import Lexicon
from bot.language.tokens import name_key
from bot.model.passage import Passage
from bot.store.snapshot import Snapshot

MOST_ENTRIES = 14  # of a list that is quoted whole
_MOST_FOUND = 80
_LONGEST = 120  # characters of one entry; a longer one tells a story
_ASKS = (Ask.WHO, Ask.WHAT, Ask.ANY, Ask.WHEN)
_NAMED = re.compile(r"\W*[^\W\d_a-z][\w.'’-]+\s+(?:[a-z]{2,3}\s+)?[^\W\d_a-z][\w.'’-]+")  # a person
_SAID = (".", ":", "!", "?")  # how what leads to a list ends


def below_heading(query: Query, snapshot: Snapshot, lexicon: Lexicon, filler: Collection[str]) -> list[Passage]:
    """The entries below the one heading that says what is asked for, on the page that the other words name."""
    wanted = {lexicon.stem(key) for unit in query.units if not unit.optional for key in name_key(unit.text).split()}
    if query.ask not in _ASKS or not wanted or query.anchor or query.negated:
        return []
    words = {key for unit in query.units for key in name_key(unit.text).split()}
    try:
        found = snapshot.passages(sorted(words), _MOST_FOUND)
    except SearchTimeout:
        return []
    asked = {lexicon.stem(key) for key in query.keys}
    placed = sorted((one for one in found if one.section), key=lambda one: (one.document, one.section, one.line))
    fitting = [
        entries
        for _, group in groupby(placed, key=lambda one: (one.document, one.section))
        if _fits((entries := list(group))[0], wanted, asked, query, lexicon, filler)
    ]
    return _entries(fitting[0], query) if len(fitting) == 1 else []


def _fits(
    one: Passage, wanted: set[str], asked: set[str], query: Query, lexicon: Lexicon, filler: Collection[str]
) -> bool:
    """Whether the question has all words of the heading, and the page's name has the others and the time."""
    keys = name_key(one.section).split()
    heading = {lexicon.stem(key) for key in keys if key not in filler} or {
        lexicon.stem(key)
        for key in keys
        if key not in lexicon.function  # "Present", of a meeting
    }
    page = {lexicon.stem(key) for key in name_key(f"{one.title} {one.document}").split()}
    if not heading or not heading <= asked or not wanted <= heading | page:
        return False
    times = [span for span in query.times if not set(name_key(query.text[span.start : span.end]).split()) <= set(keys)]
    return not times or any(fits(span.period, times) for span in find_times(one.title, query.today))  # "Next meeting"


def _entries(found: Sequence[Passage], query: Query) -> list[Passage]:
    """The entries of a list without the sentences that lead to it; none where they do not tell what is asked for."""
    entries = [one for one in found if not one.text.rstrip().endswith(_SAID)] or list(found)
    if len(entries) > MOST_ENTRIES or any(len(one.text) > _LONGEST for one in entries):
        return []
    if query.ask is Ask.WHO and not all(_NAMED.match(one.text) for one in entries):
        return []
    if query.ask is Ask.WHEN and (len(entries) > 1 or not find_times(entries[0].text, query.today)):
        return []
    return entries

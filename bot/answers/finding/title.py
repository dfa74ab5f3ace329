"""Works and events called by a few words of their title ("the paper on tides"), where nothing else explains them."""

from dataclasses import replace

from bot.answers.finding.match import fits_kind
from bot.answers.reading.link import Mention
from bot.answers.reading.query import Query, Unit
from bot.language.lexicon import KindWord
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot

TITLED = frozenset({"publication", "event", "project"})
_HELD = frozenset({"event"})
_SPOKEN = "performer"
MOST_NAMESAKES = 6  # titles that share the words; with more, the words say too little


def read_title(query: Query, snapshot: Snapshot) -> Query | None:
    """The query with its unexplained words taken as a title; None where they are in none, or in too many."""
    loose = [
        unit for unit in query.words if not (unit.optional or unit.properties or unit.kinds or unit.text.isdigit())
    ]
    kinds = [kind for unit in query.words for kind in unit.kinds if unit not in loose]
    spoken = not kinds and any(r.property == _SPOKEN and r.verb for unit in query.words for r in unit.properties)
    if not loose or (len(loose) == 1 and not (_is_telling(loose[0]) and (kinds or spoken))):
        return None
    groups = [sorted({stems[0] for stems in unit.stems}) for unit in loose]
    sorts = _HELD if spoken else TITLED
    found = [entity for entity in snapshot.entities_with(groups, MOST_NAMESAKES + 1) if entity.kind in sorts]
    named = {entity for unit in query.names if unit.mention for entity in unit.mention.entities}
    fitting = _of_kind([entity for entity in found if entity.id not in named], kinds)
    if not fitting or len(fitting) > MOST_NAMESAKES:
        return None
    return replace(query, units=_with_title(query, loose, fitting), intents=())


def _is_telling(unit: Unit) -> bool:
    """One word is enough beside one for the kind or for what is done there: "the telescope talk"."""
    return len(unit.text) > 3


def _of_kind(entities: list[Entity], kinds: list[KindWord]) -> list[Entity]:
    return [entity for entity in entities if fits_kind(entity, kinds)] if kinds else entities


def _with_title(query: Query, loose: list[Unit], entities: list[Entity]) -> tuple[Unit, ...]:
    first = loose[0]
    ids = tuple(entity.id for entity in entities)
    mention = Mention(first.start, loose[-1].end, ids, " ".join(unit.text.lower() for unit in loose), whole=False)
    title = first._replace(end=loose[-1].end, text=" ".join(unit.text for unit in loose), mention=mention)
    return tuple(title if unit is first else unit for unit in query.units if unit is first or unit not in loose)

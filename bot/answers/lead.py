"""The lines that hold every word of a question no fact answers: shown as a lead, never as an answer."""

from bot.answers.compose import SHORT
from bot.answers.markdown import Ready
from bot.answers.outcome import Outcome, Reason
from bot.answers.query import Query
from bot.answers.replies import Replies
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.fact import Source
from bot.store.snapshot import Snapshot

FEWEST_WORDS = 3  # of a question; fewer stand together somewhere by chance
MOST_LINES = 2


def closest_lines(query: Query, snapshot: Snapshot, replies: Replies) -> Outcome | None:
    """Passages in which all of the question's names and words occur; None where there is none."""
    needed = [unit for unit in query.units if not unit.optional]
    words = [word for unit in needed for word in name_key(unit.text).split()]
    if len(words) < FEWEST_WORDS or not query.names or query.times:
        return None
    passages = snapshot.passages(words, MOST_LINES)
    if not passages:
        return None
    lines = [replies.render("passage.item", line=" ".join(passage.text.split())[: SHORT // 2]) for passage in passages]
    sources = {
        passage.document: passage.source or Source(passage.document, passage.title or passage.document)
        for passage in passages
    }
    text = replies.render("passage.lead", items=Ready("\n".join(lines)))
    return Outcome(Status.PASSAGE, text, Reason.LEAD, sources=tuple(sources.values()))

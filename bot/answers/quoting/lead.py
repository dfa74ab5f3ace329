"""The lines that come closest to a question no fact answers: shown with their place as a lead, never as an answer."""

from collections.abc import Sequence

from bot.answers.quoting.lines import Line
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.replies import Replies
from bot.model.answer import Status
from bot.model.fact import Source

MOST_LINES = 2
LONGEST, LONGEST_OF_TWO = 360, 160  # characters of a line
_FEWEST = 0.5  # of the question's words that a line must have
_PAGED = (".pdf",)  # formats whose lines are pages


def closest_lines(lines: Sequence[Line], replies: Replies) -> Outcome | None:
    """The closest of some sentences; None where none has half of the question's words.

    A profile's text needs more: its facts, which do not answer, say the most of it already.
    """
    close = {
        line.text: line
        for line in lines
        if line.words and line.names_all and (line.share > _FEWEST or (line.share == _FEWEST and line.passage.source))
    }
    if not close:
        return None
    ranked = sorted(close.values(), key=lambda line: (-line.share, -len(line.spoken), line.passage.id))
    best = [line for line in ranked if line.share == ranked[0].share][:MOST_LINES]
    items = [shown(line, replies, LONGEST if len(best) == 1 else LONGEST_OF_TWO) for line in best]
    text = replies.render("passage.lead", items=Ready("\n".join(items)))
    return Outcome(Status.PASSAGE, text, Reason.LEAD, sources=sources_of(best))


def shown(line: Line, replies: Replies, longest: int) -> Ready:
    """A line with its place; of a long one the stretch around the words of the question."""
    document = line.passage.document
    key = "passage.item_of_page" if document.lower().endswith(_PAGED) else "passage.item"
    return replies.render(key, line=_cut(line, longest), document=document, number=line.passage.line)


def sources_of(lines: Sequence[Line]) -> tuple[Source, ...]:
    """The documents of some lines, each once."""
    passages = {line.passage.document: line.passage for line in lines}
    return tuple(one.source or Source(one.document, one.title or one.document) for one in passages.values())


def _cut(line: Line, longest: int) -> str:
    text = line.text
    if len(text) <= longest:
        return text
    places = sorted(line.places or line.spoken)
    first = line.tokens[places[0]].start if places else 0
    last = line.tokens[places[-1]].end if places else 0
    start = max(
        0, min(first - longest // 5, max(last - longest + longest // 4, first - longest // 5), len(text) - longest)
    )
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    end = start + longest
    end = len(text) if end >= len(text) else text.rfind(" ", start, end)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"

"""What every part that answers from one snapshot works with; knows none of the parts."""

from dataclasses import dataclass

from bot.answers.reading.phrasing import Phrasing
from bot.answers.wording.compose import Composer
from bot.answers.wording.replies import Replies
from bot.language.lexicon import Lexicon
from bot.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Means:
    """One snapshot with the words for it."""

    snapshot: Snapshot
    lexicon: Lexicon
    phrasing: Phrasing
    replies: Replies
    composer: Composer


class Part:
    """One of those that answer."""

    def __init__(self, means: Means) -> None:
        self._snapshot = means.snapshot
        self._vocabulary = means.snapshot.vocabulary
        self._lexicon = means.lexicon
        self._phrasing = means.phrasing
        self._replies = means.replies
        self._composer = means.composer

"""The communities that cases are asked of, each loaded once for all tests of a run; knows nothing of the cases."""

import atexit
import tempfile
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path

from bot.answers.engine import Answerer, Prompts
from bot.answers.wording.markdown import Ready
from bot.answers.wording.replies import Replies
from bot.ingest.load import load
from bot.paths import shipped
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot

TODAY = date(2026, 1, 1)
_FOLDERS = Path(__file__).parent.parent / "communities"
_open = ExitStack()
atexit.register(_open.close)


class ListeningReplies(Replies):
    """Remembers the key of every template it filled."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.rendered: set[str] = set()

    def render(self, key: str, **values: object) -> Ready:
        self.rendered.add(key)
        return super().render(key, **values)


@cache
def prompts() -> Prompts:
    """The phrasings and templates that ship, listened to."""
    made = Prompts(shipped("prompts"))
    made.replies = ListeningReplies(shipped("prompts") / "replies")
    return made


def rendered_keys() -> set[str]:
    """The keys of all templates that were filled so far."""
    replies = prompts().replies
    assert isinstance(replies, ListeningReplies)
    return replies.rendered


def folder_of(community: str) -> Path:
    """The documents of a community; `shipped` is what the bot brings along."""
    return shipped("knowledge") if community == "shipped" else _FOLDERS / community


@cache
def snapshot_of(community: str) -> Snapshot:
    """A community, loaded into a folder that is removed when the run ends."""
    data = Path(_open.enter_context(tempfile.TemporaryDirectory(prefix="cases-")))
    load([folder_of(community)], data)
    snapshot = Snapshot.open(current_snapshot(data))
    _open.callback(snapshot.close)
    return snapshot


@cache
def answerer_of(community: str) -> Answerer:
    """Answers about a community on a day that does not move."""
    return Answerer(snapshot_of(community), prompts(), lambda: TODAY)

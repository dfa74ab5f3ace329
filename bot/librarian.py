"""The admin's door: what would change, reload, undo, and what is known of the knowledge; knows no surface.

Every call is by somebody, is written into the audit list, and reads documents in a process of its own. Answers go on
meanwhile: whoever answers finds a new snapshot by itself at the next question.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import LoadBusy, ShelfError, SnapshotError, StateError, WhoswhoError
from bot.ingest.apart import Job, Progress, load_apart
from bot.ingest.outcome import Outcome
from bot.memory import Remembered
from bot.model.audience import EVERYBODY, OPERATOR, Asker, Membership
from bot.model.fact import Source
from bot.model.problem import Problem
from bot.settings import Settings
from bot.store import keep
from bot.store.diff import conflicts
from bot.store.fallback import is_damaged
from bot.store.snapshot import Snapshot
from bot.store.swept import was_built_with
from bot.store.tombstones import read_tombstones
from bot.store.views import open_current, shows_more

if TYPE_CHECKING:
    from bot.ingest.decisions.review import Question
    from bot.ingest.glance import Glance
    from bot.ingest.waiting_room import Waiting
    from bot.store.state.records import Deed, Gap, SnapshotChange, Votes

DONE, REFUSED, FAILED, CANCELLED = "done", "refused", "failed", "cancelled"
Reloaded = Callable[[float, bool], Awaitable[None]]  # seconds, and whether another snapshot is in force
Read = Callable[[Job, Progress | None], Awaitable[Outcome]]
_ID = re.compile(r"\d+\Z")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and where; None: at the machine, not in a server."""

    member: int | None = None
    server: int | None = None

    def __str__(self) -> str:
        return "the machine" if self.member is None else str(self.member)


@dataclass(frozen=True, slots=True)
class Status:
    """What is in force, and how it fares."""

    snapshot: str
    built_at: datetime
    undone: str | None  # the newer snapshot that a rollback put out of force
    damaged: str | None  # the newer snapshot that cannot be read
    counts: dict[str, int]  # documents, entities, facts, conflicts
    kinds: dict[str, int]  # entities of each kind
    sources: tuple[tuple[Source, int], ...]  # each with the number of its facts
    problems: tuple[Problem, ...]
    state_fault: str | None  # why nothing can be remembered now


@dataclass(frozen=True, slots=True)
class Kept:
    """One snapshot that can be put in force."""

    number: int
    snapshot: str
    built_at: datetime
    facts: int
    entities: int
    in_force: bool
    change: "SnapshotChange | None" = None  # how it came into force last, where that was noted


@dataclass(frozen=True, slots=True)
class Lacking:
    """What members miss."""

    gaps: "tuple[Gap, ...]" = ()
    votes: "tuple[Votes, ...]" = ()


@dataclass(slots=True)
class _Running:
    who: str = ""
    since: datetime = field(default_factory=lambda: datetime.now(UTC))


class Librarian:
    """Looks after the knowledge of one data folder."""

    def __init__(
        self, settings: Settings, remembered: Remembered, read: Read = load_apart, reloaded: Reloaded | None = None
    ) -> None:
        """Take what documents are read with; anything but the default reads them where answers are given.

        `reloaded` is told of every reload.
        """
        self._reloaded = reloaded
        self._read_with = read
        self._settings = settings
        self._remembered = remembered
        self._recording = asyncio.Lock()
        self._running: _Running | None = None

    async def preview(self, actor: Actor, progress: Progress | None = None) -> Outcome:
        """What a reload would change; nothing is written.

        Raises LoadBusy, KnowledgeError and other WhoswhoErrors; `reload` takes the outcome's `basis`.
        """
        return await self._read("check", actor, progress, write=False)

    async def reload(
        self, actor: Actor, expected: str | None = None, progress: Progress | None = None
    ) -> Outcome:  # fmt: skip
        """Load what changed and put it in force.

        With `expected`, the basis of a preview, only what was seen there: where the documents have changed since, the
        outcome has no snapshot id and says what would change now. Raises what `preview` raises.
        """
        return await self._read("reload", actor, progress, write=True, expected=expected)

    async def status(self, actor: Actor | None = None) -> Status:
        """What is in force, as far as somebody may see it. Raises SnapshotError."""
        fault: str | None = None
        try:
            await (await self._remembered.state()).removals.count()
        except StateError as error:
            fault = str(error)
        return await asyncio.to_thread(_status, self._settings.data, self.sees(actor), fault)

    async def snapshots(self) -> list[Kept]:
        """The snapshots that are kept, newest first, without how they came into force."""
        return await asyncio.to_thread(_kept, self._settings.data)

    async def history(self) -> list[Kept]:
        """The snapshots that are kept, newest first, and how each came into force."""
        kept = await self.snapshots()
        try:
            changes = await (await self._remembered.state()).history.of([one.snapshot for one in kept])
        except StateError:
            changes = []
        latest = {change.snapshot: change for change in reversed(changes)}
        return [
            Kept(
                one.number, one.snapshot, one.built_at, one.facts, one.entities, one.in_force,
                latest.get(one.snapshot),
            )
            for one in kept
        ]  # fmt: skip

    async def rollback(self, number: int, actor: Actor) -> Kept:
        """Put an earlier snapshot in force again, until a document changes or somebody reloads.

        Raises SnapshotError when it is not kept or not whole, LoadBusy.
        """
        with self._alone(actor):
            try:
                kept = await asyncio.to_thread(self._roll_back, number, actor)
            except WhoswhoError as error:
                await self.note(actor, "rollback", FAILED, f"{number}: {error}")
                raise
        await self._record("rollback", actor, kept.snapshot)
        await self.note(actor, "rollback", DONE, kept.snapshot)
        return kept

    async def documents(self, actor: Actor | None = None) -> list[str]:
        """The paths of all documents that somebody may see. Raises SnapshotError."""
        return await asyncio.to_thread(_documents, self._settings.data, self.sees(actor))

    async def glance(self, name: str, data: bytes, url: str = "") -> "Glance":
        """What would be understood of a document, or of what a link brings; nothing is written. Raises WhoswhoError."""
        from bot.ingest.glance import glance  # noqa: PLC0415 - a bot that only answers needs none of it

        settings = self._settings
        return await glance(settings.knowledge, settings.data, name, data, url, private_links=settings.private_links)

    async def hold(self, found: "Glance") -> str:
        """Keep a document that was looked at until somebody says yes or no; its key. Raises ShelfError."""
        from bot.ingest.waiting_room import Waiting, hold  # noqa: PLC0415

        return await asyncio.to_thread(hold, self._settings.data, Waiting(found.name, found.data, found.url))

    async def held(self, key: str) -> "Waiting | None":
        """The document of a key; None where nobody waits for it any longer."""
        from bot.ingest.waiting_room import held  # noqa: PLC0415

        return await asyncio.to_thread(held, self._settings.data, key)

    async def let_go(self, key: str) -> None:
        """Keep a document no longer."""
        from bot.ingest.waiting_room import let_go  # noqa: PLC0415

        await asyncio.to_thread(let_go, self._settings.data, key)

    async def add(self, found: "Waiting", actor: Actor) -> Outcome:
        """Put a document into the first folder, and load; where that fails, it is not there. Raises WhoswhoError."""
        from bot.ingest.shelf import put, with_url  # noqa: PLC0415

        said = with_url(None, found.url) if found.url else None
        file = await asyncio.to_thread(put, self._settings.knowledge[0], found.name, found.data, said)
        try:
            outcome = await self.reload(actor)
        except WhoswhoError:
            await asyncio.to_thread(_unlink, file)
            raise
        await self.note(actor, "add", DONE, found.url or found.name)
        return outcome

    async def remove(self, path: str, actor: Actor) -> Outcome:
        """Take a document out, and load what is left; where that fails, it says so. Raises WhoswhoError."""
        from bot.ingest.shelf import take_out  # noqa: PLC0415

        if path not in await self.documents(actor):
            raise ShelfError(f"{path}: there is no such document")
        await asyncio.to_thread(take_out, self._settings.knowledge, self._settings.data, path)
        await self.note(actor, "remove", DONE, path)
        return await self.reload(actor)

    async def waiting(self, actor: Actor | None = None) -> "list[Question]":
        """What waits for a yes or no of somebody who may see it. Raises SnapshotError."""
        from bot.ingest.decisions.review import waiting  # noqa: PLC0415

        return await asyncio.to_thread(waiting, self._settings.data, asker=self.sees(actor))

    async def decide(self, question: "Question", actor: Actor, *, yes: bool) -> None:
        """Record a yes or no, which the next load takes in. Raises DecisionError."""
        from bot.ingest.decisions.file import record  # noqa: PLC0415
        from bot.ingest.decisions.review import decided  # noqa: PLC0415

        decision = decided(question, yes=yes, by=str(actor))
        async with self._recording:  # one file, written whole
            await asyncio.to_thread(record, self._settings.knowledge, [decision])
        await self.note(actor, "review", DONE, f"{'yes' if yes else 'no'}: {question.key}")

    async def gaps(self) -> Lacking:
        """Questions that several members asked and nobody could answer, and how answers were liked. Raises StateError.

        Never says who.
        """
        state, days = await self._remembered.state(), self._settings.retention_days
        return Lacking(tuple(await state.gaps.most_asked(days)), tuple(await state.votes.by_topic(days)))

    async def audit(self, server: int | None = None, limit: int = 200) -> "list[Deed]":
        """What admins did, newest first; of one server or everywhere. Raises StateError."""
        return await (await self._remembered.state()).audit.latest(limit, server)

    async def note(self, actor: Actor, action: str, outcome: str, detail: str = "") -> None:
        """Write an action into the audit list; where that cannot be, the log says so."""
        await self._remembered.keep(
            f"the action {action}",
            lambda state: state.audit.add(action, outcome, actor=actor.member, server=actor.server, detail=detail),
        )

    async def _read(
        self, action: str, actor: Actor, progress: Progress | None, *, write: bool, expected: str | None = None
    ) -> Outcome:
        job = Job(
            self._settings.knowledge, self._settings.data, write, str(actor), expected, self._settings.private_links,
            model=self._settings.endpoint, asker=self.sees(actor),
        )  # fmt: skip
        began = time.perf_counter()
        with self._alone(actor):
            await self._remembered.settle_if_shared()
            try:
                outcome = await self._read_with(job, progress)
            except WhoswhoError as error:
                await self.note(actor, action, FAILED, str(error))
                await self._tell(began, swapped=False, asked=write)
                raise
        await self._tell(began, swapped=outcome.snapshot_id is not None, asked=write)
        if outcome.snapshot_id is not None:
            await self._record("load", actor, outcome.snapshot_id, outcome, time.perf_counter() - began)
        stale = write and outcome.snapshot_id is None and not outcome.nothing_loaded
        await self.note(actor, action, FAILED if stale else DONE, _summary(outcome))
        return outcome

    async def _tell(self, began: float, *, swapped: bool, asked: bool) -> None:
        if self._reloaded is not None and asked:
            await self._reloaded(time.perf_counter() - began, swapped)

    async def _record(
        self, action: str, actor: Actor, snapshot: str, outcome: Outcome | None = None, seconds: float = 0.0
    ) -> None:
        from bot.store.state.records import SnapshotChange  # noqa: PLC0415 - a bot that only answers needs none of it

        if outcome is not None and outcome.limited:
            outcome = None  # all admins read this, not only those who may see what is counted in it
        totals = outcome.totals if outcome is not None else {}
        change = SnapshotChange(
            snapshot, datetime.now(UTC), actor.member, action, totals.get("added", 0), totals.get("changed", 0),
            totals.get("withdrawn", 0), len(outcome.conflicts) if outcome is not None else 0, seconds,
        )  # fmt: skip
        await self._remembered.keep("a change of snapshot", lambda state: state.history.add(change))

    @contextmanager
    def _alone(self, actor: Actor) -> Iterator[None]:
        """One at a time in this process; between processes the data folder's lock sees to it. Raises LoadBusy."""
        if self._running is not None:
            raise LoadBusy(self._settings.data, self._running.who, self._running.since)
        self._running = _Running(str(actor))
        try:
            yield
        finally:
            self._running = None

    def sees(self, actor: Actor | None) -> Asker:
        """Whose server it is sees what is limited to it or to its roles; the owners and the machine see everything."""
        if actor is None:
            return EVERYBODY
        if actor.member is None or actor.member in self._settings.owners:
            return OPERATOR
        return EVERYBODY if actor.server is None else Asker((Membership(actor.server, manages=True),))

    def _roll_back(self, number: int, actor: Actor) -> Kept:
        with keep.load_lock(self._settings.data, wait=False, who=str(actor)):
            path = keep.snapshot_folder(self._settings.data) / f"{number:04d}.sqlite"
            if path not in keep.history(self._settings.data):
                raise SnapshotError(path, "no such snapshot is kept")
            if not was_built_with(path, read_tombstones(self._settings.data)):
                raise SnapshotError(path, "it was made before somebody was removed")
            if shows_more(path, keep.history(self._settings.data)[-1]):
                raise SnapshotError(path, "it shows what has an audience since")
            kept = _one_kept(path, path)  # opened before it is put in force: it must be whole
            keep.rollback(self._settings.data, number)
        return kept


def member_of(who: str) -> int | None:
    """The Discord id in what a lock says of its holder; None: it is no member."""
    return int(who) if _ID.match(who) else None


def _summary(outcome: Outcome) -> str:
    totals = ", ".join(f"{count} {name}" for name, count in outcome.totals.items() if count) or "nothing new"
    wrong = len(outcome.problems)
    problems = f", {wrong} {'problem' if wrong == 1 else 'problems'}" if wrong else ""
    return f"{outcome.snapshot_id or 'nothing written'}: {totals}{problems}"


def _status(data: Path, asker: Asker, fault: str | None) -> Status:
    newest = keep.undone(data)
    damaged = newest is not None and is_damaged(newest)
    with closing(open_current(data, asker)) as snapshot:
        counts = {
            "documents": len(snapshot.documents()),
            "entities": snapshot.count_entities(),
            "facts": snapshot.count_facts(),
            "conflicts": len(conflicts(snapshot.connection)),
        }
        return Status(
            snapshot.id, snapshot.built_at, newest.stem if newest and not damaged else None,
            newest.stem if newest and damaged else None, counts, snapshot.counts(),
            tuple(snapshot.sources()), tuple(snapshot.problems()), fault,
        )  # fmt: skip


def _documents(data: Path, asker: Asker) -> list[str]:
    with closing(open_current(data, asker)) as snapshot:
        return snapshot.documents()


def _unlink(file: Path) -> None:
    from bot.ingest.documents.hints import SUFFIX  # noqa: PLC0415

    file.unlink(missing_ok=True)
    file.with_name(file.name + SUFFIX).unlink(missing_ok=True)


def _kept(data: Path) -> list[Kept]:
    found = []
    try:
        current: Path | None = keep.current_snapshot(data)
    except SnapshotError:
        current = None
    for path in reversed(keep.history(data)):
        try:
            found.append(_one_kept(path, current))
        except SnapshotError:  # not whole, or of another version: it cannot be put in force
            continue
    return found


def _one_kept(path: Path, current: Path | None) -> Kept:
    with closing(Snapshot.open(path)) as snapshot:
        return Kept(
            int(path.stem), snapshot.id, snapshot.built_at, snapshot.count_facts(), snapshot.count_entities(),
            path == current,
        )  # fmt: skip

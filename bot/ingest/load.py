"""From knowledge folders to the current snapshot: read what changed, check everything, then swap it in whole."""

import gc
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import bot
from bot.errors import KnowledgeError, SnapshotError
from bot.ingest.decisions import Decided, Judged, load_decisions
from bot.ingest.described import describe
from bot.ingest.extract.model import ModelReader
from bot.ingest.folder import Found, scan
from bot.ingest.full import Inputs, Progress, Spelt, build, checked
from bot.ingest.links.kept import documents, forget
from bot.ingest.outcome import Outcome
from bot.ingest.parse import FEW_COLLECTIONS, Parser
from bot.ingest.patch import MOST_DOCUMENTS, can_patch, patch
from bot.ingest.readers import Context
from bot.ingest.readers.field_words import field_words
from bot.ingest.readers.record_group import together
from bot.ingest.redact import source_without, without_names
from bot.ingest.sources import Declared, Fetch, entries_of_text, load_sources
from bot.ingest.survey import Survey, survey
from bot.ingest.tell import in_words, tell_changes, tell_nothing_new, without_removed
from bot.ingest.vocabulary_files import load_vocabulary
from bot.model.endpoint import Endpoint
from bot.model.problem import Problem
from bot.model.vocabulary import Vocabulary
from bot.paths import shipped
from bot.store import keep
from bot.store.build import Builder
from bot.store.coverage import CoverageQueries
from bot.store.previous import Previous
from bot.store.snapshot import Snapshot
from bot.store.swept import drop_others
from bot.store.tombstones import Tombstones, add_spellings, read_tombstones

_READS = (
    "ingest",
    "language",
    "model",
    "store",
)  # the code on which, with its words, the content of a snapshot depends


def load(
    folders: Sequence[Path],
    data_dir: Path,
    *,
    write: bool = True,
    wait: bool = True,
    unasked: bool = False,
    expected: str | None = None,
    who: str = "",
    fetch: Fetch = Fetch.NONE,
    private_links: bool = False,
    model: Endpoint | None = None,
    progress: Progress | None = None,
    inspect: Callable[[CoverageQueries], None] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Outcome:
    """Load the folders into the data folder; with `write=False` only check them.

    `inspect` may look into what every document says, before what is only checked is gone. What a rollback undid stays
    undone where the load is `unasked` and no document changed since. With `expected`, the basis of an earlier outcome,
    nothing is put in force unless just that is what there is to load. `who` is told to others that want to load
    meanwhile. `fetch` says which links are fetched first, on somebody's word; with `private_links` also from the own
    network.

    Raises KnowledgeError when no document can be loaded, SettingsError for a missing folder, VocabularyError,
    StateError where it cannot be told who was removed, and LoadBusy when another load is running and `wait` is False.
    The current snapshot stays whatever is raised; only if somebody was removed since, an empty one takes its place.
    """
    began = time.perf_counter()
    with ExitStack() as stack:
        stack.enter_context(_few_collections())
        if write:
            stack.enter_context(keep.load_lock(data_dir, wait=wait, who=who))
        previous = Previous.open(data_dir)
        if previous is not None:
            stack.callback(previous.close)
        removed = read_tombstones(data_dir)
        order = _Order(
            folders, data_dir, write, unasked, expected, fetch, private_links, model, progress or _say_nothing,
            inspect or _look_at_nothing, clock,
        )  # fmt: skip
        while True:
            try:
                outcome = _load(order, previous, removed)
            except Spelt as found:
                removed = removed.also(found.hashes)
                if write:
                    add_spellings(data_dir, found.hashes)
                order = replace(order, fetch=Fetch.NONE)
            else:
                break
        if outcome.snapshot_id is not None and (removed or (previous is not None and previous.removed)):
            drop_others(data_dir, removed)
    return replace(outcome, seconds=time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class _Order:
    """What `load` was asked for."""

    folders: Sequence[Path]
    data_dir: Path
    write: bool
    unasked: bool
    expected: str | None
    fetch: Fetch
    private_links: bool
    model: Endpoint | None
    progress: Progress
    look: Callable[[CoverageQueries], None]
    clock: Callable[[], datetime]


def _load(order: _Order, previous: Previous | None, removed: Tombstones) -> Outcome:
    """Load or check once. Raises what `load` does, and Spelt."""
    folders, data_dir = order.folders, order.data_dir
    decided = load_decisions(folders, previous.decided if previous else None).without(removed.names)
    inputs, described = _inputs(folders, previous, order.progress, decided, order.model, data_dir, removed)
    files, wrong = describe(scan(folders), described, inputs.vocabulary.kinds)
    linked, missing = _linked(described, data_dir, order.fetch, private=order.private_links)
    files = sorted([*files, *linked], key=lambda item: item.path)
    files = [item for item in files if not removed.names(item.path)]  # a document that is named after them
    problems = without_names([*described.problems, *decided.problems, *wrong, *missing], removed)
    kept = {
        "declared": described.without(removed.names).to_text(), "decided": inputs.decided, "removed": removed.digest,
    }  # fmt: skip
    try:
        if not files:
            raise KnowledgeError("no documents in " + ", ".join(map(str, folders)), problems)
        if previous is None or previous.inputs != inputs.fingerprint:
            found = Survey(files, None)
        else:
            found = survey(files, previous, inputs.progress, _together(inputs.vocabulary))
            found.decided = previous.decided != inputs.decided
        if order.unasked and previous is not None and _is_undone(data_dir, files, inputs):
            found = Survey(files, set())
        if previous is not None and found.nothing_new:
            outcome = tell_nothing_new(previous, found, problems)
            order.look(CoverageQueries(previous.connection))
        elif order.write:
            outcome = _write(inputs, found, previous, problems, kept, order)
            forget(described, data_dir)
        else:
            outcome = _check(inputs, found, previous, problems, order.look)
    except KnowledgeError:
        if order.write and previous is not None and previous.removed != removed.digest:
            _write_nothing(inputs, kept, order)
            drop_others(data_dir, removed)
        raise
    return in_words(outcome, inputs.vocabulary)


def _together(vocabulary: Vocabulary) -> Callable[[str], str | None]:
    """Data files that name records of each other are read again together."""
    return partial(together, words=field_words(vocabulary))


def _inputs(
    folders: Sequence[Path],
    previous: Previous | None,
    progress: Progress,
    decided: Decided,
    endpoint: Endpoint | None,
    data_dir: Path,
    removed: Tombstones,
) -> tuple[Inputs, Declared]:
    """Vocabulary and sources, and what is wrong with the latter; of a broken sources.yaml the last good version."""
    vocabulary = load_vocabulary(folders)
    declared = load_sources(folders, vocabulary.kinds, entries_of_text(previous.declared) if previous else None)
    sources = {
        key: source_without(source, removed)
        for key, source in declared.sources().items()
        if not removed.names(key)
    }  # fmt: skip
    read_with = f"{_code()} {vocabulary.model_dump_json()} {sorted(sources.items())} {removed.digest}"
    model: ModelReader | None = None
    if endpoint is not None:
        prompt = (shipped("prompts") / "extract" / "facts.md").read_text(encoding="utf-8")
        model = ModelReader(endpoint, vocabulary, prompt, data_dir / "model")
        read_with += f" {model.version}"
    fingerprint = hashlib.sha256(read_with.encode()).hexdigest()
    parser = Parser(Context(vocabulary, frozenset(declared.entries)), model, removed)
    judged = Judged(decided.decisions)
    inputs = Inputs(
        vocabulary,
        sources,
        parser,
        frozenset(vocabulary.function),
        fingerprint,
        progress,
        judged,
        decided.to_text(),
        removed,
    )
    return inputs, declared


def _linked(
    declared: Declared, data_dir: Path, fetch: Fetch, *, private: bool
) -> tuple[list[Found], list[Problem]]:  # fmt: skip
    """The links that are documents, those that are asked for fetched first."""
    if fetch is not Fetch.NONE and any(declared.links()):
        from bot.ingest.links.address import is_public, is_public_or_private  # noqa: PLC0415 - few loads need httpx
        from bot.ingest.links.fetch import Fetcher  # noqa: PLC0415
        from bot.ingest.links.refresh import refresh  # noqa: PLC0415

        refresh(declared, data_dir, fetch, Fetcher(is_public_or_private if private else is_public))
    return documents(declared, data_dir)


def _code() -> str:
    """What tells this version's way of reading from another's, so that an upgrade reads every document again."""
    package = Path(bot.__file__).parent
    digest = hashlib.sha256(bot.__version__.encode())
    files = [file for part in _READS for file in (package / part).rglob("*.py")]
    for file in sorted([*files, *(package / "vocabulary").rglob("*.yaml")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_undone(data_dir: Path, files: list[Found], inputs: Inputs) -> bool:
    """Whether the documents are still those of the snapshot that a rollback put out of force."""
    newest = keep.undone(data_dir)
    try:
        undone = Previous(Snapshot.open(newest)) if newest is not None else None
    except SnapshotError:
        return False
    if undone is None:
        return False
    with closing(undone):
        same = (undone.inputs, undone.decided) == (inputs.fingerprint, inputs.decided)
        return same and survey(files, undone, inputs.progress).nothing_new


def _basis(builder: Builder, inputs: Inputs, previous: Previous | None) -> str:
    """What tells these documents, compared with that snapshot, from any others; short enough for a button."""
    return builder.fingerprint(f"{previous.snapshot.id if previous else ''} {inputs.fingerprint}{inputs.decided}", 16)


def _check(
    inputs: Inputs,
    found: Survey,
    previous: Previous | None,
    problems: list[Problem],
    look: Callable[[CoverageQueries], None],
) -> Outcome:
    builder = Builder.create(None, inputs.stop)
    try:
        build(builder, inputs, found.files, found.changed, previous)
        outcome = without_removed(tell_changes(builder, found, previous, None, problems), inputs.removed)
        look(CoverageQueries(builder.connection))
        return replace(outcome, basis=_basis(builder, inputs, previous))
    finally:
        builder.close()


def _write(
    inputs: Inputs,
    found: Survey,
    previous: Previous | None,
    problems: list[Problem],
    kept: dict[str, str],
    order: _Order,
) -> Outcome:
    data_dir, expected = order.data_dir, order.expected
    with _scratch(data_dir) as path:
        documents: list[int] | None = None
        patched = _patched(inputs, found, previous, path)
        if patched is not None:
            builder, documents = patched
        else:
            builder = Builder.create(path, inputs.stop)
        try:
            if patched is None:
                build(builder, inputs, found.files, found.changed, previous)
            outcome = without_removed(tell_changes(builder, found, previous, documents, problems), inputs.removed)
            order.look(CoverageQueries(builder.connection))
            outcome = replace(outcome, basis=_basis(builder, inputs, previous))
            if expected is not None and outcome.basis != expected:
                return outcome
            if patched is None:
                inputs.progress(0, 1, "indexing")
                builder.index()
            id_ = _finish(builder, inputs, kept, order, analyze=patched is None)
        finally:
            builder.close()
        keep.publish(data_dir, path)
        return replace(outcome, snapshot_id=id_)


def _write_nothing(inputs: Inputs, kept: dict[str, str], order: _Order) -> None:
    """Put a snapshot without any document in force: the one before names somebody who was removed."""
    with _scratch(order.data_dir) as path:
        builder = Builder.create(path, inputs.stop)
        try:
            builder.index()
            _finish(builder, inputs, kept, order, analyze=True)
        finally:
            builder.close()
        keep.publish(order.data_dir, path)


def _finish(builder: Builder, inputs: Inputs, kept: dict[str, str], order: _Order, *, analyze: bool) -> str:
    """Complete a snapshot; its id."""
    id_ = f"{keep.next_number(order.data_dir):04d}-{builder.fingerprint(inputs.fingerprint + inputs.decided)}"
    meta = {"id": id_, "built_at": order.clock().isoformat(), "inputs": inputs.fingerprint, **kept}
    builder.finish({**meta, "vocabulary": inputs.vocabulary.model_dump_json()}, analyze=analyze)
    return id_


def _patched(
    inputs: Inputs, found: Survey, previous: Previous | None, path: Path
) -> tuple[Builder, list[int]] | None:  # fmt: skip
    """A copy of the old snapshot with the changed documents exchanged, and their ids, where that is enough."""
    if (
        previous is None
        or found.changed is None
        or found.removed
        or found.decided
        or len(found.changed) > MOST_DOCUMENTS
    ):
        return None
    parsed = []
    for file in (file for file in found.files if file.path in found.changed):
        parsed.append(checked(inputs.parser.parse(file)))
        if not can_patch(parsed[-1], previous):
            return None
    builder = Builder.copy(previous.path, path, inputs.stop)
    if patch(builder, inputs, parsed, previous):
        rows = (previous.document(item.path) for item in parsed)
        return builder, [row.id for row in rows if row is not None]
    builder.close()
    path.unlink()
    return None


@contextmanager
def _scratch(data_dir: Path) -> Iterator[Path]:
    """Where to build: a file that is gone afterwards if it was not put in force."""
    path = keep.scratch_file(data_dir)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles seldom, as in the processes that read: rows hold none, and there are many."""
    before = gc.get_threshold()
    gc.set_threshold(FEW_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _look_at_nothing(queries: CoverageQueries) -> None:
    pass


def _say_nothing(done: int, total: int, stage: str) -> None:
    pass

"""From knowledge folders to the current snapshot: read what changed, check everything, then swap it in whole."""

import gc
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.errors import KnowledgeError, SnapshotError
from bot.ingest.building.eyes import Eyes, problems_for
from bot.ingest.building.full import Inputs, Progress, Spelt
from bot.ingest.building.order import Order
from bot.ingest.building.publish import build_and_publish, build_and_tell, write_nothing
from bot.ingest.building.survey import Survey, survey, with_hidden
from bot.ingest.building.tell import in_words
from bot.ingest.decisions.file import Decided, Judged, load_decisions
from bot.ingest.documents.format import Context
from bot.ingest.documents.redact import source_without, without_names
from bot.ingest.extract.model import ModelReader
from bot.ingest.folder.audiences import load_audiences
from bot.ingest.folder.described import describe
from bot.ingest.folder.files import Found, scan
from bot.ingest.folder.sources import Declared, Fetch, entries_of_text, load_sources
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.links.kept import documents, forget
from bot.ingest.outcome import Outcome
from bot.ingest.parsing.parse import FEW_COLLECTIONS, Parser
from bot.ingest.parsing.version import code
from bot.ingest.readers.record.group import together
from bot.model.audience import OPERATOR, Asker, Audiences
from bot.model.endpoint import Endpoint
from bot.model.problem import Problem
from bot.paths import shipped
from bot.store import keep
from bot.store.coverage import CoverageQueries
from bot.store.previous import Previous
from bot.store.swept import drop_others
from bot.store.tombstones import Tombstones, add_spellings, read_tombstones


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
    asker: Asker = OPERATOR,
    progress: Progress | None = None,
    inspect: Callable[[CoverageQueries], None] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Outcome:
    """Load the folders into the data folder; with `write=False` only check them.

    `inspect` may look into what every document says, before what is only checked is gone. What a rollback undid stays
    undone where the load is `unasked` and no document changed since. With `expected`, the basis of an earlier outcome,
    nothing is put in force unless just that is what there is to load. `who` is told to others that want to load
    meanwhile. `fetch` says which links are fetched first, on somebody's word; with `private_links` also from the own
    network. The outcome tells no more than `asker` may see.

    Raises KnowledgeError when no document can be loaded or it cannot be told who may see what, SettingsError for a
    missing folder, VocabularyError, StateError where it cannot be told who was removed, and LoadBusy when another load
    is running and `wait` is False.
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
        order = Order(
            folders, data_dir, write, unasked, expected, fetch, private_links, model, asker, progress or _say_nothing,
            inspect or _look_at_nothing, clock,
        )  # fmt: skip
        while True:
            try:
                outcome = _load(order, previous, removed)
            except KnowledgeError as error:
                error.problems = tuple(problems_for(asker, error.problems, folders, previous))
                raise
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


def _load(order: Order, previous: Previous | None, removed: Tombstones) -> Outcome:
    """Load or check once. Raises what `load` does, and Spelt."""
    folders, data_dir = order.folders, order.data_dir
    audiences, limited_by = load_audiences(folders, previous.limited_by if previous else None)
    decided = load_decisions(folders, previous.decided if previous else None).without(removed.names)
    inputs, described = _inputs(order, previous, decided, audiences, removed)
    files, wrong = describe(scan(folders), described, inputs.vocabulary.kinds, audiences.defined)
    linked, missing = _linked(described, data_dir, order.fetch, private=order.private_links)
    files = sorted([*files, *linked], key=lambda item: item.path)
    if previous is not None:
        files = with_hidden(files, previous)
    files = [item for item in files if not removed.names(item.path)]  # a document that is named after them
    inputs.parser.close(files)
    problems = without_names([*described.problems, *decided.problems, *wrong, *missing], removed)
    kept = {
        "declared": described.without(removed.names).to_text(), "decided": inputs.decided, "removed": removed.digest,
        "limited_by": limited_by,
    }  # fmt: skip
    eyes = Eyes(order.asker, audiences, described.limits())
    try:
        if not files:
            raise KnowledgeError("no documents in " + ", ".join(map(str, folders)), problems)
        if previous is None or previous.inputs != inputs.fingerprint:
            found = Survey(files, None)
        else:
            found = survey(files, previous, inputs.progress, partial(together, vocabulary=inputs.vocabulary))
            found.decided = previous.decided != inputs.decided
        if order.unasked and previous is not None and _is_undone(data_dir, files, inputs):
            found = Survey(files, set())
        if previous is not None and found.nothing_new:
            outcome = eyes.tell_nothing_new(previous, found, problems)
            order.look(CoverageQueries(previous.connection))
        elif order.write:
            outcome = build_and_publish(inputs, found, previous, problems, kept, order, eyes)
            forget(described, data_dir)
        else:
            outcome = build_and_tell(inputs, found, previous, problems, order.look, eyes)
    except KnowledgeError:
        if order.write and previous is not None and previous.removed != removed.digest:
            write_nothing(inputs, kept, order)
            drop_others(data_dir, removed)
        raise
    return in_words(outcome, inputs.vocabulary)


def _inputs(
    order: Order, previous: Previous | None, decided: Decided, audiences: Audiences, removed: Tombstones
) -> tuple[Inputs, Declared]:
    """Vocabulary and sources, and what is wrong with the latter; of a broken sources.yaml the last good version."""
    folders, endpoint = order.folders, order.model
    vocabulary = load_vocabulary(folders)
    last = entries_of_text(previous.declared) if previous else None
    declared = load_sources(folders, vocabulary.kinds, last, audiences.defined)
    limited = declared.limits()
    sources = {
        key: source_without(source, removed)
        for key, source in declared.sources().items()
        if not removed.names(key)
    }  # fmt: skip
    read_with = f"{code()} {vocabulary.model_dump_json()} {sorted(sources.items())} {removed.digest}"
    if audiences or limited:
        read_with += f" {audiences.to_text()} {sorted(limited.items())}"
    model: ModelReader | None = None
    if endpoint is not None:
        prompt = (shipped("prompts") / "extract" / "facts.md").read_text(encoding="utf-8")
        model = ModelReader(endpoint, vocabulary, prompt, order.data_dir / "model")
        read_with += f" {model.version}"
    fingerprint = hashlib.sha256(read_with.encode()).hexdigest()
    context = Context(vocabulary, frozenset(declared.entries), frozenset(audiences.defined))
    parser = Parser(context, model, removed, limited)
    judged = Judged(decided.decisions)
    inputs = Inputs(
        vocabulary,
        sources,
        parser,
        frozenset(vocabulary.function),
        fingerprint,
        order.progress,
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


def _is_undone(data_dir: Path, files: list[Found], inputs: Inputs) -> bool:
    """Whether the documents are still those of the snapshot that a rollback put out of force."""
    newest = keep.undone(data_dir)
    try:
        undone = Previous.of(newest) if newest is not None else None
    except SnapshotError:
        return False
    if undone is None:
        return False
    with closing(undone):
        same = (undone.inputs, undone.decided) == (inputs.fingerprint, inputs.decided)
        return same and survey(files, undone, inputs.progress).nothing_new


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

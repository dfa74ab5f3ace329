"""A snapshot built, told about and put in force, or only built and told about; reads neither folders nor settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from bot.ingest.building.eyes import Eyes
from bot.ingest.building.full import Inputs, build, checked
from bot.ingest.building.order import Order
from bot.ingest.building.patch import MOST_DOCUMENTS, can_patch, patch
from bot.ingest.building.survey import Survey
from bot.ingest.building.tell import without_removed
from bot.ingest.building.views import write_views
from bot.ingest.outcome import Outcome
from bot.model.problem import Problem
from bot.store import keep
from bot.store.build import Builder
from bot.store.connection import on_disk
from bot.store.coverage import CoverageQueries
from bot.store.previous import Previous


def build_and_publish(
    inputs: Inputs,
    found: Survey,
    previous: Previous | None,
    problems: list[Problem],
    kept: dict[str, str],
    order: Order,
    eyes: Eyes,
) -> Outcome:
    """Build the snapshot and put it in force, unless another one is expected. Raises KnowledgeError, and Spelt."""
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
            told = eyes.tell_changes(builder, inputs, found, previous, documents, problems)
            outcome = without_removed(told, inputs.removed)
            order.look(CoverageQueries(builder.connection))
            outcome = replace(outcome, basis=_basis(builder, inputs, previous, eyes))
            if expected is not None and outcome.basis != expected:
                return outcome
            if patched is None:
                inputs.progress(0, 1, "indexing")
                builder.index()
            id_ = _finish(builder, path, inputs, kept, order, eyes, analyze=patched is None)
        finally:
            builder.close()
        keep.publish(data_dir, path)
        return replace(outcome, snapshot_id=id_)


def write_nothing(inputs: Inputs, kept: dict[str, str], order: Order) -> None:
    """Put a snapshot without any document in force: the one before names somebody who was removed."""
    with _scratch(order.data_dir) as path:
        builder = Builder.create(path, inputs.stop)
        try:
            builder.index()
            builder.finish(_meta(builder, inputs, kept, order), analyze=True)
        finally:
            builder.close()
        keep.publish(order.data_dir, path)


def build_and_tell(
    inputs: Inputs,
    found: Survey,
    previous: Previous | None,
    problems: list[Problem],
    look: Callable[[CoverageQueries], None],
    eyes: Eyes,
) -> Outcome:
    """What a load would do, without a file. Raises KnowledgeError, and Spelt."""
    builder = Builder.create(None, inputs.stop)
    try:
        with on_disk(Path(gettempdir())):
            build(builder, inputs, found.files, found.changed, previous)
        outcome = without_removed(eyes.tell_changes(builder, inputs, found, previous, None, problems), inputs.removed)
        look(CoverageQueries(builder.connection))
        return replace(outcome, basis=_basis(builder, inputs, previous, eyes))
    finally:
        builder.close()


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


def _finish(
    builder: Builder, path: Path, inputs: Inputs, kept: dict[str, str], order: Order, eyes: Eyes, *, analyze: bool
) -> str:
    """Complete a snapshot, and where not everybody may see all of it, what each may; its id."""

    def meta_of(one: Builder) -> dict[str, str]:
        return _meta(one, inputs, kept, order)

    if builder.limits_anything:
        return write_views(builder, path, inputs, eyes.limited, eyes.audiences, meta_of, analyze=analyze)
    meta = meta_of(builder)
    builder.finish(meta, analyze=analyze)
    return meta["id"]


def _meta(builder: Builder, inputs: Inputs, kept: dict[str, str], order: Order) -> dict[str, str]:
    """What a snapshot says of itself."""
    id_ = f"{keep.next_number(order.data_dir):04d}-{builder.fingerprint(inputs.fingerprint + inputs.decided)}"
    meta = {"id": id_, "built_at": order.clock().isoformat(), "inputs": inputs.fingerprint, **kept}
    # What data files call their fields is of no use to answers; nor is what goes without saying.
    vocabulary = inputs.vocabulary.model_dump_json(exclude={"collections", "fields"}, exclude_defaults=True)
    return {**meta, "vocabulary": vocabulary}


def _basis(builder: Builder, inputs: Inputs, previous: Previous | None, eyes: Eyes) -> str:
    """What tells these documents, compared with that snapshot, from any others; short enough for a button."""
    before = f"{previous.snapshot.id if previous else ''} {inputs.fingerprint}{inputs.decided}{eyes.mark}"
    return builder.fingerprint(before, 16)


@contextmanager
def _scratch(data_dir: Path) -> Iterator[Path]:
    """Where to build: a file that is gone afterwards if it was not put in force."""
    path = keep.scratch_file(data_dir)
    try:
        with on_disk(path.parent):
            yield path
    finally:
        keep.drop(path)

"""From knowledge folders to the current snapshot: what changed is read, everything is checked, then it is swapped in."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import KnowledgeError
from bot.ingest.folder import Found, read_content, scan
from bot.ingest.full import Inputs, Progress, build
from bot.ingest.outcome import Outcome
from bot.ingest.parse import Parsed, Parser
from bot.ingest.patch import MOST_DOCUMENTS, can_patch, patch
from bot.ingest.plan import KEPT, Plan, plan
from bot.ingest.readers import Context
from bot.ingest.sources import load_sources
from bot.ingest.vocabulary_files import load_vocabulary
from bot.model.problem import Problem
from bot.store import diff, keep
from bot.store.build import Builder
from bot.store.previous import Before, Previous
from bot.store.schema import SCHEMA_VERSION
from bot.store.snapshot import problems_of_text

_READS_AS = 1  # raise it when readers read the same document differently than before


def load(
    folders: Sequence[Path], data_dir: Path, *, write: bool = True, wait: bool = True,
    progress: Progress | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Outcome:  # fmt: skip
    """Load the folders into the data folder; with `write=False` only check them.

    Raises KnowledgeError when no document can be loaded, SettingsError for a missing folder, VocabularyError, and
    LoadBusy when another load is running and `wait` is False. The current snapshot stays whatever is raised.
    """
    return _Load(folders, data_dir, write, progress or (lambda done, total, stage: None), clock).run(wait)


@dataclass(slots=True)
class _Survey:
    """Which documents there are and which are not as they were; `changed` None: all have to be read."""

    files: list[Found]
    changed: set[str] | None
    removed: int = 0

    @property
    def nothing_new(self) -> bool:
        return self.changed is not None and not self.changed and not self.removed


class _Load:
    def __init__(
        self, folders: Sequence[Path], data_dir: Path, write: bool, progress: Progress, clock: Callable[[], datetime]
    ) -> None:
        self._folders = [Path(folder) for folder in folders]
        self._data = data_dir
        self._write = write
        self._progress = progress
        self._clock = clock
        self._began = time.perf_counter()

    def run(self, wait: bool) -> Outcome:
        with ExitStack() as stack:
            if self._write:
                stack.enter_context(keep.load_lock(self._data, wait=wait))
            previous = Previous.open(self._data)
            if previous is not None:
                stack.callback(previous.close)
            inputs, problems = self._inputs(previous)
            survey = self._survey(inputs, previous)
            if survey.nothing_new and previous is not None:
                return self._unchanged(previous, survey, problems)
            return self._changed(inputs, survey, previous, problems)

    def _inputs(self, previous: Previous | None) -> tuple[Inputs, list[Problem]]:
        vocabulary = load_vocabulary(self._folders)
        sources, problems, broken = load_sources(self._folders)
        if broken and previous is not None:
            paths = set(previous.snapshot.documents())
            old = {source.key: source for source, _ in previous.snapshot.sources() if source.key not in paths}
            sources = old | sources
        read_with = f"{SCHEMA_VERSION} {_READS_AS} {vocabulary.model_dump_json()} {sorted(sources.items())}"
        fingerprint = hashlib.sha256(read_with.encode()).hexdigest()
        parser = Parser(Context(vocabulary, frozenset(sources)))
        stop = frozenset(vocabulary.function)
        return Inputs(vocabulary, sources, parser, stop, fingerprint, self._progress), problems

    def _survey(self, inputs: Inputs, previous: Previous | None) -> _Survey:
        """Compare the bytes of every document with those it was read from last."""
        files = scan(self._folders)
        if not files:
            raise KnowledgeError("no documents in " + ", ".join(map(str, self._folders)))
        if previous is None or previous.inputs != inputs.fingerprint:
            return _Survey(files, None)
        survey = _Survey(files, set())
        assert survey.changed is not None
        old: Iterator[Before] = previous.documents()
        before = next(old, None)
        for done, found in enumerate(files, start=1):
            while before is not None and before.path < found.path:
                survey.removed += 1
                before = next(old, None)
            if before is None or before.path != found.path:
                survey.changed.add(found.path)
                continue
            if read_content(found.file).sha256 != before.sha256:
                survey.changed.add(found.path)
            before = next(old, None)
            if not done % 256:
                self._progress(done, len(files), "comparing")
        survey.removed += (before is not None) + sum(1 for _ in old)
        return survey

    def _unchanged(self, previous: Previous, survey: _Survey, problems: list[Problem]) -> Outcome:
        seen = _Seen.of(previous.documents())
        if not seen.loaded:
            raise KnowledgeError("no document could be loaded", [*problems, *seen.problems])
        conflicts = diff.conflicts(previous.connection)
        meta = previous.snapshot.meta
        return Outcome(
            conflicts=tuple(conflicts), problems=(*problems, *seen.problems), not_understood=tuple(seen.unread),
            kept=tuple(seen.kept), totals=Plan().totals, unchanged_documents=len(survey.files),
            counts={"documents": len(survey.files), "entities": int(meta["entities"]), "facts": int(meta["facts"])},
            seconds=time.perf_counter() - self._began, nothing_loaded=True,
        )  # fmt: skip

    def _changed(
        self, inputs: Inputs, survey: _Survey, previous: Previous | None, problems: list[Problem]
    ) -> Outcome:  # fmt: skip
        with self._scratch() as path, ExitStack() as stack:
            patched = self._patched(inputs, survey, previous, path)
            if patched is not None:
                builder, documents = patched
                stack.callback(builder.close)
            else:
                documents = None
                builder = Builder.create(path, inputs.stop)
                stack.callback(builder.close)
                build(builder, inputs, survey.files, survey.changed, previous)
            seen = _Seen.of(Before._make(row) for row in builder.document_rows())
            if not seen.loaded:
                raise KnowledgeError("no document could be loaded", [*problems, *seen.problems])
            outcome = self._outcome(builder, survey, previous, documents, seen, problems)
            if path is None:
                return outcome(None)
            if documents is None:
                self._progress(0, 1, "indexing")
                builder.index()
            number = keep.next_number(self._data)
            id_ = f"{number:04d}-{builder.fingerprint(inputs.fingerprint)}"
            builder.finish({
                "id": id_, "built_at": self._clock().isoformat(), "inputs": inputs.fingerprint,
                "vocabulary": inputs.vocabulary.model_dump_json(),
            })  # fmt: skip
            if documents is None:
                builder.analyze()
            builder.close()
            keep.publish(self._data, path)
            return outcome(id_)

    def _patched(
        self, inputs: Inputs, survey: _Survey, previous: Previous | None, path: Path | None
    ) -> tuple[Builder, list[int]] | None:
        """A copy of the old snapshot with the changed documents exchanged, and their ids, where that is enough."""
        if previous is None or path is None or survey.changed is None or survey.removed:
            return None
        if len(survey.changed) > MOST_DOCUMENTS:
            return None
        parsed: list[Parsed] = []
        for found in survey.files:
            if found.path in survey.changed:
                parsed.append(inputs.parser.parse(found))
                if not can_patch(parsed[-1], previous):
                    return None
        builder = Builder.copy(previous.path, path, inputs.stop)
        if patch(builder, inputs, parsed, previous):
            rows = [previous.document(item.path) for item in parsed]
            return builder, [row.id for row in rows if row is not None]
        builder.close()
        path.unlink()
        return None

    def _outcome(
        self, builder: Builder, survey: _Survey, previous: Previous | None, documents: list[int] | None, seen: "_Seen",
        problems: list[Problem],
    ) -> Callable[[str | None], Outcome]:  # fmt: skip
        """Everything that is to be told but the id of the snapshot; asked before the old one is replaced."""
        new = builder.connection
        changes = Plan()
        if previous is not None:
            changes = plan(diff.hashes(previous.connection, documents), diff.hashes(new, documents))
        else:
            changes.added = builder.first_facts(KEPT)
            changes.totals["added"] = builder.count("fact")
        come = {fact.id: fact for fact in diff.shown(new, [*changes.added, *(pair[1] for pair in changes.changed)])}
        gone: dict[int, diff.ShownFact] = {}
        known: set[object] = set()
        if previous is not None:
            old = [*changes.withdrawn, *(pair[0] for pair in changes.changed)]
            gone = {fact.id: fact for fact in diff.shown(previous.connection, old)}
            known = {_which(conflict) for conflict in diff.conflicts(previous.connection)}
        conflicts = diff.conflicts(new)
        read = len(survey.files) if survey.changed is None else len(survey.changed)
        counts = {"documents": len(survey.files), "entities": builder.count("entity"), "facts": builder.count("fact")}

        def outcome(id_: str | None) -> Outcome:
            return Outcome(
                added=tuple(sorted((come[fact] for fact in changes.added), key=_place)),
                changed=tuple(sorted(((gone[one], come[two]) for one, two in changes.changed), key=lambda p: _place(p[1]))),
                withdrawn=tuple(sorted((gone[fact] for fact in changes.withdrawn), key=_place)),
                conflicts=tuple(conflicts),
                new_conflicts=tuple(item for item in conflicts if _which(item) not in known),
                problems=(*problems, *seen.problems), not_understood=tuple(seen.unread), kept=tuple(seen.kept),
                totals=changes.totals, counts=counts, unchanged_documents=len(survey.files) - read, read_documents=read,
                seconds=time.perf_counter() - self._began, snapshot_id=id_,
            )  # fmt: skip

        return outcome

    @contextmanager
    def _scratch(self) -> Iterator[Path | None]:
        """Where to build: None for a check, which leaves nothing behind; else a file that is gone if it is not used."""
        if not self._write:
            yield None
            return
        path = keep.scratch_file(self._data)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


@dataclass(slots=True)
class _Seen:
    """The documents of a snapshot by how they fared."""

    loaded: int
    problems: list[Problem]
    unread: list[str]
    kept: list[str]

    @classmethod
    def of(cls, documents: Iterator[Before]) -> "_Seen":
        seen = cls(0, [], [], [])
        for row in documents:
            seen.loaded += row.state == "loaded"
            if row.state == "unread":
                seen.unread.append(row.path)
            if row.state == "kept":
                seen.kept.append(row.path)
            if row.problems != "[]":
                seen.problems += problems_of_text(row.path, row.problems)
        return seen


def _which(conflict: diff.ShownConflict) -> object:
    return conflict.subject, conflict.property, conflict.statements


def _place(fact: diff.ShownFact) -> tuple[str, int, int]:
    return fact.document, fact.line, fact.id

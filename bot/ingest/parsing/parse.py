"""Documents to packed readings, one after the other or in processes of their own; a document can only break itself."""

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Self

from bot.ingest.documents.blocks import Page
from bot.ingest.documents.format import Context, Hints, Raw
from bot.ingest.documents.hints import limits_in_head, with_front_matter
from bot.ingest.documents.limited import Version, limited_to, names_within, versions_of
from bot.ingest.documents.reading import Reading, pack
from bot.ingest.documents.redact import redact, without_names
from bot.ingest.extract.main_titles import with_main_titles
from bot.ingest.extract.model import ModelReader
from bot.ingest.extract.page import extract
from bot.ingest.extract.page_data import with_data, with_subject
from bot.ingest.extract.prose.fields import with_prose
from bot.ingest.folder.files import Found, read_content
from bot.ingest.parsing import formats
from bot.model.audience import NOBODY, Limits
from bot.model.problem import Problem
from bot.store.tombstones import Tombstones

POOL_FROM = 200  # documents; below, starting processes takes longer than reading
FEW_COLLECTIONS = 10_000  # objects between two: a tenth of the time went into looking, and few readers leave cycles
_CHUNK = 50


class Parsed(NamedTuple):
    """A document that was read. `head` and `body` are None where nothing of it can be loaded."""

    path: str
    sha256: bytes
    size: int
    mtime_ns: int
    understood: bool  # a reader took it
    problems: tuple[Problem, ...] = ()
    head: bytes | None = None
    body: bytes | None = None
    spellings: frozenset[str] = frozenset()  # further names of the removed, as hashes
    limits: Limits = ()  # who may see it
    within: tuple[str, ...] = ()  # the audiences to which single facts of it are limited
    versions: tuple[Version, ...] = ()  # what it says to those who are not in all of these


def read_document(raw: Raw, context: Context) -> Reading | None:
    """What the first reader that takes a document makes of it; None if none does."""
    reader = next((reader for reader in formats.READERS if reader.accepts(raw)), None)
    if reader is None:
        return None
    read = reader.read(raw, context)
    if isinstance(read, Page):
        read = with_data(raw, extract(with_subject(raw, read, context), read, context), context)
    else:
        read = with_prose(raw, read, context)
    return with_main_titles(read)


class Parser:
    """Reads documents in one vocabulary. Small enough to be sent to another process."""

    def __init__(
        self,
        context: Context,
        model: ModelReader | None = None,
        removed: Tombstones | None = None,
        limited: Mapping[str, Limits] | None = None,
    ) -> None:
        """`model` is asked for suggestions beyond what is read; nothing is read of those who were `removed`.

        `limited` are the sources that not everybody may see, and with them what rests on them.
        """
        self._removed = removed
        self._limited = limited or {}
        self._closed: dict[str, dict[str, Limits]] = {}
        self._context = context
        self._model = model
        self._stop = frozenset(context.vocabulary.function)
        properties = context.vocabulary.properties.items()
        self._identifying = frozenset(name for name, known in properties if known.identifies)

    def parse(self, found: Found) -> Parsed:
        """Read one document; never raises for what stands in it."""
        content = read_content(found)
        same = (found.path, content.sha256, content.size, content.mtime_ns)
        if content.error:
            return Parsed(*same, understood=True, problems=(Problem(found.path, 1, content.error),))
        said = found.said
        if said is not None and said.blocked:
            return Parsed(*same, understood=True, limits=said.hints.limits)
        hints = said.hints if said is not None else Hints()
        about = hints.about
        folder = os.path.dirname(found.file)  # noqa: PTH120 (as in folder.py)
        raw = Raw(found.path, content.data, hints, folder, self._closed_to(folder, hints.limits))
        audiences = self._context.audiences
        limits, wrong = limits_in_head(raw, audiences) if said is None or not said.fetched else ((), [])
        limits = (*hints.limits, *limits)
        if wrong:
            return Parsed(*same, understood=True, problems=tuple(wrong), limits=NOBODY)
        if not formats.PROFILES.accepts(raw):  # the front matter of a profile is its facts, read as such
            raw = with_front_matter(raw, self._context.vocabulary.kinds)
        if said is None or not said.fetched:
            about = raw.hints.about
        try:
            reading = read_document(raw, self._context)
        except Exception as error:  # noqa: BLE001 (a reader's own mistake must not keep the other documents from loading)
            reading = Reading(problems=(Problem(found.path, 1, f"the reader failed: {type(error).__name__}"),))
        if reading is None:
            return Parsed(*same, understood=False)
        if not reading.whole:
            limits = (*limits, *limits_in_head(raw, audiences, broken=True)[0])
            problems = without_names(reading.problems, self._removed) if self._removed else reading.problems
            return Parsed(*same, understood=True, problems=tuple(problems), limits=limits)
        if self._model is not None:
            reading = self._model.with_suggestions(raw, content.sha256, reading)
        if said is not None and said.key and reading.source is not None:
            reading = replace(reading, source=replace(reading.source, key=said.key, note=said.note))
        return self._packed(Parsed(*same, True, limits=limits), reading, about)

    def _packed(self, parsed: Parsed, reading: Reading, about: str | None) -> Parsed:
        """A document with what it says, without those who were removed, to everybody and to those who see less."""
        spellings: frozenset[str] = frozenset()
        if self._removed:
            reading, spellings = redact(reading, self._removed)
            about = None if self._removed.names(about) else about
        reading = limited_to(reading, self._limited)

        def packed(what: Reading) -> tuple[bytes, bytes]:
            return pack(what, self._stop, self._identifying, about)

        head, body = packed(reading)
        within = names_within(reading)
        versions = versions_of(reading, within, packed) if within else ()
        return parsed._replace(
            problems=reading.problems, head=head, body=body, spellings=spellings, within=within, versions=versions
        )

    def close(self, documents: Iterable[Found]) -> None:
        """Let no document name anything of these files beside it, unless it is for the same eyes."""
        for found in documents:
            if found.said is not None and found.said.hints.limits:
                folder, name = os.path.split(found.file)
                self._closed.setdefault(folder, {})[name] = found.said.hints.limits

    def _closed_to(self, folder: str, limits: Limits) -> frozenset[str]:
        closed = self._closed.get(folder)
        return frozenset(name for name, other in closed.items() if other != limits) if closed else frozenset()

    def parse_all(self, documents: Sequence[Found]) -> Iterator[Parsed]:
        """Read documents, in their order; many of them in as many processes as there are processors."""
        if len(documents) <= POOL_FROM:
            yield from map(self.parse, documents)
            return
        chunks = (documents[start : start + _CHUNK] for start in range(0, len(documents), _CHUNK))
        with _Pool(self, os.cpu_count() or 1) as pool:
            for chunk, parsed in pool.map(chunks):
                yield from parsed if parsed is not None else self._parse_apart(chunk)

    def _parse_apart(self, chunk: Sequence[Found]) -> Iterator[Parsed]:
        """Read documents one of which ended its process: each in a process that may end."""
        for found in chunk:
            with _Pool(self, 1) as pool:
                for _, parsed in pool.map([[found]]):
                    yield from parsed if parsed is not None else [_crashed(found)]


class _Pool:
    """Processes that read chunks of documents. Where none can be started, everything is read here."""

    def __init__(self, parser: Parser, size: int) -> None:
        self._parser = parser
        self._size = size
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop()

    def map(
        self, chunks: Iterator[Sequence[Found]] | list[list[Found]]
    ) -> Iterator[tuple[Sequence[Found], list[Parsed] | None]]:
        """Each chunk with its documents read, in order; None for one whose process ended. Few are under way at once."""
        waiting = iter(chunks)
        under_way: deque[tuple[Sequence[Found], Future[list[Parsed]] | None]] = deque()
        while True:
            under_way.extend(
                (chunk, self._submit(chunk)) for chunk in islice(waiting, 2 * self._size + 1 - len(under_way))
            )
            if not under_way:
                return
            chunk, future = under_way.popleft()
            if future is None:
                yield chunk, [self._parser.parse(found) for found in chunk]
                continue
            try:
                yield chunk, future.result()
            except BrokenProcessPool:
                yield chunk, None
                self._stop()
                self._start()
                again = [(lost, self._submit(lost)) for lost, _ in under_way]
                under_way = deque(again)

    def _start(self) -> None:
        executor = ProcessPoolExecutor(
            self._size, get_context(_way_to_start()), initializer=_begin, initargs=(self._parser,)
        )  # fmt: skip
        try:
            executor.submit(_ready).result()
        except (BrokenProcessPool, OSError):  # no process can be started here: a console without a main module, limits
            executor.shutdown(wait=False, cancel_futures=True)
            return
        self._executor = executor

    def _stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _submit(self, chunk: Sequence[Found]) -> "Future[list[Parsed]] | None":
        return None if self._executor is None else self._executor.submit(_parse_chunk, chunk)


_parser: Parser | None = None  # of this process, set once when it starts


def _way_to_start() -> str:
    """A copy of this process where that is safe, for it is there at once; a fresh one beside threads, as in the bot."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _begin(parser: Parser) -> None:
    """Set up a process that reads; it ends when the one that started it does, even if that was killed."""
    global _parser  # noqa: PLW0603 (the only way to hand something to a process for all its work)
    _parser = parser
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    gc.freeze()
    gc.set_threshold(FEW_COLLECTIONS)


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _ready() -> None:
    """Nothing; returns when a process has started."""


def _parse_chunk(chunk: Sequence[Found]) -> list[Parsed]:
    parser = _parser
    return [parser.parse(found) for found in chunk] if parser is not None else []


def _crashed(found: Found) -> Parsed:
    content = read_content(found)
    problem = Problem(found.path, 1, "reading it ended its process; it is left out")
    return Parsed(found.path, content.sha256, content.size, content.mtime_ns, understood=True, problems=(problem,))

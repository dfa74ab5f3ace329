"""The one door of every surface: ask, reload, suggest names. Knows of an asker what they may see, and no more."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import closing
from copy import copy
from datetime import date
from typing import Self, TypeVar

from bot.answers.deciding.requests import entity_of
from bot.answers.engine import Answerer, Prompts
from bot.answers.evidence import located
from bot.answers.suggest import suggest
from bot.errors import KnowledgeError, SnapshotError
from bot.ingest.apart import Job, load_apart
from bot.ingest.outcome import Outcome
from bot.language.tokens import name_key
from bot.model.answer import Introduction, Reply, Turn
from bot.model.audience import EVERYBODY, Asker
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.request import Request
from bot.model.vocabulary import Vocabulary
from bot.paths import shipped
from bot.settings import Settings
from bot.store.fallback import fall_back
from bot.store.reader import SnapshotReader
from bot.store.snapshot import Snapshot
from bot.store.views import open_current

Progress = Callable[[int, int, str], None]
_T = TypeVar("_T")
_BRIEF = 300  # characters of a question that takes milliseconds at most to be read
_MOST_VIEWS = 6  # of one snapshot whose words are held in memory


class Assistant:
    """Answers from the current snapshot and reloads it; open one with `Assistant.open` and close it."""

    def __init__(self, settings: Settings, reader: SnapshotReader, prompts: Prompts, today: Callable[[], date]) -> None:
        self._settings = settings
        self._reader = reader
        self._prompts = prompts
        self._today = today
        self.outcome: Outcome | None = None  # of the load at the start; None: it failed, an earlier snapshot answers
        self.on_snapshot: Callable[[Snapshot], None] | None = None  # called, in another thread, with each new one
        self._answerers: dict[Snapshot, Answerer] = {}  # of the snapshot in force, and of what others see of it
        self._asker = EVERYBODY

    @classmethod
    async def open(
        cls, settings: Settings, today: Callable[[], date] = date.today, progress: Progress | None = None
    ) -> Self:
        """Load the knowledge first if there is no snapshot or a document changed.

        Where nothing can be loaded, an earlier snapshot goes on answering. Raises KnowledgeError, PromptError.
        """
        from bot.ingest.load import load  # noqa: PLC0415 - who has documents read apart is spared the readers

        prompts = Prompts(shipped("prompts"))
        await asyncio.to_thread(_fall_back, settings)
        outcome: Outcome | None = None
        failure: KnowledgeError | None = None
        try:
            outcome = await asyncio.to_thread(
                load,
                settings.knowledge,
                settings.data,
                unasked=True,
                who="the machine",
                progress=progress,
                model=settings.endpoint,
            )
        except KnowledgeError as error:
            failure = error
        try:
            reader = await SnapshotReader.open(settings.data)
        except SnapshotError:
            if failure is not None:
                raise failure from None
            raise
        assistant = cls(settings, reader, prompts, today)
        assistant.outcome = outcome
        return assistant

    @classmethod
    async def resume(cls, settings: Settings, today: Callable[[], date] = date.today) -> Self:
        """Answer at once from what was loaded last; documents are read first only where nothing ever was.

        `refresh` then takes in what changed meanwhile. Raises KnowledgeError, PromptError.
        """
        prompts = Prompts(shipped("prompts"))
        await asyncio.to_thread(_fall_back, settings)
        try:
            reader = await SnapshotReader.open(settings.data)
        except SnapshotError:
            await load_apart(
                Job(settings.knowledge, settings.data, write=True, unasked=True, wait=True, model=settings.endpoint)
            )
            reader = await SnapshotReader.open(settings.data)
        return cls(settings, reader, prompts, today)

    async def refresh(self) -> Outcome:
        """Take in what changed in the documents, read in a process of its own, and tell what everybody may know of it.

        Raises KnowledgeError.
        """
        settings = self._settings
        job = Job(
            settings.knowledge,
            settings.data,
            write=True,
            unasked=True,
            wait=True,
            model=settings.endpoint,
            asker=EVERYBODY,  # for the log tells of it
        )
        self.outcome = await load_apart(job)
        return self.outcome

    def seen_by(self, asker: Asker) -> Self:
        """The same for somebody who may see more than everybody; with it goes the duty to tell nobody else."""
        if asker == self._asker:
            return self
        other = copy(self)
        other._asker = asker  # noqa: SLF001 - it is one of us
        return other

    async def servers(self) -> frozenset[int]:
        """The servers whose members may see more than others."""
        return await self._reader.read(lambda snapshot: snapshot.audiences.servers)

    async def audiences(self) -> frozenset[str]:
        """The names of the audiences to which anything is limited."""
        return await self._reader.read(lambda snapshot: frozenset(snapshot.audiences.defined))

    async def sees_more(self) -> bool:
        """Whether this sees anything that not everybody may."""
        return await self._read(lambda snapshot: bool(snapshot.seen_by))

    async def close(self) -> None:
        """Close the snapshot."""
        await self._reader.close()

    async def look(self) -> None:
        """Find out which snapshot is in force, without waiting for a question."""
        await self._read(self._answerer_for)

    async def ask(self, question: str, turn: Turn | None = None) -> Reply:
        """The reply to any text; `turn` is the one before, which a follow-up leans on."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).answer(question, turn), question)

    async def perform(self, request: Request, turn: Turn | None = None, *, whole: bool = False) -> Reply:
        """The reply to a request; `whole`: with all of its lists, which may be longer than one message."""

        def answer(snapshot: Snapshot) -> Reply:
            answerer = self._answerer_for(snapshot)
            return (answerer.whole if whole else answerer).perform(request, turn)

        return await self._read(answer, *() if whole else request.words)

    async def settled(self, request: Request) -> Request:
        """The request with each name that means one entity replaced by its handle."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).settled(request))

    async def mentioned(self, text: str) -> list[Entity]:
        """The entities that a text names, in their order."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).mentioned(text))

    async def suggest(self, typed: str, kinds: Collection[str] = (), limit: int = 25) -> list[Entity]:
        """Entities of these kinds (none: any) that may be meant by what was typed so far, the likeliest first."""
        return await self._read(lambda snapshot: suggest(snapshot, typed, kinds, limit))

    async def entity(self, handle: str) -> Entity | None:
        """The entity of a handle; None where it is not recorded, or not any more."""
        return await self._read(lambda snapshot: entity_of(snapshot, handle))

    async def located(self, locators: Collection[str]) -> list[Fact]:
        """A fact for each place that a button names and that is still in the documents."""
        return await self._read(lambda snapshot: located(snapshot, locators))

    async def vocabulary(self) -> Vocabulary:
        """The kinds and properties of the current snapshot."""
        return await self._read(lambda snapshot: snapshot.vocabulary)

    async def years(self) -> list[int]:
        """The years in which an event took place, the latest first."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).years)

    async def kinds(self) -> list[tuple[str, str]]:
        """The kinds of which there are entities, with what several of them are called."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).kinds)

    async def properties(self) -> list[tuple[str, str]]:
        """The properties of which there are facts, with their labels, the commonest first."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).properties)

    async def introduce(self) -> Introduction:
        """How much is known, and questions that are worth trying."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).introduction)

    def names(self, prefix: str, limit: int = 25) -> list[str]:
        """Names of entities that begin with what was typed, for completion; synchronous, for a prompt."""
        with closing(open_current(self._settings.data, self._asker)) as snapshot:
            return [entity.name for entity in snapshot.entities_of(limit=limit, prefix=name_key(prefix))]

    async def ask_of(self, turn: Turn, entity: Entity) -> Reply:
        """The question of an ambiguous turn again, now that it is known which entity is meant."""
        return await self._read(lambda snapshot: self._answerer_for(snapshot).answer_meant(turn, entity))

    async def reload(self, progress: Progress | None = None) -> Outcome:
        """Read what changed in the documents and swap the snapshot. Raises KnowledgeError, LoadBusy."""
        from bot.ingest.load import load  # noqa: PLC0415

        settings = self._settings
        return await asyncio.to_thread(
            load, settings.knowledge, settings.data, progress=progress, model=settings.endpoint
        )

    def _answerer_for(self, snapshot: Snapshot) -> Answerer:
        """The answerer of this snapshot, made once, in the reader's thread. Raises NotAtOnce outside of it."""
        found = self._answerers.get(snapshot)
        if found is None:
            snapshot.take_time()
            made = [one.lexicon for one in self._answerers.values()]  # of the snapshot before, which had the same words
            for other in [
                one for one in self._answerers if one.id != snapshot.id or len(self._answerers) > _MOST_VIEWS
            ]:
                del self._answerers[other]
            if self.on_snapshot is not None and not snapshot.seen_by:
                self.on_snapshot(snapshot)
            found = self._answerers[snapshot] = Answerer(snapshot, self._prompts, self._today, made)
        return found

    async def _read(self, ask: Callable[[Snapshot], _T], *words: str) -> _T:
        """The one place where it is decided what an answer is made of; one to a few `words` may be given at once."""
        brief = 0 < sum(map(len, words)) <= _BRIEF
        try:
            return await self._reader.read(ask, self._asker, brief=brief)
        except SnapshotError:  # it was damaged while it was open
            if not await asyncio.to_thread(_fall_back, self._settings, looking=True):
                raise
            return await self._reader.read(ask, self._asker)


def _fall_back(settings: Settings, *, looking: bool = False) -> bool:
    """Where the snapshot in force is damaged, answer from the one before until the documents are read again.

    Returns whether there is one; `looking` as in the store.
    """

    def is_limited() -> bool:
        from bot.ingest.folder.audiences import FILE_NAME  # noqa: PLC0415 - almost never asked

        return any((folder / FILE_NAME).exists() for folder in settings.knowledge)

    return fall_back(settings.data, is_limited, looking=looking) is not None

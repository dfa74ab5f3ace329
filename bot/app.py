"""Puts the parts of one run together from its settings, and closes them again; decides no wording."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from bot.assistant import Assistant
from bot.errors import SettingsError
from bot.librarian import Librarian, Reloaded
from bot.logs import set_up_logs
from bot.memory import Memory, Remembered
from bot.model.answer import Reply
from bot.model.audience import Asker
from bot.paths import shipped
from bot.persons.persons import Persons
from bot.rights import Rights
from bot.settings import Settings
from bot.store.export import fact_row
from bot.store.snapshot import Snapshot
from bot.store.views import open_current
from bot.terminal.texts import read_texts

if TYPE_CHECKING:
    from bot.chat.serving.services import Services
    from bot.metrics import Metrics

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_assistant(settings: Settings, audience: Iterable[str] = ()) -> AsyncIterator[Assistant]:
    """The assistant over the knowledge of the settings, loaded if need be, for those who are in these audiences.

    Raises SettingsError where one of them is not defined.
    """
    assistant = await Assistant.open(settings)
    try:
        yield await _for(assistant, audience)
    finally:
        await assistant.close()


@asynccontextmanager
async def resume_assistant(settings: Settings) -> AsyncIterator[Assistant]:
    """The assistant over what was loaded last; whoever runs long has it refreshed."""
    assistant = await Assistant.resume(settings)
    try:
        yield assistant
    finally:
        await assistant.close()


async def _for(assistant: Assistant, audience: Iterable[str]) -> Assistant:
    names = frozenset(audience)
    if missing := sorted(names - await assistant.audiences()):
        raise SettingsError(f"--audience {missing[0]}: nothing is limited to an audience of this name")
    return assistant.seen_by(Asker(named=names)) if names else assistant


async def ask(settings: Settings, question: str, audience: Iterable[str] = ()) -> Reply:
    """One answer."""
    async with open_assistant(settings, audience) as assistant:
        return await assistant.ask(question)


async def ask_for_row(settings: Settings, question: str, audience: Iterable[str] = ()) -> dict[str, Any]:
    """One answer as a JSON row."""
    from bot.terminal.rows import answer_row  # noqa: PLC0415 - each surface is spared what only another one needs

    async with open_assistant(settings, audience) as assistant:
        return await answer_row(assistant, question)


async def ask_batch(settings: Settings, lines: Iterable[bytes], name: str, audience: Iterable[str] = ()) -> int:
    """Answers to JSON lines on standard output; how many lines failed."""
    from bot.terminal.rows import answer_batch  # noqa: PLC0415

    async with open_assistant(settings, audience) as assistant:
        return await answer_batch(assistant, lines, name)


def export_rows(settings: Settings, audience: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Every fact as a row that everybody may see, or whoever is in these audiences; loaded first if need be."""
    from bot.ingest.load import load  # noqa: PLC0415 - what answers in Discord is spared the readers of documents

    load(settings.knowledge, settings.data, unasked=True, model=settings.endpoint)
    snapshot = open_current(settings.data, Asker(named=frozenset(audience)))
    try:
        yield from map(fact_row, snapshot.with_suggestions().all_facts())
    finally:
        snapshot.close()


@asynccontextmanager
async def open_services(
    settings: Settings, *, at_once: bool = False, metrics: "Metrics | None" = None
) -> "AsyncIterator[Services]":
    """Everything the Discord side works with; `at_once` over what was loaded last, for whoever refreshes it later."""
    from bot.chat.serving.services import NoCounting, Services  # noqa: PLC0415 - discord.py takes a while; the terminal need not wait for it
    from bot.chat.words.texts import Texts  # noqa: PLC0415

    texts = Texts.read(shipped("prompts") / "discord")
    remembered = Remembered(settings)
    try:
        async with resume_assistant(settings) if at_once else open_assistant(settings) as assistant:
            reloaded = await _counted(assistant, metrics) if metrics is not None else None
            memory = Memory(remembered, assistant.ask)
            librarian = Librarian(settings, remembered, reloaded=reloaded)
            rights = Rights(settings, remembered, librarian)
            persons = Persons(settings, remembered, librarian, rights)
            yield Services(assistant, texts, settings, memory, librarian, metrics or NoCounting(), rights, persons)
    finally:
        await remembered.close()


async def _counted(assistant: Assistant, metrics: "Metrics") -> Reloaded:
    """Have it counted what is answered from; what is to be told of a reload."""

    async def reloaded(seconds: float, swapped: bool) -> None:  # noqa: FBT001
        metrics.reloaded(seconds, swapped=swapped)
        if swapped:
            await assistant.look()

    def answering_from(snapshot: Snapshot) -> None:
        metrics.answering_from(snapshot.built_at.timestamp(), snapshot.count_facts())

    assistant.on_snapshot = answering_from
    await assistant.look()
    return reloaded


@asynccontextmanager
async def tell_probes(
    settings: Settings, metrics: "Metrics", connected: Callable[[], bool], loaded: Callable[[], bool]
) -> AsyncIterator[None]:
    """Let others ask over HTTP how the bot fares, while the block runs. Raises SettingsError."""
    from bot.web.probes import Probes, serve  # noqa: PLC0415 - most bots tell nobody

    metrics.connected(connected)
    async with serve(Probes(metrics, connected, loaded), settings.http_host, settings.http_port or 0) as port:
        log.info("health, readiness and metrics are told at http://%s:%d", settings.http_host, port)
        yield


async def examine(settings: Settings) -> bool:
    """Say on standard output how everything was found; whether nothing is wrong."""
    from bot.chat.words.texts import Texts  # noqa: PLC0415
    from bot.terminal import doctor, findings  # noqa: PLC0415
    from bot.terminal.screen import Screen  # noqa: PLC0415

    screen, fine = Screen(), True
    async for finding in doctor.examine(settings, lambda: Texts.read(shipped("prompts") / "discord")):
        findings.tell(finding, screen)
        screen.flush()
        fine = fine and finding.verdict is not findings.Verdict.WRONG
    return fine


def try_locally(settings: Settings, tell: Callable[[str], None], port: int) -> None:
    """The bot on local pages that look like Discord; `tell` gets what to print once they are there."""
    from bot.chat.preview import Names, show  # noqa: PLC0415

    say = read_texts().say
    set_up_logs(settings.log_format, discord_from=logging.ERROR)  # the warnings are about the real one
    names = Names(**{field.name: say(f"try_{field.name}") for field in fields(Names)})
    show(
        lambda: open_services(settings),
        names,
        lambda *urls: tell(say("try_ready", channel=urls[0], direct=urls[1], bot=names.bot)),
        port,
    )


def hold_chat(settings: Settings, audience: Iterable[str] = ()) -> None:
    """A conversation in the terminal."""
    from bot.terminal.chat import chat  # noqa: PLC0415

    texts = read_texts()
    with asyncio.Runner() as runner:
        assistant = runner.run(Assistant.open(settings))
        try:
            seen = runner.run(_for(assistant, audience))
            introduction = runner.run(seen.introduce())
            chat(seen, introduction, texts, settings.data, runner.run)
        finally:
            runner.run(assistant.close())

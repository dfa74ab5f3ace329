"""The one door of every surface: it loads what is new, answers from what is whole, and leans on the turn before."""

import gc
import threading
import weakref
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assistant import Assistant
from bot.errors import KnowledgeError, SettingsError
from bot.settings import Settings
from bot.store.snapshot import Snapshot

TODAY = date(2026, 1, 1)
SOURCES = "minutes: {title: Minutes of the society, author: Ida Moss, date: 2021-03}\n"
KEEPER = """\
---
kind: person
name: Orla Finch
source: minutes
worksFor: {name: Lighthouse Society, roleName: keeper, startDate: 2019}
birthDate: 1980-05-29
---
"""
PAINTER = KEEPER.replace("keeper", "painter")
OTHER = """\
---
kind: person
name: Tobin Brook
source: minutes
worksFor: {name: Lighthouse Society, roleName: clerk, startDate: 2012}
---
"""
WHERE = "Where does Orla Finch work?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder with one profile, nothing loaded yet."""
    knowledge = tmp_path / "club"
    knowledge.mkdir()
    (knowledge / "sources.yaml").write_text(SOURCES)
    (knowledge / "orla.md").write_text(KEEPER)
    return Settings(knowledge=(knowledge,), data=tmp_path / "data")


@pytest_asyncio.fixture
async def assistant(settings: Settings) -> AsyncIterator[Assistant]:
    opened = await Assistant.open(settings, lambda: TODAY)
    yield opened
    await opened.close()


def profile(settings: Settings, name: str = "orla.md") -> Path:
    return settings.knowledge[0] / name


async def test_open__loads_the_knowledge(assistant: Assistant) -> None:
    reply = await assistant.ask(WHERE)
    assert reply.status == "answered"
    assert "as keeper" in reply.text
    assert [source.key for source in reply.sources] == ["minutes"]


async def test_open__loads_what_changed_since(settings: Settings, assistant: Assistant) -> None:
    profile(settings).write_text(PAINTER)
    again = await Assistant.open(settings, lambda: TODAY)
    try:
        assert "as painter" in (await again.ask(WHERE)).text
    finally:
        await again.close()


async def test_open__nothing_to_load(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError, match="no documents"):
        await Assistant.open(Settings(knowledge=(tmp_path / "empty",), data=tmp_path / "data"))
    with pytest.raises(SettingsError, match="gone"):
        await Assistant.open(Settings(knowledge=(tmp_path / "gone",), data=tmp_path / "data"))


async def test_reload__an_edited_document_is_answered_at_the_next_question(
    settings: Settings, assistant: Assistant
) -> None:
    assert "as keeper" in (await assistant.ask(WHERE)).text
    profile(settings).write_text(PAINTER)
    assert "as keeper" in (await assistant.ask(WHERE)).text
    outcome = await assistant.reload()
    assert [new.text for _, new in outcome.changed] or outcome.totals
    assert "as painter" in (await assistant.ask(WHERE)).text


async def test_reload__what_was_answered_from_before_goes_at_once(settings: Settings, assistant: Assistant) -> None:
    """A bot collects garbage seldom: what would wait for that adds up from reload to reload."""
    seen: list[weakref.ref[Snapshot]] = []
    assistant.on_snapshot = lambda snapshot: seen.append(weakref.ref(snapshot))
    gc.disable()
    try:
        for profile_text in (PAINTER, KEEPER):
            profile(settings).write_text(profile_text)
            await assistant.reload()
            await assistant.ask(WHERE)
            await assistant.ask("what can you do?")
            await assistant.introduce()
        gone = [one() is None for one in seen]
    finally:
        gc.enable()
    assert gone == [True, False]


async def test_ask__in_the_thread_that_asks_unless_it_is_long(assistant: Assistant) -> None:
    threads: list[int] = []

    def today() -> date:
        threads.append(threading.get_ident())
        return TODAY

    assistant._today = today  # what it asks first of all
    for question in (WHERE, WHERE, WHERE + " " * 300):
        await assistant.ask(question)
    here = threading.get_ident()
    assert [thread == here for thread in dict.fromkeys(threads)] == [False, True]
    assert threads[-1] != here


async def test_reload__a_new_document_and_one_that_is_gone(settings: Settings, assistant: Assistant) -> None:
    question = "Who worked at the Lighthouse Society?"
    profile(settings, "tobin.md").write_text(OTHER)
    await assistant.reload()
    assert "Tobin Brook" in (await assistant.ask(question)).text
    profile(settings, "tobin.md").unlink()
    await assistant.reload()
    reply = await assistant.ask(question)
    assert "Orla Finch" in reply.text
    assert "Tobin Brook" not in reply.text


async def test_reload__a_broken_document_keeps_its_old_answers(settings: Settings, assistant: Assistant) -> None:
    before = await assistant.ask(WHERE)
    profile(settings, "tobin.md").write_text(OTHER)
    profile(settings).write_text("---\nkind: [\n---\n")
    outcome = await assistant.reload()
    assert [problem.document for problem in outcome.problems] == ["orla.md"]
    assert (await assistant.ask(WHERE)).text == before.text
    assert (await assistant.ask("Where does Tobin Brook work?")).status == "answered"


async def test_reload__nothing_loadable_keeps_the_old_answers(settings: Settings, assistant: Assistant) -> None:
    before = await assistant.ask(WHERE)
    profile(settings).unlink()
    (settings.knowledge[0] / "sources.yaml").unlink()
    with pytest.raises(KnowledgeError):
        await assistant.reload()
    assert (await assistant.ask(WHERE)).text == before.text


async def test_reload__words_that_are_new_are_read_and_those_that_stayed_still_are(
    settings: Settings, assistant: Assistant
) -> None:
    assert (await assistant.ask("What shoe size does Orla Finch have?")).status == "unknown"
    (settings.knowledge[0] / "vocabulary.yaml").write_text(
        "properties:\n  shoeSize: {label: shoe size, type: text, words: [shoe size]}\n"
    )
    profile(settings).write_text(KEEPER.replace("birthDate", "shoeSize: '44'\nbirthDate"))
    await assistant.reload()
    assert "44" in (await assistant.ask("What shoe size does Orla Finch have?")).text
    profile(settings).write_text(KEEPER.replace("birthDate", "shoeSize: '45'\nbirthDate"))
    await assistant.reload()
    assert "45" in (await assistant.ask("What shoe size does Orla Finch have?")).text
    assert "Lighthouse Society" in (await assistant.ask(WHERE)).text


async def test_reload__tells_how_far_it_is(settings: Settings, assistant: Assistant) -> None:
    profile(settings, "tobin.md").write_text(OTHER)
    told: list[tuple[int, int, str]] = []
    await assistant.reload(lambda done, total, stage: told.append((done, total, stage)))
    assert told
    assert all(done <= total and stage for done, total, stage in told)


async def test_ask__a_follow_up_leans_on_its_turn_and_on_no_other(assistant: Assistant) -> None:
    first = await assistant.ask(WHERE)
    await assistant.ask("Who is Lighthouse Society?")
    assert "29 May 1980" in (await assistant.ask("When was she born?", first.turn)).text


async def test_ask__a_turn_outlives_a_reload(settings: Settings, assistant: Assistant) -> None:
    turn = (await assistant.ask(WHERE)).turn
    profile(settings, "tobin.md").write_text(OTHER)
    profile(settings).write_text(PAINTER)
    await assistant.reload()
    assert "29 May 1980" in (await assistant.ask("When was she born?", turn)).text


async def test_names__that_begin_as_typed(assistant: Assistant) -> None:
    assert assistant.names("orl") == ["Orla Finch"]
    assert assistant.names("LIGHT") == ["Lighthouse Society"]
    assert assistant.names("zz") == []
    assert len(assistant.names("", limit=1)) == 1


async def test_every_prompt_that_ships_can_be_asked_at_once(assistant: Assistant) -> None:
    replies = [await assistant.ask(question) for question in (WHERE, "help", "sources", "Who is Orla Finch?", "")]
    assert [str(reply.status) for reply in replies] == ["answered", "unknown", "answered", "answered", "unknown"]

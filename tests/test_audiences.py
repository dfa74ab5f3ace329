"""What is limited to an audience does not exist for anybody else: the museum with and without it answer alike."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.app import export_rows
from bot.assistant import Assistant
from bot.errors import KnowledgeError, SnapshotError
from bot.ingest.load import load
from bot.librarian import Actor, Librarian
from bot.memory import Remembered
from bot.model.audience import EVERYBODY, Asker, Membership
from bot.model.request import Request, Wish
from bot.rights import Rights
from bot.settings import Settings
from bot.store import keep
from bot.store.archive import back_up, restore
from bot.store.state.state import State
from bot.terminal.rows import answer_row
from tests.ingest.folders import load_here, profile, write
from tests.museum import AWAY, CANARIES, HOME, NAMING, QUESTIONS, museum, seen

MEMBER = Asker((Membership(HOME, frozenset({"Visitors"})),))
TRUSTEE = Asker((Membership(HOME, frozenset({"Trustees", "77"})),))
ELSEWHERE = Asker((Membership(AWAY, frozenset({"Trustees"})),))  # a role of the same name in another server
CREW = Asker((Membership(AWAY, frozenset({"Deckhands"})),))
SEE = {
    "everybody": (EVERYBODY, frozenset[str]()),
    "a member": (MEMBER, frozenset({"friends"})),
    "a trustee": (TRUSTEE, frozenset({"friends", "board"})),
    "one who is called so elsewhere": (ELSEWHERE, frozenset[str]()),
    "crew": (CREW, frozenset({"crew"})),
}
ADMIN_HOME, ADMIN_AWAY = Actor(11, HOME), Actor(12, AWAY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(knowledge=(museum(tmp_path / "k"),), data=tmp_path / "d", owners=frozenset({99}))
    load(made.knowledge, made.data)
    return made


@pytest_asyncio.fixture
async def assistant(settings: Settings) -> AsyncIterator[Assistant]:
    opened = await Assistant.resume(settings)
    yield opened
    await opened.close()


async def said(assistant: Assistant, questions: tuple[str, ...]) -> list[str]:
    """All that an assistant has to say."""
    told: list[Any] = []
    for question in questions:
        row = await answer_row(assistant, question)
        told.append([value for name, value in row.items() if name not in ("ms", "question")])
    for wish, *words in (
        (Wish.SOURCES,), (Wish.HELP,), (Wish.EVENTS, "", ""), (Wish.EVENTS, "2022", ""), (Wish.TIMELINE, "Mara Holt"),
        (Wish.CONNECT, "Mara Holt", "Harbour Museum"), (Wish.COMPARE, "Mara Holt", "Harbour Museum"),
        (Wish.FIND, "person", "", ""), (Wish.FIND, "event", "", ""), (Wish.FIND, "", "worksFor", ""),
        (Wish.DESCRIBE, "=person/mara-holt", ""), (Wish.DESCRIBE, "=person/ottoline-vexley", ""),
    ):  # fmt: skip
        reply = await assistant.perform(Request(wish, tuple(words)), whole=True)
        told.append([reply.status, reply.reason, reply.text, [f.evidence for f in reply.facts], reply.sources])
    for typed in ("", "o", "ott", "k", "l", "lantern", "q", "the d", "m", "bo", "wal", "p"):
        told.append([(one.slug, one.name) for one in await assistant.suggest(typed)])
        told.append(assistant.names(typed))
    told += [await assistant.introduce(), await assistant.years(), await assistant.mentioned("Otto, Quillon, Mara")]
    return [str(one) for one in told]


@pytest.mark.parametrize("who", SEE)
async def test_nobody_meets_a_word_that_is_not_for_them(assistant: Assistant, who: str) -> None:
    asker, allowed = SEE[who]
    assert seen("\n".join(await said(assistant.seen_by(asker), QUESTIONS)), allowed) == []


@pytest.mark.parametrize(
    ("who", "question", "told"),
    [
        ("a trustee", "Who is Ottoline Vexley?", "treasurer"),
        ("a trustee", "Where does Mara Holt work?", "Kestrel Trust"),
        ("a trustee", "Which awards did Mara Holt get?", "Brass Anchor"),
        ("a trustee", "What is the walrus skeleton?", "nine thousand crowns"),
        ("a member", "Which events are there?", "Lantern Night"),
        ("crew", "What does Quillon Drage do?", "stoker"),
        ("crew", "When is Lantern Night?", "5 November 2022"),
    ],
)
async def test_whoever_it_is_for_is_told(assistant: Assistant, who: str, question: str, told: str) -> None:
    assert told in (await assistant.seen_by(SEE[who][0]).ask(question)).text


@pytest.mark.parametrize("who", ["everybody", "one who is called so elsewhere"])
async def test_not_for_you_is_nothing_recorded__byte_for_byte(assistant: Assistant, tmp_path: Path, who: str) -> None:
    without = Settings(knowledge=(museum(tmp_path / "other", limited=False),), data=tmp_path / "e")
    load(without.knowledge, without.data)
    other = await Assistant.resume(without)
    try:
        mine = await said(assistant.seen_by(SEE[who][0]), QUESTIONS + NAMING)
        assert mine == await said(other, QUESTIONS + NAMING)
    finally:
        await other.close()


async def test_a_question_in_public_leans_on_nothing_that_was_said_in_private(assistant: Assistant) -> None:
    for question in ("Who is Ottoline Vexley?", "Where does Mara Holt work?"):
        private = await assistant.seen_by(TRUSTEE).ask(question)
        for after in ("When was she born?", "Since when?", "And before that?", "What else?", "Who?"):
            told = await assistant.ask(after, private.turn)
            assert told.text == (await assistant.ask(after)).text
            assert seen(told.text) == []
    public = await assistant.ask("Where does Mara Holt work?")
    assert "1970" in (await assistant.seen_by(TRUSTEE).ask("When was she born?", public.turn)).text


def test_the_file_for_everybody_holds_none_of_it(settings: Settings) -> None:
    main = keep.current_snapshot(settings.data)
    assert seen(main.read_bytes().decode("latin-1")) == []
    assert sorted(file.name for file in keep.files_of(main)) == [
        "0001+.sqlite", "0001+board+crew+friends.sqlite", "0001+board+friends.sqlite", "0001+crew+friends.sqlite",
        "0001+crew.sqlite", "0001+friends.sqlite", "0001.sqlite",
    ]  # fmt: skip
    assert (
        seen(
            main.with_name("0001+board+friends.sqlite").read_bytes().decode("latin-1"), frozenset({"board", "friends"})
        )
        == []
    )


def test_export__is_what_everybody_may_see(settings: Settings) -> None:
    rows = json.dumps(list(export_rows(settings)))
    assert seen(rows) == []
    assert "Harbour Museum" in rows
    assert "Kestrel Trust" in json.dumps(list(export_rows(settings, ["board"])))


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [(None, frozenset[str]()), (ADMIN_HOME, frozenset({"board", "friends"})), (ADMIN_AWAY, frozenset({"crew"})),
     (Actor(13, 5), frozenset[str]())],
)  # fmt: skip
async def test_an_admin_is_shown_what_is_for_their_server(
    settings: Settings, librarian: Librarian, actor: Actor | None, allowed: frozenset[str]
) -> None:
    folder = settings.knowledge[0]
    for name in ("ottoline", "quillon", "lantern", "mara"):
        file = folder / f"{name}.md"
        file.write_text(file.read_text(encoding="utf-8").replace("source: guide", "nonsense: guide"), encoding="utf-8")
    write(folder, more=profile("person", "Walrus Vexley", "audience: board", "jobTitle: bursar", "oddity: Kestrel"))
    told: list[Any] = [await librarian.status(actor), await librarian.documents(actor), await librarian.waiting(actor)]
    if actor is not None:
        told.append(await librarian.preview(actor))
        outcome = await librarian.reload(actor, told[-1].basis)
        assert outcome.snapshot_id is not None
        told += [outcome, await librarian.status(actor), await librarian.preview(actor)]
    told += [await librarian.history(), await librarian.gaps(), await librarian.audit(actor.server if actor else None)]
    text = "\n".join(map(str, told))
    assert seen(text, allowed) == []
    assert all(CANARIES[name][0] in text.casefold() for name in allowed)


async def test_an_admin_takes_out_no_document_that_is_not_for_them(settings: Settings, librarian: Librarian) -> None:
    for path in ("ottoline.md", "no-such.md"):
        with pytest.raises(Exception, match=f"{path}: there is no such document"):
            await librarian.remove(path, ADMIN_AWAY)
    assert (settings.knowledge[0] / "ottoline.md").exists()
    await librarian.remove("ottoline.md", ADMIN_HOME)
    assert not (settings.knowledge[0] / "ottoline.md").exists()


async def test_what_is_not_for_everybody_is_in_no_history_that_all_admins_read(
    settings: Settings, librarian: Librarian
) -> None:
    write(settings.knowledge[0], una=profile("person", "Una Berg", "audience: board", "jobTitle: diver"))
    await librarian.reload(ADMIN_HOME)
    change = (await librarian.history())[0].change
    assert change is not None
    assert (change.added, change.changed, change.withdrawn) == (0, 0, 0)


async def test_read_apart__for_whom_it_is(settings: Settings) -> None:
    """The real process that reads documents is told who asks, and what the bot takes in at its start is for the log."""
    remembered = Remembered(settings)
    librarian = Librarian(settings, remembered)
    write(
        settings.knowledge[0], una=profile("person", "Una Walrus", "audience: board", "jobTitle: bursar", "oddity: x")
    )
    write(settings.knowledge[0], quillon=profile("person", "Quillon Drage", "audience: crew", "jobTitle: stoker"))
    home, away = await librarian.preview(ADMIN_HOME), await librarian.preview(ADMIN_AWAY)
    await remembered.close()
    assert seen(str(home), SEE["a trustee"][1]) == []
    assert "Una Walrus" in str(home)
    assert seen(str(away), SEE["crew"][1]) == []
    assert home.basis != away.basis
    assistant = await Assistant.resume(settings)
    outcome = await assistant.refresh()
    assert outcome.snapshot_id is not None
    assert seen(str(outcome)) == []
    await assistant.close()


async def test_what_is_wrong_with_the_settings_is_told_without_their_words(
    settings: Settings, librarian: Librarian
) -> None:
    sources = settings.knowledge[0] / "sources.yaml"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("audience: board}", "audience: bord}"), encoding="utf-8"
    )
    with pytest.raises(KnowledgeError) as raised:
        await librarian.preview(ADMIN_AWAY)
    assert [(one.document, one.line, one.text) for one in raised.value.problems] == [("sources.yaml", 2, "")]


async def test_owners_and_the_machine_see_everything(librarian: Librarian) -> None:
    for actor in (Actor(), Actor(99), Actor(99, AWAY)):
        assert {"ottoline.md", "quillon.md", "walrus.txt"} <= {*await librarian.documents(actor)}


async def test_a_gap_of_those_who_see_more_is_no_gap_of_others(assistant: Assistant, settings: Settings) -> None:
    assert await assistant.seen_by(TRUSTEE).sees_more()
    assert not await assistant.seen_by(ELSEWHERE).sees_more()


async def test_what_is_not_limited_any_more_is_there_for_all__and_a_new_limit_holds_at_once(
    settings: Settings, assistant: Assistant
) -> None:
    file = settings.knowledge[0] / "ottoline.md"
    limited = file.read_text(encoding="utf-8")
    file.write_text(limited.replace("audience: board\n", ""), encoding="utf-8")
    load(settings.knowledge, settings.data)
    assert "treasurer" in (await assistant.ask("Who is Ottoline Vexley?")).text
    file.write_text(limited, encoding="utf-8")
    load(settings.knowledge, settings.data)
    assert "treasurer" not in (await assistant.ask("Who is Ottoline Vexley?")).text
    assert "treasurer" in (await assistant.seen_by(TRUSTEE).ask("Who is Ottoline Vexley?")).text


async def test_rollback__to_a_snapshot_that_shows_what_has_an_audience_since(
    settings: Settings, librarian: Librarian, assistant: Assistant
) -> None:
    folder = settings.knowledge[0]
    write(folder, una=profile("person", "Una Berg", "source: guide", "jobTitle: diver"))
    load(settings.knowledge, settings.data)  # 2: Una Berg is for all
    write(folder, extra=profile("person", "Tove Lind", "source: guide", "jobTitle: cook"))
    load(settings.knowledge, settings.data)  # 3
    assert (await librarian.rollback(2, ADMIN_HOME)).number == 2
    write(folder, una=profile("person", "Una Berg", "source: guide", "audience: board", "jobTitle: diver"))
    load(settings.knowledge, settings.data)  # 4: now for the board
    with pytest.raises(SnapshotError, match="it shows what has an audience since"):
        await librarian.rollback(3, ADMIN_HOME)
    assert (await librarian.rollback(1, ADMIN_HOME)).number == 1  # from before she was written down
    assert seen("\n".join(await said(assistant, QUESTIONS))) == []
    assert "Kestrel" in (await assistant.seen_by(TRUSTEE).ask("Where does Mara Holt work?")).text


async def test_backup_and_restore__with_what_is_for_some(settings: Settings, tmp_path: Path) -> None:
    state = State(settings.data)
    await back_up(tmp_path / "b.zip", settings.data, state)
    await state.close()
    fresh = Settings(knowledge=settings.knowledge, data=tmp_path / "fresh")
    state = State(fresh.data)
    assert (await restore(tmp_path / "b.zip", fresh.data, state)).fault is None
    await state.close()
    assistant = await Assistant.resume(fresh)
    assert seen("\n".join(await said(assistant, QUESTIONS))) == []
    assert "Kestrel" in (await assistant.seen_by(TRUSTEE).ask("Where does Mara Holt work?")).text
    await assistant.close()
    assert load(fresh.knowledge, fresh.data).nothing_loaded


async def test_forget__finds_the_names_that_not_everybody_sees(settings: Settings, assistant: Assistant) -> None:
    remembered = Remembered(settings)
    librarian = Librarian(settings, remembered, load_here)
    rights = Rights(settings, remembered, librarian)
    try:
        assert await rights.recorded("Ottoline Vexley") is None
        assert await rights.recorded("Ottoline Vexley", librarian.sees(ADMIN_AWAY)) is None
        who = await rights.recorded("Ottoline Vexley", librarian.sees(ADMIN_HOME))
        assert who is not None
        await rights.forget(who, ADMIN_HOME)
    finally:
        await remembered.close()
    for file in (settings.data / "snapshots").iterdir():
        assert b"Vexley" not in file.read_bytes()
    assert "treasurer" not in (await assistant.seen_by(TRUSTEE).ask("Who is Ottoline Vexley?")).text


async def test_a_view_that_is_lost_shows_what_everybody_sees(settings: Settings) -> None:
    keep.view_file(keep.current_snapshot(settings.data), ["board", "friends"]).unlink()
    assistant = await Assistant.resume(settings)
    assert "treasurer" not in (await assistant.seen_by(TRUSTEE).ask("Who is Ottoline Vexley?")).text
    await assistant.close()


def test_without_audiences_there_is_one_file(tmp_path: Path) -> None:
    load([museum(tmp_path / "k", limited=False)], tmp_path / "d")
    assert keep.files_of(keep.current_snapshot(tmp_path / "d")) == [keep.current_snapshot(tmp_path / "d")]

"""Removing somebody from a small choir: gone from every surface and file at once, and never back."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import export_rows
from bot.assistant import Assistant
from bot.errors import KnowledgeError, SnapshotError, StateError
from bot.ingest.load import load
from bot.librarian import Actor, Librarian
from bot.memory import Memory, Remembered
from bot.rights import HISTORY_FILE, Recorded, Rights
from bot.settings import Settings
from bot.store import keep
from bot.store.archive import back_up, restore
from bot.store.coverage import CoverageQueries
from bot.store.snapshot import Snapshot
from bot.store.state.secret import Secret
from bot.terminal.line_editing import HISTORY_FILE as TERMINALS
from bot.terminal.rows import answer_row, to_json
from tests.ingest.folders import profile, write

ADMIN = Actor(11, 7)
GONE = (
    "Mirabel Quist", "mirabel quist", "mirabel-quist", "Quist, Mirabel", "The Lark of Odde", "lark of odde", "larksong9"
)  # fmt: skip
QUESTIONS = (
    "Who is Mirabel Quist?", "Mirabel", "Quist", "Who is the Lark of Odde?", "larksong9", "mirabl quist", "help",
    "Who sang at the Winter Concert?", "Who are the members?", "Tell me about the Winter Concert",
    "What did Tom Aske do?", "Who founded Odde Choir?", "What happened in 2019?", "How many people are there?",
    "everything about Odde Choir", "What was the soup like?", "Who lent a piano?",
)  # fmt: skip
SOURCES = """\
minutes: {title: "Minutes, taken by Mirabel Quist", author: Mirabel Quist, date: 2019}
programme: {title: Programme, date: 2020}
"""
LETTER = """\
# Letter of the choir

Tom Aske thanked Mirabel Quist for ten years of singing.

The hall was cold that evening, and the soup was warm.

- 2017: Quist, Mirabel lent the choir her piano
- 2018: The roof was mended
"""
DECISIONS = """\
- decision: different
  kind: person
  one: {name: Mirabel Quist, document: mirabel-quist.md}
  other: {name: Mirabel Quist, document: letter.md}
"""


def choir(folder: Path) -> Path:
    """A folder in which one member is named everywhere."""
    mirabel = profile(
        "person", "Mirabel Quist", "aliases: [The Lark of Odde, larksong9]", "source: minutes", "jobTitle: soprano",
        "email: mirabel@choir.example", "memberOf: Odde Choir",
    )  # fmt: skip
    tom = profile(
        "person", "Tom Aske", "source: minutes", "jobTitle: conductor", "knows: Mirabel Quist",
        "description: Taught Mirabel Quist to read music.", "memberOf: Odde Choir",
    )  # fmt: skip
    concert = profile(
        "event", "Winter Concert", "source: programme", "startDate: 2019-12-01", "performer: [Mirabel Quist, Tom Aske]",
    )  # fmt: skip
    evening = profile("event", "Evening with Mirabel Quist", "source: programme", "startDate: 2020-02-01")
    group = profile(
        "organization", "Odde Choir", "source: programme", "founder: The Lark of Odde", "foundingDate: 1999"
    )
    write(
        folder, sources=SOURCES, **{"mirabel-quist": mirabel + "\nMirabel Quist sings.\n"}, tom=tom, concert=concert,
        evening=evening, group=group, letter=LETTER,
    )  # fmt: skip
    (folder / "decisions.yaml").write_text(DECISIONS, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The choir, loaded twice, so that there is an older snapshot."""
    settings = Settings(knowledge=(choir(tmp_path / "k"),), data=tmp_path / "d")
    load(settings.knowledge, settings.data)
    write(settings.knowledge[0], extra=profile("person", "Una Berg", "source: programme", "jobTitle: alto"))
    load(settings.knowledge, settings.data)
    return settings


async def removed(rights: Rights, name: str = "the lark of odde") -> Recorded:
    who = await rights.recorded(name)
    assert who is not None
    await rights.forget(who, ADMIN)
    return who


async def shown(settings: Settings, remembered: Remembered, librarian: Librarian) -> list[str]:
    """All that any surface says."""
    said: list[Any] = []
    assistant = await Assistant.resume(settings)
    try:
        for question in QUESTIONS:
            row = await answer_row(assistant, question)
            for name in GONE:  # an answer may say the asker's own words again
                if name.casefold() in question.casefold():
                    row["text"] = str(row["text"]).replace(name, "")
            said += [value for name, value in row.items() if name != "question"]
        for typed in ("", "m", "mir", "q", "lark", "larks", "the"):
            said += [await assistant.suggest(typed), assistant.names(typed)]
        said.append(await assistant.introduce())
    finally:
        await assistant.close()
    said += list(map(to_json, export_rows(settings)))
    said += [await librarian.status(), await librarian.history(), await librarian.audit(), await librarian.gaps()]
    said.append(await librarian.preview(ADMIN))
    with closing(Snapshot.open(keep.current_snapshot(settings.data))) as snapshot:
        coverage = CoverageQueries(snapshot.connection)
        for document in list(coverage.documents()):
            said += [
                document,
                coverage.unplaced(document.id),
                coverage.made(document.id),
                coverage.passages(document.id),
            ]
        said += [coverage.undecided(), snapshot.entities_of(limit=1000), snapshot.sources(), dict(snapshot.meta)]
    return list(map(str, said))


def files(data: Path) -> Iterable[tuple[Path, str]]:
    for file in data.rglob("*"):
        if file.is_file():
            yield file, file.read_bytes().decode("utf-8", "replace")


def found(texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, text) for text in texts for name in GONE if name in text]


async def assert_gone(settings: Settings, remembered: Remembered, librarian: Librarian) -> None:
    assert found(await shown(settings, remembered, librarian)) == []
    assert [(file.name, name) for file, text in files(settings.data) for name in GONE if name in text] == []


async def test_forget__gone_everywhere_and_never_back(
    settings: Settings, remembered: Remembered, librarian: Librarian, rights: Rights
) -> None:
    state = await remembered.state()
    memory = Memory(remembered, (await _opened(settings)).ask)
    await state.links.put(5, "person/mirabel-quist", 11)
    for asker in (1, 2):
        await state.gaps.note("where does mirabel quist live", "nothing_recorded", asker)
    await state.audit.add("reload", "failed", actor=11, detail="mirabel-quist.md:3: broken")
    (settings.data / HISTORY_FILE).write_text("Who is Mirabel Quist?\nWho is Tom Aske?\n")
    (settings.data / "removed" / "then").mkdir(parents=True)
    (settings.data / "removed" / "then" / "old.md").write_text("Mirabel Quist")
    assert found(await shown(settings, remembered, librarian))  # or the test proves nothing

    who = await removed(rights)

    assert who.name == "Mirabel Quist"
    await assert_gone(settings, remembered, librarian)
    assert (settings.data / HISTORY_FILE).read_text() == "Who is Tom Aske?\n"
    assert await state.links.of(5) is None
    assert len(keep.history(settings.data)) == 1
    rows = [to_json(row) for row in export_rows(settings)]
    assert any("Winter Concert" in row and "Tom Aske" in row for row in rows)  # what is said of others stays
    assert any("conductor" in row for row in rows)
    assert not any("Taught" in row for row in rows)

    await memory.note_gap("Where does Mirabel Quist live?", 1)
    await memory.note_gap("Where does Mirabel Quist live?", 2)
    write(settings.knowledge[0], extra=profile("person", "Una Berg", "source: programme", "jobTitle: tenor"))
    await librarian.reload(ADMIN)
    await assert_gone(settings, remembered, librarian)
    oldest = keep.history(settings.data)[0]
    await librarian.rollback(int(oldest.stem), ADMIN)
    await assert_gone(settings, remembered, librarian)
    load(settings.knowledge, settings.data)
    await assert_gone(settings, remembered, librarian)


async def _opened(settings: Settings) -> Assistant:
    return await Assistant.resume(settings)


async def test_forget__a_later_document_in_another_spelling(
    settings: Settings, remembered: Remembered, librarian: Librarian, rights: Rights
) -> None:
    await removed(rights)
    write(
        settings.knowledge[0],
        again=profile(
            "person", "Belle of Odde Hill", "aliases: [MIRABEL  QUIST]", "source: programme", "jobTitle: nurse"
        ),
        song=profile("event", "Song night", "source: programme", "performer: Belle of Odde Hill", "startDate: 2021"),
    )
    outcome = await librarian.reload(ADMIN)
    assert outcome.snapshot_id is not None
    everything = [to_json(row) for row in export_rows(settings)]
    assert not any("Belle" in row or "nurse" in row for row in everything)
    assert await rights.recorded("Belle of Odde Hill") is None
    (settings.knowledge[0] / "again.md").unlink()  # what linked the two is gone; the name stays removed
    await librarian.reload(ADMIN)
    assert not any("Belle" in to_json(row) for row in export_rows(settings))


async def test_forget__others_of_the_same_first_name_stay(settings: Settings, rights: Rights) -> None:
    write(settings.knowledge[0], other=profile("person", "Mirabel Stone", "source: programme", "jobTitle: bass"))
    load(settings.knowledge, settings.data)
    await removed(rights)
    assert await rights.recorded("Mirabel Stone") is not None


async def test_forget__an_outcome_only_counts_them(settings: Settings, rights: Rights) -> None:
    who = await rights.recorded("larksong9")
    assert who is not None
    outcome = await rights.forget(who, ADMIN)
    assert outcome.left_out > 0
    assert found([str(outcome)]) == []


async def test_forget__where_nothing_else_can_be_loaded_nothing_is_in_force(
    settings: Settings, remembered: Remembered, librarian: Librarian, rights: Rights
) -> None:
    for file in settings.knowledge[0].glob("*.*"):
        if file.name != "mirabel-quist.md":
            file.unlink()
    load(settings.knowledge, settings.data)
    who = await rights.recorded("Mirabel Quist")
    assert who is not None
    with pytest.raises(KnowledgeError):
        await rights.forget(who, ADMIN)
    assert [(file.name, name) for file, text in files(settings.data) for name in GONE if name in text] == []


async def test_take_back__they_are_there_again(settings: Settings, rights: Rights) -> None:
    await removed(rights)
    assert await rights.take_back("Tom Aske", ADMIN) is None
    assert await rights.take_back("mirabel quist", ADMIN) is not None
    who = await rights.recorded("larksong9")
    assert who is not None
    assert who.facts > 0


async def test_rollback__not_to_what_was_built_before(settings: Settings, rights: Rights, librarian: Librarian) -> None:
    older = keep.history(settings.data)[0]
    bytes_ = older.read_bytes()
    await removed(rights)
    older.write_bytes(bytes_)  # as if the deletion had been cut off
    with pytest.raises(SnapshotError, match="before somebody was removed"):
        await librarian.rollback(int(older.stem), ADMIN)
    write(settings.knowledge[0], extra=profile("person", "Una Berg", "source: programme", "jobTitle: bass"))
    await librarian.reload(ADMIN)
    assert not older.exists()


async def test_restore__of_a_backup_from_before(
    tmp_path: Path, settings: Settings, remembered: Remembered, librarian: Librarian, rights: Rights
) -> None:
    state = await remembered.state()
    await back_up(tmp_path / "b.zip", settings.data, state)
    await removed(rights)
    saved = await restore(tmp_path / "b.zip", settings.data, state)
    assert saved.snapshot is None
    await assert_gone(settings, remembered, librarian)


async def test_settle__a_lost_file_is_written_again(settings: Settings, rights: Rights) -> None:
    await removed(rights)
    (settings.data / "removals.json").unlink()
    await rights.settle_at_start()
    assert (settings.data / "removals.json").exists()
    load(settings.knowledge, settings.data)
    assert await rights.recorded("Mirabel Quist") is None


async def test_forget_and_unforget__bring_nobody_back_whom_a_lost_database_has_forgotten(
    settings: Settings, rights: Rights, remembered: Remembered
) -> None:
    await removed(rights)
    os.replace(settings.data / "state.sqlite", settings.data / "lost")
    write(settings.knowledge[0], cy=profile("person", "Cy Oh"), di=profile("person", "Di Ra"))
    load(settings.knowledge, settings.data)
    for name in ("Cy Oh", "Di Ra"):
        who = await rights.recorded(name)
        assert who is not None
        await rights.forget(who, Actor())
    assert await rights.recorded("Mirabel Quist") is None
    await rights.take_back("Cy Oh", Actor())
    assert await rights.recorded("Cy Oh") is not None
    assert await rights.recorded("Mirabel Quist") is None
    os.replace(settings.data / "lost", settings.data / "state.sqlite")
    await remembered.settle()
    await rights.settle_at_start()
    load(settings.knowledge, settings.data)
    assert await rights.recorded("Di Ra") is None


async def test_load__not_without_the_key_by_which_they_were_removed(settings: Settings, rights: Rights) -> None:
    await removed(rights)
    secret = Secret(settings.data)
    key = secret.key()
    secret.path.unlink()
    write(settings.knowledge[0], cy=profile("person", "Cy Oh", "jobTitle: diver"))
    with pytest.raises(StateError, match=r"secret\.key: gone, so nobody knows who they are"):
        load(settings.knowledge, settings.data)
    assert secret.key() != key
    with pytest.raises(StateError, match=r"secret\.key: not the key by which people were removed"):
        load(settings.knowledge, settings.data)
    secret.replace(key)
    load(settings.knowledge, settings.data)
    assert await rights.recorded("Mirabel Quist") is None
    assert await rights.recorded("Cy Oh") is not None


async def test_settle__a_key_is_known_again_for_what_an_earlier_version_removed(
    settings: Settings, rights: Rights, remembered: Remembered
) -> None:
    await removed(rights)
    with closing(sqlite3.connect(settings.data / "state.sqlite")) as connection, connection:
        connection.execute("DELETE FROM removal WHERE hash LIKE 'key=%'")  # as they were kept before
    await remembered.settle(taken_back=True)
    await rights.settle_at_start()
    removals = (await remembered.state()).removals
    assert await removals.count() == 1
    assert not await removals.vouch()
    Secret(settings.data).replace(b"x" * 32)
    with pytest.raises(StateError, match="not the key by which people were removed"):
        load(settings.knowledge, settings.data)


async def test_load__not_where_nobody_knows_who_was_removed(settings: Settings, rights: Rights) -> None:
    await removed(rights)
    (settings.data / "removals.json").write_text("{")
    with pytest.raises(StateError, match=r"removals\.json"):
        load(settings.knowledge, settings.data)


def test_history_file__is_the_terminals() -> None:
    assert HISTORY_FILE == TERMINALS


async def test_forget__a_name_that_only_some_may_see_goes_too(settings: Settings, rights: Rights) -> None:
    audiences = "board: {server: '900000000000000001', roles: [Board]}\n"
    card = ["BEGIN:VCARD", "VERSION:4.0", "FN:Mirabel Quist", "NICKNAME:The Nightingale of Varde", "TITLE:treasurer"]
    card += ["EMAIL:mirabel@choir.example", "END:VCARD"]
    folder = settings.knowledge[0]
    (folder / "board.vcf").write_text("\r\n".join(card) + "\r\n", encoding="utf-8")
    (folder / "board.vcf.about.yaml").write_text("audience: board\n", encoding="utf-8")
    (folder / "audiences.yaml").write_text(audiences, encoding="utf-8")
    song = profile("event", "Varde Evening", "source: programme", "performer: The Nightingale of Varde")
    write(folder, varde=song)
    load(settings.knowledge, settings.data)
    who = await rights.recorded("Mirabel Quist")
    assert who is not None
    assert "The Nightingale of Varde" not in who.names  # whoever asks may not see it
    named = [file.name for file, text in files(settings.data) if "Nightingale" in text or "treasurer" in text]
    assert len(named) > 1
    await rights.forget(who, ADMIN)
    left = [file.name for file, text in files(settings.data) if "Nightingale" in text or "treasurer" in text]
    assert left == []

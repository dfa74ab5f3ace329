"""`/knowledge add`, `remove` and `review` as admins and others meet them, on a simulated Discord."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.ingest.parsing import formats
from bot.librarian import Actor
from bot.store import keep
from tests.chat.knowledge.desk import Desk, ask, buttons_of, text_of
from tests.ingest.folders import profile, write
from tests.ingest.saying import Saying

CY = profile("person", "Cy Oh", "jobTitle: diver").encode()


@pytest_asyncio.fixture
async def folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a club with a suggestion, and with two of whom nobody knows whether they are one."""
    monkeypatch.setattr(formats, "READERS", (Saying(), *formats.READERS))
    folder = desk.settings.knowledge[0]
    (folder / "a.say").write_text("is person Cy Oh\n? jobTitle Diver\nemail cy@example.org\n")
    (folder / "b.say").write_text("is person Cy Oh\njobTitle Pilot\n")
    await desk.librarian.reload(Actor())
    return folder


pytestmark = pytest.mark.usefixtures("env")


async def press(desk: Desk, message: Any, label: str) -> Any:
    """Press a button; the message as it is then."""
    pressed = await desk.admin.click(message, label=label)
    assert pressed.response is not None
    return pressed.response


async def test_add__seen_approved_answered(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", CY))
    assert "Cy Oh" in text_of(shown)
    assert "diver" in text_of(shown)
    assert list(buttons_of(shown)) == ["Approve", "Cancel"]
    assert not (desk.settings.knowledge[0] / "cy.md").exists()
    await desk.admin.click(shown, label="Approve")
    assert "diver" in await desk.told("What does Cy Oh do?")
    assert (desk.settings.knowledge[0] / "cy.md").read_bytes() == CY
    assert ("add", "done", desk.admin.id) in await desk.audit()


async def test_add__whoever_was_removed_is_not_shown(desk: Desk) -> None:
    write(desk.settings.knowledge[0], cy=CY.decode())
    await desk.librarian.reload(Actor())
    await ask(desk, "forget", name="Cy Oh", again="Cy Oh")
    told = f"{CY.decode()}Cy Oh dives.\n\nThe weather was fine.\n"
    assert "diver" not in text_of(await ask(desk, "add", file=("notes.md", told.encode())))
    beside = profile("person", "Di Ro", "knows: Cy Oh\njobTitle: potter").encode()
    shown = text_of(await ask(desk, "add", file=("di.md", beside)))
    assert "potter" in shown
    assert "Cy" not in shown
    assert "potter" not in text_of(await ask(desk, "add", file=("Cy Oh.md", beside)))


async def test_add__facts_in_members_words(desk: Desk) -> None:
    shown = text_of(await ask(desk, "add", file=("cy.md", CY)))
    assert "**1 fact**\n- 4: Cy Oh, job title: diver" in shown


async def test_add__approved_after_a_restart(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", CY))
    await desk.restart()
    assert "Added: cy.md" in text_of(await press(desk, shown, "Approve"))
    assert "diver" in await desk.told("What does Cy Oh do?")
    assert list((desk.settings.data / "waiting").iterdir()) == []


async def test_add__what_waits_no_longer_is_said_so(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", CY))
    for file in (desk.settings.data / "waiting").iterdir():
        file.unlink()
    assert "waits no longer" in text_of(await press(desk, shown, "Approve"))
    assert not (desk.settings.knowledge[0] / "cy.md").exists()


async def test_add__while_somebody_loads_it_can_be_tried_again(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", CY))
    with keep.load_lock(desk.settings.data, who=str(desk.other.id)):
        shown = await press(desk, shown, "Approve")
        assert "is loading already" in text_of(shown)
        assert not (desk.settings.knowledge[0] / "cy.md").exists()
    assert list(buttons_of(shown)) == ["Try again", "Cancel"]
    assert "Added: cy.md" in text_of(await press(desk, shown, "Try again"))


async def test_add__passages_alone(desk: Desk) -> None:
    shown = text_of(
        await ask(desk, "add", file=("oven.md", b"# The oven\n\nIt is old and warm and all of us like it.\n"))
    )
    assert "No fact that I could tell by itself, but 1 passage" in shown


async def test_add__cancelled(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", CY))
    assert len(list((desk.settings.data / "waiting").iterdir())) == 1
    await desk.admin.click(shown, label="Cancel")
    assert list((desk.settings.data / "waiting").iterdir()) == []
    assert not (desk.settings.knowledge[0] / "cy.md").exists()
    assert (await desk.audit())[-1] == ("add", "cancelled", desk.admin.id)


async def test_add__approved_twice_is_added_once(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", CY))
    clicks = (desk.admin.click(shown, label="Approve") for _ in range(2))
    await asyncio.gather(*clicks, return_exceptions=True)
    assert [action for action, outcome, _ in await desk.audit() if outcome == "done"] == ["reload", "add"]


async def test_add__a_name_that_is_taken_changes_nothing(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("bo.md", CY))
    await desk.admin.click(shown, label="Approve")
    assert "baker" in await desk.told()
    assert b"Cy Oh" not in (desk.settings.knowledge[0] / "bo.md").read_bytes()


@pytest.mark.parametrize("name", ["../../cy.exe", "tune.mp3"])
async def test_add__what_nobody_reads_cannot_be_approved(desk: Desk, name: str) -> None:
    shown = await ask(desk, "add", file=(name, b"\x00\x01\x02"))
    assert buttons_of(shown) == {}


async def test_add__too_large(desk: Desk) -> None:
    shown = await ask(desk, "add", file=("cy.md", b"x" * 8_000_001))
    assert "at most 8 MB" in text_of(shown)
    assert buttons_of(shown) == {}


async def test_add__neither_file_nor_link(desk: Desk) -> None:
    assert "either a file or a link" in text_of(await ask(desk, "add"))


async def test_add__a_link_into_the_own_network_is_refused(desk: Desk) -> None:
    shown = await ask(desk, "add", link="http://127.0.0.1:9/notes")
    assert "nothing was changed" in text_of(shown)
    assert buttons_of(shown) == {}


async def test_remove__asked_confirmed_gone(desk: Desk) -> None:
    write(desk.settings.knowledge[0], cy=CY.decode())
    await desk.librarian.reload(Actor())
    offered = await desk.admin.autocomplete(desk.channel, "knowledge remove", "document", "C")
    assert [one["value"] for one in offered] == ["cy.md"]
    shown = await ask(desk, "remove", document="cy.md")
    await desk.admin.click(shown, label="Take it out")
    assert not (desk.settings.knowledge[0] / "cy.md").exists()
    assert "diver" not in await desk.told("What does Cy Oh do?")
    assert list((desk.settings.data / "removed").rglob("cy.md"))


async def test_remove__confirmed_after_a_restart(desk: Desk) -> None:
    write(desk.settings.knowledge[0], cy=CY.decode())
    await desk.librarian.reload(Actor())
    shown = await ask(desk, "remove", document="cy.md")
    await desk.restart()
    assert "Taken out: cy.md" in text_of(await press(desk, shown, "Take it out"))
    assert "diver" not in await desk.told("What does Cy Oh do?")


async def test_remove__gone_meanwhile(desk: Desk) -> None:
    write(desk.settings.knowledge[0], cy=CY.decode())
    await desk.librarian.reload(Actor())
    shown = await ask(desk, "remove", document="cy.md")
    await desk.librarian.remove("cy.md", Actor())
    assert "not there any more" in text_of(await press(desk, shown, "Take it out"))


async def test_remove__while_somebody_loads(desk: Desk) -> None:
    write(desk.settings.knowledge[0], cy=CY.decode())
    await desk.librarian.reload(Actor())
    shown = await ask(desk, "remove", document="cy.md")
    with keep.load_lock(desk.settings.data, who=str(desk.other.id)):
        shown = await press(desk, shown, "Take it out")
    assert "until the next load" in text_of(shown)
    assert buttons_of(shown) == {}
    assert not (desk.settings.knowledge[0] / "cy.md").exists()


async def test_remove__what_is_not_there(desk: Desk) -> None:
    assert "no document called" in text_of(await ask(desk, "remove", document="../secret"))


async def test_review__yes_then_loaded(desk: Desk, folder: Path) -> None:
    shown = await ask(desk, "review")
    assert "Are these the same?" in text_of(shown)
    assert list(buttons_of(shown)) == ["Yes", "No", "Skip", "Finish"]
    assert "1 of 2" in text_of(shown)
    shown = await press(desk, shown, "Yes")
    assert "Is this true?" in text_of(shown)
    assert "Diver" in text_of(shown)
    shown = await press(desk, shown, "No")
    assert "Decided: 2" in text_of(shown)
    assert await desk.librarian.waiting() == []
    assert str(desk.admin.id) in (folder / "decisions.yaml").read_text()
    assert [row[0] for row in await desk.audit()][-3:] == ["review", "review", "reload"]


async def test_review__goes_on_after_a_restart(desk: Desk, folder: Path) -> None:
    shown = await press(desk, await ask(desk, "review"), "Yes")
    await desk.restart()
    assert "2 of 2" in text_of(shown)
    assert "Decided: 2" in text_of(await press(desk, shown, "No"))
    assert await desk.librarian.waiting() == []
    assert (folder / "decisions.yaml").exists()


async def test_review__a_second_click_decides_nothing(desk: Desk, folder: Path) -> None:
    shown = await ask(desk, "review")
    clicks = (desk.admin.click(shown, label=label) for label in ("No", "Yes"))
    await asyncio.gather(*clicks, return_exceptions=True)
    assert (folder / "decisions.yaml").read_text().count("decision:") == 1


async def test_review__decided_by_somebody_else_meanwhile(desk: Desk, folder: Path) -> None:
    shown = await ask(desk, "review")
    for question in await desk.librarian.waiting():
        await desk.librarian.decide(question, Actor(), yes=False)
    await desk.librarian.reload(Actor())
    before = (folder / "decisions.yaml").read_text()
    assert "waits no longer" in text_of(await press(desk, shown, "Yes"))
    assert (folder / "decisions.yaml").read_text() == before


async def test_review__skipped_stays(desk: Desk, folder: Path) -> None:
    shown = await ask(desk, "review")
    shown = await press(desk, shown, "Skip")
    shown = await press(desk, shown, "Finish")
    assert "Nothing was decided" in text_of(shown)
    assert len(await desk.librarian.waiting()) == 2
    assert not (folder / "decisions.yaml").exists()


async def test_review__nothing_waits(desk: Desk) -> None:
    assert "Nothing waits" in text_of(await ask(desk, "review"))


@pytest.mark.parametrize(("what", "options"), [("remove", {"document": "bo.md"}), ("review", {})])
async def test_others_may_not_press(desk: Desk, what: str, options: dict[str, str], folder: Path) -> None:
    shown = await ask(desk, what, **options)
    ids = list(buttons_of(shown).values())
    copied = await desk.message_with(ids[0])
    await desk.member.click(copied, custom_id=ids[0])
    assert (folder / "bo.md").exists()
    assert not (folder / "decisions.yaml").exists()
    desk.demote(desk.admin)
    copied = await desk.message_with(ids[0])
    await desk.admin.click(copied, custom_id=ids[0])
    assert (folder / "bo.md").exists()
    assert not (folder / "decisions.yaml").exists()
    assert (await desk.audit())[-1][1] == "refused"

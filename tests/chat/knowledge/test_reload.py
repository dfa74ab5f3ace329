"""`/knowledge reload` as admins and others meet it, on a simulated Discord."""

import asyncio

import pytest
import simcord

from bot.librarian import Actor
from bot.store import keep
from tests.chat.knowledge.desk import Desk, ask, buttons_of, press, text_of
from tests.ingest.folders import profile, write

pytestmark = pytest.mark.usefixtures("env")


async def test_reload__seen_approved_posted(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    assert "Bo Li, job title: diver (bo.md:4)" in text_of(shown)
    assert "Bo Li, job title: baker (bo.md:4)" in text_of(shown)
    assert list(buttons_of(shown)) == ["Approve", "Cancel"]
    assert "baker" in await desk.told()
    await desk.admin.click(shown, label="Approve")
    assert "diver" in await desk.told()
    (post,) = desk.posted()
    assert "loaded the documents" in post
    assert "1 added, 1 withdrawn" in post
    assert "diver" not in post
    assert await desk.audit() == [("check", "done", desk.admin.id), ("reload", "done", desk.admin.id)]


async def test_reload__counts_once_and_names_what_differs(desk: Desk) -> None:
    def notes(role: str, since: str) -> str:
        return f"worksFor: {{name: Mill Row Bakery, roleName: {role}, startDate: {since}}}"

    place = desk.settings.knowledge[0]
    write(place, cy=profile("person", "Cy Oh", notes("oven keeper", "2019")))
    await desk.librarian.reload(Actor())
    write(place, cy=profile("person", "Cy Oh", notes("head baker", "2020-03")))
    desk.now_a("diver")
    shown = text_of(await ask(desk, "reload"))
    assert "**Added**\n- Bo Li, job title: diver (bo.md:4)\n\n**Changed**\n" in shown
    told = "Mill Row Bakery; role: oven keeper → head baker; from: 2019 → March 2020"
    assert f"- Cy Oh, work: {told} (cy.md:4)\n\n**Withdrawn**\n" in shown
    assert shown.count("1 added") == shown.count("1 changed") == 1


async def test_reload__a_new_fact_is_shown_with_its_details(desk: Desk) -> None:
    said = "worksFor: {name: Mill Row Bakery, roleName: oven keeper, startDate: 2019, endDate: 2021-05}"
    write(desk.settings.knowledge[0], cy=profile("person", "Cy Oh", said))
    told = "Mill Row Bakery; role: oven keeper; from: 2019; until: May 2021"
    assert f"- Cy Oh, work: {told} (cy.md:4)" in text_of(await ask(desk, "reload"))


async def test_reload__cancelled(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    after = await press(desk.admin, shown, "Cancel")
    assert "Nothing was changed" in text_of(after)
    assert buttons_of(after) == {}
    assert "baker" in await desk.told()
    assert (await desk.audit())[-1] == ("reload", "cancelled", desk.admin.id)


async def test_reload__nothing_new_has_nothing_to_approve(desk: Desk) -> None:
    shown = await ask(desk, "reload")
    assert "Every document is as it was" in text_of(shown)
    assert "No fact changed" not in text_of(shown)
    assert buttons_of(shown) == {}


async def test_reload__documents_changed_since_they_were_seen(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    desk.now_a("pilot")
    after = await press(desk.admin, shown, "Approve")
    assert "have changed since" in text_of(after)
    assert "pilot" in text_of(after)
    assert "baker" in await desk.told()
    await desk.admin.click(after, label="Approve")
    assert "pilot" in await desk.told()


async def test_reload__approved_twice_is_done_once(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    both = await asyncio.gather(*(desk.admin.click(shown, label="Approve") for _ in range(2)), return_exceptions=True)
    assert len(desk.posted()) == 1
    assert len(keep.history(desk.settings.data)) == 2
    assert [outcome for _, outcome, _ in await desk.audit()] == ["done", "done"]
    assert any(isinstance(one, simcord.InteractionResult) for one in both)


async def test_reload__pages_of_a_long_list(desk: Desk) -> None:
    for number in range(40):
        desk.now_a("diver", f"Diver{number:02d} Li")
    shown = await ask(desk, "reload")
    first = text_of(shown)
    assert "Page 1 of 3" in first
    assert "40 added" in first
    shown = await press(desk.admin, shown, "Next page")
    assert "Page 2 of 3" in text_of(shown)
    assert "**Added**\n- Diver" in text_of(shown)
    shown = await press(desk.admin, shown, "Next page")
    assert "Diver39 Li" in text_of(shown)
    assert list(buttons_of(shown)) == ["Previous page", "Approve", "Cancel"]
    await desk.admin.click(shown, label="Approve")
    assert "diver" in await desk.told("What does Diver39 Li do?")


async def test_reload__a_broken_document_is_named(desk: Desk) -> None:
    desk.now_a("diver", "Cy Oh")
    (desk.settings.knowledge[0] / "bo.md").write_text("---\nkind: person\nname: [\n---\n")
    shown = await ask(desk, "reload")
    assert "1 problem" in text_of(shown)
    assert "bo.md:" in text_of(shown)
    await desk.admin.click(shown, label="Approve")
    assert "diver" in await desk.told("What does Cy Oh do?")
    assert "baker" in await desk.told()


async def test_reload__no_document_left(desk: Desk) -> None:
    (desk.settings.knowledge[0] / "bo.md").unlink()
    shown = await ask(desk, "reload")
    assert "Nothing could be loaded" in text_of(shown)
    assert buttons_of(shown) == {}
    assert "baker" in await desk.told()


async def test_reload__while_another_one_runs(desk: Desk) -> None:
    desk.now_a("diver")
    with keep.load_lock(desk.settings.data, who=str(desk.other.id)):
        shown = await ask(desk, "reload")
        after = await press(desk.admin, shown, "Approve")
        assert f"<@{desk.other.id}> is loading already, begun <t:" in text_of(after)
    assert "baker" in await desk.told()
    await desk.admin.click(after, label="Try again")
    assert "diver" in await desk.told()


async def test_reload__questions_are_answered_meanwhile_from_one_snapshot_each(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    loading = asyncio.create_task(desk.admin.click(shown, label="Approve"))
    said = set()
    while not loading.done():
        said.add(await desk.told())
        await asyncio.sleep(0)
    await loading
    said.add(await desk.told())
    assert len(said) == 2
    assert all(("baker" in text) != ("diver" in text) for text in said)


async def test_reload__documents_that_are_understood_in_part(desk: Desk) -> None:
    cv = "Notes of Bo Li\n\nJobs\n\nMill Row, oven keeper, 2019 - 2021\nWe met and talked.\n"
    (desk.settings.knowledge[0] / "notes.txt").write_text(cv)
    (desk.settings.knowledge[0] / "picture.bin").write_bytes(bytes(range(256)))
    shown = text_of(await ask(desk, "reload"))
    assert "**Documents not understood**\n- picture.bin" in shown
    assert "**1 document understood in part**\n- notes.txt: 0 facts, 1 line not understood" in shown
    assert "5: Mill Row, oven keeper, 2019 - 2021" in shown

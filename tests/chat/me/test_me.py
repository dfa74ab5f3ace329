"""`/me` as members meet it, and what admins see of it, on a simulated Discord."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.client import Client
from bot.librarian import Actor
from tests.chat.knowledge.desk import Desk, ask, buttons_of, ids_of, open_desk, press, text_of
from tests.discord.validate import faults_of_request
from tests.ingest.folders import profile, write


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as opened:
        yield opened
        sent = [one for one in opened.env.http_requests if one.method in ("POST", "PATCH", "PUT")]
        bodies = [(one, json.loads(json.dumps(one.json))) for one in sent]
        assert [fault for one, body in bodies for fault in faults_of_request(one.method, one.path, body)] == []


pytestmark = pytest.mark.usefixtures("env")


async def me(desk: Desk, what: str, who: Any = None, **options: Any) -> Any:
    """What a command shows; it is private."""
    public = desk.posted()
    asked = await (who or desk.member).slash(desk.channel, f"me {what}", **options)
    assert asked.response is not None
    assert asked.response.ephemeral
    assert desk.posted() == public
    return asked.response.message


async def linked(desk: Desk, name: str = "Bo Li") -> None:
    shown = await ask(desk, "link", member=desk.member, person=name)
    assert "Bo Li" in text_of(shown)


async def test_show__of_nobody_in_the_documents(desk: Desk) -> None:
    shown = text_of(await me(desk, "show"))
    assert "Nobody has linked you" in shown
    assert "baker" not in shown


async def test_show__facts_with_source_and_place(desk: Desk) -> None:
    await linked(desk)
    shown = text_of(await me(desk, "show"))
    assert f"You are **Bo Li**, as <@{desk.admin.id}> said" in shown
    assert "- Bo Li, job title: baker" in shown
    assert "(bo.md:4)" in shown
    assert "baker" not in text_of(await me(desk, "show", who=desk.other))


async def test_show__pages_are_the_presser_s_own(desk: Desk) -> None:
    titles = [f"jobTitle: [{', '.join(f'title {number:02d}' for number in range(60))}]"]
    write(desk.settings.knowledge[0], bo=profile("person", "Bo Li", *titles))
    await desk.librarian.reload(Actor())
    await linked(desk)
    shown = await me(desk, "show")
    assert "Page 1 of" in text_of(shown)
    turned = await press(desk.member, shown, "Next page")
    assert "Page 2 of" in text_of(turned)
    assert "title 2" in text_of(turned)
    forged = await desk.message_with("me:1")
    pressed = await desk.other.click(forged, label="x")
    assert "Nobody has linked you" in text_of(pressed.followups[-1] if pressed.followups else pressed.response)


async def test_claim__proof_beside_what_is_recorded(desk: Desk) -> None:
    names = ", ".join(f"Bo {letter}." for letter in "ABCDEFGHIJKL")
    told = (f"aliases: [{names}]", "jobTitle: baker", "email: bo@mill.example")
    write(desk.settings.knowledge[0], bo=profile("person", "Bo Li", *told))
    await desk.librarian.reload(Actor())
    assert "see your request" in text_of(await me(desk, "claim", name="Bo Li", proof="bo@mill.example @everyone"))
    shown = await ask(desk, "requests")
    assert f"<@{desk.member.id}> says that they are Bo Li.**" in text_of(shown)
    assert "Recorded there: bo@mill.example" in text_of(shown)
    assert list(buttons_of(shown)) == ["Yes, that is them", "No, it is not", "Skip"]
    after = await press(desk.admin, shown, "Yes, that is them")
    assert "No request of a member waits" in text_of(after)
    assert "baker" in text_of(await me(desk, "show"))
    assert "that you are Bo Li, agreed" in text_of(await me(desk, "show"))
    assert ("asked_link", "done", desk.admin.id) in await desk.audit()


async def test_claim__an_unknown_name(desk: Desk) -> None:
    assert "nobody of that name" in text_of(await me(desk, "claim", name="=person/nobody", proof="x"))
    assert "No request of a member waits" in text_of(await ask(desk, "requests"))


async def test_claim__in_a_server_whose_admins_may_not_decide_goes_to_those_who_may(desk: Desk) -> None:
    elsewhere = desk.env.create_guild("Another Club")
    room = elsewhere.create_text_channel("hall")
    guest = elsewhere.add_member(desk.env.create_user("gus"))
    settings = desk.settings.model_copy(update={"admin_servers": frozenset({desk.guild.id})})
    client = desk.env.bot
    assert isinstance(client, Client)
    client.desk.services = replace(desk.services, settings=settings)
    await guest.slash(room, "me claim", name="Bo Li", proof="me")
    assert f"<@{guest.id}> says that they are" in text_of(await ask(desk, "requests"))


async def test_dispute__what_is_offered_and_what_the_admin_sees(desk: Desk) -> None:
    await linked(desk)
    offered = await desk.member.autocomplete(desk.channel, "me dispute", "fact", "bak")
    (choice,) = offered
    assert choice["name"] == "Bo Li, job title: baker (bo.md:4)"
    shown = await me(desk, "dispute", fact=choice["value"], why="I row **now**")
    assert "see what you say" in text_of(shown)
    shown = await ask(desk, "requests")
    assert "Bo Li, job title: baker (bo.md:4)" in text_of(shown)
    assert r"I row \*\*now\*\*" in text_of(shown)
    await press(desk.admin, shown, "It is wrong")
    assert "agreed" in text_of(await me(desk, "show"))
    assert "baker" in await desk.told()


async def test_dispute__of_somebody_else_s_fact(desk: Desk) -> None:
    await linked(desk)
    offered = await desk.member.autocomplete(desk.channel, "me dispute", "fact", "")
    key = offered[0]["value"]
    assert "from the list" in text_of(await me(desk, "dispute", who=desk.other, fact=key, why="x"))
    assert "from the list" in text_of(await me(desk, "dispute", fact="forged", why="x"))


async def test_hide__at_once_and_shown_again(desk: Desk) -> None:
    await linked(desk)
    write(desk.settings.knowledge[0], cy=profile("person", "Cy Oh", "jobTitle: diver"))
    assert "You are hidden" in text_of(await me(desk, "hide"))
    assert "baker" not in await desk.told()
    assert await desk.other.autocomplete(desk.channel, "person", "name", "Bo") == []
    assert "is **hidden**" in text_of(await me(desk, "show"))
    assert "hid their entry, Bo Li.**" in text_of(await ask(desk, "requests"))
    assert "shown again" in text_of(await me(desk, "unhide"))
    assert "baker" in await desk.told()


async def test_hide__only_who_is_linked(desk: Desk) -> None:
    for what in ("hide", "remove"):
        assert "Nobody has linked you" in text_of(await me(desk, what))
    assert "not hidden" in text_of(await me(desk, "unhide"))
    assert "baker" in await desk.told()


async def test_remove__decided_by_another_admin_in_the_meantime(desk: Desk) -> None:
    await linked(desk)
    write(desk.settings.knowledge[0], cy=profile("person", "Cy Oh", "jobTitle: diver"))
    assert "hidden at once" in text_of(await me(desk, "remove", why="I moved"))
    assert "baker" not in await desk.told()
    mine = await ask(desk, "requests")
    theirs = await ask(desk, "requests", who=desk.other)
    assert "> I moved" in text_of(mine)
    after = await press(desk.other, theirs, "Remove for good")
    assert "No request of a member waits" in text_of(after)
    assert "in force already" in text_of(await press(desk.admin, mine, "Refuse"))
    assert "not hidden" in text_of(await me(desk, "unhide"))
    assert ("forget", "done", desk.other.id) in await desk.audit()


async def test_requests__others_may_neither_see_nor_press(desk: Desk) -> None:
    await me(desk, "claim", name="Bo Li", proof="me")
    shown = await ask(desk, "requests")
    (yes, *_) = ids_of(shown)
    copied = await desk.message_with(yes)
    pressed = await desk.member.click(copied, label="x")
    assert "Only the one who started" in text_of(pressed.followups[-1] if pressed.followups else pressed.response)
    desk.demote(desk.admin)
    await desk.admin.click(shown, label="Yes, that is them")
    assert "Nobody has linked you" in text_of(await me(desk, "show"))


async def test_direct_messages__only_the_owner_links_and_decides(desk: Desk) -> None:
    stranger = desk.env.create_user("sam")
    for who, told in ((stranger, "only for the people who run me"), (desk.owner, "No request of a member waits")):
        shown = (await who.slash("knowledge requests")).response
        assert shown.ephemeral
        assert told in text_of(shown)
    await desk.owner.slash("knowledge link", member=stranger, person="Bo Li")
    assert "baker" in text_of((await stranger.slash("me show")).response)


async def test_unlink(desk: Desk) -> None:
    await linked(desk)
    assert "linked to nobody" in text_of(await ask(desk, "unlink", member=desk.member))
    assert "baker" not in text_of(await me(desk, "show"))
    assert [one for one, _, _ in await desk.audit()] == ["link", "unlink"]


async def test_export__a_private_file(desk: Desk) -> None:
    await linked(desk)
    message = await me(desk, "export")
    (file,) = message.attachments
    told = json.loads(await file.read() if hasattr(file, "read") else file["data"])
    assert told["documents"]["facts"][0]["value"] == "baker"


async def test_forget__and_what_is_remembered_of_the_conversation(desk: Desk) -> None:
    await linked(desk)
    await desk.member.slash(desk.channel, "ask", question="What does Bo Li do?", private=True)
    assert "included (1 in all)" in text_of(await me(desk, "forget"))
    assert "Nobody has linked you" in text_of(await me(desk, "show"))
    assert isinstance(desk.env.bot, Client)
    assert desk.env.bot.desk.recall.turn(desk.member.id, desk.channel.id) is None

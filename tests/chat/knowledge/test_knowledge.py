"""`/knowledge` as admins and others meet it, on a simulated Discord."""

from dataclasses import replace

import discord
import pytest

from bot.chat.knowledge.layout import TEMPLATE, Holder, Press, Verb
from bot.librarian import Actor
from bot.store.state.state import State
from bot.store.tombstones import write_tombstones
from tests.chat.knowledge.desk import Desk, ask, buttons_of, ids_of, text_of
from tests.ingest.folders import profile, write

pytestmark = pytest.mark.usefixtures("env")


async def test_buttons__only_for_whoever_asked(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    for other in (desk.other, desk.member):
        copied = await desk.message_with(buttons_of(shown)["Approve"])
        answer = (await other.click(copied, label="x")).response
        assert answer is not None
        assert answer.ephemeral
        assert "Only the one who started this" in text_of(answer)
    assert "baker" in await desk.told()


async def test_buttons__no_longer_an_admin(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    desk.demote(desk.admin)
    after = await desk.admin.click(shown, label="Approve")
    assert after.response is not None
    assert "for those who manage this server" in text_of(after.followups[-1] if after.followups else after.response)
    assert "baker" in await desk.told()
    assert (await desk.audit())[-1] == ("reload", "refused", desk.admin.id)


async def test_buttons__work_after_a_restart(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    await desk.restart()
    await desk.admin.click(shown, label="Approve")
    assert "diver" in await desk.told()


async def test_a_member__does_not_even_see_it(desk: Desk) -> None:
    assert not [name for name in desk.member.available_commands(desk.channel) if name.startswith("knowledge")]
    assert "knowledge reload" in desk.admin.available_commands(desk.channel)


async def test_a_member__whom_the_server_lets(desk: Desk) -> None:
    await desk.set_permissions({desk.member: True})
    desk.now_a("diver")
    shown = await ask(desk, "reload", desk.member)
    await desk.member.click(shown, label="Approve")
    assert "diver" in await desk.told()


async def test_the_owner__in_direct_messages(desk: Desk) -> None:
    desk.now_a("diver")
    shown = (await desk.owner.slash("knowledge reload")).response.message
    await desk.owner.click(shown, label="Approve")
    assert "diver" in await desk.told()
    assert await desk.audit() == [("check", "done", desk.owner.id), ("reload", "done", desk.owner.id)]


@pytest.mark.parametrize("command", ["reload", "check", "status", "history", "gaps", "audit"])
async def test_others__in_direct_messages(desk: Desk, command: str) -> None:
    stranger = desk.env.create_user("stan")
    answer = (await stranger.slash(f"knowledge {command}")).response
    assert answer.ephemeral
    assert text_of(answer) == "Sorry, in direct messages that is only for the people who run me."
    assert await desk.audit() == [(command, "refused", stranger.id)]


async def test_rollback__byte_for_byte_what_was_answered_before(desk: Desk) -> None:
    before = await desk.told()
    desk.now_a("diver")
    await desk.admin.click(await ask(desk, "reload"), label="Approve")
    offered = await desk.other.autocomplete(desk.channel, "knowledge rollback", "snapshot", "")
    assert [choice["value"] for choice in offered] == [1]
    shown = await ask(desk, "rollback", desk.other, snapshot=1)
    assert "Go back to this snapshot?" in text_of(shown)
    await desk.other.click(shown, label="Go back to it")
    assert await desk.told() == before
    assert "went back to snapshot 0001-" in desk.posted()[-1]
    assert (await desk.audit())[-1] == ("rollback", "done", desk.other.id)


async def test_rollback__to_none_that_is_kept(desk: Desk) -> None:
    assert "no snapshot 9 any more" in text_of(await ask(desk, "rollback", snapshot=9))
    assert "in force already" in text_of(await ask(desk, "rollback", snapshot=1))


async def test_rollback__nothing_is_offered_to_others(desk: Desk) -> None:
    stranger = desk.env.create_user("stan")
    desk.now_a("diver")
    await desk.admin.click(await ask(desk, "reload"), label="Approve")
    assert await stranger.autocomplete("knowledge rollback", "snapshot", "") == []


async def test_history__who_did_what(desk: Desk) -> None:
    desk.now_a("diver")
    await desk.admin.click(await ask(desk, "reload"), label="Approve")
    shown = text_of(await ask(desk, "history"))
    assert "**In force:** 0002-" in shown
    assert f"loaded by <@{desk.admin.id}>" in shown
    assert shown.count("built") == 1  # when it was loaded is said already
    assert shown.index("0002-") < shown.index("0001-")


async def test_status__what_is_in_force(desk: Desk) -> None:
    (desk.settings.knowledge[0] / "wrong.md").write_text("---\nkind: person\nname: [\n---\n")
    await desk.admin.click(await ask(desk, "reload"), label="Approve")
    shown = text_of(await ask(desk, "status"))
    assert "**Snapshot 0002-" in shown
    assert "2 documents, 1 entity, 1 fact, 0 conflicts" in shown
    assert "-# 1 person\n" in shown
    assert "wrong.md:" in shown
    assert "reload, done. 0002-" in (audit := text_of(await ask(desk, "audit")))
    assert ": nothing new, 1 problem\n" in audit


async def test_check__what_would_change_and_no_more(desk: Desk) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "check")
    assert "Checked, nothing was changed" in text_of(shown)
    assert "diver" in text_of(shown)
    assert buttons_of(shown) == {}


def _id_of(message: discord.Message, begins: str) -> str:
    return next(id_ for id_ in ids_of(message) if id_.startswith(begins))


async def test_gaps__kinds_of_questions_without_names(desk: Desk) -> None:
    assert "Nothing yet." in text_of(await ask(desk, "gaps"))
    for asker in (desk.member, desk.other):
        await asker.slash(desk.channel, "ask", question="Who did Bo Li marry?")
        answered = (await asker.slash(desk.channel, "ask", question="What does Bo Li do?")).response
        assert answered is not None
        await asker.click(answered.message, custom_id=_id_of(answered.message, "bad:"))
    shown = text_of(await ask(desk, "gaps"))
    assert "“who did {person} marry” – 2 members, 2 times" in shown
    assert "job title: 👍 0 👎 2" in shown
    assert "Bo Li" not in shown
    assert str(desk.member.id) not in shown


async def test_audit__of_this_server(desk: Desk) -> None:
    await ask(desk, "status")
    await desk.owner.slash("knowledge gaps")
    here = text_of(await ask(desk, "audit", desk.other))
    assert f"<@{desk.admin.id}>: status, done" in here
    assert str(desk.owner.id) not in here
    everywhere = text_of((await desk.owner.slash("knowledge audit")).response)
    assert f"<@{desk.owner.id}>: gaps, done" in everywhere


async def test_values__format_and_ping_nothing(desk: Desk) -> None:
    desk.now_a('"@everyone <@&1> **x** [a](https://evil.example) `y`"')
    shown = text_of(await ask(desk, "reload"))
    assert "@everyone" not in shown
    assert "\\<@&1>" in shown
    assert "\\*\\*x\\*\\*" in shown
    assert "[a](" not in shown.replace("\\[", "")


async def test_without_a_state__reloads_go_on_and_the_rest_says_why(desk: Desk) -> None:
    (desk.settings.data / "state.sqlite").mkdir()
    assert "That did not work, and nothing was changed" in text_of(await ask(desk, "gaps"))
    assert "I cannot remember anything at the moment" in text_of(await ask(desk, "status"))
    desk.now_a("diver")
    await desk.admin.click(await ask(desk, "reload"), label="Approve")
    assert "diver" in await desk.told()


async def test_buttons__forged_ones_do_nothing(desk: Desk) -> None:
    desk.now_a("diver")
    mine = Holder(desk.member.id, 5, b"another key").id(Verb.APPROVE, "0" * 32)
    theirs = buttons_of(await ask(desk, "reload"))["Approve"]
    changed = theirs.replace(":go:", ":no:")
    for id_ in (mine, changed):
        answer = (await desk.member.click(await desk.message_with(id_), label="x")).response
        assert answer is not None
        assert "too old for me" in text_of(answer)
    assert "baker" in await desk.told()


async def test_buttons__their_ids_fit_with_the_longest_numbers() -> None:
    holder = Holder(2**64 - 1, 2**64 - 1, b"key")
    for verb, rest in ((Verb.APPROVE, "f" * 32), (Verb.PAGE, f"history.999.{'f' * 32}"), (Verb.ROLL_BACK, "99999999")):
        id_ = holder.id(verb, rest)
        match = TEMPLATE.fullmatch(id_)
        assert len(id_) <= 100
        assert match is not None
        assert Press.of(match.groups(), b"key") == Press(verb, holder, rest)


# What a server sets for the command: whom, whether they may, and whether a press of an admin is then done.
@pytest.mark.parametrize(
    ("rules", "done"),
    [
        ({}, True),
        ({"admin": False}, False),
        ({"keepers": False}, False),
        ({"keepers": False, "admin": True}, True),
        ({"everyone": False}, False),
        ({"everyone": False, "keepers": True}, True),
        ({"channel": False}, False),
    ],
)
async def test_buttons__follow_the_settings_of_the_server(desk: Desk, rules: dict[str, bool], done: bool) -> None:
    desk.now_a("diver")
    shown = await ask(desk, "reload")
    targets = {
        "admin": desk.admin,
        "keepers": desk.keepers,
        "everyone": desk.guild.default_role,
        "channel": desk.channel,
    }
    await desk.set_permissions({targets[name]: may for name, may in rules.items()})
    await desk.admin.click(shown, label="Approve")
    assert ("diver" in await desk.told()) is done


async def test_a_server_that_is_not_among_those_that_may(desk: Desk) -> None:
    office_of = desk.services.settings.model_copy(update={"admin_servers": frozenset({1})})
    desk.services = replace(desk.services, settings=office_of)
    await desk.restart()
    assert "for those who manage this server" in text_of(await ask(desk, "status"))
    assert (await desk.audit()) == [("status", "refused", desk.admin.id)]


async def test_forget__shown_then_done_once_the_name_is_typed_again(desk: Desk) -> None:
    write(desk.settings.knowledge[0], una=profile("person", "Una Berg", "jobTitle: potter"))
    await desk.librarian.reload(Actor())
    assert "Una Berg" in await desk.told("Who is a potter?")
    shown = await ask(desk, "forget", name="una berg")
    assert "too: 1 fact, and" in text_of(shown)  # nothing is changed yet
    assert "Una Berg" in await desk.told("Who is a potter?")
    await ask(desk, "forget", name="una berg", again="Bo Li")
    assert "Una Berg" in await desk.told("Who is a potter?")
    done = await ask(desk, "forget", name="una berg", again="Una Berg")
    assert "Removed" in text_of(done)
    assert "Una" not in await desk.told("Who is a potter?")
    assert "Nobody" in text_of(await ask(desk, "forget", name="Una Berg"))
    assert ("forget", "done", desk.admin.id) in await desk.audit()
    assert desk.posted() == []


async def test_forget__says_that_a_rollback_ends_with_it(desk: Desk) -> None:
    write(desk.settings.knowledge[0], una=profile("person", "Una Berg", "jobTitle: potter"))
    await desk.librarian.reload(Actor())
    assert "older snapshot" not in text_of(await ask(desk, "forget", name="Bo Li")).partition("-#")[2]
    await desk.librarian.rollback(1, Actor())
    assert "-# An older snapshot is in force. It goes too" in text_of(await ask(desk, "forget", name="Bo Li"))


async def test_check__after_a_removal_elsewhere_only_counts_who_is_gone(desk: Desk) -> None:
    write(desk.settings.knowledge[0], una=profile("person", "Una Berg", "jobTitle: alto"))
    await desk.librarian.reload(Actor())
    state = State(desk.settings.data)
    await state.removals.add(["Una Berg"], None)
    write_tombstones(desk.settings.data, await state.removals.all())
    shown = text_of(await ask(desk, "check"))
    assert "1 withdrawn, 1 not shown, for it names somebody who was removed" in shown
    assert "alto" not in shown

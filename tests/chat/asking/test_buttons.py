"""Buttons, pick-lists and pages: pressed by the asker and by others, twice, after a restart and after a reload."""

from pathlib import Path

import discord
import pytest

from bot.assistant import Assistant
from bot.settings import Settings
from tests.chat.conftest import TODAY, Open, Town
from tests.chat.seen import SELECT, answer, buttons, id_of, ids, last, only, options, texts

BORN = "When was Clara Winterbourne born?"
BIRTHDAY = "Clara Winterbourne was born **on 12 April 1979**."
LONG = (
    "Which of the singers and conductors and composers of the choir was born on the twelfth of April 1979, if you know?"
)
EVIDENCE = (
    "> Clara Winterbourne, born: 12 April 1979",
    "-# A conversation with Clara Winterbourne, Velmouth Gazette, 8 February 2020",
    "-# Box – people/clara-winterbourne.md:8",
)
AMBIGUOUS = "When did Clara join the choir?"


async def test_source__shows_the_words_and_their_place_privately(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN))
    shown = only(await town.bob.click(reply, label="Source"))
    assert shown.ephemeral
    assert texts(shown) == ["\n".join(EVIDENCE)]


async def test_more__is_not_offered_of_a_profile(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question="Who is Clara Winterbourne?"))
    assert "Source" in buttons(reply)
    assert "More" not in buttons(reply)


async def test_more__is_offered_where_nothing_is_recorded_of_what_was_asked(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question="What is Clara Winterbourne's shoe size?"))
    assert buttons(reply) == ["More"]
    shown = only(await town.bob.click(reply, label="More"))
    assert answer(shown).startswith("**Clara Winterbourne** (person)")


async def test_more__shows_the_profile_privately(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN))
    shown = only(await town.bob.click(reply, label="More"))
    assert shown.ephemeral
    assert answer(shown).startswith("**Clara Winterbourne** (person)")
    assert "More" not in buttons(shown)


async def test_feedback__is_noted_once_for_each_member(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN))
    for member in (town.alice, town.alice, town.bob):
        thanks = only(await member.click(reply, custom_id=id_of(reply, "good:")))
        assert (thanks.ephemeral, answer(thanks)) == (True, "Thank you, noted.")
    only(await town.bob.click(reply, custom_id=id_of(reply, "bad:")))
    assert town.memory.feedback == [(BORN, True, town.alice.id), (BORN, True, town.bob.id), (BORN, False, town.bob.id)]


async def test_share__once_under_the_name_of_who_shares_it(town: Town) -> None:
    mine = only(await town.alice.slash(town.channel, "ask", question=BORN, private=True))
    share = id_of(mine, "share:")
    await town.alice.click(mine, custom_id=share)
    shared = last(town.channel)
    assert texts(shared)[0] == BIRTHDAY
    assert texts(shared)[-1] == f"-# Shared by {town.alice.mention} · asked: {BORN}"
    assert "Share" not in buttons(mine)
    assert answer(only(await town.bob.click(shared, label="Source"))).startswith(
        "> Clara Winterbourne, born: 12 April 1979\n"
    )


async def test_share__a_double_click_shares_once(town: Town) -> None:
    mine = only(await town.alice.slash(town.channel, "ask", question=BORN, private=True))
    await town.alice.click(mine, custom_id=id_of(mine, "share:"))
    first = last(town.channel).id
    more = only(await town.alice.slash(town.channel, "ask", question=BORN, private=True))
    town.client.desk.recall.first_time((more.id, "shared"))  # the other click is under way
    told = only(await town.alice.click(more, custom_id=id_of(more, "share:")))
    assert answer(told) == "That is shared already."
    assert last(town.channel).id == first


async def test_share__not_where_the_member_may_not_write(town: Town) -> None:
    mute = discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=False)
    hall = town.guild.create_text_channel("hall", overwrites={town.guild.default_role: mute})
    mine = only(await town.alice.slash(hall, "ask", question=BORN, private=True))
    told = only(await town.alice.click(mine, label="Share"))
    assert (told.ephemeral, answer(told)) == (True, "You may not write in this channel, so I can’t share it here.")
    assert hall.last_message is None


async def test_pick__the_asker_turns_the_list_into_the_answer(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=AMBIGUOUS))
    assert [label for label, _ in options(reply)] == ["Clara Osgood", "Clara Winterbourne"]
    await town.alice.select(reply, ["=person/clara-winterbourne"])
    assert "Clara Winterbourne" in answer(reply)
    assert options(reply) == []
    assert texts(reply)[-1] == f"-# Asked: {AMBIGUOUS}"


async def test_pick__anybody_else_gets_an_answer_of_their_own(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=AMBIGUOUS))
    shown = only(await town.bob.select(reply, ["=person/clara-osgood"]))
    assert shown.ephemeral
    assert "Clara Osgood" in answer(shown)
    assert len(options(reply)) == 2


async def test_pick__in_a_reply_to_a_message_and_in_direct_messages(town: Town) -> None:
    me = town.client.user
    assert me is not None
    await town.alice.send(town.channel, f"{me.mention} {AMBIGUOUS}")
    reply = last(town.channel)
    shown = only(await town.bob.select(reply, ["=person/clara-osgood"]))
    assert shown.ephemeral
    await town.alice.select(reply, ["=person/clara-osgood"])
    assert "Clara Osgood" in answer(last(town.channel))
    await town.alice.send_dm(AMBIGUOUS)
    await town.alice.user.select(last(town.alice), ["=person/clara-osgood"])
    assert "Clara Osgood" in answer(last(town.alice))
    assert len(texts(last(town.alice))) == 2  # the question stands above, so it is not said again


async def test_after_a_restart__every_button_still_works(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN))
    mine = only(await town.alice.slash(town.channel, "ask", question=BORN, private=True))
    list_ = only(await town.alice.slash(town.channel, "ask", question=AMBIGUOUS))
    await town.restart()
    assert "born: " in answer(only(await town.bob.click(reply, label="Source")))
    assert "Clara Winterbourne" in answer(only(await town.bob.click(reply, label="More")))
    only(await town.bob.click(reply, custom_id=id_of(reply, "bad:")))
    assert town.memory.feedback == [(BORN, False, town.bob.id)]
    await town.alice.select(list_, ["=person/clara-osgood"])
    assert "Clara Osgood" in answer(list_)
    await town.alice.click(mine, label="Share")
    assert answer(last(town.channel)) == BIRTHDAY


async def test_after_a_restart__a_question_too_long_for_a_button_is_forgotten(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=LONG, private=True))
    assert all(len(one) <= 100 for one in ids(reply))
    list_ = only(await town.alice.slash(town.channel, "ask", question=f"{AMBIGUOUS} {'Please tell me. ' * 6}"))
    if options(list_):
        await town.restart()
        told = only(await town.alice.select(list_, ["=person/clara-osgood"]))
        assert answer(told) == "I no longer know what was asked there. Ask once more."


async def test_after_a_restart__a_follow_up_is_not_answered_as_something_else(town: Town) -> None:
    me = town.client.user
    assert me is not None
    await town.alice.send(town.channel, f"{me.mention} Who conducts the choir?")
    await town.alice.send(town.channel, f"{me.mention} And before that?")
    reply = last(town.channel)
    assert "Ambrose Tilling" in answer(reply)
    await town.restart()
    assert answer(only(await town.bob.click(reply, label="Source"))).startswith("> ")
    assert "Ambrose Tilling" in answer(only(await town.bob.click(reply, label="More")))


@pytest.mark.parametrize("handle", ["=person/nobody", "=", "=person/" + "x" * 80 + "~0123456789", "not a handle", ""])
async def test_pick__what_a_client_makes_up_breaks_nothing(town: Town, handle: str) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=AMBIGUOUS))
    rows = town.env.backend.get_message(town.channel.id, reply.id).components
    made_up = next(part for row in rows for part in row.get("components", []) if part["type"] == SELECT)
    made_up["options"][0]["value"] = handle
    result = await town.alice.select(reply, [handle])
    assert result.acknowledged
    assert answer(only(result) if result.followups else reply)


async def test_a_button_of_what_is_gone(open_town: Open, tmp_path: Path) -> None:
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "sources.yaml").write_text("minutes: {title: Minutes of the club}\n")
    (folder / "ida.md").write_text("---\nkind: person\nname: Ida Moss\nsource: minutes\nbirthDate: 1980\n---\n")
    (folder / "jon.md").write_text("---\nkind: person\nname: Jon Moss\nsource: minutes\nbirthDate: 1981\n---\n")
    assistant = await Assistant.open(Settings(knowledge=(folder,), data=tmp_path / "data"), lambda: TODAY)
    town = await open_town(assistant)
    reply = only(await town.alice.slash(town.channel, "ask", question="When was Ida Moss born?"))
    mine = only(await town.alice.slash(town.channel, "ask", question="When was Ida Moss born?", private=True))
    (folder / "ida.md").unlink()
    await assistant.reload()
    assert answer(only(await town.bob.click(reply, label="Source"))) == "That is no longer recorded."
    assert answer(only(await town.bob.click(reply, label="More"))) == "That is no longer recorded."
    told = (await town.alice.click(mine, label="Share")).followups[0]
    assert answer(told) == "What is recorded there has changed. Ask once more to see it as it is now."
    await assistant.close()

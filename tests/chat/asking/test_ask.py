"""Questions in one's own words: by command, in direct messages, by mention, by reply, from the menu of a message."""

from simcord.builders import UserHandle

from tests.chat.conftest import Town
from tests.chat.seen import answer, buttons, ids, last, only, options, texts

BORN = "When was Clara Winterbourne born?"
BIRTHDAY = "Clara Winterbourne was born **on 12 April 1979**."


async def test_ask__answer_first_then_source_then_what_was_asked(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN))
    assert not reply.ephemeral
    assert texts(reply) == [
        BIRTHDAY,
        "-# Source: A conversation with Clara Winterbourne (8 February 2020), Box",
        f"-# Asked: {BORN}",
    ]
    assert buttons(reply) == ["Source", "More", "👍", "👎"]


async def test_ask__private_answers_are_for_one_and_can_be_shared(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN, private=True))
    assert reply.ephemeral
    assert buttons(reply) == ["Source", "More", "👍", "👎", "Share"]


async def test_ask__unknown_is_a_gap_and_small_talk_is_none(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question="Where does Clara Winterbourne swim?"))
    assert buttons(reply) == ["More"]
    only(await town.alice.slash(town.channel, "ask", question="hello"))
    assert town.memory.gaps == [("Where does Clara Winterbourne swim?", town.alice.id)]


async def test_ask__far_too_long(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question="who " * 1400))
    assert answer(reply) == "That is too long for one question. Ask in one or two sentences."
    assert len(texts(reply)[-1]) < 300
    assert town.memory.gaps == []


async def test_ask__an_ambiguous_name_gives_a_list_to_pick_from(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "ask", question="Who is Clara?"))
    assert options(reply) == [
        ("Clara Osgood", "=person/clara-osgood"),
        ("Clara Winterbourne", "=person/clara-winterbourne"),
    ]
    await town.alice.select(reply, ["=person/clara-osgood"])
    assert answer(reply).startswith("**Clara Osgood** (person)")


async def test_dm__a_follow_up_and_a_new_topic(town: Town) -> None:
    await town.alice.send_dm("Who conducts the choir?")
    assert "Clara Winterbourne" in answer(last(town.alice))
    await town.alice.send_dm("And before that?")
    assert "Ambrose Tilling" in answer(last(town.alice))
    await town.alice.send_dm("What key is Sea Litany in?")
    assert answer(last(town.alice)) == "Sea Litany is in **D minor**."


async def test_dm__a_follow_up_is_forgotten_in_time(town: Town) -> None:
    now = [0.0]
    town.client.desk.recall.__init__(lambda: now[0])  # type: ignore[misc]
    await town.alice.send_dm("When was the Jubilee Concert?")
    now[0] += 60 * 60
    await town.alice.send_dm("And when was she born?")
    assert answer(last(town.alice)) == "Whom or what do you mean? Say the name."


async def test_dm__nobody_leans_on_what_somebody_else_asked(town: Town) -> None:
    await town.alice.send_dm("Who conducts the choir?")
    await town.bob.send_dm("And when was she born?")
    assert answer(last(town.bob)) == "Whom or what do you mean? Say the name."


async def test_dm__commands_work_there_too(town: Town) -> None:
    stranger: UserHandle = town.env.create_user("carol")
    reply = only(await stranger.slash("ask", question=BORN, private=True))
    assert answer(reply) == BIRTHDAY
    assert "Share" not in buttons(reply)


async def test_mention__is_answered_as_a_reply_that_pings_nobody(town: Town) -> None:
    me = town.client.user
    assert me is not None
    question = await town.alice.send(town.channel, f"{me.mention} {BORN}")
    reply = last(town.channel)
    assert texts(reply)[:2] == [BIRTHDAY, "-# Source: A conversation with Clara Winterbourne (8 February 2020), Box"]
    assert reply.reference is not None
    assert reply.reference.message_id == question.id
    assert reply.mentions == []


async def test_mention__of_others_only_says_nothing(town: Town) -> None:
    for content in (BORN, f"{town.bob.mention} {BORN}", f"@everyone {BORN}", "@here who conducts?"):
        await town.alice.send(town.channel, content)
    assert last(town.channel).author.id == town.alice.id


async def test_mention__alone_asks_for_help(town: Town) -> None:
    me = town.client.user
    assert me is not None
    await town.alice.send(town.channel, me.mention)
    assert "Who is Clara Winterbourne?" in answer(last(town.channel))


async def test_mention__under_somebody_else_s_question(town: Town) -> None:
    me = town.client.user
    assert me is not None
    asked = await town.bob.send(town.channel, BORN)
    await town.alice.send(town.channel, me.mention, reply_to=asked)
    assert "Who is Clara Winterbourne?" in answer(last(town.channel))  # its text is not for the bot to read


async def test_ping_reply__leans_on_the_message_it_replies_to(town: Town) -> None:
    first = only(await town.alice.slash(town.channel, "ask", question="Who conducts the choir?"))
    only(await town.alice.slash(town.channel, "ask", question="What key is Sea Litany in?"))
    await town.bob.send(town.channel, "And before that?", reply_to=first)
    reply = last(town.channel)
    assert "Ambrose Tilling" in answer(reply)
    await town.alice.send(town.channel, "When was he born?", reply_to=reply)
    assert last(town.channel).author == town.client.user


async def test_mention__by_another_bot_is_not_answered(town: Town) -> None:
    me = town.client.user
    assert me is not None
    robot = town.guild.add_member(town.env.create_user("robot", bot=True))
    await robot.send(town.channel, f"{me.mention} {BORN}")
    assert last(town.channel).author.id == robot.id


async def test_mention__where_the_bot_may_not_write_nothing_breaks(town: Town) -> None:
    me = town.client.user
    assert me is not None
    town.env.inject_error("POST", "/channels/*/messages", status=403)
    await town.alice.send(town.channel, f"{me.mention} {BORN}")
    assert last(town.channel).author.id == town.alice.id


async def test_menu__a_message_that_asks_is_answered_privately(town: Town) -> None:
    message = await town.bob.send(town.channel, BORN)
    reply = only(await town.alice.context_menu(town.channel, "Ask about this", message))
    assert reply.ephemeral
    assert answer(reply) == BIRTHDAY


async def test_menu__a_message_that_names_someone_shows_who_it_is(town: Town) -> None:
    message = await town.bob.send(town.channel, "what a lovely evening with Clara Winterbourne, see you there again")
    reply = only(await town.alice.context_menu(town.channel, "Ask about this", message))
    assert answer(reply).startswith("**Clara Winterbourne** (person)")


async def test_menu__a_message_that_names_several_lets_one_pick(town: Town) -> None:
    message = await town.bob.send(town.channel, "rumour has it that Clara Winterbourne and Ambrose Tilling quarrelled")
    reply = only(await town.alice.context_menu(town.channel, "Ask about this", message))
    assert [label for label, _ in options(reply)] == ["Clara Winterbourne", "Ambrose Tilling"]
    await town.alice.select(reply, ["=person/ambrose-tilling"])
    assert answer(reply).startswith("**Ambrose Tilling** (person)")
    assert town.memory.gaps == []


async def test_menu__a_message_that_names_nobody_or_says_nothing(town: Town) -> None:
    message = await town.bob.send(town.channel, "lunch anyone?")
    reply = only(await town.alice.context_menu(town.channel, "Ask about this", message))
    assert answer(reply) == "That message names nobody and nothing that I know."
    picture = await town.bob.send(town.channel, "", attachments=[("score.png", b"x")])
    reply = only(await town.alice.context_menu(town.channel, "Ask about this", picture))
    assert answer(reply) == "There is no text in that message that I could look into."
    assert town.memory.gaps == []


async def test_menu__of_the_bot_s_own_answer(town: Town) -> None:
    shown = only(await town.bob.slash(town.channel, "ask", question="Who conducts the choir?"))
    reply = only(await town.alice.context_menu(town.channel, "Ask about this", shown))
    assert answer(reply)
    assert ids(reply)

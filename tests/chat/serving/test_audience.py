"""Canaries of the museum's audiences on every surface in Discord, for each who may ask: none is met by anybody else."""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord
from simcord.results import InteractionResult

from bot.metrics import Metrics
from bot.settings import Settings
from tests.chat.knowledge.desk import running
from tests.chat.seen import answer, ids, last, only, texts
from tests.ingest.folders import profile, write
from tests.museum import AWAY, HOME, QUESTIONS, museum, seen

FRIEND = frozenset({"friends"})
TRUSTEE = frozenset({"friends", "board"})
CREW = frozenset({"crew"})
NOTHING = frozenset[str]()
PROFILES = {"person": "Mara Holt", "event": "Opening Day", "organization": "Harbour Museum"}
TYPED = ("", "o")
ASKED = (*QUESTIONS[:4], "Which events are there?", "What is the skeleton?", "Who knows about pumps?")


@dataclass
class Harbour:
    """Two servers of one bot, and whoever may ask in them."""

    env: simcord.Env
    settings: Settings
    metrics: Metrics
    home: simcord.ChannelHandle
    away: simcord.ChannelHandle
    owner: simcord.UserHandle
    stranger: simcord.UserHandle  # in neither server
    friend: simcord.MemberActor
    trustee: simcord.MemberActor
    trustee_away: simcord.MemberActor  # the same member in the other server
    deckhand: simcord.MemberActor
    passer_by: simcord.MemberActor  # in the other server, with a role of the same name as the board's
    admin: simcord.MemberActor
    admin_away: simcord.MemberActor
    read: int = 0

    def sent(self) -> str:
        """What the bot sent since the last look, whoever got it."""
        fresh, self.read = self.env.http_requests[self.read :], len(self.env.http_requests)
        return "\n".join(json.dumps([one.path, one.json], default=str, ensure_ascii=False) for one in fresh)


@pytest_asyncio.fixture
async def harbour(tmp_path: Path) -> AsyncIterator[Harbour]:
    settings = Settings(
        knowledge=(museum(tmp_path / "k"),),
        data=tmp_path / "d",
        member_rate=6000,
        server_rate=60000,
        overall_rate=60000,
    )
    metrics = Metrics()
    async with running(settings, metrics) as bot:
        env = bot.env
        bot.services.assistant.on_snapshot = lambda one: metrics.answering_from(
            one.built_at.timestamp(), one.count_facts()
        )
        home, away = env.create_guild("Museum", id=HOME), env.create_guild("Ship", id=AWAY)
        trustees, deckhands = home.create_role("Trustees"), away.create_role("Deckhands")
        same_name = away.create_role("Trustees")
        manage = discord.Permissions(manage_guild=True)
        tess = env.create_user("tess")
        yield Harbour(
            env, bot.services.settings, metrics, home.create_text_channel("hall"), away.create_text_channel("deck"),
            bot.owner, env.create_user("sid"), home.add_member(env.create_user("fay")),
            home.add_member(tess, roles=[trustees]),
            away.add_member(tess), away.add_member(env.create_user("dee"), roles=[deckhands]),
            away.add_member(env.create_user("pat"), roles=[same_name]),
            home.add_member(env.create_user("ada"), roles=[home.create_role("Keepers", permissions=manage)]),
            away.add_member(env.create_user("abe"), roles=[away.create_role("Mates", permissions=manage)]),
        )  # fmt: skip


async def commands(actor: Any, place: list[Any], *, private: bool) -> list[InteractionResult]:
    """Every command that tells anything."""
    asked: list[tuple[str, dict[str, Any]]] = [("ask", {"question": question}) for question in ASKED]
    asked += [(kind, {"name": name}) for kind, name in PROFILES.items()]
    asked += [
        ("compare", {"a": "Mara Holt", "b": "Harbour Museum"}), ("connect", {"a": "Mara Holt", "b": "Opening Day"}),
        ("timeline", {"name": "Mara Holt"}), ("events", {}), ("events", {"when": "2022"}),
        ("find", {"kind": "person", "value": "Harbour Museum"}), ("find", {"property": "worksFor", "value": "Museum"}),
        ("find", {"kind": "event", "value": "2022"}), ("find", {"value": "treasurer"}),
        ("sources", {}), ("help", {}), ("privacy", {}),
    ]  # fmt: skip
    return [await actor.slash(*place, name, **options, private=private) for name, options in asked]


async def completions(actor: Any, place: list[Any], *, private: bool) -> str:
    """What is offered while any option is typed."""
    offered: list[Any] = []
    filled = {"private": True} if private else {}
    for command, option in (
        ("person", "name"), ("event", "name"), ("compare", "a"), ("connect", "b"), ("timeline", "name"),
        ("events", "about"), ("events", "when"), ("find", "value"),
    ):  # fmt: skip
        offered += [await actor.autocomplete(*place, command, option, typed, **filled) for typed in TYPED]
    return json.dumps(offered)


def _shown(message: Any) -> str:
    return json.dumps([message.content, *(part.to_dict() for part in message.components)], ensure_ascii=False)


@pytest.mark.parametrize(
    ("who", "place", "allowed"),
    [
        ("friend", "home", FRIEND), ("trustee", "home", TRUSTEE), ("trustee_away", "away", NOTHING),
        ("deckhand", "away", CREW), ("passer_by", "away", NOTHING),
    ],
)  # fmt: skip
async def test_in_a_server(harbour: Harbour, who: str, place: str, allowed: frozenset[str]) -> None:
    actor, channel = getattr(harbour, who), getattr(harbour, place)
    me = harbour.env.bot.user
    assert me is not None
    for question in ASKED[:3]:
        await actor.send(channel, f"{me.mention} {question}")
    for result in await commands(actor, [channel], private=False):
        for one in ids(only(result)):
            if one.startswith(("source:", "more:", "page:")):
                await actor.click(only(result), custom_id=one)
    assert seen("\n".join(_shown(message) for message in channel.history())) == []
    for result in await commands(actor, [channel], private=True):
        for one in ids(only(result)):
            if one.startswith(("source:", "more:", "page:", "good:")):
                await actor.click(only(result), custom_id=one)
    message = await actor.send(channel, "Who works at Harbour Museum?")
    await actor.context_menu(channel, "Ask about this", message)
    sent = harbour.sent()
    assert seen(sent, allowed) == []
    assert bool(seen(sent)) == bool(allowed)  # and they are told, or all of this proves nothing
    assert seen("\n".join(_shown(message) for message in channel.history())) == []
    assert seen(await completions(actor, [channel], private=False)) == []
    offered = await completions(actor, [channel], private=True)
    assert seen(offered, allowed) == []
    assert bool(seen(offered)) == bool(allowed)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("stranger", NOTHING), ("friend", FRIEND), ("trustee", TRUSTEE), ("deckhand", CREW), ("passer_by", NOTHING)],
)
async def test_in_direct_messages(harbour: Harbour, who: str, allowed: frozenset[str]) -> None:
    actor = getattr(harbour, who)
    user = getattr(actor, "user", actor)
    for question in ASKED:
        await actor.send_dm(question)
    for private in (False, True):
        await commands(user, [], private=private)
    sent = harbour.sent()
    assert seen(sent, allowed) == []
    assert bool(seen(sent)) == bool(allowed)
    assert seen(await completions(user, [], private=False), allowed) == []


async def test_direct_messages__who_cannot_be_looked_up_sees_what_everybody_sees(harbour: Harbour) -> None:
    harbour.env.inject_error("GET", f"/guilds/{HOME}/members/{harbour.trustee.id}", status=500, times=None)
    await harbour.trustee.send_dm("Where does Mara Holt work?")
    assert seen(harbour.sent()) == []


async def test_a_role_that_was_taken_away_counts_no_longer_on_the_next_press(harbour: Harbour) -> None:
    mine = only(await harbour.trustee.slash(harbour.home, "ask", question="Where does Mara Holt work?", private=True))
    assert seen(harbour.sent()) != []
    harbour.env.backend.get_guild(HOME).members[harbour.trustee.id].role_ids.clear()
    for label in ("More", "Source"):
        assert seen(str(texts(only(await harbour.trustee.click(mine, label=label)))), FRIEND) == []


async def test_what_somebody_was_told_in_private_is_not_shared_with_all(harbour: Harbour) -> None:
    mine = only(await harbour.trustee.slash(harbour.home, "ask", question="Where does Mara Holt work?", private=True))
    assert "Kestrel Trust" in answer(mine)
    told = await harbour.trustee.click(mine, label="Share")
    assert answer(told.followups[-1]) == "Not everybody here may see that, so I do not show it to the channel."
    assert seen("\n".join(_shown(message) for message in harbour.home.history())) == []
    same = only(await harbour.trustee.slash(harbour.home, "ask", question="When was Mara Holt born?", private=True))
    await harbour.trustee.click(same, label="Share")
    assert "1970" in answer(last(harbour.home))


async def test_buttons_of_an_answer_tell_whoever_presses_what_they_may_see(harbour: Harbour) -> None:
    public = only(await harbour.friend.slash(harbour.home, "ask", question="When was Mara Holt born?"))
    for actor, allowed in ((harbour.friend, FRIEND), (harbour.trustee, TRUSTEE)):
        harbour.sent()
        shown = only(await actor.click(public, label="More"))
        assert shown.ephemeral
        assert seen(harbour.sent(), allowed) == []
    assert "Kestrel Trust" in str(texts(shown))


@pytest.mark.parametrize("name", ["=person/ottoline-vexley", "=organization/kestrel-trust", "Ottoline Vexley"])
async def test_made_up_names_are_answered_as_any_others(harbour: Harbour, name: str) -> None:
    """Byte for byte as a name of which nothing was ever recorded."""
    nobody = name.replace("ottoline-vexley", "basil-undrey").replace("kestrel-trust", "heron-guild")
    nobody = nobody.replace("Ottoline Vexley", "Basil Undrey")
    for command, option in (("person", "name"), ("timeline", "name"), ("events", "about")):
        for actor, channel in ((harbour.friend, harbour.home), (harbour.deckhand, harbour.away)):
            told, other = [
                str(texts(only(await actor.slash(channel, command, **{option: one}, private=True))))
                for one in (name, nobody)
            ]
            assert told.replace(name, nobody) == other


async def test_what_stays_behind(harbour: Harbour, caplog: pytest.LogCaptureFixture) -> None:
    """The state, the counters and the log, after those who see more have asked for what nobody can tell them."""
    caplog.set_level(logging.DEBUG, "bot")
    for actor in (harbour.trustee, harbour.admin):
        for question in ("What shoes does the bursar of Kestrel Trust wear?", "Why is Ottoline Vexley so fond of jam?"):
            only(await actor.slash(harbour.home, "ask", question=question, private=True))
            await actor.send_dm(question)
    state = b"".join(file.read_bytes() for file in harbour.settings.data.glob("state.sqlite*"))
    assert seen(state.decode("latin-1")) == []
    assert seen(harbour.metrics.exposition().decode()) == []
    assert seen(caplog.text) == []


@pytest.mark.parametrize(("who", "place", "allowed"), [("admin", "home", TRUSTEE), ("admin_away", "away", CREW)])
async def test_knowledge__is_shown_for_ones_own_server(
    harbour: Harbour, who: str, place: str, allowed: frozenset[str]
) -> None:
    actor, channel = getattr(harbour, who), getattr(harbour, place)
    for name in ("ottoline", "quillon", "lantern", "mara"):
        file = harbour.settings.knowledge[0] / f"{name}.md"
        file.write_text(file.read_text(encoding="utf-8").replace("source: guide", "nonsense: guide"), encoding="utf-8")
    write(harbour.settings.knowledge[0], una=profile("person", "Una Walrus", "audience: board", "jobTitle: bursar"))
    for command in ("status", "check", "history", "gaps", "audit", "review"):
        await actor.slash(channel, f"knowledge {command}")
    shown = await actor.slash(channel, "knowledge reload")
    await actor.click(shown.followups[-1] if shown.followups else shown.response.message, label="Approve")
    for command in ("status", "check", "history", "audit"):
        await actor.slash(channel, f"knowledge {command}")
    for name in ("Mara Holt", "Una Berg"):
        await actor.slash(channel, "knowledge forget", name=name)
    offered = [await actor.autocomplete(channel, "knowledge remove", "document", typed) for typed in ("", "w", "q")]
    told = harbour.sent() + json.dumps(offered)
    assert seen(told, allowed) == []
    assert seen(told) != []
    for one in (harbour.home, harbour.away):
        assert seen("\n".join(_shown(message) for message in one.history())) == []

"""Documents and members who try to ping, to link, to hide or to break the layout."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.settings import Settings
from tests.chat.conftest import TODAY, Open, Town
from tests.chat.seen import answer, last, only, options, texts

NAME = "Eve @everyone <@&1> <@2> `tick` ||spoiler|| [free](javascript:alert(1)) \u200b@here **Moss**"
VALUE = "# Heading\u202e @everyone ```code``` <#3> https://evil.example/a [x](https://evil.example) ~~gone~~ _u_ > q"
HOSTILE = f"""\
---
kind: person
name: "{NAME}"
aliases: [Eve Moss]
source: minutes
description: "{VALUE}"
worksFor: {{name: "Acme ](javascript:x) ||@here||", roleName: "`boss` <@&1>"}}
knowsAbout: ["a\\nb\\n# c", "</code>", "{"very long " * 300}"]
---
"""
# What would ping, link, format or hide, were it not escaped.
ACTIVE = ("@everyone", "@here", "<@", "<#", "](", "||", "```", "https://evil", "~~", "\u202e", "\u200b")


@pytest.fixture
async def town(open_town: Open, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose documents are hostile."""
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "sources.yaml").write_text('minutes: {title: "Minutes @everyone [x](javascript:1)", author: "<@&1>"}\n')
    (folder / "eve.md").write_text(HOSTILE, encoding="utf-8")
    assistant = await Assistant.open(Settings(knowledge=(folder,), data=tmp_path / "data"), lambda: TODAY)
    yield await open_town(assistant)
    await assistant.close()


def is_tame(text: str) -> bool:
    """Whether nothing active is left but what a backslash or a word joiner has taken the power of."""
    tamed = text
    for char in "\\*_~`|[]<":
        tamed = tamed.replace(f"\\{char}", "")
    return not any(active in tamed for active in ACTIVE)


async def test_a_hostile_document__in_every_reply(town: Town) -> None:
    commands = [
        ("ask", {"question": "Who is Eve Moss?"}),
        ("ask", {"question": "Where does Eve Moss work?"}),
        ("ask", {"question": "What does Eve Moss know about?"}),
        ("person", {"name": "Eve Moss"}),
        ("find", {"value": "Eve Moss"}),
        ("sources", {}),
        ("help", {}),
    ]
    for command, values in commands:
        reply = only(await town.alice.slash(town.channel, command, **values))
        assert [text for text in texts(reply) if not is_tame(text)] == []
        assert sum(map(len, texts(reply))) <= 4000
    reply = only(await town.alice.slash(town.channel, "person", name="Eve Moss"))
    shown = only(await town.alice.click(reply, label="Source"))
    assert [text for text in texts(shown) if not is_tame(text)] == []
    assert sum(map(len, texts(shown))) <= 4000


@pytest.mark.parametrize(
    "question", [f"Who is {NAME}?", VALUE, "@everyone", "<@&1> <@2>", "Who is ||Zed|| [x](javascript:1)?"]
)
async def test_a_hostile_question__is_quoted_harmlessly(town: Town, question: str) -> None:
    me = town.client.user
    assert me is not None
    reply = only(await town.alice.slash(town.channel, "ask", question=question))
    assert [text for text in texts(reply) if not is_tame(text)] == []
    await town.alice.send(town.channel, f"{me.mention} {question}")
    assert [text for text in texts(last(town.channel)) if not is_tame(text)] == []
    await town.alice.send_dm(question)
    assert [text for text in texts(last(town.alice)) if not is_tame(text)] == []


async def test_a_hostile_name__as_a_choice(town: Town) -> None:
    offered = await town.alice.autocomplete(town.channel, "person", "name", "eve")
    assert len(offered) == 1
    assert len(offered[0]["name"]) <= 100
    assert len(offered[0]["value"]) <= 100
    assert answer(only(await town.alice.slash(town.channel, "person", name=offered[0]["value"]))).startswith("**Eve")


async def test_nothing_that_is_sent_may_ping(town: Town) -> None:
    me = town.client.user
    assert me is not None
    reply = only(await town.alice.slash(town.channel, "ask", question="Who is Eve Moss?", private=True))
    await town.alice.click(reply, label="Share")
    await town.alice.send(town.channel, f"{me.mention} Who is Eve Moss?")
    await town.alice.send_dm("Who is Eve Moss?")
    sent = [body.get("data") or body for request in town.env.http_requests if isinstance(body := request.json, dict)]
    speaking = [body for body in sent if body.get("components")]
    assert len(speaking) >= 5
    assert [body["allowed_mentions"]["parse"] for body in speaking] == [[]] * len(speaking)
    assert not any(body["allowed_mentions"].get("replied_user") for body in speaking)


async def test_what_a_client_makes_up_for_an_option(town: Town) -> None:
    for name in ("=" * 200, "=person/eve~zz", "x" * 6000, "\u200b", "'; DROP TABLE fact; --", '"a" OR b*', "=person/%"):
        assert answer(only(await town.alice.slash(town.channel, "person", name=name)))
        assert answer(only(await town.alice.slash(town.channel, "find", value=name, kind=name, property=name)))
        assert answer(only(await town.alice.slash(town.channel, "events", when=name, about=name)))
        assert answer(only(await town.alice.slash(town.channel, "compare", a=name, b=name)))
        assert await town.alice.autocomplete(town.channel, "person", "name", name) is not None
    assert options(only(await town.alice.slash(town.channel, "person", name="eve m"))) == []

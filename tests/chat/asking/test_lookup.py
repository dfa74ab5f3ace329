"""Commands that take names, times and properties, typed, completed, misspelt or made up."""

import pytest

from tests.chat.conftest import Town
from tests.chat.seen import answer, buttons, only, options, texts


async def ask(town: Town, command: str, **values: str) -> str:
    return answer(only(await town.alice.slash(town.channel, command, **values)))


@pytest.mark.parametrize(
    ("command", "typed", "name"),
    [
        ("person", "winterb", "Clara Winterbourne"),
        ("person", "Winterborne", "Clara Winterbourne"),
        ("person", "winterbuo", "Clara Winterbourne"),
        ("event", "jubil", "Jubilee Concert"),
        ("organization", "velm", "Velmouth Town Choir"),
    ],
)
async def test_names_are_completed_typos_included(town: Town, command: str, typed: str, name: str) -> None:
    offered = await town.alice.autocomplete(town.channel, command, "name", typed)
    assert len(offered) <= 25
    chosen = next(one for one in offered if one["name"].startswith(name))
    assert (await ask(town, command, name=chosen["value"])).startswith(f"**{name}**")


async def test_names__only_of_the_kind_that_the_command_is_for(town: Town) -> None:
    offered = await town.alice.autocomplete(town.channel, "person", "name", "")
    assert offered
    assert all(one["value"].startswith("=person/") for one in offered)


async def test_names__free_text_is_looked_up(town: Town) -> None:
    assert (await ask(town, "person", name="ambrose tilling")).startswith("**Ambrose Tilling** (person)")
    assert (await ask(town, "person", name="Ambrose Tiling")).startswith("**Ambrose Tilling** (person)")
    assert await ask(town, "person", name="Zebedee Quux") == "I know nobody and nothing called “Zebedee Quux”."
    assert await ask(town, "person", name="=person/zebedee-quux") == "That is no longer recorded."
    assert await ask(town, "person", name="…") == "I know nobody and nothing called “…”."


async def test_names__that_several_have(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "person", name="Clara"))
    assert [label for label, _ in options(reply)] == ["Clara Osgood", "Clara Winterbourne"]
    await town.alice.select(reply, ["=person/clara-osgood"])
    assert answer(reply).startswith("**Clara Osgood** (person)")


async def test_two_names__one_of_which_several_have(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "compare", a="Ambrose Tilling", b="Clara"))
    await town.alice.select(reply, ["=person/clara-winterbourne"])
    assert answer(reply).startswith("**Ambrose Tilling** and **Clara Winterbourne** side by side:")


async def test_compare_connect_and_timeline(town: Town) -> None:
    two = {"a": "=person/ambrose-tilling", "b": "=person/clara-winterbourne"}
    assert "side by side" in await ask(town, "compare", **two)
    assert (await ask(town, "connect", **two)).startswith("**Ambrose Tilling** and **Clara Winterbourne**")
    assert (await ask(town, "timeline", name="=person/clara-winterbourne")).startswith(
        "**Clara Winterbourne**, in order"
    )


async def test_compare__one_with_itself(town: Town) -> None:
    for command in ("compare", "connect"):
        told = await ask(town, command, a="Clara Winterbourne", b="=person/clara-winterbourne")
        assert told == "Both names mean **Clara Winterbourne**. Give me two."


async def test_events__by_time_and_subject(town: Town) -> None:
    every = await ask(town, "events")
    assert every.startswith("**13** events:\n- 15 March 1975: **Opening Evening**")
    assert "1975" not in await ask(town, "events", when="2022")
    assert (await ask(town, "events", when="March 2022")) == "**1** event:\n- 10 March 2022: **Annual Meeting 2022**"
    assert await ask(town, "events", when="upcoming") == "No upcoming event is recorded."
    assert (await ask(town, "events", when="past")).startswith("**12** events")
    assert await ask(town, "events", when="march 1850") == "No event is recorded for March 1850."
    assert await ask(town, "events", when="soon") == (
        "“soon” is no time that I understand. Give a year, a month, a day, past or upcoming."
    )
    told = "is recorded that has to do with “zebedee”."
    assert await ask(town, "events", about="zebedee") == f"No event {told}"
    assert await ask(town, "events", when="2019", about="zebedee") == f"No event of that time {told}"
    assert "Christmas Concert 2019" in await ask(town, "events", about="Clara Winterbourne")


async def test_events__times_are_offered(town: Town) -> None:
    offered = await town.alice.autocomplete(town.channel, "events", "when", "")
    assert [one["value"] for one in offered][:4] == ["upcoming", "past", "2024", "2023"]
    offered = await town.alice.autocomplete(town.channel, "events", "when", "19")
    assert offered[0]["value"] == "1999"


async def test_find__by_property_and_value(town: Town) -> None:
    offered = await town.alice.autocomplete(town.channel, "find", "property", "member")
    assert offered
    found = await ask(town, "find", kind="person", property=offered[0]["value"], value="Velmouth Town Choir")
    assert "people (membership: Velmouth Town Choir):" in found
    assert "Harriet Penhale" in found
    assert await ask(town, "find", value="zebedee") == "Nothing is recorded with “zebedee”."
    narrow = await ask(town, "find", kind="person", value="zebedee")
    assert narrow == "Nothing of that kind is recorded with “zebedee”."
    assert await ask(town, "find", value="choir", property="quux") == (
        "I can’t answer that: nothing I know explains “quux”."
    )
    offered = await town.alice.autocomplete(town.channel, "find", "property", "")
    assert {"location", "membership"} & {one["name"] for one in offered[:8]}  # what much is said of comes first
    assert not await town.alice.autocomplete(town.channel, "find", "property", "blood type")  # and nothing is of that
    kinds = await town.alice.autocomplete(town.channel, "find", "kind", "peo")
    assert [one["value"] for one in kinds] == ["person"]


async def test_sources(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "sources"))
    assert answer(reply).startswith("**9** sources:")
    assert len(texts(reply)) == 1  # no line of sources repeats them
    assert "More" not in buttons(reply)


async def test_help__shows_examples_of_what_is_loaded_and_they_can_be_tried(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "help"))
    assert reply.ephemeral
    assert "18 people" in answer(reply)
    label, value = options(reply)[0]
    assert label == "Who is Clara Winterbourne?"
    shown = only(await town.alice.select(reply, [value]))
    assert shown.ephemeral
    assert answer(shown).startswith("**Clara Winterbourne** (person)")


async def test_privacy(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "privacy"))
    assert reply.ephemeral
    assert texts(reply)[0].startswith("**What I keep**")


@pytest.mark.parametrize("command", ["person", "project", "event", "organization", "timeline"])
async def test_every_command_can_be_private(town: Town, command: str) -> None:
    assert only(await town.alice.slash(town.channel, command, name="Velmouth", private=True)).ephemeral

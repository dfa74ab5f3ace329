"""Lists too long for one message: page by page, in place for the asker, as a copy for others."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.settings import Settings
from tests.chat.conftest import TODAY, Open, Town
from tests.chat.seen import answer, buttons, id_of, last, only, texts

MEMBERS, WORDS = 80, 180


@pytest.fixture
async def town(open_town: Open, tmp_path: Path) -> AsyncIterator[Town]:
    """A chess league of many members, and one whose life takes many words."""
    folder = tmp_path / "league"
    folder.mkdir()
    (folder / "sources.yaml").write_text("list: {title: List of the league, date: 2024}\n")
    for number in range(MEMBERS):
        member = f"memberOf: {{name: Chess League, startDate: {1900 + number}}}"
        profile = f"---\nkind: person\nname: Player {number:03d}\nsource: list\n{member}\n---\n"
        (folder / f"player-{number:03d}.md").write_text(profile)
    words = " ".join(f"word{number}" for number in range(WORDS))
    (folder / "ada.md").write_text(f"---\nkind: person\nname: Ada Long\nsource: list\ndescription: {words}\n---\n")
    assistant = await Assistant.open(Settings(knowledge=(folder,), data=tmp_path / "data"), lambda: TODAY)
    yield await open_town(assistant)
    await assistant.close()


async def test_find__all_pages_together_tell_every_line_once(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "find", value="Chess League", kind="person"))
    told = answer(reply).split("\n")
    assert told[0] == f"**{MEMBERS}** people with Chess League:"
    assert told[-1] == f"- … and {MEMBERS - len(told) + 2} more."
    seen = told[1:-1]
    others = [label for label in buttons(reply) if not label.endswith("page")]
    while "Next page" in buttons(reply):
        await town.alice.click(reply, label="Next page")
        page = answer(reply)
        assert len(page) <= 1500
        assert [label for label in buttons(reply) if not label.endswith("page")] == others
        seen += page.split("\n")
    assert len(seen) == MEMBERS
    assert sorted(set(seen)) == seen
    assert texts(reply)[1].startswith("-# Page ")
    while "Previous page" in buttons(reply):
        await town.alice.click(reply, label="Previous page")
    assert answer(reply).split("\n") == told
    assert "Source" in buttons(reply)


async def test_source__of_a_later_page_shows_what_stands_on_it(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "find", value="Chess League", kind="person"))
    first = answer(reply)
    await town.alice.click(reply, label="Next page")
    shown = only(await town.alice.click(reply, label="Source"))
    told = re.findall(r"Player \d+", "".join(texts(shown)))
    assert told
    assert all(name in answer(reply) and name not in first for name in told)


async def test_pages__others_get_a_private_copy(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "find", value="Chess League"))
    first = answer(reply)
    copy = only(await town.bob.click(reply, label="Next page"))
    assert copy.ephemeral
    assert answer(copy) != first
    assert answer(reply) == first
    await town.bob.click(copy, label="Previous page")
    assert answer(copy) == first


async def test_pages__names_in_a_row(town: Town) -> None:
    await town.alice.send_dm("Which people do you know?")
    reply = last(town.alice)
    assert "more" in answer(reply)
    seen = answer(reply).partition(" … and")[0]
    await town.alice.user.click(reply, label="Next page")
    rest = answer(last(town.alice))
    assert [name for number in range(MEMBERS) if (name := f"Player {number:03d}") not in f"{seen}, {rest}"] == []
    assert not rest.startswith(",")


async def test_pages__after_a_restart_and_twice(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "find", value="Chess League"))
    button = id_of(reply, "page:")
    await town.restart()
    await town.alice.click(reply, custom_id=button)
    second = answer(reply)
    assert "Previous page" in buttons(reply)
    await town.alice.click(reply, label="Previous page")
    await town.alice.click(reply, custom_id=button)
    assert answer(reply) == second


async def test_pages__a_list_that_has_changed_since(town: Town, tmp_path: Path) -> None:
    reply = only(await town.alice.slash(town.channel, "find", value="Chess League"))
    first = answer(reply)
    (tmp_path / "league" / "player-000.md").unlink()
    await town.services.assistant.reload()
    result = await town.alice.click(reply, label="Next page")
    told = result.response or result.followups[0]
    assert answer(told) == "What is recorded there has changed. Ask once more to see it as it is now."
    assert answer(reply) == first


async def test_the_longest_value_that_a_document_may_give(town: Town) -> None:
    reply = only(await town.alice.slash(town.channel, "person", name="Ada Long"))
    assert f"word{WORDS - 1}" in answer(reply)
    assert sum(map(len, texts(reply))) <= 4000

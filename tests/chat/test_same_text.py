"""The same question gets the same words from the assistant, in a command, in a direct message and by mention.

Every row of `tests/cases` is laid out as a message; a simulated Discord takes 60 ms a question, so of the way there and
back a sample is played: every eighth row as a command, every sixteenth as a direct message and as a mention.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from discord import ui

from bot.assistant import Assistant
from bot.chat.layout import Frame
from bot.chat.texts import Texts
from bot.chat.voice import Voice
from bot.model.request import Request, Wish
from tests.cases.communities import folder_of
from tests.cases.rows import FILES, rows_of
from tests.chat.conftest import TEXTS, Open
from tests.chat.seen import answer, last, only

ALONE = [row for file in FILES for row in rows_of(file) if row.leans_on is None]
COMMUNITIES = sorted({row.community for row in ALONE})
_COMMAND, _MESSAGE = 8, 16

AssistantOf = Callable[[Path], Assistant]


@pytest.mark.parametrize("community", COMMUNITIES)
async def test_every_row_is_laid_out_with_the_words_of_the_assistant(
    open_town: Open, assistant_of: AssistantOf, community: str
) -> None:
    assistant = assistant_of(folder_of(community))
    town = await open_town(assistant)
    frame = Frame(Voice(Texts.read(TEXTS)))
    other: list[str] = []
    for row in (row for row in ALONE if row.community == community):
        laid_out = town.client.desk.lay_out(await town.client.desk.answer(Request(Wish.ASK, (row.question,))), frame)
        shown = laid_out.children[0]
        assert isinstance(shown, ui.TextDisplay)
        if shown.content != (await assistant.ask(row.question)).text:
            other.append(row.place)
    assert other == []


@pytest.mark.parametrize("community", COMMUNITIES)
async def test_a_sample_of_rows_as_members_ask_them(open_town: Open, assistant_of: AssistantOf, community: str) -> None:
    assistant = assistant_of(folder_of(community))
    town = await open_town(assistant)
    me = town.client.user
    assert me is not None
    for number, row in enumerate(row for row in ALONE if row.community == community):
        if number % _COMMAND:
            continue
        said = (await assistant.ask(row.question)).text
        assert answer(only(await town.alice.slash(town.channel, "ask", question=row.question))) == said
        if number % _MESSAGE:
            continue
        await town.restart()  # no turn to lean on
        await town.alice.send_dm(row.question)
        assert answer(last(town.alice)) == said
        await town.bob.send(town.channel, f"{me.mention} {row.question}")
        assert answer(last(town.channel)) == said

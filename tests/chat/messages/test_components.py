"""What is written by hand is what discord.py would send for its own items, without what goes without saying."""

from typing import Any

import discord
import pytest
from discord import ui

from bot.chat.messages.components import Component, Plain, button, choice, choice_list, emoji_button, row, text

_UNSAID = {"disabled": False, "default": False, "min_values": 1, "max_values": 1, "required": True}


def said(sent: Any) -> Any:
    """Without what Discord takes for granted."""
    if isinstance(sent, dict):
        return {key: said(value) for key, value in sent.items() if key not in _UNSAID or value != _UNSAID[key]}
    return [said(one) for one in sent] if isinstance(sent, list) else sent


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (text("The choir meets **today**."), ui.TextDisplay("The choir meets **today**.")),
        (row(button("More", "more:=ada")), ui.ActionRow(ui.Button(label="More", custom_id="more:=ada"))),
        (row(emoji_button("👍", "good:x")), ui.ActionRow(ui.Button(emoji="👍", custom_id="good:x"))),
        (row(emoji_button("<:ok:12345>", "good:x")), ui.ActionRow(ui.Button(emoji="<:ok:12345>", custom_id="good:x"))),
        (
            row(choice_list("pick:x", "Which one?", [choice("Ada", "=ada", "singer"), choice("Bo", "=bo")])),
            ui.ActionRow(
                ui.Select(
                    custom_id="pick:x",
                    placeholder="Which one?",
                    options=[
                        discord.SelectOption(label="Ada", value="=ada", description="singer"),
                        discord.SelectOption(label="Bo", value="=bo"),
                    ],
                )
            ),
        ),
    ],
)
async def test_a_component_is_sent_as_discord_py_would(ours: Component, theirs: ui.Item[Any]) -> None:
    library = ui.LayoutView(timeout=None)
    library.add_item(theirs)
    layout = Plain([ours])
    assert layout.to_components() == said(library.to_components())  # type: ignore[no-untyped-call]
    assert layout.has_components_v2()
    assert layout.is_finished(), "discord.py would keep it"

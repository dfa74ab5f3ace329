"""What a message is made of, written as Discord takes it; knows neither what is said nor what a press does.

discord.py's own items can do more, such as being found again when they are pressed, and take as long to make as a short
answer takes to find. Ours are found by their ids, so nothing but what is sent is made.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from discord import ButtonStyle, ComponentType, PartialEmoji, ui

MOST_CHOICES, LONGEST_CHOICE = 25, 100  # of a list; characters of one

Component = dict[str, Any]
_BUTTON: Component = {"type": ComponentType.button.value, "style": ButtonStyle.secondary.value}


class Plain(ui.LayoutView):
    """A layout of components that carry all they need in their ids, so that nobody waits for them."""

    def __init__(self, components: Iterable[Component]) -> None:
        super().__init__(timeout=None)
        self._components = list(components)
        self.stop()  # discord.py need not keep it: presses are found by their ids

    def to_components(self) -> list[Component]:
        """What is sent."""
        return self._components

    def has_components_v2(self) -> bool:
        """Yes: Discord is told so, and takes no text beside them."""
        return True


def text(content: str) -> Component:
    """A piece of text."""
    return {"type": ComponentType.text_display.value, "content": content}


def row(*items: Component) -> Component:
    """Up to five buttons, or a list, side by side."""
    return {"type": ComponentType.action_row.value, "components": list(items)}


def button(label: str, custom_id: str) -> Component:
    """A button with a word on it."""
    return {**_BUTTON, "label": label, "custom_id": custom_id}


def main_button(label: str, custom_id: str) -> Component:
    """The button that stands out."""
    return {**button(label, custom_id), "style": ButtonStyle.success.value}


def emoji_button(emoji: str, custom_id: str) -> Component:
    """A button with a picture on it."""
    return {**_BUTTON, "emoji": _picture(emoji), "custom_id": custom_id}


@cache  # of the few there are in the texts
def _picture(emoji: str) -> Component:
    return dict(PartialEmoji.from_str(emoji).to_dict())


def choice(label: str, value: str, description: str = "") -> Component:
    """One of a list; Discord takes no empty description."""
    told = {"description": description} if description else {}
    return {"label": label, "value": value, **told}


def choice_list(custom_id: str, placeholder: str, choices: Sequence[Component]) -> Component:
    """A list from which one is picked."""
    return {
        "type": ComponentType.select.value,
        "custom_id": custom_id,
        "placeholder": placeholder,
        "options": list(choices),
    }

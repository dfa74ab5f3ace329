"""What a message says to the bot; reads text alone, and nothing about who wrote it."""

import re
from collections.abc import Iterable, Iterator

import discord
from discord.components import Component

_MENTION = re.compile(r"<@!?(\d+)>")


def text_of(message: discord.Message) -> str:
    """The text of a message, also where it stands in components."""
    return message.content.strip() or "\n".join(_texts(message.components)).strip()


def question_in(message: discord.Message, me: int) -> str:
    """The text without the bot's mention; members who are mentioned are called as everybody sees them."""
    names = {str(user.id): user.display_name for user in message.mentions}
    names[str(me)] = ""
    return _MENTION.sub(lambda match: names.get(match[1], match[0]), message.content).strip()


def _texts(components: Iterable[Component]) -> Iterator[str]:
    for component in components:
        content = getattr(component, "content", None)
        if isinstance(content, str):
            yield content
        yield from _texts(getattr(component, "children", ()))

"""What a member sees of a message: its texts, its buttons and its lists; knows nothing of how they were made."""

from collections.abc import Iterator
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle
from simcord.results import InteractionResult, ResponseMessage

Message = ResponseMessage | discord.Message
TEXT, BUTTON, SELECT = 10, 2, 3


def parts(message: Message) -> Iterator[dict[str, Any]]:
    """Every component, the outer before the inner."""
    if isinstance(message, ResponseMessage):
        yield from _walk(message.components)
    else:
        yield from _walk([component.to_dict() for component in message.components])


def _walk(components: list[Any]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))


def texts(message: Message) -> list[str]:
    """The texts from top to bottom."""
    return [part["content"] for part in parts(message) if part["type"] == TEXT]


def answer(message: Message | None) -> str:
    """The answer itself."""
    assert message is not None
    return texts(message)[0]


def buttons(message: Message) -> list[str]:
    """What stands on the buttons."""
    found = [part for part in parts(message) if part["type"] == BUTTON]
    return [part.get("label") or part["emoji"]["name"] for part in found]


def ids(message: Message) -> list[str]:
    """The ids of everything that can be pressed."""
    return [part["custom_id"] for part in parts(message) if "custom_id" in part]


def id_of(message: Message, beginning: str) -> str:
    """The id that begins so."""
    return next(one for one in ids(message) if one.startswith(beginning))


def options(message: Message) -> list[tuple[str, str]]:
    """Labels and values of the list."""
    return [
        (one["label"], one["value"]) for part in parts(message) if part["type"] == SELECT for one in part["options"]
    ]


def only(result: InteractionResult) -> ResponseMessage:
    """The one message that came back; nothing hangs, nothing came twice."""
    assert result.acknowledged
    messages = ([result.response] if result.response else []) + result.followups
    assert len(messages) == 1, f"{len(messages)} messages"
    return messages[0]


def last(channel: ChannelHandle | MemberActor | UserHandle) -> discord.Message:
    """The last message of a channel, or of the direct messages with someone."""
    if isinstance(channel, MemberActor):
        channel = channel.user
    handle = channel.dm_channel if isinstance(channel, UserHandle) else channel
    message = handle.last_message
    assert message is not None
    return message

"""Checks of what a bot sends, by Discord's rules that its OpenAPI document leaves out; knows no bot and no server.

Each check returns complaints, none if all is well. Works on plain JSON, so any local Discord can use it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tests.discord.openapi import open_api

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUB_COMMAND, SUB_COMMAND_GROUP = 1, 2
ROW, BUTTON, SELECTS, LINK_STYLE, PREMIUM_STYLE = 1, 2, (3, 5, 6, 7, 8), 5, 6
TEXT_DISPLAY = 10
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
# The most commands of each type, global ones.
_MOST_COMMANDS = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
_MENTION_TYPES = {"users": "users", "roles": "roles"}


def faults_of_request(method: str, path: str, body: Any) -> list[str]:
    """Everything wrong with one request: by the document, where it is at hand, and by the rules of this module.

    `path` comes without host, version and query. An unknown path is a fault: the bot must not use what is not there.
    """
    faults: list[str] = []
    document = open_api()
    if document is not None:
        operation = document.find(method, path)
        if operation is None:
            return [f"{method} {path}: no such operation"]
        faults += document.request_faults(operation, body)
    if method == "PUT" and path.endswith("/commands"):
        faults += command_faults(body)
    elif path.endswith("/callback"):
        faults += callback_faults(body)
    elif method in {"POST", "PATCH"} and ("/messages" in path or path.startswith("/webhooks/")):
        faults += message_faults(body)
        if method == "POST":
            faults += _mention_faults(body)
    return [f"{method} {path}: {fault}" for fault in faults]


def callback_faults(body: dict[str, Any]) -> list[str]:
    """What is wrong with the first answer to an interaction."""
    data = body.get("data") or {}
    match body.get("type"):
        case 4:
            return [*message_faults(data, required=True), *_mention_faults(data)]
        case 7:
            return message_faults(data)
        case 8:
            return _choice_faults(data.get("choices") or [])
        case 9:
            return _modal_faults(data)
        case 1 | 5 | 6:
            return []
        case other:
            return [f"unknown type {other!r}"]


def message_faults(message: dict[str, Any], *, required: bool = False) -> list[str]:
    """What is wrong with a message, or with the change of one."""
    content, embeds = message.get("content") or "", message.get("embeds") or []
    components, v2 = message.get("components") or [], bool((message.get("flags") or 0) & COMPONENTS_V2)
    faults = list(_embed_faults(embeds))
    if _length(content) > 2000:
        faults.append(f"content of {_length(content)} characters")
    if v2 and (content or embeds or message.get("poll") or message.get("sticker_ids")):
        faults.append("Components V2 beside content, embeds, poll or stickers")
    if required and not (content or embeds or components or message.get("attachments") or message.get("poll")):
        faults.append("empty message")
    faults += _component_faults(components, v2=v2)
    mentions = message.get("allowed_mentions")
    if mentions:
        for parsed, listed in _MENTION_TYPES.items():
            if parsed in (mentions.get("parse") or []) and mentions.get(listed):
                faults.append(f"allowed_mentions parses {parsed} and lists them")
    return faults


def command_faults(commands: Sequence[dict[str, Any]]) -> list[str]:
    """What is wrong with a full set of commands."""
    faults: list[str] = []
    kinds = Counter(command.get("type", CHAT_INPUT) for command in commands)
    faults += [f"{number} commands of type {kind}" for kind, number in kinds.items() if number > _MOST_COMMANDS[kind]]
    names = Counter((command.get("type", CHAT_INPUT), command.get("name")) for command in commands)
    faults += [f"two commands are called {name!r}" for (_, name), number in names.items() if number > 1]
    for command in commands:
        label = f"/{command.get('name')}"
        if command.get("type", CHAT_INPUT) == CHAT_INPUT:
            faults += _described_faults(label, command)
            faults += _option_faults(label, command.get("options") or [])
            if (size := _command_size(command)) > 8000:
                faults.append(f"{label}: {size} characters in all")
        else:
            faults += [f"{label}: a menu entry has no {key}" for key in ("description", "options") if command.get(key)]
            for name in (command.get("name", ""), *(command.get("name_localizations") or {}).values()):
                if not 1 <= _length(name) <= 32:
                    faults.append(f"{label}: name of {_length(name)} characters")
    return faults


def _described_faults(label: str, named: dict[str, Any]) -> Iterator[str]:
    for name in (named.get("name", ""), *(named.get("name_localizations") or {}).values()):
        if not _NAME.fullmatch(name) or name != name.lower():
            yield f"{label}: bad name {name!r}"
    for text in (named.get("description") or "", *(named.get("description_localizations") or {}).values()):
        if not 1 <= _length(text) <= 100:
            yield f"{label}: description of {_length(text)} characters"


def _option_faults(label: str, options: Sequence[dict[str, Any]]) -> Iterator[str]:
    if len(options) > 25:
        yield f"{label}: {len(options)} options"
    names = Counter(option.get("name") for option in options)
    yield from (f"{label}: two options are called {name!r}" for name, number in names.items() if number > 1)
    optional = False
    nested = [option for option in options if option.get("type") in {SUB_COMMAND, SUB_COMMAND_GROUP}]
    if nested and len(nested) < len(options):
        yield f"{label}: subcommands beside options"
    for option in options:
        where = f"{label} {option.get('name')}"
        yield from _described_faults(where, option)
        yield from _option_faults(where, option.get("options") or [])
        if option.get("type") in {SUB_COMMAND, SUB_COMMAND_GROUP}:
            continue
        if option.get("required") and optional:
            yield f"{where}: required after an optional one"
        optional = optional or not option.get("required")
        choices = option.get("choices") or []
        if choices and option.get("autocomplete"):
            yield f"{where}: choices and autocomplete"
        yield from (f"{where}: {fault}" for fault in _choice_faults(choices))


def _choice_faults(choices: Sequence[dict[str, Any]]) -> list[str]:
    faults = [f"{len(choices)} choices"] if len(choices) > 25 else []
    for choice in choices:
        name, value = choice.get("name", ""), choice.get("value")
        if not 1 <= _length(name) <= 100:
            faults.append(f"choice name of {_length(name)} characters")
        if isinstance(value, str) and not 1 <= _length(value) <= 100:
            faults.append(f"choice value of {_length(value)} characters")
    return faults


def _command_size(command: dict[str, Any]) -> int:
    """The characters that Discord counts: of names, descriptions and values, the longest locale of each."""
    size = 0
    for key in ("name", "description"):
        texts = (command.get(key) or "", *(command.get(f"{key}_localizations") or {}).values())
        size += max(map(_length, texts))
    size += sum(_length(choice["name"]) + _length(str(choice["value"])) for choice in command.get("choices") or [])
    return size + sum(_command_size(option) for option in command.get("options") or [])


def _embed_faults(embeds: Sequence[dict[str, Any]]) -> Iterator[str]:
    total = 0
    for embed in embeds:
        total += sum(_length(embed.get(key) or "") for key in ("title", "description"))
        total += _length((embed.get("footer") or {}).get("text") or "")
        total += _length((embed.get("author") or {}).get("name") or "")
        total += sum(_length(field["name"]) + _length(field["value"]) for field in embed.get("fields") or [])
    if total > 6000:
        yield f"{total} characters over all embeds"


def _component_faults(components: Sequence[dict[str, Any]], *, v2: bool) -> Iterator[str]:
    every = list(_walk(components))
    if v2:
        if len(every) > 40:
            yield f"{len(every)} components"
        text = sum(_length(one.get("content") or "") for one in every if one.get("type") == TEXT_DISPLAY)
        if text > 4000:
            yield f"{text} characters of text in components"
        yield from ("empty text" for one in every if one.get("type") == TEXT_DISPLAY and not one.get("content"))
    else:
        if len(components) > 5:
            yield f"{len(components)} rows"
        yield from (f"type {one['type']} without Components V2" for one in components if one.get("type") != ROW)
    ids = Counter(one["custom_id"] for one in every if one.get("custom_id"))
    yield from (f"two components have the custom_id {name!r}" for name, number in ids.items() if number > 1)
    for one in every:
        if len(one.get("custom_id") or "") > 100:
            yield "custom_id over 100 characters"
        if one.get("type") == ROW:
            yield from _row_faults(one.get("components") or [])
        elif one.get("type") == BUTTON:
            yield from _button_faults(one)
        elif one.get("type") in SELECTS and not one.get("custom_id"):
            yield "select without custom_id"


def _row_faults(inside: Sequence[dict[str, Any]]) -> Iterator[str]:
    selects = sum(one.get("type") in SELECTS for one in inside)
    if not inside:
        yield "empty row"
    elif len(inside) > 5 or selects > 1 or (selects and len(inside) > 1):
        yield "overfull row"


def _button_faults(button: dict[str, Any]) -> Iterator[str]:
    style = button.get("style")
    if style == LINK_STYLE:
        if not str(button.get("url", "")).startswith(("http://", "https://", "discord://")):
            yield f"link button to {button.get('url')!r}"
        if button.get("custom_id"):
            yield "link button with custom_id"
    elif style != PREMIUM_STYLE and not button.get("custom_id"):
        yield "button without custom_id"
    if style != PREMIUM_STYLE and not (button.get("label") or button.get("emoji")):
        yield "button without label or emoji"
    if _length(button.get("label") or "") > 80:
        yield f"button label of {_length(button['label'])} characters"


def _modal_faults(modal: dict[str, Any]) -> list[str]:
    faults = [f"modal without {key}" for key in ("title", "custom_id") if not modal.get(key)]
    if _length(modal.get("title") or "") > 45:
        faults.append("modal title over 45 characters")
    if not 1 <= len(modal.get("components") or []) <= 5:
        faults.append("modal without or with too many components")
    return faults


def _mention_faults(message: dict[str, Any]) -> list[str]:
    """Our own rule: a new message says that it mentions nobody, because Discord's default would."""
    mentions = message.get("allowed_mentions")
    if mentions is None:
        return ["allowed_mentions is missing"]
    if mentions.get("parse") != [] or mentions.get("users") or mentions.get("roles") or mentions.get("replied_user"):
        return [f"allowed_mentions allows some: {mentions}"]
    return []


def _walk(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components") or [])
        yield from _walk([component["accessory"]] if component.get("accessory") else [])


def _length(text: str) -> int:
    """Discord counts code points."""
    return len(text)

"""What each REST path of our local Discord does and answers; knows no sockets and no faults."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.discord.interactions import (
    ALREADY_ANSWERED,
    DEFERRED,
    DEFERRED_UPDATE,
    UNKNOWN_INTERACTION,
    Interaction,
)
from tests.discord.world import APPLICATION, Json, now, snowflake

if TYPE_CHECKING:
    from tests.discord.server import Discord

Answer = tuple[int, Any]
EPHEMERAL = 1 << 6
_OPTION_TYPES = {str: 3, bool: 5, int: 4}
_UNKNOWN_MESSAGE = 404, {"message": "Unknown Message", "code": 10008}
_UNKNOWN_WEBHOOK = 404, {"message": "Unknown Webhook", "code": 10015}


async def answer(discord: "Discord", method: str, path: str, body: Any, query: Mapping[str, str]) -> Answer:
    """Do what a request asks and say what Discord would."""
    for allowed, pattern, act in _ROUTES:
        found = pattern.fullmatch(path)
        if found and method == allowed:
            return await act(discord, body, query, *found.groups())
    discord.violations.append(f"{method} {path}: our local Discord does not have it")
    return 404, {"message": "404: Not Found", "code": 0}


def command_data(commands: Sequence[Json], name: str, options: Mapping[str, Any], focused: str | None = None) -> Json:
    """The data of an interaction with a command that was synced, `name` with its subcommands."""
    first, *rest = name.split()
    command = next((one for one in commands if one["name"] == first), None)
    assert command is not None, f"/{first} was never synced"
    given = [
        {
            "name": key,
            "type": _OPTION_TYPES[type(value)],
            "value": value,
            **({"focused": True} if key == focused else {}),
        }
        for key, value in options.items()
    ]
    level = command
    for part in rest:
        level = next(one for one in level["options"] if one["name"] == part)
    known = {option["name"] for option in level.get("options", [])}
    assert set(options) <= known, f"/{name} has no option {set(options) - known}"
    for part in reversed(rest):
        given = [{"name": part, "type": 1, "options": given}]
    return {"id": command["id"], "name": first, "type": command.get("type", 1), "options": given}


def filled(components: Sequence[Json], values: Mapping[str, str]) -> list[Json]:
    """The components of a form with what someone typed."""
    done: list[Json] = []
    for one in components:
        if one["type"] == 1:
            done.append({"type": 1, "id": 1, "components": filled(one["components"], values)})
        elif one["type"] == 18:
            done.append({"type": 18, "id": 1, "component": filled([one["component"]], values)[0]})
        else:
            done.append(
                {"type": one["type"], "id": 1, "custom_id": one["custom_id"], "value": values[one["custom_id"]]}
            )
    return done


async def _me(discord: "Discord", *_: Any) -> Answer:
    user = {
        **discord.world.bot,
        "mfa_enabled": False,
        "locale": "en-US",
        "premium_type": 0,
        "email": None,
        "verified": True,
    }
    return 200, user


async def _application(discord: "Discord", *_: Any) -> Answer:
    return 200, discord.world.application()


async def _gateway_bot(discord: "Discord", *_: Any) -> Answer:
    limit = {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 1}
    return 200, {"url": discord.gateway_url, "shards": 1, "session_start_limit": limit}


async def _sync(discord: "Discord", body: list[Json], *_: Any) -> Answer:
    discord.syncs += 1
    discord.synced.set()
    discord.commands = [
        {
            "id": snowflake(), "application_id": str(APPLICATION), "version": snowflake(),
            "type": 1, "description": "", "dm_permission": True, "nsfw": False,
            "contexts": None, **{key: value for key, value in command.items() if value is not None},
            "integration_types": command.get("integration_types") or [0],
            "default_member_permissions": _permissions(command.get("default_member_permissions")),
        }
        for command in body
    ]  # fmt: skip
    return 200, discord.commands


def _permissions(given: int | str | None) -> str | None:
    """Discord takes numbers and gives texts."""
    return None if given is None else str(given)


async def _commands(discord: "Discord", *_: Any) -> Answer:
    return 200, discord.commands or []


async def _callback(discord: "Discord", body: Json, query: Mapping[str, str], _: str, token: str) -> Answer:
    interaction = discord.interactions.get(token)
    if interaction is None:
        return 404, {"message": "Unknown interaction", "code": UNKNOWN_INTERACTION}
    if interaction.first is not None:
        return 400, {"message": "Interaction has already been acknowledged.", "code": ALREADY_ANSWERED}
    if perf_counter() - interaction.asked > 3 and not discord.patient:
        interaction.late = True
        return 404, {"message": "Unknown interaction", "code": UNKNOWN_INTERACTION}
    interaction.first = body
    kind, data = body["type"], body.get("data") or {}
    if kind == DEFERRED:
        interaction.private = bool((data.get("flags") or 0) & EPHEMERAL)
        interaction.message = _loading(discord, interaction, data)
    elif kind == 4:
        interaction.private = bool((data.get("flags") or 0) & EPHEMERAL)
        interaction.message = _message(discord, interaction, data)
        interaction.finish()
    elif kind in {7, DEFERRED_UPDATE}:
        interaction.message = dict(interaction.sent["message"])
        if kind == 7:
            _change(discord, interaction.message, data)
            interaction.finish()
    else:
        interaction.finish()
    return _callback_answer(interaction, kind) if query.get("with_response") else (204, None)


def _callback_answer(interaction: Interaction, kind: int) -> Answer:
    told: Json = {"id": interaction.sent["id"], "type": interaction.sent["type"]}
    found: Json = {"interaction": told}
    if kind in {4, 5, 6, 7} and interaction.message is not None:
        told |= {
            "response_message_id": interaction.message["id"], "response_message_loading": kind == DEFERRED,
            "response_message_ephemeral": interaction.private,
        }  # fmt: skip
        if kind in {4, 7}:
            found["resource"] = {"type": kind, "message": interaction.message}
    return 200, found


async def _followup(discord: "Discord", body: Json, _query: Mapping[str, str], token: str) -> Answer:
    interaction = discord.interactions.get(token)
    if interaction is None or interaction.first is None:
        return _UNKNOWN_WEBHOOK
    if interaction.first["type"] == DEFERRED and not interaction.done.is_set():
        assert interaction.message is not None
        _change(discord, interaction.message, body)  # the first followup replaces "thinking…"
        interaction.finish()
        return 200, interaction.message
    message = _message(discord, interaction, body)
    interaction.followups.append(message)
    interaction.finish()
    return 200, message


async def _original(discord: "Discord", body: Json, _query: Mapping[str, str], token: str, which: str) -> Answer:
    message = _find(discord, token, which)
    return _UNKNOWN_MESSAGE if message is None else (200, message)


async def _edit(discord: "Discord", body: Json, _query: Mapping[str, str], token: str, which: str) -> Answer:
    message = _find(discord, token, which)
    if message is None:
        return _UNKNOWN_MESSAGE
    _change(discord, message, body)
    if which == "@original":
        discord.interactions[token].finish()
    return 200, message


async def _delete(discord: "Discord", _body: Any, _query: Mapping[str, str], token: str, which: str) -> Answer:
    interaction = discord.interactions.get(token)
    if interaction is None:
        return _UNKNOWN_WEBHOOK
    if which == "@original":
        interaction.message = None
        interaction.finish()
    return 204, None


def _find(discord: "Discord", token: str, which: str) -> Json | None:
    interaction = discord.interactions.get(token)
    if interaction is None:
        return None
    every = [interaction.message, *interaction.followups]
    return next((one for one in every if one is not None and which in {"@original", one["id"]}), None)


async def _post(discord: "Discord", body: Json, _query: Mapping[str, str], channel: str) -> Answer:
    message = discord.world.message(channel, discord.world.bot, body)
    discord.messages[message["id"]] = message
    async with discord.arrived:
        discord.arrived.notify_all()
    return 200, message


async def _patch(discord: "Discord", body: Json, _query: Mapping[str, str], _channel: str, which: str) -> Answer:
    if which not in discord.messages:
        return _UNKNOWN_MESSAGE
    _change(discord, discord.messages[which], body)
    return 200, discord.messages[which]


async def _get(discord: "Discord", _body: Any, _query: Mapping[str, str], _channel: str, which: str) -> Answer:
    return (200, discord.messages[which]) if which in discord.messages else _UNKNOWN_MESSAGE


async def _typing(*_: Any) -> Answer:
    return 204, None


async def _open_dm(discord: "Discord", body: Json, *_: Any) -> Answer:
    channel = discord.world.channel("dm", int(body["recipient_id"]))
    return 200, channel


def _message(discord: "Discord", interaction: Interaction, body: Json) -> Json:
    message = discord.world.message(interaction.sent["channel_id"], discord.world.bot, body)
    return {**message, "application_id": str(APPLICATION), "webhook_id": str(APPLICATION)}


def _loading(discord: "Discord", interaction: Interaction, data: Json) -> Json:
    return _message(discord, interaction, {"flags": (data.get("flags") or 0) | 1 << 7})


def _change(discord: "Discord", message: Json, body: Json) -> None:
    """Edit a message: what is not named stays."""
    body = {key: value for key, value in body.items() if key in {"content", "embeds", "components", "flags"}}
    fresh = discord.world.message(message["channel_id"], message["author"], body)
    message |= {key: fresh[key] for key in body}
    message |= {"edited_timestamp": now(), "flags": (message["flags"] | (body.get("flags") or 0)) & ~(1 << 7)}


_Act = Callable[..., Awaitable[Answer]]
_ID, _KEY = r"(\d+)", r"([^/]+)"
_ROUTES: list[tuple[str, re.Pattern[str], _Act]] = [
    (method, re.compile(path), act)
    for method, path, act in (
        ("GET", "/users/@me", _me),
        ("GET", "/oauth2/applications/@me", _application),
        ("GET", "/gateway/bot", _gateway_bot),
        ("PUT", r"/applications/\d+/commands", _sync),
        ("GET", r"/applications/\d+/commands", _commands),
        ("POST", f"/interactions/{_ID}/{_KEY}/callback", _callback),
        ("POST", rf"/webhooks/\d+/{_KEY}", _followup),
        ("GET", rf"/webhooks/\d+/{_KEY}/messages/{_KEY}", _original),
        ("PATCH", rf"/webhooks/\d+/{_KEY}/messages/{_KEY}", _edit),
        ("DELETE", rf"/webhooks/\d+/{_KEY}/messages/{_KEY}", _delete),
        ("POST", f"/channels/{_ID}/messages", _post),
        ("GET", f"/channels/{_ID}/messages/{_ID}", _get),
        ("PATCH", f"/channels/{_ID}/messages/{_ID}", _patch),
        ("POST", r"/channels/\d+/typing", _typing),
        ("POST", "/users/@me/channels", _open_dm),
    )
]

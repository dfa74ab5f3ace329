"""What the bot asks of Discord: no privileged intent, commands that work everywhere, every text from the prompts."""

import shutil
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.assistant import Assistant
from bot.chat.connection.options import intents
from bot.chat.words.texts import Texts
from bot.errors import PromptError
from tests.chat.conftest import TEXTS, Open, Town
from tests.chat.seen import buttons, only, texts

COMMANDS = {
    "ask", "person", "project", "event", "organization", "events", "find", "compare", "connect", "timeline", "sources",
    "help", "privacy",
}  # fmt: skip


def registered(town: Town) -> dict[str, dict[str, Any]]:
    """The commands as they were sent, by name."""
    sent: Any = next(request.json for request in town.env.http_requests if request.method == "PUT")
    return {command["name"]: command for command in sent}


def test_intents__none_that_has_to_be_granted() -> None:
    assert intents().value == (discord.Intents(guilds=True, guild_messages=True, dm_messages=True)).value
    for name in ("message_content", "members", "presences"):
        assert not getattr(intents(), name)


async def test_commands__work_in_servers_in_direct_messages_and_for_users(town: Town) -> None:
    commands = registered(town)
    assert set(commands) >= {*COMMANDS, "Ask about this"}
    for name in (*COMMANDS, "Ask about this"):
        assert sorted(commands[name]["contexts"]) == [0, 1, 2]
        assert sorted(commands[name]["integration_types"]) == [0, 1]


async def test_commands__each_can_be_private_and_completes_within_bounds(town: Town) -> None:
    for name in COMMANDS:
        options = registered(town)[name]["options"]
        assert "private" in [option["name"] for option in options]
        assert all(0 < len(option["description"]) <= 100 for option in options)
        required = [bool(option.get("required")) for option in options]
        assert required == sorted(required, reverse=True)


async def test_a_language__is_a_folder(open_town: Open, choir: Assistant, tmp_path: Path) -> None:
    texts_of = tmp_path / "discord"
    shutil.copytree(TEXTS, texts_of)
    for locale, word in (("fi", "kysy"), ("en-US", None)):  # the simulated members read en-US
        folder = texts_of / locale
        folder.mkdir()
        if word:
            command = (
                f"ask:\n  name: {word}\n  description: Kysy mitä vain\n  options: {{question: {{name: kysymys}}}}\n"
            )
            (folder / "commands.yaml").write_text(command, encoding="utf-8")
            (folder / "menus.yaml").write_text("about: {name: Kysy tästä}\n", encoding="utf-8")
    (texts_of / "en-US" / "buttons.yaml").write_text("source: Whence\n")
    (texts_of / "en-US" / "lines.yaml").write_text('asked: "You wondered: {question}"\n')
    town = await open_town(choir, texts_of)
    commands = registered(town)
    assert commands["ask"]["name_localizations"] == {"fi": "kysy"}
    assert commands["ask"]["description_localizations"] == {"fi": "Kysy mitä vain"}
    assert commands["ask"]["options"][0]["name_localizations"] == {"fi": "kysymys"}
    assert commands["Ask about this"]["name_localizations"] == {"fi": "Kysy tästä"}
    reply = only(await town.alice.slash(town.channel, "ask", question="When was Clara Winterbourne born?"))
    assert buttons(reply)[:2] == ["Whence", "More"]
    assert texts(reply)[-1] == "-# You wondered: When was Clara Winterbourne born?"


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("commands.yaml", "ask: {name: Ask}", "not a command name"),
        ("commands.yaml", "ask: {name: 'a b'}", "not a command name"),
        ("commands.yaml", f"ask: {{description: {'x' * 101}}}", "not a description"),
        ("menus.yaml", f"about: {{name: {'x' * 33}}}", "at most 32"),
        ("lines.yaml", f"failed: {'x' * 2001}", "longer than"),
        ("lines.yaml", "unheard_of: x", "no such text in en"),
        ("lines.yaml", "failed: [x]", "neither a text"),
        ("lines.yaml", "failed: [", r"lines.yaml:\d"),
        ("lines.yaml", "failed: 'No {number}'", "placeholder"),
    ],
)
def test_a_language__that_discord_would_refuse_is_refused_before(
    tmp_path: Path, file: str, content: str, fault: str
) -> None:
    shutil.copytree(TEXTS, tmp_path / "discord")
    (tmp_path / "discord" / "xx").mkdir()
    (tmp_path / "discord" / "xx" / file).write_text(content)
    with pytest.raises(PromptError, match=fault):
        Texts.read(tmp_path / "discord")


def test_every_text_is_used() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in Path("bot/chat").rglob("*.py"))
    families = ("lines", "buttons")
    unused = [key for key in Texts.read(TEXTS).keys if key.split(".")[0] in families and f'"{key}"' not in source]
    assert unused == []

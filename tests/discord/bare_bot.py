"""The least bot discord.py allows: one command that answers a constant; the floor of every comparison with ours."""

import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

ANSWER = "A constant."


def main() -> None:
    """Run it against the addresses in the environment."""
    Route.BASE = os.environ["WHOSWHO_DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["WHOSWHO_DISCORD_GATEWAY_URL"])
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    client = discord.Client(intents=intents, allowed_mentions=discord.AllowedMentions.none())
    tree = app_commands.CommandTree(client)

    @tree.command(name="ask", description="Answers a constant.")
    async def ask(interaction: discord.Interaction, question: str) -> None:
        del question
        await interaction.response.send_message(ANSWER)

    @client.event
    async def setup_hook() -> None:
        await tree.sync()

    @client.event
    async def on_message(message: discord.Message) -> None:
        if message.author != client.user:
            await message.reply(ANSWER)

    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()

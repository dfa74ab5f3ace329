"""What `whoswho doctor` asks Discord: whether it is there, takes the token, and has the servers and roles we go by.

Never tells a token, nor a password in a proxy's address: of what Discord says only the kind of refusal is told.
"""

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.errors import KnowledgeError, SettingsError
from bot.ingest.folder.audiences import load_audiences
from bot.model.audience import Audience
from bot.settings import Settings
from bot.terminal.findings import Finding, fine, note, wrong

if TYPE_CHECKING:
    import httpx

_DISCORD = "https://discord.com/api/v10"
_WHO = re.compile(r"//[^/@]*@")  # a name and a password in a proxy's address
_PATIENCE = 10.0  # seconds
_SLACK = 60  # seconds that a clock may be wrong
_MOST_SERVERS = 20


async def look_at_discord(settings: Settings) -> AsyncIterator[Finding]:
    """Everything that Discord can be asked."""
    what = "Discord"
    if settings.discord_token is None and settings.discord_token_file is None:
        yield note(what, "no token is set", "only whoswho run needs one: DISCORD_TOKEN")
        return
    try:
        token = settings.token()
    except SettingsError as error:
        yield wrong(what, str(error), "copy the token again from the application's Bot page")
        return
    import httpx  # noqa: PLC0415 - slow, and not needed without a token

    address = (settings.discord_api_url or _DISCORD).rstrip("/")
    shown = _WHO.sub("//", address)
    headers = {"Authorization": f"Bot {token}"}
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, headers=headers) as client:
            answer = await client.get(f"{address}/users/@me")
            yield _token(answer, shown)
            for finding in _clock(answer):
                yield finding
            if answer.status_code == httpx.codes.OK:
                async for finding in _servers(settings, client, address):
                    yield finding
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        yield wrong(what, f"{shown} cannot be reached: {type(error).__name__}", "look at the network and proxies")


def _token(answer: "httpx.Response", address: str) -> Finding:
    what = "Discord"
    said: dict[int, Callable[[], Finding]] = {
        200: lambda: fine(what, f"{address} is there and takes the token"),
        401: lambda: wrong(what, "the token is refused", "make a new one on the application's Bot page"),
        429: lambda: note(what, "too many requests just now", "look again in a while"),
    }
    unexpected = wrong(what, f"{address} answers with status {answer.status_code}", "look again in a while")
    return said.get(answer.status_code, lambda: unexpected)()


def _clock(answer: "httpx.Response") -> Iterator[Finding]:
    """Whether it is about as late here as there; retention, ages and "as of" go by our clock."""
    try:
        there = parsedate_to_datetime(answer.headers.get("Date", "")).replace(tzinfo=UTC)
    except ValueError:
        return
    seconds = (datetime.now(UTC) - there).total_seconds()
    if abs(seconds) > _SLACK:
        found = f"{abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} Discord's"
        yield wrong("clock", found, "have it set by the network: timedatectl set-ntp true")


async def _servers(settings: Settings, client: "httpx.AsyncClient", address: str) -> AsyncIterator[Finding]:
    """Whether the bot is in the servers that the settings and the audiences name, and those have the roles."""
    named = _named(settings)
    for server in sorted(named)[:_MOST_SERVERS]:
        answer = await client.get(f"{address}/guilds/{server}")
        if answer.status_code in (403, 404):
            yield wrong(
                f"server {server}", f"the bot is not in it, and {named[server]} names it", "invite it, or mend the id"
            )
        elif answer.status_code != 200:
            yield note(f"server {server}", f"Discord answers with status {answer.status_code}", "look again in a while")
        else:
            yield fine(f"server {server}", f"the bot is in it, as {named[server]} says")
            for finding in _roles(server, _audiences(settings), answer.json().get("roles", ())):
                yield finding


def _roles(server: int, audiences: Mapping[str, Audience], roles: "list[dict[str, str]]") -> Iterator[Finding]:
    known = {role[key] for role in roles for key in ("id", "name")}
    for name, audience in sorted(audiences.items()):
        if audience.server == server and (missing := [role for role in audience.roles if role not in known]):
            found = f"server {server} has no role {', '.join(missing)}"
            yield wrong(f"audience {name}", found, "mend audiences.yaml; until then nobody is in it by that role")


def _named(settings: Settings) -> dict[int, str]:
    """The servers that matter, and who says so."""
    named = dict.fromkeys(settings.admin_servers, "admin_servers")
    return named | {audience.server: "audiences.yaml" for audience in _audiences(settings).values()}


def _audiences(settings: Settings) -> Mapping[str, Audience]:
    try:
        return load_audiences(settings.knowledge)[0].defined
    except KnowledgeError:  # which is told with what else is wrong in the folders
        return {}

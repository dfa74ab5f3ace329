"""Asking a running bot from outside whether it is ready, as a container's health check does; starts nothing."""

import httpx

from bot.errors import SettingsError
from bot.settings import Settings

_SECONDS = 3.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - who listens everywhere is found at home


def is_ready(settings: Settings) -> tuple[bool, str]:
    """Whether the bot of these settings is ready, and what it says of itself. Raises SettingsError without a port."""
    if settings.http_port is None:
        raise SettingsError("a bot tells its health over HTTP only: set http_port, for it and for this command")
    host = _EVERYWHERE.get(settings.http_host, settings.http_host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.http_port}/readyz"
    try:
        answer = httpx.get(address, timeout=_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        return False, f"{address}: {type(error).__name__}"
    return answer.status_code == httpx.codes.OK, answer.text

import asyncio

import pytest

from bot.errors import SettingsError
from bot.metrics import Metrics
from bot.settings import Settings
from bot.web.look import is_ready
from bot.web.probes import Probes, serve


async def look(port: int) -> tuple[bool, str]:
    return await asyncio.to_thread(is_ready, Settings(http_host="0.0.0.0", http_port=port))  # noqa: S104


async def test_is_ready__as_the_bot_says() -> None:
    connected = False
    async with serve(Probes(Metrics(), lambda: connected, lambda: True), "127.0.0.1", 0) as port:
        assert (await look(port))[0] is False
        connected = True
        ready, said = await look(port)
    assert ready
    assert '"connected": true' in said
    assert (await look(port))[0] is False  # nobody listens any more


def test_is_ready__without_a_port() -> None:
    with pytest.raises(SettingsError, match="http_port"):
        is_ready(Settings())

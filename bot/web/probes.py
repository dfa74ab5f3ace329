"""The three addresses of a running bot: `/healthz`, `/readyz`, `/metrics`; reads states, changes none."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.errors import SettingsError
from bot.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Probes:
    """What the addresses look at, each a question that answers at once."""

    metrics: Metrics
    connected: Callable[[], bool]  # Discord can be heard
    loaded: Callable[[], bool]  # there is a snapshot to answer from


@asynccontextmanager
async def serve(probes: Probes, host: str, port: int) -> AsyncIterator[int]:
    """Listen while the block runs; gives the port, which is another where 0 was asked for.

    Raises SettingsError where the address cannot be listened on.
    """
    runner = web.AppRunner(application(probes), access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise SettingsError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def application(probes: Probes) -> web.Application:
    """The addresses as an application."""

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def ready(_: web.Request) -> web.Response:
        states = {"connected": probes.connected(), "loaded": probes.loaded()}
        whole = all(states.values())
        return web.json_response({"status": "ready" if whole else "not ready", **states}, status=200 if whole else 503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=probes.metrics.exposition(), headers={"Content-Type": Metrics.content_type})

    app = web.Application()
    app.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)])
    return app

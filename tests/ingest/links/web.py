"""A small web server on loopback in a thread of its own, whose answers a test writes down."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Answers by path; remembers every request. What no path is set for is not found."""

    def __init__(self) -> None:
        self.port = 0
        self.pages: dict[str, Handler] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, text: str = "", status: int = 200, type_: str = "text/plain", **headers: str) -> None:
        """Answer a path with a text."""

        async def answer(_: web.Request) -> web.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(text=text, status=status, content_type=type_, headers=named)

        self.pages[path] = answer

    def paths(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.path_qs, dict(request.headers)))
        handler = self.pages.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


def loopback(address: IPv4Address | IPv6Address) -> bool:
    """The addresses that a test may fetch from."""
    return address.is_loopback


@contextmanager
def serving() -> Iterator[Site]:
    """A site that is there until the test ends."""
    site = Site()
    started, loop = threading.Event(), asyncio.new_event_loop()
    done: asyncio.Event = asyncio.Event()

    async def run() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", site.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        site.port = runner.addresses[0][1]
        started.set()
        await done.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    started.wait()
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()

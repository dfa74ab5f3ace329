"""One link to bytes: every hop checked and connected to the very address that was checked; bounds on size and time."""

import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any, Final, Self

import httpx

import bot
from bot.errors import LinkError
from bot.ingest.folder.files import MOST_BYTES
from bot.ingest.links.address import Allowed, checked_addresses, is_public

AGENT: Final = f"whoswho/{bot.__version__} (knowledge loader, at its maintainer's word)"
MOST_REDIRECTS = 5
SECONDS_IN_ALL = 30.0
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = (80, 443)  # besides those that need no privilege
_GZIP = 16 + zlib.MAX_WBITS
_ERRNO = re.compile(r"\[Errno -?\d+\] ")  # which says nothing to whoever reads the words behind it
_PIECE = 1 << 18  # bytes that are unpacked at once


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; `data` is empty unless the status is 200."""

    url: str  # after all redirects
    status: int
    headers: httpx.Headers
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of everything one link may take."""

    size: int = MOST_BYTES
    seconds: float = SECONDS_IN_ALL
    redirects: int = MOST_REDIRECTS


@dataclass(slots=True)
class Fetcher:
    """Fetches links one after the other. `allowed` decides which addresses may be connected to."""

    allowed: Allowed = is_public
    bounds: Bounds = field(default_factory=Bounds)

    def get(self, url: str, *, etag: str = "", modified: str = "", may: Callable[[str], None] | None = None) -> Answer:
        """What a link leads to; 304 where it is as the validators say. `may` is asked for every hop and may raise.

        Raises LinkError: refused, unreachable, too large, too slow, or an answer that is neither 200 nor 304.
        """
        end = time.monotonic() + self.bounds.seconds
        headers = {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        for _ in range(self.bounds.redirects + 1):
            if may is not None:
                may(url)
            answer = self._hop(url, headers, end)
            if answer.status not in _REDIRECTS:
                if answer.status not in (200, 304):
                    raise LinkError(f"{url}: answered {answer.status}", answer.status)
                return answer
            if "location" not in answer.headers:
                raise LinkError(f"{url}: a redirect to nowhere")
            try:
                url = str(httpx.URL(url).join(answer.headers["location"]))
            except (httpx.InvalidURL, ValueError) as error:
                raise LinkError(f"{url}: a redirect to what is no link") from error
        raise LinkError(f"{url}: more than {self.bounds.redirects} redirects")

    def _hop(self, url: str, headers: dict[str, str], end: float) -> Answer:
        target = checked_url(url)
        port = target.port or (443 if target.scheme == "https" else 80)
        name = target.raw_host.decode("ascii")
        addresses = checked_addresses(name, port, self.allowed)
        error: Exception | None = None
        for address in addresses[:3]:
            try:
                return self._ask(url, target, address, name, headers, end)
            except (httpx.ConnectError, httpx.ConnectTimeout) as refused:
                error = refused
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as broken:
                raise LinkError(f"{url}: {_said(broken)}") from broken
        raise LinkError(f"{url}: cannot be reached: {_said(error) if error else 'no address'}") from error

    def _ask(
        self, url: str, target: httpx.URL, address: str, name: str, headers: dict[str, str], end: float
    ) -> Answer:  # fmt: skip
        """Ask the server at `address`, which was checked; its certificate must be that of the name."""
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=_TIMEOUT) as client,
            _Deadline(end) as deadline,
        ):
            request = client.build_request(
                "GET",
                target.copy_with(host=address),
                headers={
                    "Host": target.netloc.decode("ascii"), "User-Agent": AGENT, "Accept-Encoding": "gzip", **headers,
                },
                extensions={"sni_hostname": name, "trace": deadline.watch},
            )  # fmt: skip
            with closing(client.send(request, stream=True)) as response:
                answer = Answer(url, response.status_code, response.headers)
                if response.status_code != 200:
                    return answer
                return Answer(url, 200, response.headers, self._body(url, response, end))

    def _body(self, url: str, response: httpx.Response, end: float) -> bytes:
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", "gzip", "x-gzip", ""):
            raise LinkError(f"{url}: packed in a way that was not asked for: {coding[:40]}")
        if response.headers.get("content-length", "0").isdigit():
            self._bound(url, int(response.headers.get("content-length", "0")), end)
        data = bytearray()
        for chunk in _unpacked(response.iter_raw()) if coding.endswith("gzip") else response.iter_raw():
            self._bound(url, len(data) + len(chunk), end)
            data += chunk
        return bytes(data)

    def _bound(self, url: str, size: int, end: float) -> None:
        if size > self.bounds.size:
            raise LinkError(f"{url}: larger than {self.bounds.size} bytes")
        if time.monotonic() > end:
            raise LinkError(f"{url}: took longer than {self.bounds.seconds:g} s")


def checked_url(url: str) -> httpx.URL:
    """The parts of a link that may be fetched. Raises LinkError for one that may not, whatever it leads to."""
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise LinkError(f"{url[:200]}: not a link") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise LinkError(f"{url[:200]}: not a link that begins with http:// or https://")
    if target.userinfo:
        raise LinkError(f"{target.host}: a link with a name or password in it")
    if target.port is not None and target.port < 1024 and target.port not in _PORTS:
        raise LinkError(f"{target.host}: no web server listens on port {target.port}")
    return target


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip a bounded piece at a time: a small chunk may hold gigabytes."""
    unpacker = zlib.decompressobj(_GZIP)
    begun = False  # a part whose end has not come
    for received in chunks:
        chunk = received
        begun = begun or bool(chunk)
        while chunk:
            try:
                piece = unpacker.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise ValueError("packed wrongly") from error
            yield piece
            chunk = unpacker.unconsumed_tail
            if unpacker.eof:
                chunk, unpacker = unpacker.unused_data, zlib.decompressobj(_GZIP)
                begun = bool(chunk)
    if begun:
        raise ValueError("packed, and cut short")


class _Deadline:
    """Ends a connection at a moment, whatever it is doing: a server may send a byte now and then for ever."""

    def __init__(self, end: float) -> None:
        self._timer = threading.Timer(max(0.0, end - time.monotonic()), self._cut)
        self._timer.daemon = True
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._timer.cancel()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of the connection's socket, as httpx tells of it."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _said(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return " ".join(_ERRNO.sub("", str(error)).split())[:120] or type(error).__name__

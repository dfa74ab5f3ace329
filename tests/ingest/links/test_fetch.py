import asyncio
import gzip
import socket
from typing import Any

import httpx
import pytest
from aiohttp import web

import bot.ingest.links.address as addressing
from bot.errors import LinkError
from bot.ingest.links.fetch import Answer, Bounds, Fetcher, checked_url
from bot.ingest.links.media import content_of, suffix_of
from bot.ingest.links.robots import Robots
from tests.ingest.links.web import Site, loopback


def test_get__the_page_and_who_asks_for_it(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", "hello", ETag='"1"')
    answer = fetcher.get(site.url("/a"))
    assert (answer.status, answer.data, answer.headers["etag"]) == (200, b"hello", '"1"')
    _, headers = site.requests[0]
    assert headers["User-Agent"].startswith("whoswho/")
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_get__by_name_connects_to_what_was_checked(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        """A name that leads here first and to somewhere private ever after."""
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]

    monkeypatch.setattr(addressing.checked_addresses, "__defaults__", (addressing.is_public, resolve))
    site.page("/a", "hello")
    assert fetcher.get(site.url("/a", host="club.example")).data == b"hello"
    assert asked == ["club.example"]
    assert site.requests[0][1]["Host"] == f"club.example:{site.port}"


def test_get__refuses_loopback_unless_allowed(site: Site) -> None:
    site.page("/a", "hello")
    with pytest.raises(LinkError, match="not a public address"):
        Fetcher().get(site.url("/a"))
    with pytest.raises(LinkError, match="not a public address"):
        Fetcher().get(site.url("/a", host="localhost"))
    assert site.requests == []


def test_get__every_redirect_is_checked(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", status=302, Location="/b")
    site.page("/b", "hello")
    assert fetcher.get(site.url("/a")).url == site.url("/b")
    for bad in (
        "http://10.0.0.1/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://[::ffff:10.0.0.1]/",
    ):
        site.page("/a", status=301, Location=bad)
        with pytest.raises(LinkError):
            fetcher.get(site.url("/a"))


def test_get__bounds(site: Site, fetcher: Fetcher) -> None:
    site.page("/round", status=302, Location="/round")
    with pytest.raises(LinkError, match="more than 5 redirects"):
        fetcher.get(site.url("/round"))
    assert len(site.requests) == 6
    site.page("/large", "x" * 100_001)
    with pytest.raises(LinkError, match="larger than 100000 bytes"):
        fetcher.get(site.url("/large"))

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 60_000)

    site.pages["/endless"] = endless
    with pytest.raises(LinkError, match="larger than 100000 bytes"):
        fetcher.get(site.url("/endless"))


def test_get__a_bomb_is_not_unpacked(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(gzip.compress(bytes(20_000_000), 9), 9, mtime=0)  # twice, to be quick here
    inner = gzip.decompress(bomb)
    assert len(inner) < 25_000

    async def packed(_: web.Request) -> web.Response:
        return web.Response(body=inner, headers={"Content-Encoding": "gzip"})

    site.pages["/bomb"] = packed
    with pytest.raises(LinkError, match="larger than"):
        Fetcher(loopback, Bounds(size=1_000_000)).get(site.url("/bomb"))


@pytest.mark.parametrize(
    "body", [gzip.compress(b"hello", mtime=0), gzip.compress(b"hel", mtime=0) + gzip.compress(b"lo", mtime=0)]
)
def test_get__unpacks_what_is_packed_well(site: Site, fetcher: Fetcher, body: bytes) -> None:
    async def packed(_: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    site.pages["/a"] = packed
    assert fetcher.get(site.url("/a")).data == b"hello"


@pytest.mark.parametrize(
    ("body", "coding", "message"),
    [
        (b"no gzip", "gzip", "packed wrongly"),
        (gzip.compress(b"hello" * 1000, mtime=0)[:30], "gzip", "cut short"),
        (b"hello", "br", "packed in a way that was not asked for: br"),
    ],
)
def test_get__packed_badly(site: Site, fetcher: Fetcher, body: bytes, coding: str, message: str) -> None:
    async def packed(_: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": coding})

    site.pages["/a"] = packed
    with pytest.raises(LinkError, match=message):
        fetcher.get(site.url("/a"))


def test_get__a_server_that_dribbles_is_left(site: Site) -> None:
    async def dribble(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)

    site.pages["/a"] = dribble
    with pytest.raises(LinkError):
        Fetcher(loopback, Bounds(seconds=0.2)).get(site.url("/a"))


def test_get__a_server_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(LinkError):
        Fetcher(loopback, Bounds(seconds=0.2)).get(f"http://127.0.0.1:{server.getsockname()[1]}/")


def test_get__answers_that_bring_nothing(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(LinkError, match="answered 404") as caught:
        fetcher.get(site.url("/gone"))
    assert caught.value.status == 404
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(LinkError, match=r"cannot be reached: [A-Z]"):
        fetcher.get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "//a.example/", "a.example", "http://", "http://me:word@a.example/",
        "http://a.example:25/", "http://a.example:0/", "http://[::1", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_checked_url__refused(url: str) -> None:
    with pytest.raises(LinkError):
        checked_url(url)


def test_get__looks_at_no_proxy_of_the_environment(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.page("/a", "hello")
    assert fetcher.get(site.url("/a")).data == b"hello"


def test_robots(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: whoswho\nDisallow: /ours\n")
    robots = Robots(fetcher)
    robots.check(site.url("/a"))
    robots.check(site.url("/private"))
    with pytest.raises(LinkError, match=r"robots\.txt"):
        robots.check(site.url("/ours/a"))
    assert [path for path, _ in site.requests] == ["/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_robots__without_a_file(site: Site, fetcher: Fetcher, status: int, allowed: bool) -> None:
    site.page("/robots.txt", status=status)
    try:
        Robots(fetcher).check(site.url("/a"))
    except LinkError:
        assert not allowed
    else:
        assert allowed


def test_robots__is_asked_for_where_a_redirect_leads(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /b\n")
    site.page("/a", status=302, Location="/b")
    site.page("/b", "hello")
    with pytest.raises(LinkError, match=r"robots\.txt"):
        fetcher.get(site.url("/a"), may=Robots(fetcher).check)
    assert site.paths() == ["/a"]


def answer(media: str, data: bytes = b"", url: str = "https://a.example/page") -> Answer:
    return Answer(url, 200, httpx.Headers({"content-type": media}), data)


@pytest.mark.parametrize(
    ("media", "url", "suffix"),
    [
        ("text/html; charset=utf-8", "https://a.example/", ".html"),
        ("Application/PDF", "https://a.example/cv", ".pdf"),
        ("text/plain", "https://a.example/notes.md", ".md"),
        ("text/plain", "https://a.example/notes", ".txt"),
        ("application/octet-stream", "https://a.example/fair.ics?x=1", ".ics"),
        ("text/vcard", "https://a.example/card", ".vcf"),
    ],
)
def test_suffix_of(media: str, url: str, suffix: str) -> None:
    assert suffix_of(answer(media, url=url)) == suffix


@pytest.mark.parametrize(("media", "url"), [("image/png", "https://a.example/cv.pdf"), ("", "https://a.example/cv")])
def test_suffix_of__nothing_that_is_read(media: str, url: str) -> None:
    with pytest.raises(LinkError, match="a kind of file that is not read"):
        suffix_of(answer(media, url=url))


def test_content_of__what_only_the_server_knows() -> None:
    said = answer("text/html; charset=iso-8859-1", "Inès".encode("latin-1"))
    assert content_of(said).decode("utf-8-sig") == "Inès"
    assert content_of(answer("text/html; charset=utf-8", "Inès".encode())) == "Inès".encode()
    assert content_of(answer("text/html; charset=klingon", b"\xff")) == b"\xff"

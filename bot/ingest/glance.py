"""A look at one document, fetched first if it is a link, in a process of its own; writes nothing."""

import asyncio
import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.errors import ShelfError, WhoswhoError
from bot.ingest.apart import end_apart, start_apart
from bot.ingest.outcome import Preview

_SECONDS = 60.0  # after which a document is given up on


@dataclass(frozen=True, slots=True)
class Glance:
    """A document as it would be added, and what would be understood of it; `url` is where it came from."""

    name: str
    data: bytes
    preview: Preview
    url: str = ""


async def glance(
    folders: tuple[Path, ...], data_dir: Path, name: str, data: bytes, url: str = "", *, private_links: bool = False
) -> Glance:
    """Look at a document, or at what a link brings. Raises ShelfError, LinkError's message as WhoswhoError."""
    job = {
        "folders": [str(folder) for folder in folders], "data_dir": str(data_dir), "name": name,
        "data": base64.b64encode(data).decode(),
        "url": url, "private_links": private_links,
    }  # fmt: skip
    process = await start_apart("bot.ingest.glance")
    try:
        async with asyncio.timeout(_SECONDS):
            written, _ = await process.communicate(json.dumps(job).encode())
    except TimeoutError:
        raise ShelfError(f"{(url or name)[:100]}: it could not be read in {_SECONDS:.0f} s") from None
    finally:
        await end_apart(process)
    if not written:
        raise ShelfError(f"{(url or name)[:100]}: it could not be read")
    said = json.loads(written)
    if "error" in said:
        raise WhoswhoError(said["error"])
    found: Preview = TypeAdapter(Preview).validate_python(said["preview"])
    return Glance(found.name, base64.b64decode(said["data"]), found, url)


def _look(job: dict[str, Any]) -> tuple[Preview, bytes]:
    """The child's work."""
    from bot.ingest.preview import preview  # noqa: PLC0415 - the parent never reads a document, and is spared the readers
    from bot.ingest.shelf import name_of_link, safe_name, with_url  # noqa: PLC0415

    places = [Path(folder) for folder in job["folders"]], Path(job["data_dir"])
    url, data = job["url"], base64.b64decode(job["data"])
    if not url:
        return preview(*places, safe_name(job["name"]), data), data
    from bot.ingest.links.address import is_public, is_public_or_private  # noqa: PLC0415 - a file needs no network
    from bot.ingest.links.fetch import Fetcher  # noqa: PLC0415
    from bot.ingest.links.media import content_of, suffix_of  # noqa: PLC0415
    from bot.ingest.links.robots import Robots  # noqa: PLC0415

    fetcher = Fetcher(is_public_or_private if job["private_links"] else is_public)
    answer = fetcher.get(url, may=Robots(fetcher).check)
    data = content_of(answer)
    return preview(*places, name_of_link(answer.url, suffix_of(answer)), data, with_url(None, url)), data


def main() -> None:
    """The child's end."""
    try:
        found, data = _look(json.loads(sys.stdin.buffer.read()))
    except (WhoswhoError, OSError) as error:
        said: dict[str, Any] = {"error": str(error)}
    else:
        said = {
            "preview": TypeAdapter(Preview).dump_python(found, mode="json"),
            "data": base64.b64encode(data).decode(),
        }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()

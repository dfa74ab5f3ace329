"""Fetching the links that are due, or all of them, into the data folder; reads nothing of what they say."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import LinkError
from bot.ingest.folder.sources import Declared, Entry, Fetch
from bot.ingest.links.fetch import Fetcher
from bot.ingest.links.kept import FOLDER, Kept, file_name, read_kept, write_kept
from bot.ingest.links.media import content_of, suffix_of
from bot.ingest.links.robots import Robots
from bot.whole_files import write_whole


def refresh(declared: Declared, data_dir: Path, fetch: Fetch, fetcher: Fetcher, now: datetime | None = None) -> None:
    """Fetch the links that are due, or all; what brings nothing keeps what it brought last."""
    moment = now or datetime.now(UTC)
    folder = data_dir / FOLDER
    links = list(declared.links())
    if fetch is Fetch.NONE or not links:
        return
    folder.mkdir(parents=True, exist_ok=True)
    robots = Robots(fetcher)
    for key, entry in links:
        kept = read_kept(folder, key, entry)
        if fetch is Fetch.ALL or _is_due(kept, entry, moment):
            write_kept(folder, key, _fetched(folder, key, kept, fetcher, robots, moment))


def _is_due(kept: Kept, entry: Entry, now: datetime) -> bool:
    interval = entry.said.interval
    return (
        not kept.file or not kept.checked or interval is None or now - datetime.fromisoformat(kept.checked) >= interval
    )


def _fetched(folder: Path, key: str, kept: Kept, fetcher: Fetcher, robots: Robots, now: datetime) -> Kept:
    moment = now.isoformat(timespec="seconds")
    validators = {"etag": kept.etag, "modified": kept.modified} if kept.file else {}
    try:
        answer = fetcher.get(kept.url, may=robots.check, **validators)
        if answer.status == 304:
            return replace(kept, checked=moment, tried=moment, failure="")
        name = file_name(key) + suffix_of(answer)
    except LinkError as error:
        return replace(kept, tried=moment, failure=str(error))
    write_whole(folder / name, content_of(answer))
    if kept.file and kept.file != name:
        (folder / kept.file).unlink(missing_ok=True)
    headers = answer.headers
    return Kept(
        kept.url, name, headers.get("etag", ""), headers.get("last-modified", ""), moment, moment, moment
    )  # fmt: skip

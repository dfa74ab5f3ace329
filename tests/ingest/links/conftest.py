from collections.abc import Iterator

import pytest

from bot.ingest.links.fetch import Bounds, Fetcher
from tests.ingest.links.web import Site, loopback, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(loopback, Bounds(size=100_000, seconds=5))

"""What a site asks of programs that fetch its pages, in its robots.txt; fetched once a run."""

from urllib.robotparser import RobotFileParser

from bot.errors import LinkError
from bot.ingest.links.fetch import Bounds, Fetcher, checked_url

_NAME = "whoswho"
_MOST_BYTES = 500_000
_LEFT_OPEN = range(400, 500)  # there is no such file for us, so nothing is forbidden


class Robots:
    """Remembers what each site allows."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = Fetcher(fetcher.allowed, Bounds(_MOST_BYTES, 10.0))
        self._sites: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> None:
        """Raises LinkError where the site does not want this link fetched."""
        target = checked_url(url)
        site = f"{target.scheme}://{target.netloc.decode('ascii', 'replace')}"
        rules = self._sites.get(site)
        if rules is None:
            rules = self._sites[site] = self._read(site)
        if not rules.can_fetch(_NAME, url):
            raise LinkError(f"{url}: the site asks programs not to fetch it (robots.txt)")

    def _read(self, site: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            answer = self._fetcher.get(f"{site}/robots.txt")
        except LinkError as error:
            if error.status not in _LEFT_OPEN:
                raise
            rules.parse([])
        else:
            rules.parse(answer.data.decode("utf-8", "replace").splitlines())
        return rules

"""What a load was asked for; does nothing of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.ingest.building.full import Progress
from bot.ingest.folder.sources import Fetch
from bot.model.audience import Asker
from bot.model.endpoint import Endpoint
from bot.store.coverage import CoverageQueries


@dataclass(frozen=True, slots=True)
class Order:
    """The arguments of `load`, none of them left out."""

    folders: Sequence[Path]
    data_dir: Path
    write: bool
    unasked: bool
    expected: str | None
    fetch: Fetch
    private_links: bool
    model: Endpoint | None
    asker: Asker
    progress: Progress
    look: Callable[[CoverageQueries], None]
    clock: Callable[[], datetime]

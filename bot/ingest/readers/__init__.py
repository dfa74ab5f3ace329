"""One module a format: each says whether a document is its own, and what stands in it; none resolves a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.ingest.reading import Reading
from bot.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one document. `path` is relative to its knowledge folder, with slashes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may lean on besides the document: the words of the community and its named sources."""

    vocabulary: Vocabulary
    sources: frozenset[str]
    options: Mapping[str, str] | None = None  # for formats that need a hint, such as a sidecar's subject


class Reader(Protocol):
    """A format. `read` may raise nothing: what is wrong with a document is a Problem in its reading."""

    def accepts(self, raw: Raw) -> bool:
        """Whether this reader can take the document; must be cheap."""

    def read(self, raw: Raw, context: Context) -> Reading:
        """What the document says."""

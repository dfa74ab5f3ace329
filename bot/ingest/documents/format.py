"""What a format is given and what it gives back: the contract between documents and their readers; reads none."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.ingest.documents.blocks import Page
from bot.ingest.documents.reading import Reading
from bot.model.audience import Limits
from bot.model.fact import Source
from bot.model.partial_date import PartialDate
from bot.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Hints:
    """What a maintainer says of a document because it does not say it itself; None where nothing was said."""

    about: str | None = None  # the name of the entity it is about
    kind: str | None = None  # of that entity
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: PartialDate | None = None  # when it was published
    url: str | None = None
    trusted: bool = False  # what its prose says is a fact without anybody's yes
    limits: Limits = ()  # who may see it


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one document. `path` is relative to its knowledge folder, with slashes.

    `folder` is where it lies, for formats that name things of the files beside them; None for what lies nowhere. What
    is `closed` there is for other eyes, so nothing of it may be named here.
    """

    path: str
    data: bytes
    hints: Hints = field(default_factory=Hints)
    folder: str | None = None
    closed: frozenset[str] = frozenset()  # names of files

    def source(self, title: str = "", *, author: str | None = None, date: PartialDate | None = None) -> Source:
        """The document as a source: what is said of it beside it counts more than what it says itself."""
        said = self.hints
        return Source(
            self.path, said.title or title or self.path, said.author or author, said.publisher, said.date or date,
            said.url,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may lean on besides the document: the words of the community and its named sources."""

    vocabulary: Vocabulary
    sources: frozenset[str]
    audiences: frozenset[str] = frozenset()  # by name


class Reader(Protocol):
    """A format. `read` may raise nothing: what is wrong with a document is a Problem in its reading.

    A format whose fields say what they mean gives a Reading. One that is laid out for people gives a Page, which
    `extract/` reads.
    """

    def accepts(self, raw: Raw) -> bool:
        """Whether this reader can take the document; must be cheap."""

    def read(self, raw: Raw, context: Context) -> Reading | Page:
        """What the document says."""

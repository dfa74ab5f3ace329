"""Which documents are not as they were when they were read last; compares bytes, never times."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.ingest.building.full import Progress
from bot.ingest.folder.files import Found, read_content
from bot.store.previous import Previous


@dataclass(slots=True)
class Survey:
    """All documents, and the paths of those that have to be read; `changed` None: all of them."""

    files: list[Found]
    changed: set[str] | None
    removed: int = 0
    decided: bool = False  # somebody decided something since, so all of them are put together anew

    @property
    def nothing_new(self) -> bool:
        """Whether every document is as it was."""
        return self.changed is not None and not self.changed and not self.removed and not self.decided

    @property
    def read(self) -> int:
        """How many documents have to be read."""
        return len(self.files) if self.changed is None else len(self.changed)


def with_hidden(files: list[Found], previous: Previous) -> list[Found]:
    """The files and what was read earlier from folders that cannot be opened now: it stays as it was."""
    closed = [found for found in files if found.path.endswith("/")]
    known = {found.path for found in files} if closed else set()
    hidden = [
        Found(path, found.file + path.removeprefix(found.path), hidden=True)
        for found in closed
        for path in previous.documents_below(found.path)
        if path not in known
    ]
    return sorted([*files, *hidden], key=lambda found: found.path) if hidden else files


def survey(
    files: list[Found],
    previous: Previous,
    progress: Progress,
    together: Callable[[str], str | None] = lambda _path: None,
) -> Survey:
    """Compare `files`, sorted by path, with what `previous` was built from.

    `together` names what a document is read together with: where one of those changed, all of them did.
    """
    changed: set[str] = set()
    removed: list[str] = []
    old = previous.bytes_of_documents()
    before = next(old, None)
    for done, found in enumerate(files, start=1):
        path = found.path
        while before is not None and before[0] < path:
            removed.append(before[0])
            before = next(old, None)
        if before is None or before[0] != path:
            changed.add(path)
            continue
        if not found.hidden and read_content(found).sha256 != before[1]:
            changed.add(path)
        before = next(old, None)
        if not done % 256:
            progress(done, len(files), "comparing")
    removed += [before[0]] if before is not None else []
    removed += [path for path, _ in old]
    touched = {key for path in (*changed, *removed) if (key := together(path)) is not None}
    if touched:
        changed |= {found.path for found in files if together(found.path) in touched}
    return Survey(files, changed, len(removed))

"""Documents joined with what is said of them beside them; reads sidecars, but no document."""

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.ingest.documents.format import Hints
from bot.ingest.documents.hints import SUFFIX, Said, merged, read_sidecar
from bot.ingest.folder import sources
from bot.ingest.folder.files import Found
from bot.ingest.folder.sources import Declared
from bot.model.problem import Problem


def describe(
    files: list[Found], declared: Declared, kinds: Collection[str], audiences: Collection[str] = ()
) -> tuple[list[Found], list[Problem]]:
    """The documents among `files`, each with its hints, and what is wrong with those."""
    entries = declared.files()
    problems: list[Problem] = []
    found: list[Found] = []
    for item in files:
        if item.path.endswith(SUFFIX):
            name = item.path.removesuffix(SUFFIX)
            problems.append(Problem(item.path, 1, "it describes a document that is not there", name))
        elif item.sidecar or item.file in entries:
            found.append(item._replace(said=_said(item, entries.pop(item.file, None), kinds, audiences, problems)))
        else:
            found.append(item)
    problems += _of_nothing(entries)
    return found, problems


def _said(
    item: Found,
    entry: tuple[str, sources.Entry] | None,
    kinds: Collection[str],
    audiences: Collection[str],
    problems: list[Problem],
) -> Said:
    hints = Hints()
    blocked = False
    if item.sidecar:
        hints, wrong = read_sidecar(Path(item.sidecar), item.path + SUFFIX, kinds, audiences)
        problems += wrong
        blocked = bool(wrong)
    if entry is None:
        return Said(hints, blocked=blocked)
    key, declared = entry
    return Said(merged([hints, declared.said.hints()]), key, declared.said.to_source(key).note, blocked)


def _of_nothing(entries: dict[str, tuple[str, sources.Entry]]) -> Iterator[Problem]:
    """An entry may cite a document that is not kept, but it cannot say how to read it then."""
    for key, entry in entries.values():
        said = entry.said
        if said.about or said.kind or said.trust:
            yield Problem(
                sources.FILE_NAME, entry.line, f"{key}: it says how to read a file that is not there", str(said.file)
            )

"""The maintainer's commands in the terminal: load and check, review, add, remove; asks before it changes anything."""

import asyncio
import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from pydantic import ValidationError

from bot.errors import ShelfError, SnapshotError, told_of_value
from bot.ingest import shelf
from bot.ingest.decisions.file import record
from bot.ingest.decisions.review import Question, decide, decided, waiting
from bot.ingest.documents.hints import Description
from bot.ingest.folder.files import MOST_BYTES, Found, scan
from bot.ingest.folder.sources import Fetch, load_sources
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.links.kept import documents
from bot.ingest.load import load
from bot.ingest.outcome import Outcome, Preview, Understood
from bot.ingest.preview import preview
from bot.memory import Remembered
from bot.model.audience import OPERATOR
from bot.model.problem import Problem
from bot.settings import Settings
from bot.store.coverage import CoverageQueries
from bot.store.views import open_current
from bot.terminal.load_report import count, report, report_document, report_problems
from bot.terminal.progress import show_progress
from bot.terminal.review import ask_each, question_row, show_list
from bot.terminal.rows import to_json
from bot.terminal.screen import Screen

ReadLine = Callable[[str], str]
_SHOWN = 12  # facts of a preview
_YES = ("y", "yes")


def read_documents(
    settings: Settings,
    *,
    write: bool,
    fetch: Fetch = Fetch.NONE,
    page: Path | None = None,
    verbose: bool = False,
    told: frozenset[Problem] = frozenset(),
) -> Outcome:
    """Load or check the documents, and tell what that changed; `page` is where the report for a browser is written.

    Problems that are `told` already are counted, and not named again.
    """
    screen = Screen()
    documents_: list[Understood] = []

    def look(queries: CoverageQueries) -> None:
        if page is not None:
            _write_page(page, settings, queries)
        if verbose:
            documents_.extend(
                Understood(item, tuple(queries.unplaced(item.id)) if item.unplaced else ())
                for item in queries.documents()
            )

    asyncio.run(_settle(settings))
    with show_progress() as progress:
        outcome = load(
            settings.knowledge, settings.data, write=write, fetch=fetch, private_links=settings.private_links,
            model=settings.endpoint, who="the machine", progress=progress, inspect=look,
        )  # fmt: skip
    report_problems(_unknown(outcome, told), Screen(sys.stderr))
    report(outcome, screen, in_part=not verbose, told=told)
    if documents_:
        screen.markdown("**Every document**")
        for item in documents_:
            report_document(item, screen)
    if page is not None:
        screen.text(f"Report: {page}")
    return outcome


def review(
    settings: Settings, *, approve: Sequence[str], refuse: Sequence[str], listed: bool, as_json: bool, by: str, why: str
) -> None:
    """Answer what waits for a decision: by key, or one by one; then put the answers in force."""
    screen, told = Screen(), _problems_so_far(settings)
    with show_progress() as progress:
        load(settings.knowledge, settings.data, model=settings.endpoint, progress=progress)
    by = by or _user()
    if approve or refuse:
        number = decide(settings.knowledge, settings.data, approve, refuse, by=by, why=why)
        screen.text(f"{count(number, 'decision', 'decisions')} recorded.")
        read_documents(settings, write=True, told=told)
        return
    questions = waiting(settings.data)
    if as_json:
        for question in questions:
            sys.stdout.write(to_json(question_row(question)) + "\n")
    elif listed or not questions or not sys.stdin.isatty():
        show_list(questions, screen)
    else:
        answer_each(settings, questions, screen, input, by=by, why=why, told=told)


def answer_each(
    settings: Settings,
    questions: Sequence[Question],
    screen: Screen,
    read_line: ReadLine,
    *,
    by: str,
    why: str = "",
    told: frozenset[Problem] = frozenset(),
) -> None:
    """Ask one question after the other; every answer is recorded at once, and all are put in force at the end."""
    answered = 0
    for question, yes in ask_each(questions, screen, read_line):
        record(settings.knowledge, [decided(question, yes=yes, by=by, why=why)])
        answered += 1
    screen.text(f"{count(answered, 'decision', 'decisions')} recorded, {len(questions) - answered} still waiting.")
    if answered:
        read_documents(settings, write=True, told=told)


def add(
    settings: Settings,
    what: str,
    said: Description,
    *,
    into: str = "",
    refresh: str = "",
    overwrite: bool = False,
    yes: bool = False,
    read_line: ReadLine = input,
) -> bool:
    """Show what would be understood of a file or a link, ask, and put it into the first knowledge folder."""
    screen = Screen()
    is_link = "://" in what
    if is_link:
        name, data = _fetched(what, settings)
        said = shelf.with_url(said, what)
    else:
        name, data = _read(Path(what))
    _show_preview(preview(settings.knowledge, settings.data, name, data, said), screen)
    if not (yes or _asked("Add it? [y]es, [n]o: ", screen, read_line)):
        screen.text("Nothing was added.")
        return False
    told, folder = _problems_so_far(settings), settings.knowledge[0]
    if is_link and refresh:
        key = shelf.put_link(folder, what, refresh, said.model_copy(update={"url": None}))
        screen.text(f"Declared as {key} in {folder / 'sources.yaml'}, fetched again after {refresh}.")
    else:
        target = (folder / into).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise ShelfError(f"{into}: not a place in {folder}")
        screen.text(f"Added: {shelf.put(target, name, data, said, overwrite=overwrite)}")
    outcome = read_documents(settings, write=True, fetch=Fetch.DUE if refresh else Fetch.NONE, told=told)
    return not _unknown(outcome, told)


def described(said: Mapping[str, str | None], settings: Settings) -> Description:
    """What the command line says of a document. Raises ShelfError."""
    try:
        description = Description.model_validate(dict(said))
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        raise ShelfError(f"--{fault['loc'][0]}: {told_of_value(fault)}") from error
    kinds = load_vocabulary(settings.knowledge).kinds
    if description.kind is not None and description.kind not in kinds:
        raise ShelfError(f"--kind: one of {', '.join(kinds)}")
    return description


def remove(settings: Settings, path: str, *, yes: bool = False, read_line: ReadLine = input) -> None:
    """Take a document out, after asking, and put in force what is left. Raises ShelfError if there is none."""
    screen = Screen()
    shelf.find(settings.knowledge, path)
    if not (yes or _asked(f"Remove {path}? [y]es, [n]o: ", screen, read_line)):
        screen.text("Nothing was removed.")
        return
    told = _problems_so_far(settings)
    kept = shelf.take_out(settings.knowledge, settings.data, path)
    screen.text(f"Removed; kept as {kept}")
    read_documents(settings, write=True, told=told)


def _problems_so_far(settings: Settings) -> frozenset[Problem]:
    """What is wrong in the documents that are in force, as whoever loaded them was told."""
    try:
        with closing(open_current(settings.data, OPERATOR)) as snapshot:
            return frozenset(snapshot.problems())
    except SnapshotError:
        return frozenset()


def _unknown(outcome: Outcome, told: frozenset[Problem]) -> list[Problem]:
    return [problem for problem in outcome.problems if problem not in told]


def _write_page(page: Path, settings: Settings, queries: CoverageQueries) -> None:
    from bot.terminal.html_report import write_report  # noqa: PLC0415 - few loads write one

    vocabulary = load_vocabulary(settings.knowledge)
    linked: list[Found] = documents(load_sources(settings.knowledge, vocabulary.kinds), settings.data)[0]
    files = {found.path: found for found in (*scan(settings.knowledge), *linked)}
    labels = {name: known.label for name, known in vocabulary.properties.items()}
    write_report(page, queries, files, labels)


def _show_preview(seen: Preview, screen: Screen) -> None:
    report_problems(seen.problems, screen)
    if not seen.understood:
        screen.text(f"{seen.name}: no reader takes this kind of file.")
        return
    for title, read in (("Facts", seen.facts), ("Suggestions", seen.suggestions)):
        if read:
            screen.markdown(f"**{title}**: {len(read)}")
        for item in read[:_SHOWN]:
            screen.text(f"  {item.line}: {item.subject}, {item.property}: {item.value[:100]}")
        if len(read) > _SHOWN:
            screen.text(f"  … and {len(read) - _SHOWN} more")
    if seen.unplaced:
        screen.markdown(f"**Not understood**: {count(len(seen.unplaced), 'line', 'lines')}")
        for line in seen.unplaced[:_SHOWN]:
            screen.text(f"  {line.line}: {line.text[:100]}")
    if not (seen.facts or seen.suggestions):
        screen.text(f"No fact; {count(seen.passages, 'passage', 'passages')} that can be searched.")


def _fetched(url: str, settings: Settings) -> tuple[str, bytes]:
    from bot.ingest.links.address import is_public, is_public_or_private  # noqa: PLC0415 - most commands need no httpx
    from bot.ingest.links.fetch import Fetcher  # noqa: PLC0415
    from bot.ingest.links.media import content_of, suffix_of  # noqa: PLC0415
    from bot.ingest.links.robots import Robots  # noqa: PLC0415

    fetcher = Fetcher(is_public_or_private if settings.private_links else is_public)
    answer = fetcher.get(url, may=Robots(fetcher).check)
    return shelf.name_of_link(answer.url, suffix_of(answer)), content_of(answer)


def _read(file: Path) -> tuple[str, bytes]:
    try:
        with file.open("rb") as stream:
            return shelf.safe_name(file.name), stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ShelfError(f"{file}: {error.strerror or error}") from error


def _asked(question: str, screen: Screen, read_line: ReadLine) -> bool:
    screen.flush()
    try:
        return read_line(question).strip().casefold() in _YES
    except EOFError:
        screen.blank()
        return False


async def _settle(settings: Settings) -> None:
    remembered = Remembered(settings)
    await remembered.settle_if_shared()
    await remembered.close()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in a container
        return ""

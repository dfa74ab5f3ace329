"""The command line: commands, their options and exit codes; every error a user can cause becomes one line."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import __version__
from bot.errors import KnowledgeError, WhoswhoError, told_of
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.chat.serving.services import Services
    from bot.metrics import Metrics

# Exit codes besides 0. BROKEN: some documents or rows, the others were dealt with. UNUSABLE: nothing could be done.
BROKEN, UNUSABLE, INTERRUPTED, READER_GONE = 1, 2, 130, 141
_FOLDER = click.Path(path_type=Path)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, invoke_without_command=True
)
@click.option(
    "--knowledge",
    type=_FOLDER,
    multiple=True,
    metavar="DIR",
    help="Folder with documents; may be given several times. Default: the shipped one.",
)
@click.option("--data", type=_FOLDER, metavar="DIR", help="Where what was loaded is kept.")
@click.version_option(__version__, "--version", message="whoswho %(version)s")
@click.pass_context
def cli(context: click.Context, knowledge: tuple[Path, ...], data: Path | None) -> None:
    """Answer who, what, when and where from a community's own documents."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        return
    context.obj = read_settings(knowledge=knowledge, data=data)


_AUDIENCE = click.option(
    "--audience", multiple=True, metavar="NAME", help="Also with what is limited to this audience; may be repeated."
)


@cli.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON row, with facts and sources.")
@click.option(
    "--batch",
    metavar="FILE",
    type=click.Path(allow_dash=True, path_type=Path),
    help="Answer JSON lines with id and question, one row each; - reads standard input.",
)
@_AUDIENCE
@click.pass_obj
def ask(
    settings: Settings,
    question: tuple[str, ...],
    as_json: bool,  # noqa: FBT001
    batch: Path | None,
    audience: tuple[str, ...],
) -> int:
    """Answer one QUESTION, or a file of them."""
    if (batch is None) == (not question):
        raise click.UsageError("Give a question, or --batch with a file of them.")
    from bot import app  # noqa: PLC0415 - `--version` and usage errors need not wait for it
    from bot.answers.wording.citations import source_line  # noqa: PLC0415
    from bot.terminal.rows import to_json  # noqa: PLC0415
    from bot.terminal.screen import Screen  # noqa: PLC0415

    if batch is not None:
        return _ask_batch(settings, batch, audience)
    text = " ".join(question)
    if as_json:
        sys.stdout.write(to_json(asyncio.run(app.ask_for_row(settings, text, audience))) + "\n")
        return 0
    reply = asyncio.run(app.ask(settings, text, audience))
    screen = Screen()
    screen.markdown(reply.text)
    if cited := source_line(reply):
        screen.markdown(cited, dim=True)
    return 0


def _ask_batch(settings: Settings, file: Path, audience: Sequence[str]) -> int:
    from bot import app  # noqa: PLC0415

    if str(file) == "-":
        return BROKEN if asyncio.run(app.ask_batch(settings, sys.stdin.buffer, "standard input", audience)) else 0
    with file.open("rb") as lines:
        return BROKEN if asyncio.run(app.ask_batch(settings, lines, str(file), audience)) else 0


@cli.command()
@_AUDIENCE
@click.pass_obj
def chat(settings: Settings, audience: tuple[str, ...]) -> int:
    """Hold a conversation in the terminal."""
    from bot import app  # noqa: PLC0415

    app.hold_chat(settings, audience)
    return 0


_PAGE = click.option(
    "--report", "page", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE",
    help="Write a page for the browser that shows each document with what was understood of it.",
)  # fmt: skip
_VERBOSE = click.option("--verbose", "-v", is_flag=True, help="Name every document and every line not understood.")


@cli.command()
@click.option("--fetch", is_flag=True, help="Fetch all links again, not only those that are due.")
@_PAGE
@_VERBOSE
@click.pass_obj
def load(settings: Settings, fetch: bool, page: Path | None, verbose: bool) -> int:  # noqa: FBT001
    """Load the documents and put them in force. The ones that are broken are reported."""
    from bot.ingest.folder.sources import Fetch  # noqa: PLC0415
    from bot.terminal.desk import read_documents  # noqa: PLC0415

    which = Fetch.ALL if fetch else Fetch.DUE
    outcome = read_documents(settings, write=True, fetch=which, page=page, verbose=verbose)
    return 0 if outcome.flawless else BROKEN


@cli.command()
@_PAGE
@_VERBOSE
@click.pass_obj
def check(settings: Settings, page: Path | None, verbose: bool) -> int:  # noqa: FBT001
    """Read and check the documents as load does, and write nothing."""
    from bot.terminal.desk import read_documents  # noqa: PLC0415

    outcome = read_documents(settings, write=False, page=page, verbose=verbose)
    return 0 if outcome.flawless else BROKEN


@cli.command()
@click.option("--list", "listed", is_flag=True, help="Only show what waits, with its keys.")
@click.option("--json", "as_json", is_flag=True, help="Show it as JSON lines.")
@click.option("--approve", multiple=True, metavar="KEY", help="The suggestion is true; the two are the same.")
@click.option("--refuse", multiple=True, metavar="KEY", help="It is not; they are two.")
@click.option("--by", default="", metavar="NAME", help="Who decides; default: the user of this machine.")
@click.option("--why", default="", metavar="TEXT", help="Kept with the decision.")
@click.pass_obj
def review(
    settings: Settings,
    listed: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    approve: tuple[str, ...],
    refuse: tuple[str, ...],
    by: str,
    why: str,
) -> int:
    """Decide what waits for a yes or a no.

    That is what prose suggests, and which names mean the same.
    """
    from bot.terminal import desk  # noqa: PLC0415

    desk.review(settings, approve=approve, refuse=refuse, listed=listed, as_json=as_json, by=by, why=why)
    return 0


@cli.command()
@click.argument("what", metavar="FILE|LINK")
@click.option("--about", metavar="NAME", help="Whom or what it is about, where it does not say.")
@click.option("--kind", metavar="KIND", help="What that is: person, event, …")
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option("--author", metavar="NAME", help="Who wrote it.")
@click.option("--date", metavar="DATE", help="When it was published: 2018, 2018-08 or 2018-08-31.")
@click.option("--into", default="", metavar="DIR", help="Where in the knowledge folder it goes.")
@click.option(
    "--refresh", default="", metavar="TIME", help="Keep the link as a source, fetched again after 12h, 1d, 2w."
)
@click.option("--overwrite", is_flag=True, help="Put it in the place of a document of the same name.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.pass_obj
def add(
    settings: Settings,
    /,
    what: str,
    into: str,
    refresh: str,
    overwrite: bool,  # noqa: FBT001
    yes: bool,  # noqa: FBT001
    **said: str | None,
) -> int:
    """Add a file or a link to the knowledge folder. First it shows what is understood of it, and asks."""
    from bot.terminal import desk  # noqa: PLC0415

    description = desk.described(said, settings)
    added = desk.add(settings, what, description, into=into, refresh=refresh, overwrite=overwrite, yes=yes)
    return 0 if added else BROKEN


@cli.command()
@click.argument("path", metavar="PATH")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(settings: Settings, path: str, yes: bool) -> int:  # noqa: FBT001
    """Take a document out of the knowledge folder. It is kept in the data folder."""
    from bot.terminal import desk  # noqa: PLC0415

    desk.remove(settings, path, yes=yes)
    return 0


@cli.command()
@click.argument("name", metavar="NAME")
@click.option("--undo", is_flag=True, help="Take the removal of this name back.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.pass_obj
def forget(settings: Settings, name: str, undo: bool, yes: bool) -> int:  # noqa: FBT001
    """Remove somebody for good. No reload, rollback or restore brings them back."""
    from bot.terminal import removal  # noqa: PLC0415

    deed = removal.take_back(settings, name) if undo else removal.forget(settings, name, yes=yes)
    return 0 if asyncio.run(deed) else BROKEN


@cli.command()
@click.option("--format", "_format", type=click.Choice(["jsonl"]), default="jsonl", help="One JSON row a line.")
@_AUDIENCE
@click.pass_obj
def export(settings: Settings, _format: str, audience: tuple[str, ...]) -> int:
    """Print every fact with its source and the words that prove it."""
    from bot import app  # noqa: PLC0415
    from bot.terminal.rows import to_json  # noqa: PLC0415

    for row in app.export_rows(settings, audience):
        sys.stdout.write(to_json(row) + "\n")
    return 0


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> int:
    """Save what is in force and the bot's own memory to FILE. The bot may run meanwhile."""
    from bot.terminal.safekeeping import write_backup  # noqa: PLC0415

    click.echo(asyncio.run(write_backup(settings, file.absolute())))
    return 0


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(settings: Settings, file: Path) -> int:
    """Put what a backup holds in force. A bot that runs goes on with it."""
    from bot.terminal.safekeeping import restore_backup  # noqa: PLC0415

    done, fault = asyncio.run(restore_backup(settings, file.absolute()))
    click.echo(done)
    if fault is not None:
        sys.stderr.write(f"{fault}\n")
    return BROKEN if fault is not None else 0


@cli.command()
@click.pass_obj
def doctor(settings: Settings) -> int:
    """Look at everything a run needs. Of each fault it says how to mend it."""
    from bot import app  # noqa: PLC0415

    return 0 if asyncio.run(app.examine(settings)) else BROKEN


@cli.command("try")
@click.option("--port", type=click.IntRange(0, 65534), default=0, help="Port of the first page; default: a free one.")
@click.pass_obj
def try_bot(settings: Settings, port: int) -> int:
    """Open the bot on local pages that look like Discord. It needs no token and no network."""
    from bot import app  # noqa: PLC0415
    from bot.terminal.screen import Screen  # noqa: PLC0415

    screen = Screen()

    def tell(text: str) -> None:
        screen.markdown(text)
        screen.flush()

    app.try_locally(settings, tell, port)
    return 0


@cli.command("run")
@click.option("--sync", is_flag=True, help="Tell Discord the commands even if they have not changed.")
@click.pass_obj
def run_bot(settings: Settings, sync: bool) -> int:  # noqa: FBT001
    """Connect to Discord and answer there, until it is stopped."""
    from bot.chat.run import serve  # noqa: PLC0415

    metrics: Metrics | None = None
    if settings.http_port is not None:
        from bot import metrics as counting  # noqa: PLC0415 - it takes memory, and most bots tell nobody

        metrics = counting.Metrics()

    def opening() -> "AbstractAsyncContextManager[Services]":
        from bot import app  # noqa: PLC0415 - what answers is read while Discord is greeted

        return app.open_services(settings, at_once=True, metrics=metrics)

    def telling(connected: Callable[[], bool], loaded: Callable[[], bool]) -> "AbstractAsyncContextManager[None]":
        from bot import app  # noqa: PLC0415

        assert metrics is not None  # noqa: S101 - nobody is told otherwise
        return app.tell_probes(settings, metrics, connected, loaded)

    asyncio.run(serve(settings, opening, telling if metrics is not None else None, always_sync=sync))
    return 0


@cli.command()
@click.pass_obj
def healthy(settings: Settings) -> int:
    """Ask the running bot whether it can answer. It is asked at http_port of these settings."""
    from bot.web.look import is_ready  # noqa: PLC0415

    ready, said = is_ready(settings)
    click.echo(said)
    return 0 if ready else BROKEN


@cli.command("settings")
def print_settings() -> int:
    """Print all settings as Markdown. It says what they mean and where they can be set."""
    from bot.terminal.settings_reference import settings_page  # noqa: PLC0415

    click.echo(settings_page(), nl=False)
    return 0


def main(args: Sequence[str] | None = None) -> None:
    """Run the program and end it with its exit code."""
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started us: nobody wants to read
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it is no file of ours, and stays open
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():  # what a program reads is UTF-8, whatever this system's habit
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. A traceback from here is a defect of the program."""
    try:
        arguments = sys.argv[1:] if args is None else list(args)
        with cli.make_context("whoswho", arguments) as context:  # `cli.main` has its own ideas of exit codes
            code = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the flush at exit complains
        return READER_GONE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "whoswho"
        return _complain(f"{error.format_message()} See {command} --help.")
    except click.ClickException as error:
        return _complain(error.format_message())
    except KnowledgeError as error:
        sys.stderr.writelines(f"{problem}\n" for problem in error.problems)
        return _complain(str(error))
    except WhoswhoError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(told_of(error))
    return code if isinstance(code, int) else 0


def _complain(message: str) -> int:
    sys.stderr.write(f"whoswho: {' '.join(message.split())}\n")
    return UNUSABLE

"""A load or check in a process of its own, so that answers are not slowed by it: both ends of the pipe between.

The child gets its job as JSON on standard input and says one JSON object a line: progress, then the outcome or the
error. Whatever else becomes of it, a kill included, the current snapshot stays.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

import bot
from bot.errors import KnowledgeError, LoadBusy, WhoswhoError, told_of
from bot.ingest.outcome import Outcome
from bot.model.audience import OPERATOR, Asker
from bot.model.endpoint import Endpoint
from bot.model.problem import Problem

Progress = Callable[[int, int, str], None]
_LONGEST_LINE = 1 << 28  # bytes; an outcome names thousands of facts
_Problems = tuple[Problem, ...]
_NICER = 5  # the bot's own process goes first where there are few cores; much more, and a busy machine starves it
# What the child has no business with; the key of a model comes with its job.
_SECRETS = ("DISCORD_TOKEN", "WHOSWHO_STATE_URL", "WHOSWHO_DISCORD_TOKEN", "WHOSWHO_LLM_KEY")


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is to do; the fields are those of `load`."""

    folders: tuple[Path, ...]
    data_dir: Path
    write: bool
    who: str = ""
    expected: str | None = None
    private_links: bool = False
    unasked: bool = False
    wait: bool = False
    model: Endpoint | None = None
    asker: Asker = OPERATOR


class LoadDied(WhoswhoError):
    """The process that was loading ended without a word."""


@cache
def _form(of: Any) -> TypeAdapter[Any]:
    """How something is written as JSON; made when the first load begins, for making it takes a while."""
    return TypeAdapter(of)


async def load_apart(job: Job, progress: Progress | None = None) -> Outcome:
    """Do the job in a process of its own. Raises what `load` raises, and LoadDied."""
    process = await start_apart("bot.ingest.apart")
    try:
        assert process.stdin is not None  # noqa: S101 - both are pipes, by the call above
        assert process.stdout is not None  # noqa: S101
        with suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(_form(Job).dump_json(job))
            await process.stdin.drain()
            process.stdin.close()
        async for line in process.stdout:
            said = json.loads(line)
            if "progress" in said:
                if progress is not None:
                    progress(*said["progress"])
            elif "outcome" in said:
                outcome: Outcome = _form(Outcome).validate_python(said["outcome"])
                return outcome
            else:
                raise _error(said)
        raise LoadDied(f"the loading process ended with status {await process.wait()}; nothing was changed by it")
    finally:
        await end_apart(process)


async def start_apart(module: str) -> asyncio.subprocess.Process:
    """A process of its own that runs a module of ours, with a pipe to it and one from it."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE, env=_environment(), start_new_session=True,
    )  # fmt: skip


async def end_apart(process: asyncio.subprocess.Process) -> None:
    """Leave no such process behind."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    await process.wait()


def _environment() -> dict[str, str]:
    """A child's: ours without secrets, and with this very package to be found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    here = str(Path(bot.__file__).parent.parent)
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, [here, kept.get("PYTHONPATH")]))
    return kept


def _error(said: dict[str, Any]) -> Exception:
    if said["error"] == LoadBusy.__name__:
        since = said["since"] and datetime.fromisoformat(said["since"])
        return LoadBusy(Path(said["data_dir"]), said["who"], since)
    if said["error"] == KnowledgeError.__name__:
        return KnowledgeError(said["message"], _form(_Problems).validate_python(said["problems"]))
    return WhoswhoError(said["message"])


def main() -> None:
    """The child's end."""
    from bot.ingest.folder.sources import Fetch  # noqa: PLC0415
    from bot.ingest.load import load  # noqa: PLC0415 - the parent never reads a document, and is spared the readers

    os.nice(_NICER)
    job = _form(Job).validate_json(sys.stdin.buffer.read())
    try:
        outcome = load(
            job.folders, job.data_dir, write=job.write, wait=job.wait, expected=job.expected,
            who=job.who, unasked=job.unasked, private_links=job.private_links, model=job.model, asker=job.asker,
            fetch=Fetch.NONE if job.unasked or job.expected is not None else Fetch.DUE,
            progress=lambda done, total, stage: _say({"progress": [done, total, stage]}),
        )  # fmt: skip
    except LoadBusy as error:
        since = error.since and error.since.isoformat()
        _say({"error": LoadBusy.__name__, "data_dir": str(job.data_dir), "who": error.who, "since": since})
    except KnowledgeError as error:
        problems = _form(_Problems).dump_python(error.problems, mode="json")
        _say({"error": KnowledgeError.__name__, "message": str(error), "problems": problems})
    except WhoswhoError as error:
        _say({"error": type(error).__name__, "message": str(error)})
    except OSError as error:
        _say({"error": type(error).__name__, "message": told_of(error, job.data_dir)})
    else:
        _say({"outcome": _form(Outcome).dump_python(outcome, mode="json")})


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

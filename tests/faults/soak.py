"""A long run: answers by the ten thousand with reloads between them; memory and open files must stay as they were."""

import asyncio
import gc
import os
from pathlib import Path

from bot.assistant import Assistant
from bot.settings import Settings
from tests.faults.community import PEOPLE, write_version
from tests.faults.tally import Tally

_WARM_UP = 12  # reloads
_MOST_GROWTH = 1.05  # of resident memory, after the warm-up


def soak(answers: int, reloads: int, work: Path) -> Tally:
    """Ask and reload in turn, and compare memory and open files before and after."""
    return asyncio.run(_soak(answers, reloads, work))


async def _soak(answers: int, reloads: int, work: Path) -> Tally:
    tally = Tally("soak")
    folder = work / "knowledge"
    write_version(folder, 0)
    settings = Settings(knowledge=(folder,), data=work / "data")
    assistant = await Assistant.open(settings)
    try:
        await _ask(assistant, tally, answers // 10, 0)
        for version in range(1, _WARM_UP + 1):  # caches fill, and the allocator settles
            write_version(folder, version)
            await assistant.reload()
            await _ask(assistant, tally, 50, version)
        memory, files = _resident(), _open_files()
        for version in range(_WARM_UP + 1, _WARM_UP + 1 + reloads):
            write_version(folder, version)
            await assistant.reload()
            await _ask(assistant, tally, max(1, answers // reloads), version)
        grown, more = _resident() / memory, _open_files() - files
    finally:
        await assistant.close()
    tally.measured += [f"memory {grown:.3f} of that before", f"{more} more files open"]
    if grown > _MOST_GROWTH:
        tally.bad.append(f"resident memory grew by {grown:.2f}")
    if more > 0:
        tally.bad.append(f"{more} files are open that were not")
    return tally


async def _ask(assistant: Assistant, tally: Tally, count: int, version: int) -> None:
    for number in range(count):
        reply = await assistant.ask(f"what is the job title of Singer {number % PEOPLE}?")
        tally.rounds += 1
        if f"season {version}" not in reply.text:
            tally.bad.append(f"asked in season {version}: {reply.text[:100]}")


def _resident() -> int:
    """Resident memory in bytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))

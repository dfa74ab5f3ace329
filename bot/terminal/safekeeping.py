"""`whoswho backup` and `whoswho restore`: what they did, in one line; how it is done is in the store."""

from pathlib import Path

from bot.memory import Remembered
from bot.settings import Settings
from bot.store import keep
from bot.store.archive import Saved, back_up, restore
from bot.terminal.load_report import count


async def write_backup(settings: Settings, file: Path) -> str:
    """Write a backup; a line about it. Raises WhoswhoError, OSError."""
    remembered = Remembered(settings)
    try:
        saved = await back_up(file, settings.data, await remembered.state())
    except OSError as error:  # it speaks of the file that was to become the backup, which nobody has heard of
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        await remembered.close()
    return f"Saved to {file}: {_what(saved)}. It holds the key of the data folder: keep it as safe."


async def restore_backup(settings: Settings, file: Path) -> tuple[str, str | None]:
    """Put a backup in force; a line about it, and one about what is amiss. Raises WhoswhoError, OSError."""
    remembered = Remembered(settings)
    try:
        saved = await restore(file, settings.data, await remembered.state())
    finally:
        await remembered.close()
    there = keep.history(settings.data)
    now = "what was in force stays" if there else "load the documents to have answers"
    fault = f"{saved.fault}: {now}" if saved.fault else None
    return f"Restored from {file}, made {saved.made_at}: {_what(saved)}.", fault


def _what(saved: Saved) -> str:
    snapshot = f"snapshot {saved.snapshot}" if saved.snapshot else "no snapshot"
    return f"{snapshot}, {count(saved.rows, 'row', 'rows')} of the bot's own memory"

"""A load in a process of its own says what the system refused as every other command does: file and reason."""

from pathlib import Path

import pytest

from bot.errors import WhoswhoError, told_of
from bot.ingest.apart import Job, load_apart
from tests.ingest.folders import profile, write


async def test_what_the_system_refuses__is_told_with_its_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "club", bo=profile("person", "Bo Li", "jobTitle: baker"))
    lock = tmp_path / "data" / "load.lock"
    lock.mkdir(parents=True)
    with pytest.raises(WhoswhoError) as error:
        await load_apart(Job((folder,), tmp_path / "data", write=True))
    assert str(error.value) == f"{lock}: Is a directory"


def test_told_of__a_refusal_without_a_file_names_the_folder() -> None:
    full = OSError(28, "No space left on device")
    assert told_of(full, Path("/data")) == "/data: No space left on device"
    assert told_of(full) == "No space left on device"
    assert told_of(OSError(13, "Permission denied", "/data/load.lock"), Path("/data")) == (
        "/data/load.lock: Permission denied"
    )

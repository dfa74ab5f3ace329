"""Files that are there whole or as they were, whatever breaks meanwhile; knows nothing of what is in them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_LONGEST = 100  # characters of a name that is made longer


@contextmanager
def replacing(file: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """A stream that takes the file's place once the block has ended well; `private`: only its owner reads it.

    Raises OSError.
    """
    fresh = file.with_name(f".{file.name[:_LONGEST]}-{secrets.token_hex(4)}")
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(fresh, flags, 0o600 if private else 0o666), "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(fresh, file)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def write_whole(file: Path, content: bytes, *, private: bool = False) -> None:
    """Give a file this content, in a folder that is made if need be. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, private=private) as stream:
        stream.write(content)

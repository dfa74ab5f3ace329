"""The data folder's own key, and the hashes made with it; knows nothing of what is hashed.

A hash tells whether two notes were made of the same thing without saying of which. Without the key, a list of all
Discord ids or all names could be tried in an afternoon; so the key lies beside the database, never in it.
"""

import hmac
import os
import secrets
from pathlib import Path

from bot.errors import StateError
from bot.whole_files import write_whole

_BYTES = 32


class Secret:
    """The key of one data folder; made when it is first used."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / "secret.key"

    def hash(self, purpose: str, *parts: str | int) -> str:
        """The keyed hash of `parts`; the same parts under another purpose have another one. Raises StateError."""
        return keyed_hash(self.key(), purpose, *parts)

    def key(self) -> bytes:
        """The key itself, which nothing but a backup keeps. Raises StateError.

        It is read anew each time: a restored backup brings another one while the bot runs.
        """
        try:
            key = self._read() or self._make()
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}") from error
        if len(key) != _BYTES:
            raise StateError(f"{self.path}: not a key of {_BYTES} bytes; restore it from a backup")
        return key

    def replace(self, key: bytes) -> None:
        """Put another key in its place."""
        write_whole(self.path, key, private=True)

    def _read(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None

    def _make(self) -> bytes:
        fresh = self.path.with_name(f".{self.path.name}-{secrets.token_hex(4)}")
        write_whole(fresh, secrets.token_bytes(_BYTES), private=True)
        try:
            os.link(fresh, self.path)  # unlike a rename it never replaces the key that another process just made
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return self.path.read_bytes()


def keyed_hash(key: bytes, purpose: str, *parts: str | int) -> str:
    """The hash of `parts` under a key that is at hand."""
    message = "\0".join((purpose, *map(str, parts))).encode()
    return hmac.digest(key, message, "sha256").hex()[:40]

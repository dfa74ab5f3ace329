"""Names that were removed for good, as a load asks for them: keyed hashes in one file, never a name; no database.

The state says who was removed; this file beside it says the same to every process that reads documents, also where the
state is another machine's. Spellings that documents link to a removed name are added to it as they are found.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from bot.errors import StateError
from bot.language.tokens import clean, name_key, parts
from bot.store.state.secret import Secret, keyed_hash
from bot.whole_files import write_whole

FILE_NAME = "removals.json"
MASK = "[…]"
_PURPOSE = "removal"
_KEY = "key="  # no hash begins like it
_NAME, _FIRST = "*", "^"  # a whole name; its first word, so that most words of a text are tried once
_LONGEST = 24  # words of a name that are compared
_MOST_KEPT = 200_000


class Tombstones:
    """The removed names of one data folder, small enough to be sent to another process."""

    def __init__(self, hashes: frozenset[str] = frozenset(), key: bytes = b"") -> None:
        self._hashes = hashes
        self._key = key
        self._first: dict[str, bool] = {}  # by word, whether a removed name begins with it

    def __bool__(self) -> bool:
        return bool(self._hashes)

    @property
    def digest(self) -> str:
        """What tells this set of names from another; empty where nobody was removed."""
        return sha256("".join(sorted(self._hashes)).encode()).hexdigest()[:16] if self._hashes else ""

    def is_name(self, name: str) -> bool:
        """Whether this very name was removed."""
        return bool(self._hashes) and self._is_run(name_key(name).split())

    def names(self, *texts: str | None, least: int = 1) -> bool:
        """Whether one of these texts has a removed name of at least so many words in it."""
        return bool(self._hashes) and any(self._places(text, least) for text in texts if text)

    def masked(self, text: str) -> str:
        """The text with something else in the place of each removed name."""
        places = self._places(text) if self._hashes and text else []
        if not places:
            return text
        text = clean(text)
        for start, end in reversed(places):
            text = f"{text[:start]}{MASK}{text[end:]}"
        return text

    def hashes_of(self, names: Iterable[str]) -> frozenset[str]:
        """The hashes by which these names are known again, for as many as are not known yet."""
        return hashes_of(self._key, names) - self._hashes

    def also(self, hashes: Iterable[str]) -> "Tombstones":
        """These and others."""
        return Tombstones(self._hashes.union(hashes), self._key)

    def _places(self, text: str, least: int = 1) -> list[tuple[int, int]]:
        found = []
        tokens = parts(clean(text))
        place = 0
        while place < len(tokens):
            if self._begins(tokens[place].key):
                for end in range(min(place + _LONGEST, len(tokens)), place + least - 1, -1):
                    if self._is_run([token.key for token in tokens[place:end]]):
                        found.append((tokens[place].start, tokens[end - 1].end))
                        place = end - 1
                        break
            place += 1
        return found

    def _begins(self, word: str) -> bool:
        known = self._first.get(word)
        if known is None:
            if len(self._first) > _MOST_KEPT:
                self._first.clear()
            known = self._first[word] = keyed_hash(self._key, _PURPOSE, _FIRST, word) in self._hashes
        return known

    def _is_run(self, words: list[str]) -> bool:
        return bool(words) and _of_name(self._key, words) in self._hashes


def hashes_of(key: bytes, names: Iterable[str]) -> frozenset[str]:
    """The hashes of names, by which they are known again in any writing that compares equal."""
    words = [name_key(name).split() for name in names]
    return frozenset(
        hash_ for run in words if run for hash_ in (_of_name(key, run), keyed_hash(key, _PURPOSE, _FIRST, run[0]))
    )


def name_hash(key: bytes, name: str) -> str:
    """The hash of one whole name."""
    return _of_name(key, name_key(name).split())


def read_tombstones(data_dir: Path) -> Tombstones:
    """Who was removed from a data folder. Raises StateError where that cannot be told: then nothing may be loaded."""
    removed, linked = _read(data_dir)
    if not removed:
        return Tombstones()
    secret = Secret(data_dir)
    if not secret.path.exists() or not made_with(removed, secret.key()):
        what = "not the key by which people were removed" if secret.path.exists() else "gone"
        raise StateError(f"{secret.path}: {what}, so nobody knows who they are; restore it from a backup")
    return Tombstones(removed | linked, secret.key())


def key_mark(key: bytes) -> str:
    """What is kept with the hashes of a removal, to tell later whether a key is the one they were made with."""
    return _KEY + keyed_hash(key, _PURPOSE, _KEY)


def made_with(hashes: Iterable[str], key: bytes) -> bool:
    """Whether all of these hashes may have been made with a key; those of earlier versions do not tell."""
    return {one for one in hashes if one.startswith(_KEY)} <= {key_mark(key)}


def is_marked(hashes: Iterable[str]) -> bool:
    """Whether any of these hashes tells by which key they were made."""
    return any(one.startswith(_KEY) for one in hashes)


def written_down(data_dir: Path) -> frozenset[str]:
    """The hashes of those who were removed, as the state had them last. Raises StateError."""
    return _read(data_dir)[0]


def write_tombstones(data_dir: Path, removed: frozenset[str]) -> bool:
    """Say who was removed, as the state has it. Returns whether that was new. Raises StateError.

    Linked spellings stay as long as nobody was taken back; then they are found again.
    """
    before, linked = _read(data_dir)
    if before != removed or not (data_dir / FILE_NAME).exists():
        _write(data_dir, removed, linked if before <= removed else frozenset())
    return before != removed


def add_spellings(data_dir: Path, hashes: Iterable[str]) -> None:
    """Note further spellings of removed names. Raises StateError."""
    removed, linked = _read(data_dir)
    _write(data_dir, removed, linked.union(hashes))


def _of_name(key: bytes, words: list[str]) -> str:
    return keyed_hash(key, _PURPOSE, _NAME, " ".join(words[:_LONGEST]))


def _read(data_dir: Path) -> tuple[frozenset[str], frozenset[str]]:
    file = data_dir / FILE_NAME
    try:
        said = json.loads(file.read_text(encoding="ascii"))
        return frozenset(said["removed"]), frozenset(said["linked"])
    except FileNotFoundError:
        return frozenset(), frozenset()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StateError(
            f"{file}: cannot be read, so nobody knows who was removed; restore it from a backup"
        ) from error


def _write(data_dir: Path, removed: frozenset[str], linked: frozenset[str]) -> None:
    file = data_dir / FILE_NAME
    text = json.dumps({"removed": sorted(removed), "linked": sorted(linked)})
    try:
        write_whole(file, text.encode(), private=True)
    except OSError as error:
        raise StateError(f"{file}: {error.strerror or error}") from error

import os
import time
from pathlib import Path

import pytest

from bot.errors import ShelfError
from bot.ingest.waiting_room import FOLDER, MOST, SECONDS, Waiting, held, hold, let_go

NOTES = Waiting("notes.md", b"one\n\ntwo\x00", "https://example.org/notes")


def test_held__as_it_was_given_to_nobody_but_the_owner(tmp_path: Path) -> None:
    key = hold(tmp_path, NOTES)
    assert held(tmp_path, key) == NOTES
    assert (tmp_path / FOLDER / key).stat().st_mode & 0o077 == 0


def test_let_go(tmp_path: Path) -> None:
    key = hold(tmp_path, NOTES)
    let_go(tmp_path, key)
    let_go(tmp_path, key)
    assert held(tmp_path, key) is None


def test_held__not_for_ever(tmp_path: Path) -> None:
    key = hold(tmp_path, NOTES)
    old = time.time() - SECONDS - 60
    os.utime(tmp_path / FOLDER / key, (old, old))
    assert held(tmp_path, key) is None
    hold(tmp_path, NOTES)
    assert not (tmp_path / FOLDER / key).exists()


def test_hold__the_oldest_gives_way(tmp_path: Path) -> None:
    keys = []
    for age in range(MOST + 2, 0, -1):
        keys.append(hold(tmp_path, NOTES))
        then = time.time() - age * 10
        os.utime(tmp_path / FOLDER / keys[-1], (then, then))
    assert [held(tmp_path, key) is not None for key in keys] == [False, False, *[True] * MOST]


@pytest.mark.parametrize("key", ["", "../secret.key", "0" * 16, "0" * 15 + "\n"])
def test_held__nothing_else_of_the_data_folder(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret.key").write_text("secret")
    assert held(tmp_path, key) is None
    let_go(tmp_path, key)
    assert (tmp_path / "secret.key").exists()


def test_held__cut_short(tmp_path: Path) -> None:
    key = hold(tmp_path, NOTES)
    (tmp_path / FOLDER / key).write_bytes(b'{"name": "no')
    assert held(tmp_path, key) is None


def test_hold__where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(ShelfError, match=FOLDER):
        hold(tmp_path, NOTES)

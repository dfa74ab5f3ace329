import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.store.state.secret import Secret


def test_hash__the_same_in_every_process_another_in_every_folder(tmp_path: Path) -> None:
    one = Secret(tmp_path / "a").hash("gap", "x", 1)
    assert Secret(tmp_path / "a").hash("gap", "x", 1) == one
    assert Secret(tmp_path / "a").hash("vote", "x", 1) != one
    assert Secret(tmp_path / "a").hash("gap", "x1") != one
    assert Secret(tmp_path / "b").hash("gap", "x", 1) != one


def test_key__made_once_however_many_begin(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Secret(tmp_path).key(), range(32)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_key__cut_short_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(StateError, match="not a key of 32 bytes"):
        Secret(tmp_path).key()
    assert (tmp_path / "secret.key").read_bytes() == b"short"


def test_replace__is_seen_at_once(tmp_path: Path) -> None:
    secret = Secret(tmp_path)
    before = secret.hash("gap", 1)
    secret.replace(b"k" * 32)
    assert secret.key() == b"k" * 32
    assert secret.hash("gap", 1) != before

"""A file is there whole or as it was, and for its owner alone where that is asked for."""

from pathlib import Path

import pytest

from bot.whole_files import replacing, write_whole


def test_write_whole__takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 250)
    for content in (b"one", b"another"):
        write_whole(file, content, private=True)
        assert file.read_bytes() == content
    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [file]


def test_replacing__what_breaks_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"old")
    with pytest.raises(TypeError), replacing(file) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], b"old")

"""Files of a knowledge folder: links are followed within it, and lead nowhere else."""

from pathlib import Path

import pytest

from bot.ingest.folder.files import Found, read_content, scan


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A knowledge folder beside a secret."""
    folder = tmp_path / "shelf"
    (folder / "..data").mkdir(parents=True)
    (folder / "..data" / "lathe.md").write_text("The lathe stands in the hall.")
    (folder / "lathe.md").symlink_to("..data/lathe.md")  # as a mounted volume has its files
    (tmp_path / "token.txt").write_text("secret")
    return folder


def found(folder: Path) -> dict[str, Found]:
    return {item.path: item for item in scan([folder])}


def test_scan__a_link_within_the_folder_is_a_document(shelf: Path) -> None:
    assert read_content(found(shelf)["lathe.md"]).data == b"The lathe stands in the hall."


@pytest.mark.parametrize("target", ["../token.txt", "..data/../../token.txt"])
def test_scan__a_link_out_of_the_folder_is_told_and_not_read(shelf: Path, target: str) -> None:
    (shelf / "note.md").symlink_to(target)
    content = read_content(found(shelf)["note.md"])
    assert (content.data, content.error) == (b"", "a link that leads out of the knowledge folder")


def test_scan__nor_is_what_is_said_beside_a_document(shelf: Path) -> None:
    (shelf / "plan.md").write_text("A plan.")
    (shelf / "plan.md.about.yaml").symlink_to("../token.txt")
    assert found(shelf)["plan.md"] == Found("plan.md", str(shelf / "plan.md"), astray=True)

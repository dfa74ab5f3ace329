"""`whoswho backup` and `whoswho restore` as an operator meets them."""

from pathlib import Path

import pytest

from bot.cli import run
from tests.ingest.folders import profile, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    knowledge = write(tmp_path / "club", bo=profile("person", "Bo Li", "jobTitle: baker"))
    monkeypatch.setenv("WHOSWHO_KNOWLEDGE", str(knowledge))
    monkeypatch.setenv("WHOSWHO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    assert run(["load"]) == 0
    return knowledge


def test_backup_and_restore(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["backup", "saved"]) == 0
    assert capsys.readouterr().out.startswith(f"Saved to {Path('saved').absolute()}: snapshot 0001-")
    assert run(["--data", "elsewhere", "restore", "saved"]) == 0
    assert "snapshot 0001-" in capsys.readouterr().out
    assert sorted(file.name for file in Path("elsewhere").iterdir()) == [
        "load.lock", "removals.json", "secret.key", "snapshots", "state.sqlite",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_file_in_no_folder(folder: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    capsys.readouterr()
    assert run([command, "nowhere/saved"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"whoswho: {Path('nowhere/saved').absolute()}: ")
    assert err.count("\n") == 1


def test_restore__of_before_a_removal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", "saved"]) == 0
    assert run(["forget", "--yes", "Bo Li"]) == 0
    capsys.readouterr()
    assert run(["restore", "saved"]) == 1
    assert capsys.readouterr().err == (
        "its snapshot was made before somebody was removed: what was in force stays\n"
    )  # fmt: skip
    assert run(["ask", "Who is Bo Li?"]) == 0
    assert "I know nobody" in capsys.readouterr().out


def test_restore__something_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["restore", str(folder / "bo.md")]) == 2
    assert capsys.readouterr().err == f"whoswho: {folder / 'bo.md'}: not a backup, or cut short\n"

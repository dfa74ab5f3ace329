"""`whoswho doctor` on a sound installation, and on each that is not."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from bot.cli import run
from bot.ingest.load import load
from bot.store import keep
from tests.ingest.folders import profile, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder with one profile, loaded, and the data folder beside it."""
    knowledge = write(tmp_path / "club", bo=profile("person", "Bo Li", "jobTitle: baker"))
    monkeypatch.setenv("WHOSWHO_KNOWLEDGE", str(knowledge))
    monkeypatch.setenv("WHOSWHO_DATA", str(tmp_path / "data"))
    assert run(["load"]) == 0
    return knowledge


def looked(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and the lines that are not about what is fine."""
    capsys.readouterr()
    code = run(["doctor"])
    out, err = capsys.readouterr()
    assert err == ""
    return code, [line for line in out.splitlines() if not line.startswith("ok")]


def faults(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("wrong")]


def test_a_fresh_installation__is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOSWHO_DATA", str(tmp_path / "new"))
    code, lines = looked(capsys)
    assert code == 0
    assert [line.partition(":")[0].split()[:2] for line in lines] == [
        ["note", "data"], ["note", "snapshot"], ["note", "state"], ["note", "Discord"],
    ]  # fmt: skip
    assert not (tmp_path / "new").exists()


def test_what_is_loaded_and_remembered__is_sound(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", str(tmp_path / "saved")]) == 0
    code, lines = looked(capsys)
    assert (code, lines) == (0, ["note   Discord: no token is set – only whoswho run needs one: DISCORD_TOKEN"])


def test_problems_in_documents__are_a_note(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, broken="---\nkind: [\n---\n")
    assert run(["load"]) == 1
    code, lines = looked(capsys)
    assert code == 0
    assert lines[0] == "note   documents: 1 problem in the documents – whoswho check names them"


def test_no_documents(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bo.md").unlink()
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith(f"wrong  knowledge {folder}: no documents – put documents there")


def test_a_data_folder_for_everybody(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").chmod(0o777)
    code, lines = looked(capsys)
    assert (code, lines[0]) == (
        1,
        f"wrong  data folder {tmp_path}/data: everybody can write there – chmod o-w {tmp_path}/data",
    )


def test_a_data_folder_that_is_a_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOSWHO_DATA", str(folder / "bo.md"))
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].endswith("not a folder – choose another with --data")


def test_a_key_that_others_can_read(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", str(tmp_path / "saved")]) == 0
    (tmp_path / "data" / "secret.key").chmod(0o644)
    (tmp_path / "data" / "state.sqlite").chmod(0o644)
    code, lines = looked(capsys)
    assert code == 1
    assert [line.partition(" – ")[2].split()[0] for line in lines[:2]] == ["chmod", "restore"]


def test_a_key_that_is_gone__of_people_who_were_removed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver"))
    assert run(["load"]) == 0
    assert run(["forget", "Cy Oh", "--yes"]) == 0
    (tmp_path / "data" / "secret.key").unlink()
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith(f"wrong  removals: {tmp_path}/data/secret.key: gone")
    assert not (tmp_path / "data" / "secret.key").exists()


def test_a_damaged_snapshot(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = keep.current_snapshot(tmp_path / "data")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(4096) * ((len(whole) - 4096) // 4096))
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith("wrong  snapshot: ")
    assert "whoswho load" in lines[0]


def test_a_snapshot_that_is_gone(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver"))
    assert run(["load"]) == 0
    keep.current_snapshot(tmp_path / "data").unlink()
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith("wrong  snapshot: ")


def test_a_snapshot_that_was_undone(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver"))
    assert run(["load"]) == 0
    keep.rollback(tmp_path / "data", 1)
    code, lines = looked(capsys)
    assert (code, lines[0]) == (0, "note   snapshot: 0002 was undone – whoswho load puts the documents in force")


def test_a_state_that_is_no_database(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data" / "state.sqlite").write_bytes(b"something else altogether" * 100)
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith("wrong  state database: file is not a database – mend it")


def test_a_state_of_a_newer_program(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", str(tmp_path / "saved")]) == 0
    with closing(sqlite3.connect(tmp_path / "data" / "state.sqlite")) as database, database:
        database.execute("INSERT INTO migration VALUES (99, 'later', '2030')")
    code, lines = looked(capsys)
    assert code == 1
    assert "use a newer program" in lines[0]


def test_a_state_server_that_is_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOSWHO_STATE_URL", "postgresql://whoswho:hush@127.0.0.1:9/whoswho")
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith("wrong  state database: Connect call failed")
    assert "hush" not in lines[0]


def test_a_proxy_that_is_away__is_told_without_its_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "right.token")
    monkeypatch.setenv("WHOSWHO_DISCORD_API_URL", "http://whoswho:hush@127.0.0.1:9")
    code, lines = looked(capsys)
    assert code == 1
    assert lines[-1].startswith("wrong  Discord: http://127.0.0.1:9 cannot be reached: ConnectError")


def unprivileged() -> list[str]:
    """The lines of `whoswho doctor` for root without the power to write anywhere; skipped where that cannot be."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() or setpriv is None:
        pytest.skip("needs root, and setpriv")
    done = subprocess.run(
        [setpriv, "--bounding-set", "-dac_override,-dac_read_search", sys.executable, "-m", "bot", "doctor"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode in (0, 1)
    return [line for line in done.stdout.splitlines() if not line.startswith("ok")]


def test_a_data_folder_in_which_somebody_else_loaded(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for path in (data / "load.lock", data / "snapshots"):
        os.chown(path, 65534, 65534)
    lines = unprivileged()
    assert lines[0] == (
        f"wrong  data folder {data}: snapshots and 1 more cannot be written – "
        f"give all of it to the user that runs the bot: chown -R {os.getuid()} {data}"
    )


def test_a_knowledge_folder_that_cannot_be_written__is_a_note(folder: Path) -> None:
    folder.chmod(0o555)
    lines = unprivileged()
    assert lines[0].startswith(
        f"note   knowledge {folder}: cannot be written: /knowledge add, remove and review do not"
    )
    assert faults(lines) == []


def test_a_snapshot_of_the_future__is_a_matter_of_clocks(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver"))
    load([folder], tmp_path / "data", clock=lambda: datetime.now(UTC) + timedelta(days=3))
    code, lines = looked(capsys)
    assert code == 0
    assert lines[0].startswith("note   clock: the snapshot was built 2 days, 23:")


def test_audiences_that_nobody_can_tell__are_wrong_as_the_load_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "audiences.yaml"
    file.write_text("board: {server: 900000000000000001, roles: [Trustees]}\n")
    assert run(["load"]) == 0
    file.unlink()
    code, lines = looked(capsys)
    assert (code, lines[0].startswith("wrong  audiences: audiences.yaml:1: it is gone")) == (1, True)
    file.write_text("board: {servers: 5}\n")
    code, lines = looked(capsys)
    assert code == 1
    assert lines[0].startswith("wrong  audiences: audiences.yaml:1: ")


class _Discord(BaseHTTPRequestHandler):
    """Takes one token, refuses all others; has one server with one role."""

    seen: ClassVar[list[str]] = []
    late: ClassVar[float] = 0.0  # seconds, of its clock

    def do_GET(self) -> None:
        self.seen.append(self.path)
        knows = not self.path.partition("/guilds/")[1] or self.path.endswith("/900000000000000001")
        self.send_response(401 if self.headers["Authorization"] != "Bot right.token" else 200 if knows else 404)
        self.end_headers()
        self.wfile.write(json.dumps({"roles": [{"id": "900000000000000011", "name": "Trustees"}]}).encode())

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate((timestamp or time.time()) + self.late, usegmt=True)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def discord() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Discord)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v10"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("token", "code"), [("right.token", 0), ("wrong.token", 1)])
def test_a_token__is_tried_and_never_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], token: str, code: int
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", token)
    with discord() as address:
        monkeypatch.setenv("WHOSWHO_DISCORD_API_URL", address)
        capsys.readouterr()
        assert run(["doctor"]) == code
    out, err = capsys.readouterr()
    assert ("takes the token" in out, "the token is refused" in out) == (code == 0, code == 1)
    assert token not in out + err
    assert _Discord.seen[-1] == "/api/v10/users/@me"


@pytest.mark.parametrize(
    ("audiences", "wrong"),
    [
        ("board: {server: 900000000000000001, roles: [Trustees, '900000000000000011']}", []),
        (
            "board: {server: 900000000000000001, roles: [Trustee, Trustees]}",
            ["audience board: server 900000000000000001 has no role Trustee"],
        ),
        (
            "members: {server: 900000000000000002}",
            ["server 900000000000000002: the bot is not in it, and audiences.yaml names it"],
        ),
    ],
)
def test_servers_and_roles_of_audiences__must_be_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], audiences: str, wrong: list[str]
) -> None:
    (folder / "audiences.yaml").write_text(audiences)
    monkeypatch.setenv("DISCORD_TOKEN", "right.token")
    monkeypatch.setenv("WHOSWHO_ADMIN_SERVERS", "900000000000000001")
    with discord() as address:
        monkeypatch.setenv("WHOSWHO_DISCORD_API_URL", address)
        code, lines = looked(capsys)
    assert (code, [line.partition(" – ")[0].removeprefix("wrong").strip() for line in faults(lines)]) == (
        bool(wrong),
        wrong,
    )


def test_a_clock_that_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "right.token")
    monkeypatch.setattr(_Discord, "late", 7200.0)
    with discord() as address:
        monkeypatch.setenv("WHOSWHO_DISCORD_API_URL", address)
        code, lines = looked(capsys)
    assert code == 1
    (line,) = faults(lines)
    assert re.match(r"wrong  clock: (7200|71\d\d) s behind Discord's – ", line)


def test_a_discord_that_is_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "right.token")
    monkeypatch.setenv("WHOSWHO_DISCORD_API_URL", "http://127.0.0.1:9")
    code, lines = looked(capsys)
    assert code == 1
    assert "http://127.0.0.1:9 cannot be reached" in "".join(lines)


def test_a_token_file_that_is_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(folder / "nowhere"))
    code, lines = looked(capsys)
    assert code == 1
    assert "nowhere: No such file" in "".join(lines)

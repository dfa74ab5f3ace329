"""A PostgreSQL of the tests' own, on a loopback port, where Debian's or another's server programs are found."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SERVER = ("-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=20")
# The server ends with whoever started it, a test run that was killed included: then nobody holds its input any more.
_WATCHED = '"$@" & server=$!; read -r _; kill "$server"; wait "$server"'


def find_programs() -> Path | None:
    """The folder of initdb and postgres."""
    there = shutil.which("postgres")
    folders = [Path(there).resolve().parent] if there else []
    folders += [Path("/usr/local/bin/postgres").resolve().parent, *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    return next(
        (folder for folder in folders if all((folder / name).exists() for name in ("initdb", "postgres"))), None
    )


def find_account() -> pwd.struct_passwd | None:
    """An account that may run it: root may not; None where there is none."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def running(programs: Path, account: pwd.struct_passwd) -> Iterator[str]:
    """A server with an empty database; its URL."""
    with tempfile.TemporaryDirectory(prefix="whoswho-pg-") as folder:
        os.chown(folder, account.pw_uid, account.pw_gid)
        data = Path(folder) / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "whoswho", "-A", "trust", "-E", "UTF8", "--no-sync"]
        _as(account, [*initdb, "--locale=C"]).communicate(timeout=60)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, *_SERVER]
        server = _as(account, ["sh", "-c", _WATCHED, "sh", *command])
        try:
            _wait_for(server, port)
            yield f"postgresql://whoswho@127.0.0.1:{port}/postgres"
        finally:
            server.communicate(timeout=30)


def _as(account: pwd.struct_passwd, command: list[object]) -> "subprocess.Popen[bytes]":
    program = list(map(str, command))
    if os.getuid() == account.pw_uid:
        return subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
    return subprocess.Popen(
        program,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=(),
    )


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"PostgreSQL did not start: {server.poll()}")

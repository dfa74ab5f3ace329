"""Rules of the house that no linter knows: where SQL may stand, how a module begins, how long it may get."""

import ast
import asyncio
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guard.network_guard import NetworkRefused

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))
LONGEST = 400
SQL = re.compile(
    r"\b(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|(?:CREATE|DROP|ALTER)\s+(?:VIRTUAL\s+|TEMP\s+|UNIQUE\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)|PRAGMA)\b",
    re.DOTALL,
)


def name_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_opens_with_one_sentence_about_itself(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert docstring, "the first line says what the module knows and what it refuses to know"
    assert docstring.splitlines()[0].endswith(".")


@pytest.mark.parametrize("module", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=name_of)
def test_no_module_outgrows_its_noun(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, "split it by noun"


@pytest.mark.parametrize(
    "module", [module for module in MODULES if ROOT / "bot" / "store" not in module.parents], ids=name_of
)
def test_sql_stands_in_the_store_only(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if SQL.search(text)] == []


@pytest.mark.parametrize(
    "statement", ["SELECT a FROM b", "INSERT OR IGNORE INTO t", "CREATE VIRTUAL TABLE t", "PRAGMA x"]
)
def test_sql_is_recognised(statement: str) -> None:
    assert SQL.search(statement)


def test_tests_cannot_reach_the_network(refusals: list[str]) -> None:
    with socket.socket() as stream, pytest.raises(NetworkRefused):
        stream.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("example.org", 443)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams, pytest.raises(NetworkRefused):
        datagrams.sendto(b"x", ("192.0.2.1", 53))
    refusals += ["socket.connect ('192.0.2.1', 80)", "socket.getaddrinfo 'example.org'"]
    refusals.append("socket.sendto ('192.0.2.1', 53)")


async def test_tests_cannot_reach_the_network_from_a_loop(refusals: list[str]) -> None:
    with pytest.raises(NetworkRefused):
        await asyncio.open_connection("192.0.2.1", 80)
    refusals.append("socket.connect ('192.0.2.1', 80)")


def test_what_tests_start_cannot_reach_it_either(refusals: list[str]) -> None:
    code = "import socket\ntry: socket.create_connection(('192.0.2.1', 80))\nexcept BaseException: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    refusals.append("socket.connect ('192.0.2.1', 80)")


def test_tests_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()

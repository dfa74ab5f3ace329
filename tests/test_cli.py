import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot import __version__
from bot.answers.wording.markdown import plain
from bot.cli import cli, run
from tests.cases import communities

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PROFILE = """\
---
kind: person
name: Orla Finch
source: minutes
worksFor: {name: Lighthouse Society, roleName: keeper, startDate: 2019}
---
Keeps the lamp.
"""
SOURCES = "minutes: {title: Minutes of the society, author: Ida Brook, date: 2021-03}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder with one profile, and the data folder beside it."""
    knowledge = tmp_path / "club"
    (knowledge / "people").mkdir(parents=True)
    (knowledge / "people" / "orla.md").write_text(PROFILE)
    (knowledge / "sources.yaml").write_text(SOURCES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOSWHO_KNOWLEDGE", "club")
    monkeypatch.setenv("WHOSWHO_DATA", "data")
    return knowledge


def test_ask__the_reply_and_its_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "Where", "does", "Orla", "Finch", "work?"]) == 0
    out, err = capsys.readouterr()
    assert "Lighthouse Society" in out
    assert out.splitlines()[-1].startswith("Source: Minutes of the society (Ida Brook, March 2021)")
    assert "**" not in out
    assert err == ""


def test_ask_json__the_row_of_the_contract(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--json", "Where does Orla Finch work?"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert list(row) == ["id", "question", "status", "reason", "text", "facts", "sources", "ms"]
    assert (row["id"], row["status"], row["question"]) == (None, "answered", "Where does Orla Finch work?")
    assert row["facts"][0]["property"] == "worksFor"
    assert row["sources"] == [
        {
            "title": "Minutes of the society",
            "author": "Ida Brook",
            "date": "2021-03",
            "url": None,
            "document": row["facts"][0]["evidence"]["document"],
            "line": 5,
            "place": None,
        }
    ]


def test_ask_batch__a_bad_row_does_not_stop_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ['{"id": "a", "question": "Where does Orla Finch work?"}', "", "no json", '{"id": "b", "question": "zzz?"}']
    Path("rows.jsonl").write_text("\n".join(rows))
    assert run(["ask", "--batch", "rows.jsonl"]) == 1
    out, err = capsys.readouterr()
    answers = [json.loads(line) for line in out.splitlines()]
    assert [(answer["id"], answer["status"]) for answer in answers] == [("a", "answered"), ("b", "unknown")]
    assert err == "rows.jsonl:3: not JSON: Expecting value at character 1\n"


def test_load__then_load_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load"]) == 0
    assert capsys.readouterr().out.startswith("Loaded: 1 document, ")
    assert run(["load"]) == 0
    assert capsys.readouterr().out.startswith("Nothing changed: 1 document, ")


def test_load__a_broken_document_is_named_and_the_rest_is_loaded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people" / "ida.md").write_text("---\nkind: person\n---\n")
    assert run(["load"]) == 1
    out, err = capsys.readouterr()
    assert "people/ida.md:" in err
    assert out.startswith("Loaded: ")
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["load", "check"])
def test_load_and_check__nothing_loadable(folder: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    (folder / "people" / "orla.md").write_text("---\nkind: [\n---\n")
    assert run([command]) == 2
    err = capsys.readouterr().err
    assert "people/orla.md:" in err
    assert err.splitlines()[-1].startswith("whoswho: ")


def test_check__writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert capsys.readouterr().out.startswith("Checked, nothing written: 1 document, ")
    assert not Path("data", "snapshots").exists()


def test_export__a_row_for_every_fact(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--format", "jsonl"]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["property"], row["start"]) == ("worksFor", "2019")
    assert {"subject", "property", "qualifiers", "start", "end", "source", "evidence", "rank"} <= set(row)
    assert row["evidence"]["text"] == "worksFor: {name: Lighthouse Society, roleName: keeper, startDate: 2019}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dance"], "whoswho: No such command 'dance'."),
        (["ask"], "whoswho: Give a question, or --batch with a file of them. See whoswho ask --help."),
        (["ask", "who?", "--batch", "rows"], "whoswho: Give a question, or --batch"),
        (["--knowledge", "gone", "load"], "whoswho: "),
        (["ask", "--batch", "gone.jsonl"], "whoswho: gone.jsonl: No such file or directory"),
        (["export", "--format", "xml"], "whoswho: Invalid value for '--format'"),
    ],
)
def test_a_mistake_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"whoswho {__version__}\n"
    assert run([]) == 0
    assert capsys.readouterr().out.startswith("Usage: whoswho")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert f"`whoswho {name}" in README.read_text(encoding="utf-8")


def test_the_readme_shows_what_is_answered_today() -> None:
    shown = " ".join(README.read_text(encoding="utf-8").split())
    answerer = communities.answerer_of("shipped")
    assert f"I know {answerer.introduction.known}." in shown
    for question in ("where did Jeff Wu study?", "how old is Jason Wei?"):
        told = plain(answerer.answer(question).text).replace("\n- ", "\n• ")
        assert f"> {question} {' '.join(told.split())}" in shown


def test_the_list_of_commands_cuts_none_short(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    _, _, commands = capsys.readouterr().out.partition("Commands:")
    assert commands
    assert "..." not in commands


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = [sys.executable, "-m", "bot", "ask", "Who is Orla Finch?"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])}
    done = subprocess.run(program, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, env=env)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_nobody_to_read_at_all_is_no_error(folder: Path) -> None:
    program = f"{sys.executable} -m bot ask 'Who is Orla Finch?' >&-"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])}
    done = subprocess.run(program, shell=True, stderr=subprocess.PIPE, text=True, check=False, env=env)  # noqa: S602
    assert (done.returncode, done.stderr) == (0, "")


def test_asking_needs_neither_discord_nor_http() -> None:
    code = "import sys, bot.app, bot.cli; print(sorted({'discord', 'httpx', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

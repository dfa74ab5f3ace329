import builtins
import io
from pathlib import Path

import pytest

from bot.model.answer import Introduction
from bot.terminal.chat import chat
from bot.terminal.screen import Screen
from bot.terminal.texts import read_texts
from tests.terminal.fakes import ANSWERED, FakeAssistant, Terminal, run

INTRODUCTION = Introduction("2 people and 1 event", ("Who is Orla Finch?", "Who is Nobody?", "What happened in 2019?"))


def piped(*lines: str, assistant: FakeAssistant | None = None) -> str:
    """What a program gets back that sends these lines."""
    out = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    chat(
        assistant or FakeAssistant(), INTRODUCTION, read_texts(), Path("unused"), run, stdin=source, screen=Screen(out)
    )
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Typed":
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    return Typed(monkeypatch, tmp_path)


class Typed:
    """A person at the prompt; an exception among the lines is what a key raises."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
        self._monkeypatch = monkeypatch
        self._data = data

    def __call__(self, *lines: str | type[BaseException]) -> str:
        remaining = iter(lines)
        out = Terminal()

        def type_a_line(prompt: str) -> str:
            assert prompt == "> "
            line = next(remaining, EOFError)
            if isinstance(line, str):
                return line
            raise line

        self._monkeypatch.setattr(builtins, "input", type_a_line)
        chat(FakeAssistant(), INTRODUCTION, read_texts(), self._data, run, stdin=Terminal(), screen=Screen(out))
        return out.getvalue()


def test_piped__answers_and_nothing_else() -> None:
    assert piped("Who is Orla Finch?", "", "nonsense") == (
        "Orla Finch is the keeper.\n"
        "Source: Minutes of the society (Orla Finch, March 2021), page 3\n"
        "\n"
        "I have nothing on that.\n"
        "\n"
    )


def test_a_follow_up_leans_on_the_last_answer() -> None:
    assistant = FakeAssistant()
    said = piped("Who is Orla Finch?", "and before that?", assistant=assistant)
    assert "• keeper\n• painter\n" in said
    assert [turn for _, turn in assistant.asked] == [None, ANSWERED.turn]


def test_a_number_picks_from_the_list_that_was_given() -> None:
    said = piped("Who is the keeper?", "1")
    assert said.startswith("1. Orla Finch\n2. Ida Brook\n\nOrla Finch is the keeper.\n")
    assert piped("1").startswith("I have nothing on that.")


@pytest.mark.parametrize("end", ["quit", "exit", " QUIT ", "/quit"])
def test_quit__what_follows_is_not_asked(end: str) -> None:
    assistant = FakeAssistant()
    assert piped(end, "Who is Orla Finch?", assistant=assistant) == ""
    assert assistant.asked == []


def test_sources__of_the_last_answer() -> None:
    assert piped("What happened in 2019?", "sources").endswith(
        "• Minutes of the society, Orla Finch, March 2021, https://example.org/m\n"
        "  • page 3 (people/orla-finch.md:4)\n"
        "• A keeper's diary\n"
        "  The author's name comes from the cover.\n"
        "  • people/orla-finch.md:9\n"
        "\n"
    )


def test_sources__without_an_answer_or_without_a_statement() -> None:
    texts = read_texts()
    assert piped("sources") == texts.say("nothing_asked") + "\n\n"
    assert piped("nonsense", "sources").endswith(texts.say("no_sources") + "\n\n")


def test_help__shows_only_examples_that_have_an_answer() -> None:
    said = piped("help")
    assert "• Who is Orla Finch?\n• What happened in 2019?\n" in said
    assert "Nobody" not in said


def test_an_error_ends_the_answer_and_not_the_conversation() -> None:
    assert piped("too broad", "nonsense") == "search stopped after 50 ms\n\nI have nothing on that.\n\n"


def test_a_person_is_greeted_and_seen_off(typed: Typed) -> None:
    said = typed()
    assert "I know 2 people and 1 event." in said
    assert "• Who is Orla Finch?\n• What happened in 2019?\n" in said
    assert "Tab completes names" in said
    assert said.endswith("Goodbye.\n")
    assert max(map(len, said.splitlines())) <= 80


def test_ctrl_c_empties_the_line(typed: Typed) -> None:
    assert "Orla Finch is the keeper." in typed(KeyboardInterrupt, "Who is Orla Finch?", "quit")


def test_the_history_is_kept_for_its_owner_alone(typed: Typed, tmp_path: Path) -> None:
    typed("quit")
    assert (tmp_path / "chat_history").stat().st_mode & 0o077 == 0


def test_nothing_loaded__the_greeting_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(builtins, "input", lambda _prompt: "quit")
    out = Terminal()
    chat(FakeAssistant(), Introduction(), read_texts(), tmp_path, run, stdin=Terminal(), screen=Screen(out))
    assert "Nothing is loaded yet" in out.getvalue()

"""A conversation in the terminal: reads lines, shows answers, remembers the last one; finds none itself."""

import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

from bot.answers.wording.citations import source_line, source_lines
from bot.errors import WhoswhoError
from bot.model.answer import Introduction, Reply, Status, Turn
from bot.model.entity import Entity
from bot.terminal.line_editing import line_editing
from bot.terminal.screen import Screen
from bot.terminal.texts import Texts

PROMPT = "> "
COMMANDS = ("help", "sources", "quit", "exit")
_SHOWN_EXAMPLES = 4
_ALIASES = {"?": "help", "source": "sources", "exit": "quit", ":q": "quit", "bye": "quit"}


class Answerer(Protocol):
    """The part of the assistant that a conversation needs."""

    async def ask(self, question: str, turn: Turn | None = None) -> Reply:
        """Answer a question, which may lean on the turn before."""

    async def ask_of(self, turn: Turn, entity: Entity) -> Reply:
        """Answer an ambiguous question again, of the entity that is meant."""

    def names(self, prefix: str) -> Sequence[str]:
        """Names of entities that begin with a text, for completion."""


class Conversation:
    """One member's questions and commands, line by line."""

    def __init__(self, assistant: Answerer, screen: Screen, texts: Texts, introduction: Introduction) -> None:
        self._assistant = assistant
        self._screen = screen
        self._texts = texts
        self._introduction = introduction
        self._examples: tuple[str, ...] | None = None
        self._last: Reply | None = None

    async def greet(self, *, completion: bool) -> None:
        """Say what is known and what can be asked."""
        known = self._introduction.known
        self._screen.markdown(self._texts.say("greeting", known=known) if known else self._texts.say("greeting_empty"))
        if examples := await self._answerable_examples():
            self._screen.markdown("\n".join([self._texts.say("try_one"), *_bullets(examples)]))
        self._screen.markdown(self._texts.say("hint" if completion else "hint_plain"), dim=True)
        self._screen.blank()

    async def respond(self, line: str) -> bool:
        """Answer one line; False when the member wants to stop."""
        said = line.strip()
        if not said:
            return True
        command = said.casefold().removeprefix("/")
        command = _ALIASES.get(command, command)
        if command == "quit":
            return False
        if command == "help":
            await self._help()
        elif command == "sources":
            self._sources()
        else:
            await self._answer(said)
        self._screen.blank()
        self._screen.flush()
        return True

    async def _answer(self, question: str) -> None:
        try:
            reply = await self._reply_to(question)
        except WhoswhoError as error:
            self._screen.text(str(error))
            return
        self._last = reply
        self._screen.markdown(reply.text)
        if cited := source_line(reply):
            self._screen.markdown(cited, dim=True)

    async def _reply_to(self, said: str) -> Reply:
        """The answer; a bare number picks from the list that the last reply gave."""
        last = self._last
        if (
            last is not None
            and last.status is Status.AMBIGUOUS
            and said.isdecimal()
            and 0 < int(said) <= len(last.choices)
        ):
            return await self._assistant.ask_of(last.turn, last.choices[int(said) - 1])
        return await self._assistant.ask(said, last.turn if last else None)

    async def _help(self) -> None:
        self._screen.markdown(self._texts.say("help"))
        if examples := await self._answerable_examples():
            self._screen.blank()
            self._screen.markdown("\n".join([self._texts.say("help_examples"), *_bullets(examples)]))
        self._screen.blank()
        self._screen.markdown(self._texts.say("help_commands"))

    def _sources(self) -> None:
        if self._last is None:
            self._screen.markdown(self._texts.say("nothing_asked"))
        else:
            lines = source_lines(self._last)
            self._screen.markdown("\n".join(lines) if lines else self._texts.say("no_sources"))

    async def _answerable_examples(self) -> tuple[str, ...]:
        """The first few questions of the introduction that really have an answer."""
        if self._examples is None:
            found: list[str] = []
            for question in self._introduction.questions:
                if len(found) == _SHOWN_EXAMPLES:
                    break
                if (await self._assistant.ask(question)).status is Status.ANSWERED:
                    found.append(question)
            self._examples = tuple(found)
        return self._examples


def chat(
    assistant: Answerer,
    introduction: Introduction,
    texts: Texts,
    data: Path,
    wait_for: Callable[[Coroutine[Any, Any, object]], object],
    *,
    stdin: TextIO | None = None,
    screen: Screen | None = None,
) -> None:
    """A whole conversation: with a person if both ends are a terminal, else with a program, without prompt or greeting.

    `wait_for` runs a coroutine to its end; the waiting for the next line is done outside of it, so that Ctrl-C at the
    prompt and Ctrl-C during an answer are two things.
    """
    stdin, screen = stdin or sys.stdin, screen or Screen()
    conversation = Conversation(assistant, screen, texts, introduction)
    if not (stdin.isatty() and screen.interactive):
        for line in stdin:
            if not wait_for(conversation.respond(line)):
                break
        return
    with line_editing(data, assistant.names, COMMANDS) as completion:
        wait_for(conversation.greet(completion=completion))
        _prompt_until_done(conversation, wait_for, screen)
    screen.markdown(texts.say("goodbye"), dim=True)


def _prompt_until_done(
    conversation: Conversation, wait_for: Callable[[Coroutine[Any, Any, object]], object], screen: Screen
) -> None:
    """Ctrl-C empties the line, or gives up the answer under way; Ctrl-D ends."""
    while True:
        try:
            if not wait_for(conversation.respond(input(PROMPT))):
                return
        except KeyboardInterrupt:
            screen.blank()
        except EOFError:
            screen.blank()
            return


def _bullets(texts: Iterable[str]) -> list[str]:
    return [f"- {text}" for text in texts]

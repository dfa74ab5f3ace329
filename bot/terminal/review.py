"""Suggestions and names that may be one, asked one by one in the terminal; decides nothing by itself."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.ingest.decisions.review import IdentityQuestion, Question, Side, Suggestion
from bot.terminal.screen import Screen

_ASKED = {
    Suggestion: "Is that what it says? [y]es, [n]o, [s]kip, [q]uit: ",
    IdentityQuestion: "Are they the same? [y]es, [n]o, [s]kip, [q]uit: ",
}
_ANSWERS = {"y": True, "yes": True, "n": False, "no": False, "s": None, "skip": None, "": None}
_QUIT = ("q", "quit", "exit")


def ask_each(
    questions: Sequence[Question], screen: Screen, read_line: Callable[[str], str]
) -> Iterator[tuple[Question, bool]]:
    """Show each question and ask; those that were answered. `read_line` raises EOFError when nobody answers."""
    for number, question in enumerate(questions, 1):
        screen.text(f"{number} of {len(questions)}")
        show(question, screen)
        screen.flush()
        while True:
            try:
                said = read_line(_ASKED[type(question)]).strip().casefold()
            except EOFError:
                return
            if said in _QUIT:
                return
            if said in _ANSWERS:
                break
        screen.blank()
        answer = _ANSWERS[said]
        if answer is not None:
            yield question, answer


def show(question: Question, screen: Screen) -> None:
    """A question in a few lines."""
    if isinstance(question, Suggestion):
        screen.text(f"  {question.document}:{question.line}: {question.sentence}")
        screen.text(f"  → {question.says}")
        return
    screen.text(f"  Two of the kind {question.kind} are called {question.one.name}:")
    for side in (question.one, question.other):
        screen.text(f"  - {_side(side)}")


def show_list(questions: Sequence[Question], screen: Screen) -> None:
    """All questions, each with the key by which it can be decided."""
    for question in questions:
        screen.text(question.key)
        show(question, screen)
    screen.text(f"{len(questions)} waiting" if questions else "Nothing waits for a decision.")


def question_row(question: Question) -> dict[str, Any]:
    """A question for a program."""
    if isinstance(question, Suggestion):
        return {
            "key": question.key,
            "type": "suggestion",
            "document": question.document,
            "line": question.line,
            "sentence": question.sentence,
            "subject": question.subject,
            "property": question.property,
            "value": question.value,
            "time": question.time or None,
            "details": [{"property": name, "value": value} for name, value in question.details],
        }
    sides = [
        {"name": side.name, "documents": list(side.documents), "facts": list(side.facts)}
        for side in (question.one, question.other)
    ]
    return {"key": question.key, "type": "identity", "kind": question.kind, "sides": sides}


def _side(side: Side) -> str:
    documents = ", ".join(side.documents[:3]) + (" …" if len(side.documents) > 3 else "")
    return f"{side.name} of {documents}" + (f": {'; '.join(side.facts)}" if side.facts else "")

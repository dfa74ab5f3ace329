"""Questions and answers as JSON rows for programs; each row stands by itself, and a bad one never stops the others."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol, TextIO

from bot.answers.wording.citations import Citation, citations
from bot.errors import WhoswhoError
from bot.model.answer import Reply
from bot.store.export import fact_row


class Answerer(Protocol):
    """The part of the assistant that a row needs."""

    async def ask(self, question: str) -> Reply:
        """Answer a question that leans on nothing before it."""


class MalformedRow(ValueError):
    """A line of a batch that is not a question; says what is wrong in a few words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a batch."""

    id: Any  # whatever the row gives, handed back as it is
    question: str


async def answer_row(assistant: Answerer, question: str, id: Any = None) -> dict[str, Any]:
    """Ask one question and lay out the answer as the contract says; `ms` is the time the answer took."""
    began = perf_counter()
    reply = await assistant.ask(question)
    took = (perf_counter() - began) * 1000
    return {
        "id": id,
        "question": question,
        "status": reply.status.value,
        "reason": reply.reason,
        "text": reply.text,
        "facts": [fact_row(fact) for fact in reply.facts],
        "sources": [_source_row(citation) for citation in citations(reply)],
        "ms": round(took, 3),
    }


async def answer_batch(
    assistant: Answerer, lines: Iterable[bytes], name: str, *, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Answer JSON lines in their order; how many of them failed. A failed one is a line `name:number: why` on `err`."""
    out, err = out or sys.stdout, err or sys.stderr
    failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = read_asked(line)
            out.write(to_json(await answer_row(assistant, asked.question, asked.id)) + "\n")
        except (MalformedRow, WhoswhoError) as error:
            failed += 1
            err.write(f"{name}:{number}: {error}\n")
    return failed


def read_asked(line: bytes) -> Asked:
    """One line of a batch. Raises MalformedRow."""
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        raise MalformedRow("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise MalformedRow(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise MalformedRow("not JSON that is accepted here: nested too deeply") from error
    if not isinstance(row, dict):
        raise MalformedRow("not a JSON object with id and question")
    if not isinstance(row.get("question"), str):
        raise MalformedRow("no question" if "question" not in row else "the question is not a text")
    return Asked(row.get("id"), row["question"])


def to_json(row: dict[str, Any]) -> str:
    """One line of JSON, readable where it can be; half a surrogate pair is escaped, for no encoding can hold it."""
    text = json.dumps(row, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(row)
    return text


def _source_row(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "title": source.title,
        "author": source.author,
        "date": str(source.date) if source.date else None,
        "url": source.url,
        "document": citation.document,
        "line": citation.line,
        "place": citation.place,
    }

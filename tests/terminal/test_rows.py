import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.export import fact_row
from bot.terminal.rows import Asked, MalformedRow, answer_batch, answer_row, read_asked, to_json
from tests.terminal.fakes import KEEPER, PAINTER, FakeAssistant


async def test_answer_row__the_layout_of_the_contract() -> None:
    row = await answer_row(FakeAssistant(), "What happened in 2019?", 7)
    assert row.pop("ms") >= 0
    assert row == {
        "id": 7,
        "question": "What happened in 2019?",
        "status": "answered",
        "reason": None,
        "text": "- keeper\n- painter",
        "facts": [fact_row(KEEPER), fact_row(PAINTER)],
        "sources": [
            {
                "title": "Minutes of the society",
                "author": "Orla Finch",
                "date": "2021-03",
                "url": "https://example.org/m",
                "document": "people/orla-finch.md",
                "line": 4,
                "place": "page 3",
            },
            {
                "title": "A keeper's diary",
                "author": None,
                "date": None,
                "url": None,
                "document": "people/orla-finch.md",
                "line": 9,
                "place": None,
            },
        ],
    }


async def test_answer_batch__each_row_by_itself_and_the_bad_ones_named() -> None:
    assistant = FakeAssistant()
    out, err = io.StringIO(), io.StringIO()
    lines = [
        b'\xef\xbb\xbf{"id": 1, "question": "Who is Orla Finch?"}\n',
        b"\n",
        b'{"id": 2}\n',
        b'{"id": 3, "question": "too broad"}\n',
        b'{"question": "and before that?"}',
    ]
    assert await answer_batch(assistant, lines, "q.jsonl", out=out, err=err) == 2
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [1, None]
    assert err.getvalue() == "q.jsonl:3: no question\nq.jsonl:4: search stopped after 50 ms\n"
    assert all(turn is None for _, turn in assistant.asked)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not JSON: "),
        (b'{"question": "\xff"}', "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b'{"question": 5}', "the question is not a text"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_read_asked__says_what_is_wrong(line: bytes, message: str) -> None:
    with pytest.raises(MalformedRow, match=message):
        read_asked(line)


@given(st.text(st.characters(codec=None)), st.none() | st.integers() | st.text())
def test_any_question_goes_there_and_back(question: str, id: int | str | None) -> None:
    line = to_json({"id": id, "question": question}).encode()
    assert b"\n" not in line
    assert read_asked(line) == Asked(id, question)

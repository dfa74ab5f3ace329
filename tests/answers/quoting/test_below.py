"""What stands below the heading that a question names is quoted whole; a heading alone says nothing of another page."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest

from bot.answers.engine import Answerer, Prompts
from bot.model.answer import Reply, Status
from tests.ingest.folders import loaded

MINUTES = """\
# Kiln Guild FCS Meeting 2019-04-02

## Present

* Orla Finn (FCS)
* Bo Lund (FCS)
* Ada Birk (Observer)

## Agenda

Taken from the box by the door before the meeting.

* Cracked shelves [#4](https://kiln.example/4)
* New glazes

## Minutes

* Orla: the shelves are cracked, and nobody dares to put anything on them that weighs more than a cup, which is a pity.

## Next Meeting

2019-05-07
"""
NEWS = """\
---
title: Kiln Days 2019 guest potters announced
---

## Guest Potters

We have found these guests:

* Mel Rowe (Quay)
* Nora Quist (Lothian)

You will like them.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, prompts: Prompts) -> Iterator[Callable[[str], Reply]]:
    folder, data = tmp_path_factory.mktemp("k"), tmp_path_factory.mktemp("d")
    (folder / "minutes.md").write_text(MINUTES, encoding="utf-8")
    (folder / "news.md").write_text(NEWS, encoding="utf-8")
    with closing(loaded(folder, data)[1]) as snapshot:
        yield Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Who was present at the FCS meeting of 2 April 2019?", ("Orla Finn", "Bo Lund", "Ada Birk")),
        ("What was on the agenda of the FCS meeting?", ("Cracked shelves", "New glazes")),
        ("when is the next FCS meeting", ("2019-05-07",)),
        ("Who are the guest potters of Kiln Days 2019?", ("Mel Rowe", "Nora Quist")),
    ],
)
def test_a_list_is_quoted_with_its_heading(ask: Callable[[str], Reply], question: str, held: tuple[str, ...]) -> None:
    reply = ask(question)
    assert (reply.status, [name for name in held if name not in reply.text]) == (Status.ANSWERED, [])
    assert "Taken from the box" not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Who was present at the FCS meeting of 9 April 2019?",  # another day
        "Who was present at the PTA meeting of 2 April 2019?",  # another meeting
        "Who is the next guest potter of Kiln Days 2017?",
        "When was the agenda of the FCS meeting?",  # no date stands there
        "Who is on the agenda of the FCS meeting?",  # nobody does
    ],
)
def test_a_list_of_something_else_is_not_quoted(ask: Callable[[str], Reply], question: str) -> None:
    assert "; " not in ask(question).text

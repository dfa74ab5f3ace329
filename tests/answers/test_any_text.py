"""Whatever is asked: nothing raises, nothing in a reply is alive, and no reply depends on what was asked before."""

import re
import textwrap

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.answers.engine import Answerer, Prompts
from bot.model.answer import Reply, Status, Turn
from bot.store.snapshot import Snapshot
from tests.answers.conftest import TODAY, Write

LONGEST_REPLY = 2000
LONGEST_QUESTION = 4000
_WORDS = textwrap.dedent("""\
    who what when where why how which did is was many long first last before after in since between and or of the at by
    not orla finch's brook ida mirror-3 mirror-9 Comet Night 2021 2023 1850 may dome hall talk talks telescopes made
    wrote born acquired gable instruments she it them that connected common happened timeline sources help according
""").split()
_OPERATORS = [
    *textwrap.dedent("""\
        ' " ; -- ) OR 1=1 /* */ DROP TABLE fact SELECT * NEAR( ^ : {{ }} {% %} {name} \\ ` ~~ || ** <@1> <@&2> <#3>
        AND NOT @everyone @here [x](https://evil.example) https://evil.example
    """).split(),
    *("\u202e", "\u200b", "z\u0301\u0489\u0336", "\x00", "\ud7ff", "\U0001f52d", "مرحبا", "東京"),
]
QUESTIONS = (
    st.text(max_size=200)
    | st.text(min_size=900, max_size=LONGEST_QUESTION)
    | st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join)
    | st.lists(st.sampled_from([*_WORDS, *_OPERATORS]), max_size=20).map(" ".join)
    | st.text(alphabet=st.sampled_from("aZ0 \n\t'\"`*_~|\\<>@#[](){}%^:;-–’\u0301\u200b\u202e"), max_size=80)
)
# A mention, spoiler, code, masked or bare link, or formatting that no backslash stands before.
_LIVE = re.compile(r"<(?:@[!&]?|#|t:|/|a?:)|@(?:everyone|here)\b|\|\||~~|`|\]\(", re.IGNORECASE)
_TEMPLATE_LINK = re.compile(r"<https?://[^\s<>|`\"\\]+>")


def check(reply: Reply) -> None:
    """What holds for every reply there can be."""
    assert reply.status in Status
    assert 0 < len(reply.text) <= LONGEST_REPLY
    bare = re.sub(r"\\[^\w\s]|\\_", "", _TEMPLATE_LINK.sub("", reply.text))
    assert _LIVE.search(bare) is None, reply.text
    assert bare.count("**") % 2 == 0
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", reply.text)
    if reply.status is Status.ANSWERED:
        assert reply.sources
        assert reply.reason is None or reply.facts
    else:
        assert reply.reason
    assert {fact.source for fact in reply.facts} <= set(reply.sources)
    assert bool(reply.choices) or reply.status is not Status.AMBIGUOUS


@given(question=QUESTIONS)
@settings(max_examples=400)
@example("")
@example("\x00")
@example("who is " + "é" * 990)
@example("Who is @everyone <@&1> [x](https://evil.example)?")
@example('"fact" NEAR(a b) OR *')
@example("{{ 7 * 7 }} {% for x in y %}")
@example("٢٠٢٣ Comet Night")
@example("in 2021 in 2023 before 2021 after 2023")
@example("before before Orla Finch after after")
@example("which which which")
@example("0/0/0 00-00 2019-2018")
@example("what happened between 2023 and 2021")
def test_any_text(club: Answerer, question: str) -> None:
    check(club.answer(question))


@given(questions=st.lists(QUESTIONS, min_size=2, max_size=4))
@settings(max_examples=100)
def test_any_conversation(club: Answerer, questions: list[str]) -> None:
    turn: Turn | None = None
    for question in questions:
        reply = club.answer(question, turn)
        check(reply)
        turn = reply.turn


@given(question=QUESTIONS, before=QUESTIONS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_reply_does_not_depend_on_what_was_asked_before(
    sky: Snapshot, prompts: Prompts, club: Answerer, question: str, before: str
) -> None:
    fresh = Answerer(sky, prompts, lambda: TODAY)
    alone = fresh.answer(question)
    club.answer(before)
    after = club.answer(question)
    assert (after.status, after.text, after.facts, after.sources) == (
        alone.status,
        alone.text,
        alone.facts,
        alone.sources,
    )


@pytest.mark.parametrize("size", [999, 1000, 1001, LONGEST_QUESTION, 100_000])
def test_a_long_question_is_answered_or_refused(club: Answerer, size: int) -> None:
    reply = club.answer(("Orla Finch " + "x" * size)[:size])
    check(reply)
    assert (reply.reason == "too_long") is (size > 1000)


@pytest.mark.parametrize(("names", "refused"), [(6, False), (7, True), (60, True)])
def test_more_names_than_one_question_has(club: Answerer, names: int, refused: bool) -> None:
    reply = club.answer("who knows " + ", ".join(["Orla Finch"] * names))
    check(reply)
    assert (reply.reason == "too_long") is refused


def test_a_word_that_only_resembles_one_of_a_text_asks_nothing(knowing: Write) -> None:
    page = knowing("\n== topics/song.md\nkind: topic\nname: Song\ndescription: a critical look at breathing\n")
    assert page.answer("lolok").status is Status.UNKNOWN
    assert "critical look" not in page.answer("lolok").text

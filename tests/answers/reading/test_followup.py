"""A question may lean on the one before; one that leans on nothing says so, and nothing else is carried over."""

import pytest

from bot.answers.engine import Answerer
from bot.answers.wording.markdown import plain
from bot.model.answer import Reply, Status, Turn


def talk(club: Answerer, *questions: str) -> Reply:
    """The reply to the last of several questions, each asked after the one before."""
    turn: Turn | None = None
    for question in questions:
        reply = club.answer(question, turn)
        turn = reply.turn
    return reply


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (["Who is Orla Finch?", "When was she born?"], "29 May 1980"),
        (["Who is Orla Finch?", "what about her talks?"], "Reading Starlight"),
        (["Who made Mirror-2?", "When was she born?"], "February 1931"),
        (["What is Mirror-3?", "Who made it?"], "Émile Strand"),
        (["When was Reading Starlight?", "And where?"], "Dome Hall"),
        (["When was Reading Starlight?", "Who gave it?"], "Orla Finch"),
        (["Which talks did Orla Finch give?", "Which of them in 2018?"], "Grinding Glass"),
        (["Which talks did Orla Finch give?", "which of those was the first?"], "Grinding Glass"),
        (["Which talks did Orla Finch give?", "Which of those were about variable stars?"], "Reading Starlight"),
        (["Which talks did Orla Finch give?", "and the first one?"], "Grinding Glass"),
        (["Which talks did Orla Finch give?", "when was the last one?"], "2021"),
        (["Which talks did Orla Finch give?", "the second one, when was it?"], "2018"),
        (["Which talks did Orla Finch give?", "and the second?"], "Grinding Glass"),
        (["When was Orla Finch born?", "and Ida Brook?"], "February 1931"),
        (["Which talks did Orla Finch give in 2021?", "and in 2018?"], "Grinding Glass"),
        (["When was Comet Night?", "Comet Night 2023"], "18 March 2023"),
        (["When was Orla Finch born?", "ok and Ida Brook?"], "February 1931"),
        (["Who is Orla Finch?", "What was in the Dome Hall?", "When was she born?"], "29 May 1980"),
        (["Who is Orla Finch?", "thanks!", "what is the meaning of life", "When was she born?"], "29 May 1980"),
        (["When was Reading Starlight?", "Where was it?", "And who gave it?"], "Orla Finch"),
        (["Who is Orla Finch?", "compare her with Ida Brook"], "side by side"),
    ],
)
def test_a_question_leans_on_the_one_before(club: Answerer, questions: list[str], said: str) -> None:
    reply = talk(club, *questions)
    assert reply.status == "answered"
    assert said in plain(reply.text)


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (["Where does Orla Finch work?", "And before that?"], "Tidal Institute"),
        (["Where did Orla Finch work in 2015?", "and after that?"], "Whitmoor Observatory"),
    ],
)
def test_one_step_earlier_or_later(club: Answerer, questions: list[str], said: str) -> None:
    assert said in plain(talk(club, *questions).text)


def test_the_same_of_another_time(club: Answerer) -> None:
    assert "Reading Starlight" in plain(talk(club, "What happened in 2018?", "and in 2021?").text)
    assert plain(talk(club, "What happened in 2018?", "and in 2041?").text) == "Nothing is recorded for 2041."
    assert plain(club.answer("what happened in march 2041?").text) == "Nothing is recorded for March 2041."
    told = talk(club, "Which talks do you know?", "which of them in 2018?", "and in march 2041?")
    assert plain(told.text) == "Nothing of that kind is recorded (March 2041)."
    assert plain(club.answer("which talks in 2041?").text) == "Nothing of that kind is recorded (2041)."


def test_that__where_nothing_was_told(club: Answerer) -> None:
    reply = talk(club, "Who is Orla Finch?", "Which languages does she speak?", "when was that?")
    assert reply.status == "unknown"


@pytest.mark.parametrize(
    "question", ["and who is Orla Finch?", "So who is Orla Finch?", "ok and what about Orla Finch"]
)
def test_a_word_before_a_whole_question_changes_nothing(club: Answerer, question: str) -> None:
    assert club.answer(question).text == club.answer("Who is Orla Finch?").text


def test_a_whole_question_leans_on_nothing(club: Answerer) -> None:
    alone = club.answer("Who is Orla Finch?")
    assert talk(club, "When was Ida Brook born?", "and who is Orla Finch?").text == alone.text


@pytest.mark.parametrize(
    ("questions", "unsaid"),
    [
        (["Which talks did Orla Finch give?", "Which of them in 2018?"], "Reading Starlight"),
        (["When was Orla Finch born?", "and Ida Brook?"], "1980"),
        (["Where does Orla Finch work?", "And before that?"], "Whitmoor"),
    ],
)
def test_and_drops_what_it_takes_the_place_of(club: Answerer, questions: list[str], unsaid: str) -> None:
    assert unsaid not in plain(talk(club, *questions).text)


def test_a_name_of_its_own_leans_on_nothing(club: Answerer) -> None:
    alone = club.answer("When was Ida Brook born?")
    assert talk(club, "Which talks did Orla Finch give in 2021?", "When was Ida Brook born?").text == alone.text


@pytest.mark.parametrize("question", ["Where does she live?", "Why did he leave?"])
def test_without_a_turn_before_it_asks_whom(club: Answerer, question: str) -> None:
    assert club.answer(question).reason == "no_subject"
    assert talk(club, "what is the meaning of life", question).reason == "no_subject"


@pytest.mark.parametrize(
    "questions",
    [
        ["When was she born?"],
        ["What did he win?"],
        ["Is he the keeper?"],
        ["What is Mirror-2?", "When was he born?"],
    ],
)
def test_a_pronoun_without_anybody_it_may_mean(club: Answerer, questions: list[str]) -> None:
    assert talk(club, *questions).reason == "no_subject"


@pytest.mark.parametrize("questions", [["Who made it?"], ["Where is it?"]])
def test_it_without_anything_it_may_mean(club: Answerer, questions: list[str]) -> None:
    assert talk(club, *questions).reason == "no_subject"


@pytest.mark.parametrize(
    "questions",
    [
        ["Which talks did Orla Finch give?", "who is the youngest?"],
        ["What is the shoe size of Orla Finch?", "why?"],
    ],
)
def test_what_was_not_told_is_not_gone_on_about(club: Answerer, questions: list[str]) -> None:
    assert talk(club, *questions).status is Status.UNKNOWN


def test_of_several_people_none_is_she(club: Answerer) -> None:
    assert talk(club, "Who is Ida Brook?", "Who made Mirror-3?", "When was she born?").reason == "no_subject"


def test_of_them_after_a_longer_question(club: Answerer) -> None:
    reply = talk(club, "Who thinks faint stars need a dark hour at the midnight?", "Which of them in 2022?")
    assert reply.status is Status.UNKNOWN  # nothing is recorded for then; it used to fall over its own words


def test_the_turn_tells_what_was_said(club: Answerer) -> None:
    turn = club.answer("Who made Mirror-2?").turn
    assert [entity.name for entity in turn.topics] == ["Mirror-2"]
    assert [entity.name for entity in turn.answers] == ["Ida Brook"]
    assert [fact.property for fact in turn.facts] == ["creator"]

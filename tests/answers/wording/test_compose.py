"""How several findings are told: headed by whom they are of or by their number, and never as values of nobody."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.answers.engine import Answerer, Prompts
from bot.answers.wording.compose import Composer
from bot.answers.wording.markdown import plain
from bot.store.snapshot import Snapshot
from tests.ingest.folders import loaded


@pytest.fixture
def composer(sky: Snapshot, prompts: Prompts) -> Composer:
    return Composer(prompts.replies, sky.vocabulary)


def first_lines(club: Answerer, question: str) -> list[str]:
    """The reply as a reader sees it, without what is behind its third line."""
    return plain(club.answer(question).text).splitlines()[:3]


def test_a_list__things_that_share_nothing_but_their_kind(club: Answerer) -> None:
    assert first_lines(club, "which talks were after 2017")[0] == "3 talks:"


def test_a_list__values_of_several(club: Answerer) -> None:
    lines = first_lines(club, "which companies did people work for")
    assert lines[0].endswith(":")
    assert all(" works at " in line or " worked at " in line for line in lines[1:])


def test_a_list__times_of_which_none_has_a_day(tmp_path: Path, prompts: Prompts) -> None:
    (tmp_path / "k").mkdir()
    breaks = "".join(f"- {{type: social, name: Tea Break, time_start: '{time}'}}\n" for time in ("11:15", "15:35"))
    (tmp_path / "k" / "events.yml").write_text(breaks, encoding="utf-8")
    with closing(loaded(tmp_path / "k", tmp_path / "d")[1]) as snapshot:
        told = Answerer(snapshot, prompts).answer("When are the tea breaks?").text
    assert "11:15" in told
    assert "15:35" in told


def test_a_word_of_one_name_is_that_name(club: Answerer) -> None:
    assert club.answer("Lumen").text == club.answer("Who is Lumen Optics?").text


def test_a_word_of_several_names_offers_them(club: Answerer) -> None:
    reply = club.answer("anything about Whitmoor?")
    assert reply.status == "ambiguous"
    assert {"Whitmoor Astronomy Club", "Whitmoor Observatory"} <= {one.name for one in reply.choices}


@pytest.mark.parametrize(("last", "told"), [("the last", "- the last"), ("x" * 200, "- … and 1 more.")])
def test_fit__one_more_is_told_rather_than_counted(composer: Composer, last: str, told: str) -> None:
    lines = ["a" * 90, last]
    assert composer.fit(lines, 95)[0].splitlines()[-1] == told


def test_fit__one_more_than_a_message_lists(composer: Composer) -> None:
    items = [composer.fit([str(number) for number in range(count)], 2000) for count in (26, 27)]
    assert [kept for _, kept in items] == [26, 25]
    assert items[1][0].endswith("… and 2 more.")

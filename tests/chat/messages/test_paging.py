"""Long texts are cut where nothing is torn, and nothing of them is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.wording.markdown import escape, plain
from bot.chat.messages.paging import cut, rest_of, split

MARKDOWN = st.lists(
    st.sampled_from(
        ["word", "**bold words here**", r"\*", r"\\", r"\[x\]", "<https://a.example/b>", "\n", " ", "é", "- a"]
    ),
    max_size=200,
).map("".join)


def torn(text: str) -> bool:
    """Whether a piece ends inside an escape or an address, or leaves bold open."""
    bare = re.sub(r"\\.", "", text, flags=re.DOTALL)
    return bare.endswith("\\") or bare.count("**") % 2 == 1 or bool(re.search(r"<https?://[^>]*$", bare))


@given(MARKDOWN, st.integers(60, 200))
def test_split__every_page_fits_and_stands_by_itself(text: str, limit: int) -> None:
    pages = split(text, limit)
    assert all(len(page) <= limit for page in pages)
    if text.replace("\\*", "").count("**") % 2 == 0 and not torn(text):
        assert [page for page in pages if torn(page)] == []
    assert "".join("".join(pages).replace("**", "").split()) == "".join(text.replace("**", "").split())


@given(st.text(max_size=300), st.integers(20, 100))
def test_cut__what_was_escaped_stays_so(text: str, limit: int) -> None:
    shown = cut(escape(text), limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert not torn(shown.removesuffix("…"))


def test_split__short_and_empty() -> None:
    assert split("") == [""]
    assert split("one\ntwo") == ["one\ntwo"]
    assert split("one\ntwo", 5) == ["one", "two"]


def test_split__bold_over_a_border_is_closed_and_opened_again() -> None:
    pages = split(f"**{'word ' * 30}end**", 80)
    assert len(pages) > 1
    assert all(page.startswith("**") and page.endswith("**") for page in pages)
    assert " ".join(plain(page) for page in pages) == f"{'word ' * 30}end"


@pytest.mark.parametrize(
    ("shown", "whole", "rest"),
    [
        ("Ada:\n- a\n… and 2 more.", "Ada:\n- a\n- b\n- c", "- b\n- c"),
        ("3 talks:\nAnt, Bee … and 1 more.", "3 talks:\nAnt, Bee, Cat", "Cat"),
        ("x:\n- a\n- b\n… and 1 more.\ntail", "x:\n- a\n- b\n- c\ntail", "- c\ntail"),
    ],
)
def test_rest__what_a_list_left_out(shown: str, whole: str, rest: str) -> None:
    assert rest_of(shown, whole) == rest


def test_split__addresses_without_a_blank_between() -> None:
    address = "<https://a.example/b>"
    assert split(address * 3, 60) == [address * 2, address]

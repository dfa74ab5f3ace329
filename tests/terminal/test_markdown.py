import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.markdown import Line, Span, Style, plain, read_markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Line(())),
        ("plain", Line((Span("plain"),))),
        ("a **b c** d", Line((Span("a "), Span("b c", Style.BOLD), Span(" d")))),
        (r"**GPT\_2** \*no\*", Line((Span("GPT_2", Style.BOLD), Span(" *no*")))),
        ("*so* _so_ snake_case_word", Line((
            Span("so", Style.ITALIC), Span(" "), Span("so", Style.ITALIC), Span(" snake_case_word"),
        ))),
        ("`a*b*`", Line((Span("a*b*", Style.CODE),))),
        ("[page](https://e.org/a_b)", Line((Span("page"), Span(" <https://e.org/a_b>", Style.DIM)))),
        ("<https://e.org>", Line((Span("https://e.org"),))),
        ("[x](javascript:alert)", Line((Span("[x](javascript:alert)"),))),
        ("- one", Line((Span("• one"),), 2)),
        ("  - two", Line((Span("  • two"),), 4)),
        ("12. twelve", Line((Span("12. twelve"),), 4)),
        ("## Head", Line((Span("Head", Style.BOLD),))),
        ("-# small", Line((Span("small", Style.DIM),))),
        ("2 * 3 * 4", Line((Span("2 * 3 * 4"),))),
        ("**open", Line((Span("**open"),))),
    ],
)  # fmt: skip
def test_a_line(text: str, expected: Line) -> None:
    [line] = read_markdown(text)
    assert (line.text, line.hang) == (expected.text, expected.hang)
    assert [span for span in line.spans if span.style is not Style.PLAIN] == [
        span for span in expected.spans if span.style is not Style.PLAIN
    ]


def test_lines_stay_lines() -> None:
    assert plain("**a**\n\n- b\n- c") == "a\n\n• b\n• c"


def test_a_document_cannot_steer_the_terminal() -> None:
    assert plain("\x1b[2J\x1b]0;title\x07a\tb\x9b31m\u202ec\r") == "[2J]0;titlea b31mc"


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert "\x1b" not in plain(text)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2060"))
)
def test_escaped_text_reads_as_itself(text: str) -> None:
    flat = "x" + "".join(char for char in text if not "\u2066" <= char <= "\u2069")
    escaped = "".join(f"\\{char}" if char in "\\*_`[]<>" else char for char in flat)
    assert plain(escaped) == flat

"""What documents and members wrote cannot format, link or ping, and a terminal shows it as it was written."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.wording.markdown import Ready, bold, escape, link, plain

_DROPPED = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain text, 4.80 (c) it's", "plain text, 4.80 (c) it's"),
        ("**bold** _it_ ~~gone~~", r"\*\*bold\*\* \_it\_ \~\~gone\~\~"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("`code` ```block```", r"\`code\` \`\`\`block\`\`\`"),
        ("[click](https://evil.example)", "\\[click\\](https:\u2060//evil.example)"),
        ("<https://evil.example>", "\\<https:\u2060//evil.example>"),
        ("<@1> <@&1> <#1> <t:0> </ask:1> <:x:1>", r"\<@1> \<@&1> \<#1> \<t:0> \</ask:1> \<:x:1>"),
        ("@everyone and @Here", "@\u2060everyone and @\u2060Here"),
        ("orla@stars.example", "orla@stars.example"),
        ("back\\slash", r"back\\slash"),
        ("# heading\n> quote\n- item\n  + item", "\\# heading\n\\> quote\n\\- item\n  \\+ item"),
        ("C# and C++ - fine > ok", "C# and C++ - fine > ok"),
        ("zero\u200bwidth\u202eltr\u00ad", "zerowidthltr"),
        ("bell\x07 and\r\nline", "bell  and \nline"),
        ("@\u200beveryone", "@\u2060everyone"),
        ("", ""),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("## big", r"\## big"), ("-# small", r"\-# small"), (">>> all", r"\>>> all"), ("1. first", r"1\. first")],
)
def test_escape__longer_signs_at_the_start_of_a_line(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_escape__what_is_ready_stays() -> None:
    assert escape(Ready("**as it is**")) == "**as it is**"
    assert escape(escape("a*b")) == r"a\*b"
    assert isinstance(escape("x"), Ready)


def test_bold() -> None:
    assert bold("a*b") == r"**a\*b**"
    assert bold("  ") == ""
    assert plain(bold("a*b")) == "a*b"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://stars.example/a_b?c=*", "<https://stars.example/a_b?c=*>"),
        ("http://stars.example", "<http://stars.example>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("ftp://stars.example", "ftp://stars.example"),
        ("https://stars.example/ x", "https:\u2060//stars.example/ x"),
        ("https://a.example> <@1>", "https:\u2060//a.example> \\<@1>"),
        ("https://a.example|b", "https:\u2060//a.example\\|b"),
        ("stars.example/a_b", r"stars.example/a\_b"),
        ("data:text/html,<b>", r"data:text/html,\<b>"),
    ],
)
def test_link__only_web_addresses(url: str, shown: str) -> None:
    assert link(url) == shown
    assert plain(link(url)) == url


@given(
    st.text(max_size=120) | st.text(alphabet=st.sampled_from("*_~`|[]<\\#>-+@.1 \n\tevryonhx()\u200b\x07"), max_size=60)
)
@example("\\*")
@example("**\\**")
@example("- - > # 1. x")
def test_plain__gives_back_what_was_escaped(text: str) -> None:
    assert plain(escape(text)) == _CONTROL.sub(" ", _DROPPED.sub("", text))


@pytest.mark.parametrize("markdown", [escape("<https://stars.example>"), bold("back\\")])
def test_plain__of_what_only_looks_like_markdown(markdown: Ready) -> None:
    assert plain(markdown) in {"<https://stars.example>", "back\\"}


@given(st.text(alphabet=st.sampled_from("*_~`|[]<\\@&1everyonhx()! "), max_size=40))
def test_escape__leaves_nothing_alive(text: str) -> None:
    escaped = escape(text)
    assert re.search(r"(?<!\\)(?:\\\\)*[*_~`|\[\]<]", re.sub(r"\\[*_~`|\[\]<\\]", "", escaped)) is None
    assert "@everyone" not in escaped.lower()
    assert "@here" not in escaped.lower()

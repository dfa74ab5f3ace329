"""YAML is read as it is written, every value with its line; what could hang or crash a reader is refused with one."""

import contextlib
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.yaml_text import MAX_CHARACTERS, MAX_DEPTH, Yaml, YamlError, read_yaml


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("version: 4.80", {"version": "4.80"}),
        ("free: no\nopen: on\nsure: yes", {"free": "no", "open": "on", "sure": "yes"}),
        ("start: 2018-08\nday: 2018-08-31", {"start": "2018-08", "day": "2018-08-31"}),
        ("number: 010\nhex: 0x1F\nlong: 1_000", {"number": "010", "hex": "0x1F", "long": "1_000"}),
        ("time: 12:30:45", {"time": "12:30:45"}),
        ("a: true\nb: false\nc: null\nd: ~\ne:", {"a": True, "b": False, "c": None, "d": None, "e": None}),
        ("a: 'true'\nb: \"\"", {"a": "true", "b": ""}),
        ("1: one", {"1": "one"}),
        ("- a\n- [b, {c: d}]", ["a", ["b", {"c": "d"}]]),
        ("text: |-\n  one\n  two", {"text": "one\ntwo"}),
        ("# only a comment", None),
        ("", None),
    ],
)
def test_a_value_is_what_was_written(text: str, data: Any) -> None:
    assert read_yaml(text).data == data


def test_lines__of_every_value_and_key() -> None:
    text = "name: Orla\nworksFor:\n  - {name: Dome,\n     roleName: keeper}\n  - name: Tower\nlist: [a,\n  b]"
    assert read_yaml(text, first_line=11) == Yaml(
        {
            "name": "Orla",
            "worksFor": [{"name": "Dome", "roleName": "keeper"}, {"name": "Tower"}],
            "list": ["a", "b"],
        },
        {
            (): 11,
            ("name",): 11,
            ("worksFor",): 12,
            ("worksFor", 0): 13,
            ("worksFor", 0, "name"): 13,
            ("worksFor", 0, "roleName"): 14,
            ("worksFor", 1): 15,
            ("worksFor", 1, "name"): 15,
            ("list",): 16,
            ("list", 0): 16,
            ("list", 1): 17,
        },
    )


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_lines__other_marks_end_none(mark: str) -> None:
    found = read_yaml(f"name: Orla{mark}Finch\nage: 7")
    assert found == Yaml({"name": "Orla Finch", "age": "7"}, {(): 1, ("name",): 1, ("age",): 2})


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: &one 1\nb: 2", 1, "an anchor"),
        ("a: 1\nb: &all {c: d}", 2, "an anchor"),
        ("a: 1\nb: *one", 2, "an alias"),
        ("a: 1\n<<: {b: 2}", 2, "a merge key"),
        ("a: !!python/object/apply:os.system [ls]", 1, "a tag"),
        ("a: !secret x", 1, "a tag"),
        ("a: !!str x", 1, "a tag"),
        ("a: 1\nb: 2\na: 3", 3, "stands here twice"),
        ("x: {a: 1, a: 2}", 1, "stands here twice"),
        ("? [a, b]\n: c", 1, "a key must be a word"),
        ("? {a: b}\n: c", 1, "a key must be a word"),
        ("a: 1\n---\nb: 2", 2, "a second YAML document"),
        ("a: 1\n b: 2", 2, "."),
        ("a: 'b", 1, "not YAML: a quote that is not closed"),
        ("a: 1\nb: 'c\nd: 2\n", 2, "not YAML: a quote that is not closed"),
        ("a: b: c", 1, "in quotes"),
        ("\tb: 1", 1, "a tab"),
        ("a: @b", 1, "in quotes"),
        ('a: "b" c', 1, "in quotes"),
        ("a: b\nc", 2, "without a colon"),
        ("a: \x07", 1, "not YAML"),
    ],
)
def test_what_is_refused_names_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(YamlError, match=message) as caught:
        read_yaml(text)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth__ten_thousand_levels_are_refused_at_once(opening: str) -> None:
    began = time.perf_counter()
    with pytest.raises(YamlError):
        read_yaml(opening * 10_000)
    assert time.perf_counter() - began < 5


def test_depth__what_people_write_is_far_below_the_bound() -> None:
    assert read_yaml("[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1)).data is not None


def test_length__is_bounded() -> None:
    with pytest.raises(YamlError, match="longer than"):
        read_yaml("a" * (MAX_CHARACTERS + 1), first_line=3)


@given(st.text(max_size=300) | st.text(alphabet=st.sampled_from("ab:-[]{}&*!<?|>'\"#%@\n \t,1"), max_size=60))
def test_any_text__is_read_or_refused(text: str) -> None:
    with contextlib.suppress(YamlError):
        assert isinstance(read_yaml(text).data, dict | list | str | bool | None)


@given(
    st.recursive(
        st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=8).map(lambda text: f"x{text}"),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcdef"), inner, max_size=4),
        max_leaves=12,
    )
)
def test_flow_style__is_read_back(data: Any) -> None:
    assert read_yaml(_written(data)).data == data


def _written(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {_written(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_written, data)) + "]"
    return f"'{data}'"

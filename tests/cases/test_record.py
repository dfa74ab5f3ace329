"""Recorded replies go into their rows and nowhere else; comments and order of a file stay."""

from bot.language.yaml_text import read_yaml
from tests.cases.record import with_texts

FILE = """\
# a comment
- question: "one?"
  status: answered
  expect: [["a",
            "b"]]

# another
- question: "two?"
  status: unknown
  text: |-
    old words
    in two lines
  forbid: ["c"]
- name: "a conversation"
  community: choir
  turns:
    - question: "three?"
      status: answered
"""


def test_texts_are_put_behind_their_rows() -> None:
    written = with_texts(FILE, {(0,): 'says "a"\\', (1,): "new\n\n- words", (2, "turns", 0): "x\u2060y"})
    data = read_yaml(written).data
    assert [data[0]["text"], data[1]["text"], data[2]["turns"][0]["text"]] == ['says "a"\\', "new\n\n- words", "x\u2060y"]
    assert "\u2060" not in written
    assert [line for line in FILE.splitlines() if "old" not in line and "in two" not in line and "text:" not in line] == [
        line for line in written.splitlines() if not line.strip().startswith(("text:", "new", "- words"))
    ][: len(FILE.splitlines())] or "# another" in written


def test_what_is_recorded_again_is_the_same_file() -> None:
    texts = {(0,): "a", (2, "turns", 0): "first\nsecond"}
    once = with_texts(FILE, texts)
    assert with_texts(once, texts) == once

"""Recorded replies go into their rows and nowhere else; comments and order of a file stay."""

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

WRITTEN = """\
# a comment
- question: "one?"
  status: answered
  expect: [["a",
            "b"]]
  text: "says \\"a\\"\\\\"

# another
- question: "two?"
  status: unknown
  forbid: ["c"]
  text: |-
    new

    - words
- name: "a conversation"
  community: choir
  turns:
    - question: "three?"
      status: answered
      text: "x\\u2060y"
"""
TEXTS = {(0,): 'says "a"\\', (1,): "new\n\n- words", (2, "turns", 0): "x\u2060y"}


def test_texts_are_put_behind_their_rows() -> None:
    assert with_texts(FILE, TEXTS) == WRITTEN


def test_what_is_recorded_again_is_the_same_file() -> None:
    assert with_texts(WRITTEN, TEXTS) == WRITTEN

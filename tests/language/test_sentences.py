import pytest

from bot.language.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She sang. He played.", ["She sang.", "He played."]),
        ("She sang!  “Did he play?” Nobody knows", ["She sang!", "“Did he play?”", "Nobody knows"]),
        ("Prof. A. J. Rooke of St. Erth came. He left.", ["Prof. A. J. Rooke of St. Erth came.", "He left."]),
        ("She took her Ph.D. Then the U.S. was left.", ["She took her Ph.D.", "Then the U.S. was left."]),
        ("He rang the bells.In 1896 he left.", ["He rang the bells.", "In 1896 he left."]),
        ("It runs on Loom.Net and old.school", ["It runs on Loom.Net and old.school"]),
        ("It sold reeds, oil etc. The shop closed.", ["It sold reeds, oil etc.", "The shop closed."]),
        ("version 2.0 came in 1999. 2001 was quiet.", ["version 2.0 came in 1999.", "2001 was quiet."]),
        ("It opened in 1903.[1] It closed.[22]", ["It opened in 1903.[1]", "It closed.[22]"]),
        ("Above\n\nbelow", ["Above", "below"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected

import pytest

from bot.ingest.readers.calendars.content_lines import Component, Line
from bot.ingest.readers.calendars.titles import is_named_behind, title_and_names


def event(title: str) -> Component:
    found = Component("VEVENT", 1)
    found.lines.append(Line("SUMMARY", title, 1, f"SUMMARY:{title}"))
    return found


@pytest.mark.parametrize(
    ("titles", "behind"),
    [
        (("Knots - Ada King", "Splices - Bo Lund, Mel Rowe", "Rope - an art - Cy Pell", "Lunch"), True),
        (("Knots - Kiln Guild", "Splices - Kiln Guild", "Rope - Kiln Guild"), False),  # what they all end with
        (("Knots - Ada King", "Splices", "Rope", "Lunch"), False),
        (("Knots - for beginners", "Splices - again", "Rope - an art"), False),
    ],
)
def test_is_named_behind(titles: tuple[str, ...], *, behind: bool) -> None:
    assert is_named_behind([event(title) for title in titles]) is behind


@pytest.mark.parametrize(
    ("title", "behind", "told"),
    [
        ("Rope - an art - J. King, Amanda J Rowe", True, ("Rope - an art", ["J. King", "Amanda J Rowe"])),
        ("Rope - an art", True, ("Rope - an art", [])),
        ("Rope - Ada King", False, ("Rope - Ada King", [])),
        ("Rope (talk by Ada King)", False, ("Rope", ["Ada King"])),
    ],
)
def test_title_and_names(title: str, told: tuple[str, list[str]], *, behind: bool) -> None:
    assert title_and_names(title, behind=behind)[:2] == told

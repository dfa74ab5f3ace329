"""What counts as read from a page that a profile records in the words of its writer."""

from typing import Any

from tests.bench.facts import Statement
from tests.bench.profiled import by_name, recorded, says


def test_says__a_deed_in_other_words_but_no_other_deed() -> None:
    noted = Statement("Ada King", "duty", "growth of the choir from 12 to 40 voices", "2001", "")
    assert says(noted, Statement("Ada King", "duty", "Saw the choir grow from 12 to 40 voices", "2001", ""))
    assert not says(noted, Statement("Ada King", "duty", "Tuned the organ of the choir", "2001", ""))
    assert not says(noted, Statement("Ada King", "duty", "Saw the choir grow from 12 to 40 voices", "1990", ""))


def test_says__the_day_of_a_paper_is_not_that_of_its_link() -> None:
    noted = Statement("Knots", "url", "https://knots.example/1", "2003", "2003")
    assert says(noted, Statement("Knots", "url", "https://knots.example/1", "", ""))


def test_recorded__neither_notes_nor_what_is_unknown() -> None:
    rows: list[dict[str, Any]] = [
        {
            "subject": {"name": "Ada King"}, "property": "worksFor", "object": {"name": "Tarn Museum"},
            "qualifiers": [{"property": "note", "value": "by its web site"}], "start": None, "end": None,
        },
        {
            "subject": {"name": "Ada King"}, "property": "thesisTitle", "value": "unknown",
            "qualifiers": [], "start": None, "end": None,
        },
        {
            "subject": {"name": "Rope Day"}, "property": "performer", "object": {"name": "Ada King"},
            "qualifiers": [], "start": None, "end": None,
        },
    ]  # fmt: skip
    job = Statement("Ada King", "worksFor", "Tarn Museum", "", "")
    talk = Statement("Rope Day", "performer", "Ada King", "", "")
    assert recorded(rows, "Ada King") == {"the profile": [job], "its person": [job, talk], "all": [job, talk]}


def test_by_name__an_alias_is_whom_the_profile_names() -> None:
    row = {"subject": {"name": "adaking"}, "object": {"name": "Tarn"}, "property": "worksFor"}
    assert by_name(row, {"adaking": "Ada King"})["subject"] == {"name": "Ada King"}

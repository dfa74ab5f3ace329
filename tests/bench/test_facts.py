"""What counts as the same fact where it was noted by hand in another spelling."""

from tests.bench.facts import Statement, agree, statements


def test_agree__a_duration_in_words_and_in_iso() -> None:
    noted = Statement("Rope Day", "duration", "PT2H", "", "")
    assert agree(noted, Statement("Rope Day", "duration", "2 hours", "", ""))
    assert not agree(noted, Statement("Rope Day", "duration", "3 hours", "", ""))


def test_statements__a_role_with_where_it_was() -> None:
    row = {
        "subject": {"name": "Ada King"},
        "property": "worksFor",
        "object": {"name": "Ostby Museum of Nets"},
        "qualifiers": [
            {"property": "roleName", "value": "Keeper"},
            {"property": "department", "value": "Knot Room"},
        ],
        "start": "2001",
        "end": None,
    }
    noted = Statement("Ada King", "jobTitle", "Keeper, Ostby Museum of Nets (Knot Room)", "2001", "")
    assert any(agree(noted, told) for told in statements(row))

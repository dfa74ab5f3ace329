"""Every question of the YAML files here gets its reply: its status, what it must and must not say, its exact words."""

from pathlib import Path

import pytest

from tests.cases.rows import FILES, Row, all_rows, complaint, faults, reply_to, rows_of

WORDED = [row for row in all_rows() if row.text is not None]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_row_is_answered_as_it_says(file: Path) -> None:
    failing = []
    for row in rows_of(file):
        found = faults(row, wording=False)
        if row.xfail is None and found:
            failing.append(complaint(row, found))
        elif row.xfail is not None and not found:
            failing.append(f"{row.place}: {row.question}\n    holds now; take its `xfail` out")
    if failing:
        pytest.fail(f"{len(failing)} of {len(rows_of(file))} rows\n" + "\n".join(failing), pytrace=False)


@pytest.mark.parametrize("row", WORDED, ids=lambda row: f"{row.place} {row.question}")
def test_the_reply_is_worded_exactly_so(row: Row) -> None:
    assert reply_to(row).text == row.text


def test_questions_are_not_asked_twice() -> None:
    asked = [(row.community, row.question) for row in all_rows() if row.leans_on is None and "turns" not in row.path]
    assert [one for one in set(asked) if asked.count(one) > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_states_something_has_a_source(file: Path) -> None:
    stating = [row for row in rows_of(file) if reply_to(row).facts or reply_to(row).status in {"answered", "passage"}]
    assert [row.place for row in stating if not reply_to(row).sources] == []

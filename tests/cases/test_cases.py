"""Every question of the YAML files here gets its reply: its status, what it must and must not say, its exact words."""

from pathlib import Path

import pytest

from tests.cases.rows import FILES, Row, all_rows, complaint, faults, reply_to, rows_of

WORDED = [row for row in all_rows() if row.text is not None]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_row_is_answered_as_it_says(file: Path) -> None:
    failing = [complaint(row, found) for row in rows_of(file) if row.xfail is None and (found := faults(row, wording=False))]
    mended = [f"{row.place}: {row.question}\n    passes now; take its `xfail` out" for row in rows_of(file) if _is_mended(row)]
    if failing or mended:
        pytest.fail(f"{len(failing) + len(mended)} of {len(rows_of(file))} rows\n" + "\n".join([*failing, *mended]), pytrace=False)


@pytest.mark.parametrize("row", WORDED, ids=lambda row: f"{row.place} {row.question}")
def test_the_reply_is_worded_exactly_so(row: Row) -> None:
    assert reply_to(row).text == row.text


def test_questions_are_not_asked_twice() -> None:
    asked = [(row.community, row.question) for row in all_rows() if row.leans_on is None and "turns" not in row.path]
    assert [one for one in set(asked) if asked.count(one) > 1] == []


def test_what_is_answered_has_a_source() -> None:
    assert [row.place for row in all_rows() if reply_to(row).status == "answered" and not reply_to(row).sources] == []


def _is_mended(row: Row) -> bool:
    return row.xfail is not None and not faults(row, wording=False)

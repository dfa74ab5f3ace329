from pathlib import Path

from bot.ingest.load import load
from tests.ingest.folders import ADA, SOURCES, rows, write


def test_fact_row__the_whole_layout(tmp_path: Path) -> None:
    load([write(tmp_path / "k", people__ada=ADA, sources=SOURCES)], tmp_path / "d")
    exported = rows(tmp_path / "d")
    assert exported[1] == {
        "subject": {"id": "person/ada-king", "kind": "person", "name": "Ada King"},
        "property": "worksFor",
        "object": {"id": "organization/analytical-ltd", "kind": "organization", "name": "Analytical Ltd"},
        "qualifiers": [{"property": "roleName", "value": "Engineer"}],
        "start": "1833-06",
        "end": "1842",
        "source": {
            "key": "cv",
            "title": "A life",
            "author": "Ada King",
            "publisher": None,
            "date": "1850",
            "url": None,
            "note": None,
        },
        "evidence": {
            "document": "people/ada.md",
            "line": 9,
            "text": "- {name: Analytical Ltd, roleName: Engineer, startDate: 1833-06, endDate: 1842, words: [punch]}",
            "place": "page 1",
        },
        "rank": "profile",
    }
    assert [row["property"] for row in exported] == ["description", "worksFor", "worksFor", "birthDate"]
    assert exported[3]["date"] == "1815-12-10"


def test_fact_row__evidence_stands_at_its_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "k", people__ada=ADA, sources=SOURCES)
    load([folder], tmp_path / "d")
    for row in rows(tmp_path / "d"):
        line = (folder / row["evidence"]["document"]).read_text().splitlines()[row["evidence"]["line"] - 1]
        assert line.strip() == row["evidence"]["text"]

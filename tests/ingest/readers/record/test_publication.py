from tests.ingest.extract.reading import read
from tests.ingest.readers.record.test_structured_data import said


def test_the_article_as_which_software_is_to_be_cited() -> None:
    head = "cff-version: 1.2.0\nauthors:\n  - {family-names: King, given-names: Ada}\ntitle: Loom\n"
    cited = "preferred-citation:\n  type: article\n  title: %s\n  doi: 10.1234/rope.5\n  journal: Rope\n  year: 2031\n"
    own = said(read(head + cited % "Nets on Grids", "CITATION.cff"))
    assert {("Nets on Grids", "isPartOf", "Rope"), ("Nets on Grids", "identifier", "10.1234/rope.5")} <= set(own)
    assert ("Loom", "creator", "Ada King") in own
    same = said(read(head + cited % "Loom", "CITATION.cff"))
    assert ("Loom", "identifier", "10.1234/rope.5") in same
    assert ("Loom", "isPartOf", "Rope") not in same

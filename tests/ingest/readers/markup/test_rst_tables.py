"""Tables of reStructuredText: their rows and headers; what is no table stays text."""

from bot.ingest.documents.blocks import Page, Shape
from bot.ingest.documents.format import Context, Raw
from bot.ingest.readers.rst import RstReader
from tests.ingest.test_documents import CONTEXT

SIMPLE = """\
===== =========
Kiln  Heat
===== =========
Old   *900* °C
New   1,200 °C
===== =========
"""
GRID = """\
+------+---------+
| Kiln | Heat    |
+======+=========+
| Old  | 900 °C, |
|      | slowly  |
+------+---------+
"""


def rows(text: str, context: Context = CONTEXT) -> list[tuple[int, int, tuple[str, ...]]]:
    page = RstReader().read(Raw("kilns.rst", text.encode()), context)
    assert isinstance(page, Page)
    return [(block.line, block.level, block.cells) for block in page.blocks if block.shape is Shape.ROW]


def test_a_simple_table() -> None:
    assert rows(SIMPLE) == [(2, 1, ("Kiln", "Heat")), (4, 0, ("Old", "900 °C")), (5, 0, ("New", "1,200 °C"))]


def test_a_simple_table_without_a_header() -> None:
    assert rows("===== ====\nOld   900\nNew   1200\n===== ====\n") == [(2, 0, ("Old", "900")), (3, 0, ("New", "1200"))]


def test_a_grid() -> None:
    assert rows(GRID) == [(2, 1, ("Kiln", "Heat")), (4, 0, ("Old", "900 °C, slowly"))]


def test_a_table_that_never_ends_is_text() -> None:
    assert rows("===== ====\nOld   900\n\nMore text.\n") == []

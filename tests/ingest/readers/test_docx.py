import io
import zipfile

import pytest

from bot.ingest.readers import docx as reader_module
from bot.ingest.readers.docx import DocxReader
from tests.ingest.readers.pages import complaint_of, page_of, short

READER = DocxReader()


def test_styles_lists_and_tables_in_their_order() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Ada King", 0)
    document.add_heading("Experience", 1)
    paragraph = document.add_paragraph()
    paragraph.add_run("Acme Ltd").bold = True
    paragraph.add_run("\t2010-2012")
    document.add_paragraph("Wrote programs", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "2013", "Clerk"
    document.add_paragraph("After the table")
    stream = io.BytesIO()
    document.save(stream)
    page = page_of(READER, "cv.docx", stream.getvalue())
    assert short(page) == [
        ("heading", 1, "Ada King"),
        ("heading", 2, "Experience"),
        ("paragraph", 3, "Acme Ltd\t2010-2012"),
        ("item", 4, "Wrote programs"),
        ("row", 5, "2013\tClerk"),
        ("paragraph", 6, "After the table"),
    ]
    assert page.blocks[2].strong == ("Acme Ltd",)


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def test_an_archive_that_unpacks_to_too_much_is_not_opened() -> None:
    bomb = archive({"word/document.xml": b" " * 30_000_000})
    assert complaint_of(READER, "a.docx", bomb) == "a.docx:1: its archive unpacks to too much"
    many = archive({"word/document.xml": b"", **{f"{number}": b"" for number in range(2_001)}})
    assert complaint_of(READER, "a.docx", many) == "a.docx:1: its archive has more than 2000 parts"


def test_damaged_encrypted_and_missing_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert complaint_of(READER, "a.docx", b"PK\x03\x04") == "a.docx:1: not a readable DOCX: its archive is damaged"
    assert complaint_of(READER, "a.docx", archive({"x": b""})) == "a.docx:1: not a DOCX: no document in its archive"
    assert complaint_of(READER, "a.docx", b"\xd0\xcf\x11\xe0") == "a.docx:1: it is encrypted, or an old .doc file"
    monkeypatch.setattr(reader_module, "find_spec", lambda name: None)
    assert complaint_of(READER, "a.docx", b"PK") == "a.docx:1: DOCX needs python-docx; install whoswho[docx]"

import pytest

from bot.ingest.readers import pdf
from bot.ingest.readers.markup.pdf_pages import Piece, lines_of
from bot.ingest.readers.pdf import PdfReader
from tests.ingest.readers.pages import complaint_of, page_of, short

READER = PdfReader()


def document(*lines: tuple[int, int, int, str], link: str = "") -> bytes:
    """A PDF of one page with texts at their places: x, y from below, size, words; `link` is on the first of them."""
    drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td [({text})] TJ ET\n" for x, y, size, text in lines)
    x, y, size, _ = lines[0]
    place = f"[{x} {y - 4} {x + 200} {y + size}]"
    noted = f"/Annots [<< /Type /Annot /Subtype /Link /Rect {place} /A << /S /URI /URI ({link}) >> >>]" if link else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {noted} /Contents 4 0 R /Resources 6 0 R >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Font << /F1 5 0 R>> >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    body += f"xref\n0 7\n0000000000 65535 f \n{table}trailer << /Size 7 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return body.encode()


def test_lines_with_their_page_and_what_stands_apart() -> None:
    pytest.importorskip("pypdfium2")
    data = document(
        (50, 700, 20, "Ada King"), (50, 650, 10, "EXPERIENCE"), (50, 630, 10, "Clerk, Acme"),
        (450, 630, 10, "2010-2012"), (50, 616, 10, "Sums of all kinds."),
    )  # fmt: skip
    page = page_of(READER, "cv.pdf", data)
    assert short(page) == [
        ("heading", 1, "Ada King"),
        ("heading", 1, "EXPERIENCE"),
        ("paragraph", 1, "Clerk, Acme\t2010-2012\nSums of all kinds."),
    ]
    assert all(block.paged for block in page.blocks)


def test_letters_set_close_stand_once_and_dashes_stay() -> None:
    pytest.importorskip("pypdfium2")
    close = "Geology) -40 (, T) 180 (exel, 2012 - 2014"
    page = page_of(READER, "cv.pdf", document((50, 700, 10, "Ada King-Rowe"), (50, 660, 10, close)))
    assert page.blocks[0].text == "Ada King-Rowe\nGeology, Texel, 2012 - 2014"


def test_links_are_known_by_their_words() -> None:
    pytest.importorskip("pypdfium2")
    page = page_of(
        READER, "cv.pdf", document((50, 700, 10, "ORCID"), (50, 660, 10, "Ostby"), link="https://orcid.org/0")
    )
    assert [(link.text, link.url) for block in page.blocks for link in block.links] == [
        ("ORCID", "https://orcid.org/0")
    ]


def test_a_line_that_ends_early_was_meant_to() -> None:
    def line(at: int, text: str) -> Piece:
        return Piece(10, 10 + 5 * len(text), 10.0 + 13 * at, 20.0 + 13 * at, text, 10, bold=False)

    texts = ["Chair, Rope Group", "Member of the committee that chooses the", "ropes of the year"]
    lines = [line for line in lines_of([line(at, text) for at, text in enumerate(texts)]) if line.text]
    assert [line.ended for line in lines] == [True, False, False]


def test_a_sidebar_is_read_by_itself() -> None:
    left = [Piece(10, 100, 10.0 + 13 * at, 20.0 + 13 * at, f"skill {at}", 10, bold=False) for at in range(8)]
    right = [Piece(200, 500, 16.0 + 17 * at, 26.0 + 17 * at, f"job {at}", 10, bold=False) for at in range(8)]
    texts = [text for text, *_ in lines_of(left + right) if text]
    assert texts == [f"skill {at}" for at in range(8)] + [f"job {at}" for at in range(8)]


def test_dates_to_the_right_stay_with_their_lines() -> None:
    left = [Piece(10, 100, 10.0 + 20 * at, 20.0 + 20 * at, f"job {at}", 10, bold=False) for at in range(8)]
    right = [Piece(450, 500, 10.0 + 20 * at, 20.0 + 20 * at, f"201{at}", 10, bold=False) for at in range(8)]
    texts = [text for text, *_ in lines_of(left + right) if text]
    assert texts == [f"job {at}\t201{at}" for at in range(8)]


def test_damaged_and_missing_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    assert complaint_of(READER, "a.pdf", b"%PDF-1.4 nothing") == "a.pdf:1: not a readable PDF"
    assert complaint_of(READER, "a.pdf", b"") == "a.pdf:1: the file is empty"
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    assert complaint_of(READER, "a.pdf", b"%PDF-") == "a.pdf:1: PDF needs pypdfium2; install whoswho[pdf]"

from bot.ingest.readers.text import TextReader
from tests.ingest.readers.pages import lines_stand_in, page_of, short

READER = TextReader()


def test_headings_by_capitals_underlines_and_colons() -> None:
    text = "ADA KING\n\nExperience\n----------\n\nClerk, Acme\n\nSkills:\n- sums\n"
    page = page_of(READER, "cv.txt", text)
    assert short(page) == [
        ("heading", 1, "ADA KING"),
        ("heading", 3, "Experience"),
        ("paragraph", 6, "Clerk, Acme"),
        ("heading", 8, "Skills"),
        ("item", 9, "sums"),
    ]
    assert lines_stand_in(page, text)


def test_columns_are_set_apart() -> None:
    page = page_of(READER, "cv.txt", "Clerk, Acme                  2010 - 2012\n2013 ....... Leeds\n")
    assert page.blocks[0].text == "Clerk, Acme\t2010 - 2012\n2013\tLeeds"


def test_bullets_of_any_glyph_and_their_wrapped_lines() -> None:
    page = page_of(READER, "cv.txt", "• one that is long enough to go on\n  in a second line\n‣ two\n  * three\n")
    assert [(block.text, block.level) for block in page.blocks] == [
        ("one that is long enough to go on in a second line", 0),
        ("two", 0),
        ("three", 1),
    ]


def test_a_paragraph_a_line_where_lines_are_longer_than_any_page() -> None:
    long = "The nets of the choir were hung up to dry behind the hall, and nobody took them down before spring. " * 3
    page = page_of(READER, "news.txt", f"Nets\n{long}\n{long}\n")
    assert [block.line for block in page.blocks] == [1, 2, 3]
    assert len(page_of(READER, "news.txt", f"Nets\n{long}\n").blocks) == 1


def test_labels() -> None:
    page = page_of(READER, "cv.txt", "Phone: 555 01 77\n")
    assert page.blocks[0].cells == ("Phone", "555 01 77")


def test_markdown_under_the_name_of_a_text() -> None:
    page = page_of(READER, "cv.txt", "# Ada King\n\n## Work\n\n- **Acme** clerk\n")
    assert short(page)[0] == ("heading", 1, "Ada King")


def test_another_encoding_is_named() -> None:
    page = page_of(READER, "cv.txt", "Düsseldorf, Köln\n".encode("cp1252"))
    assert page.blocks[0].text == "Düsseldorf, Köln"
    assert "cp1252" in str(page.problems[0])

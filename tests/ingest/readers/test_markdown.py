from bot.ingest.documents.blocks import Link
from bot.ingest.readers.markdown import MarkdownReader
from tests.ingest.readers.pages import complaint_of, lines_stand_in, page_of, short

READER = MarkdownReader()


def test_headings_paragraphs_items_and_their_lines() -> None:
    text = "# Ada King\n\nWrites programs.\n\n- **One** thing\n  - below it\n\n1. first\n"
    page = page_of(READER, "a.md", text)
    assert short(page) == [
        ("heading", 1, "Ada King"),
        ("paragraph", 3, "Writes programs."),
        ("item", 5, "One thing"),
        ("item", 6, "below it"),
        ("item", 8, "first"),
    ]
    assert page.blocks[2].strong == ("One",)
    assert [block.level for block in page.blocks] == [1, 0, 0, 1, 0]
    assert lines_stand_in(page, text)


def test_front_matter_is_meta_and_keeps_the_lines_in_place() -> None:
    page = page_of(READER, "a.md", "---\ntitle: Vita\nauthor: Ada King\n---\n# Jobs\n")
    assert page.title == "Vita"
    assert ("author", "Ada King") in page.meta
    assert short(page) == [("heading", 5, "Jobs")]


def test_tables_with_and_without_the_line_of_dashes() -> None:
    page = page_of(READER, "a.md", "| Year | Post |\n|---|---|\n| 2010 | Clerk |\n\n|2011|Cook|\n|2012|Baker|\n")
    assert [block.cells for block in page.blocks] == [
        ("Year", "Post"),
        ("2010", "Clerk"),
        ("2011", "Cook"),
        ("2012", "Baker"),
    ]
    assert [block.level for block in page.blocks] == [1, 0, 0, 0]  # the first is a header


def test_bullets_that_markdown_does_not_know() -> None:
    page = page_of(READER, "a.md", "• one\n• two goes\n  on\n")
    assert short(page) == [("item", 1, "one"), ("item", 2, "two goes on")]


def test_definition_lists() -> None:
    page = page_of(READER, "a.md", "Born\n: 1815 in London\n")
    assert page.blocks[0].cells == ("Born", "1815 in London")


def test_a_break_that_was_meant_is_kept_and_a_wrapped_line_is_not() -> None:
    page = page_of(READER, "a.md", "Engineer  \nAcme Ltd  \n2010\n\nShe was the one who wrote the\nfirst program.\n")
    assert [block.text for block in page.blocks] == [
        "Engineer\nAcme Ltd\n2010",
        "She was the one who wrote the first program.",
    ]


def test_links_by_reference_and_around_pictures() -> None:
    page = page_of(
        READER, "a.md", "See [her page][p] [![Talk](x.png)](https://v.example/t)\n\n[p]: https://p.example\n"
    )
    assert page.blocks[0].links == (Link("her page", "https://p.example"), Link("Talk", "https://v.example/t"))


def test_html_inside_is_read_as_html() -> None:
    page = page_of(READER, "a.md", "# A\n\n<div>\n<b>Acme</b><br>2010\n</div>\n\n<style>p {}</style>\n")
    assert short(page) == [("heading", 1, "A"), ("paragraph", 4, "Acme\n2010")]


def test_template_code_is_no_text() -> None:
    assert short(page_of(READER, "a.md", "# A\n\n{% include x.html %}\n\nText{: .big}\n")) == [
        ("heading", 1, "A"),
        ("paragraph", 5, "Text"),
    ]


def test_what_would_take_minutes_is_read_as_text_or_refused() -> None:
    page = page_of(READER, "a.md", "[" * 100_000)
    assert "plain text" in str(page.problems[0])
    assert complaint_of(READER, "b.md", b"a\n" * 600_000) == "b.md:1: longer than 1000000 characters; split it"


def test_an_empty_file_is_one_line() -> None:
    assert complaint_of(READER, "a.md", b"") == "a.md:1: the file is empty"

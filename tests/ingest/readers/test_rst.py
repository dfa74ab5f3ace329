from bot.ingest.readers.rst import RstReader
from tests.ingest.readers.pages import lines_stand_in, page_of, short

READER = RstReader()


def test_rdoc() -> None:
    text = "= rake -- a tool\n\nhome :: https://r.example\n\n== Credits\n\n[<b>Ada King</b>] Wrote it.\n* {her page}[https://a.example]\n"
    page = page_of(READER, "README.rdoc", text)
    assert short(page) == [
        ("heading", 1, "rake -- a tool"),
        ("pair", 3, "home: https://r.example"),
        ("heading", 5, "Credits"),
        ("pair", 7, "Ada King: Wrote it."),
        ("item", 8, "her page"),
    ]
    assert page.blocks[-1].links[0].url == "https://a.example"
    assert lines_stand_in(page, text)


def test_restructured_text() -> None:
    text = (
        "=====\nTitle\n=====\n\n:Author: Ada King\n\nPart\n----\n\n.. note:: not read\n   nor this\n\n"
        "See `docs <https://d.example>`_ and p_.\n\n.. _p: https://p.example\n"
    )
    page = page_of(READER, "a.rst", text)
    assert short(page) == [
        ("heading", 2, "Title"),
        ("pair", 5, "Author: Ada King"),
        ("heading", 7, "Part"),
        ("paragraph", 13, "See docs and p."),
    ]
    assert {link.url for link in page.blocks[-1].links} == {"https://d.example", "https://p.example"}


def test_front_matter_italics_and_the_bars_of_an_address() -> None:
    text = "---\ntitle: Resume\n---\n\nAda King\n--------\n\n| 3 Mill Row\n| Leeds\n\n* *Ropes at Sea*, Leeds 2011\n"
    page = page_of(READER, "a.rst", text)
    assert page.title == "Resume"
    assert short(page) == [
        ("heading", 5, "Ada King"),
        ("paragraph", 8, "3 Mill Row\nLeeds"),
        ("item", 11, "Ropes at Sea, Leeds 2011"),
    ]
    assert page.blocks[-1].slanted == ("Ropes at Sea",)

from bot.ingest.readers.html import HtmlReader
from tests.ingest.readers.pages import complaint_of, page_of, short

READER = HtmlReader()
PAGE = """<!doctype html>
<html lang="en"><head><title>Ada King – CV</title><meta name="author" content="Ada King"></head>
<body>
<nav><a href="/">Home</a></nav>
<div class="cookie-banner">We use cookies</div>
<script>var year = 2015;</script>
<h1>Ada &amp; Co</h1>
<p>One<br>two <b>three</b></p>
<ul><li>first<ul><li>below</li></ul></li><li>second</li></ul>
<dl><dt>Born</dt><dd>1815</dd></dl>
<table><tr><th>Year</th><th>Post</th></tr>
<tr><td>2010</td><td><a href="https://acme.example">Acme</a></td></tr></table>
</body></html>
"""


def test_what_a_visitor_reads_with_its_lines() -> None:
    page = page_of(READER, "a.html", PAGE)
    assert page.title == "Ada King – CV"
    assert ("author", "Ada King") in page.meta
    assert short(page) == [
        ("heading", 7, "Ada & Co"),
        ("paragraph", 8, "One\ntwo three"),
        ("item", 9, "first"),
        ("item", 9, "below"),
        ("item", 9, "second"),
        ("pair", 10, "Born: 1815"),
        ("row", 11, "Year\tPost"),
        ("row", 12, "2010\tAcme"),
    ]
    assert page.blocks[1].strong == ("three",)
    assert [block.level for block in page.blocks] == [1, 0, 0, 1, 0, 0, 1, 0]
    assert page.blocks[-1].links[0].url == "https://acme.example"


def test_parts_of_a_line_that_the_page_sets_apart() -> None:
    page = page_of(READER, "a.html", '<p><b>Acme</b><span class="date">2010</span></p>')
    assert page.blocks[0].text == "Acme\t2010"


def test_a_page_on_one_long_line_shows_the_part_that_proves() -> None:
    text = "<p>" + "</p><p>".join(f"Entry number {number} of many" for number in range(500)) + "</p>"
    page = page_of(READER, "a.html", text)
    evidence = page.blocks[400].evidence("a.html", "Entry number 400")
    assert evidence.line == 1
    assert "Entry number 400 of" in evidence.text
    assert evidence.text in text


def test_nesting_that_no_person_made_is_refused() -> None:
    assert "nested" in complaint_of(READER, "a.html", b"<div>" * 10_000)


def test_open_tags_are_no_reason_to_refuse() -> None:
    assert len(page_of(READER, "a.html", "<p>text" * 3_000).blocks) == 3_000


def test_a_menu_that_only_its_id_tells() -> None:
    page = page_of(READER, "a.html", '<body><div id="mainNavbar"><a href="b.html">TEAM</a></div><p>Rope.</p></body>')
    assert short(page) == [("paragraph", 1, "Rope.")]

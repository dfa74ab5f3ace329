import pytest

from bot.ingest.extract.owners import person_name
from tests.ingest.extract.reading import facts_of, read, subject_of

JOBS = "\n## Experience\n\n- Clerk, Acme Ltd, 2010–2012\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Ada King\n" + JOBS, "Ada King"),
        ("# Curriculum Vitae of Ada King\n" + JOBS, "Ada King"),
        ("# Dr. Ada King, PhD\n" + JOBS, "Ada King"),
        ("# ADA KING\n" + JOBS, "Ada King"),
        ("# KING, Ada Mary (Addie)\n" + JOBS, "Ada Mary King"),
        ("# In Loving Memory of Ada King\n\nShe kept the books for us all.\n", "Ada King"),
        ("# CV\n\n## Ada B.C. King, Pianist, Teacher\n" + JOBS, "Ada B.C. King"),
        ("---\ntitle: Vita\nauthor: Ada King\n---\n" + JOBS, "Ada King"),
        ("# CV\n\nName: Ada King\n" + JOBS, "Ada King"),
        ("# About\n\nAda King is a clerk in Leeds and likes sums.\n" + JOBS, "Ada King"),
        ("# CV\n" + JOBS + "\n## Contact\n\nada.king@acme.example\n", "Ada King"),
        ("# CV\n" + JOBS + "\n## Contact\n\n[LinkedIn](https://www.linkedin.com/in/ada-king-8b79426)\n", "Ada King"),
        ("[Download PDF](cv.pdf)\n" + JOBS + "\nBy Ada King\n\nI count. I sum. I add.\n", "Ada King"),
        ("---\ntitle: An interview with Ada King\nauthor: B. Roe\n---\nHow did you begin?\n\nI counted.\n", "Ada King"),
        ("---\ntitle: Interview with Orla\nauthor: B. Roe\n---\n**Who is Orla?**\n\nOrla is a stage name.\n", "Orla"),
        ("# Ada St. King\n" + JOBS, "Ada St. King"),
        ("# Ada Mary Potter\n" + JOBS, "Ada Mary Potter"),
        ("# CV\n\nI count things.\n" + JOBS + "\n[code](https://github.com/adacounts)\n", "adacounts"),
    ],
)
def test_whom_a_page_is_about(text: str, expected: str) -> None:
    assert subject_of(read(text)) == ("person", expected)


def test_the_name_of_the_file_is_the_last_resort() -> None:
    assert subject_of(read(JOBS, "ada-king-cv.md")) == ("person", "Ada King")
    assert subject_of(read(JOBS, "some-page.md")) is None


def test_what_stands_in_brackets_beside_a_name_is_another_name() -> None:
    assert read("# KING, Ada Mary (Addie)\n" + JOBS).entities[0].aliases == ("Addie King",)
    assert read("# Ada King (Baker)\n" + JOBS).entities[0].aliases == ()


def test_a_surname_beside_the_word_vita_comes_before_a_handle() -> None:
    page = JOBS + "\n## Education\n\n- BA Law, Leeds University, 2000\n\n[code](https://github.com/adacounts)\n"
    assert subject_of(read(page, "king-vita.md")) == ("person", "King")
    assert subject_of(read("I count.\n\n## Education\n\n- BA Law, Leeds University, 2000\n", "king-bio.md")) == (
        "person",
        "King",
    )


def test_a_surname_beside_the_word_bio_is_whose_posts_and_studies_it_lists() -> None:
    lived = "I count.\n\n## Positions and Education\n\n- 2010-2012: Clerk at Acme Ltd\n"
    assert subject_of(read(lived, "king-bio.md")) == ("person", "King")


def test_a_surname_that_a_file_writes_as_one_word_is_known_as_two() -> None:
    lived = "I count.\n\n## Education\n\n- BA Law, Leeds University, 2000\n"
    assert read(lived, "dellarosa-vita.md").entities[0].aliases == ("Della Rosa",)
    assert read(lived, "king-vita.md").entities[0].aliases == ()


def test_whoever_opens_a_biography_is_its_subject_by_the_name_of_its_file() -> None:
    told = "<h1>Biography</h1>\n###Dr. Ada King completed a degree in Leeds. " + "She has counted ever since. " * 9
    reading = read(told, "king-bio.md")
    assert subject_of(reading) == ("person", "Ada King")
    assert reading.passages[0].text.startswith("Dr. Ada King completed")
    assert subject_of(read(told, "notes.md")) is None


def test_the_author_after_whom_a_file_is_called_owns_its_list_of_works() -> None:
    works = "".join(f"- {names}. Knots and sums {number}. Journal of Knots, v. {number}, 2014.\n" for number, names in (
        (1, "B. Roe, A. King"), (2, "A. King, B. Roe"), (3, "B. Roe, C. Lund")))  # fmt: skip
    page = JOBS + "\n## Publications\n\n" + works
    assert subject_of(read(page, "king-vita.md")) == ("person", "A. King")
    assert subject_of(read(page, "page.md")) == ("person", "B. Roe")


def test_a_surname_beside_the_word_vita_is_whose_vita_it_is() -> None:
    pages = "[PDF](files/cv_King_Ada.pdf)\n\n" + JOBS + "\n## Education\n\n- BA Law, Leeds University, 2000\n"
    assert subject_of(read(pages, "king-vita.md")) == ("person", "Ada King")
    assert subject_of(read(pages, "short-vita.md")) is None


@pytest.mark.parametrize("behind", [" (* 3 May 1866; † 1952)", ", Welsh soprano and teacher"])
def test_who_opens_a_biography_may_be_told_apart_by_what_stands_beside_the_name(behind: str) -> None:
    told = f"# Biography\n\nAda Mary King{behind} sang in Leeds. King led a choir. King wrote songs.\n"
    assert subject_of(read(told)) == ("person", "Ada Mary King")


def test_who_opens_a_page_and_is_named_again_and_again_is_its_subject() -> None:
    told = "Ada King caught the last train to Leeds in 1980.\n\n{} kept the books.\n\nLater {} led the choir.\n"
    assert subject_of(read(told.format("Ada", "King"), "biography.md")) == ("person", "Ada King")
    assert subject_of(read(told.format("Roe", "Lund"), "biography.md")) is None
    apposed = "A prize-winning clerk and baker, " + told
    assert subject_of(read(apposed.format("Ada", "King"), "biography.md")) == ("person", "Ada King")


def test_a_list_of_authors_is_of_the_project_that_its_file_names() -> None:
    reading = read("Main Authors\n------------\n\n- Ada King (@adak) <ada@acme.example>\n", "tidegauge-AUTHORS.txt")
    assert subject_of(reading) == ("project", "tidegauge")
    assert ("Ada King", "email", "ada@acme.example") in facts_of(reading)


def test_a_list_that_is_made_of_boxes_with_roles() -> None:
    entry = (
        '<div role="listitem"><div>[{0}] </div><div>A. King and {1}, “Sums of order {0},” <em>Acta Sums</em>, '
        "201{0}.</div></div>"
    )
    boxes = "".join(entry.format(at, other) for at, other in enumerate(["B. Roe", "C. Lund", "D. Moss"]))
    html = f'<html><head><title>Publications</title></head><body><div role="list">{boxes}</div></body></html>'
    reading = read(html, "pubs.html")
    assert subject_of(reading) == ("person", "A. King")
    assert ("Sums of order 2", "author", "D. Moss") in facts_of(reading)


def test_what_the_maintainer_says_comes_first() -> None:
    assert subject_of(read("# Ada King\n" + JOBS, about="Countess Ada", kind="person")) == ("person", "Countess Ada")


def test_the_author_of_every_publication() -> None:
    others = enumerate(["B. Roe", "C. Lund", "D. Moss"])
    listed = "".join(
        f"- A. King, {other} (201{year}). Sums of order {year}. *Acta Sums*, 1.\n" for year, other in others
    )
    assert subject_of(read(f"# Publications\n\n{listed}", "pubs.md")) == ("person", "A. King")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# tidegauge: reads tides\n\n## Installation\n\nrun it\n\n## Usage\n\nrun it\n", ("project", "tidegauge")),
        ("# Spring Fair\n\nDate: 3 May 2024\nVenue: Old Hall\n", ("event", "Spring Fair")),
        (
            "# Chess Club Leeds\n\nWe play.\n\n## Our team\n\n- Ada King, president\n",
            ("organization", "Chess Club Leeds"),
        ),
    ],
)
def test_other_things_than_people(text: str, expected: tuple[str, str]) -> None:
    assert subject_of(read(text)) == expected


def test_a_page_that_tells_of_nobody_states_nothing_and_says_what_it_left() -> None:
    reading = read("# Notes\n\n- Clerk, Acme Ltd, 2010–2012\n")
    assert reading.facts == ()
    assert [(item.line, item.why) for item in reading.unplaced] == [(3, "in no section")]


def test_person_name__a_trade_behind_it_but_no_entry_with_dates() -> None:
    assert person_name("Ada King, boat builder") == "Ada King"
    assert person_name("Mill Row, oven keeper, 2019 - 2021") == ""

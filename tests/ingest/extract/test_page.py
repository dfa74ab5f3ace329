from bot.model.fact import Rank
from bot.model.partial_date import PartialDate
from tests.ingest.extract.reading import facts_of, read


def test_what_is_not_understood_is_named_with_its_line_and_why() -> None:
    reading = read("# Ada King\n\n## Experience\n\n- Clerk, Acme Ltd, 2010–2012\n- something odd in 2013\n")
    assert facts_of(reading) == [("Ada King", "worksFor", "Acme Ltd")]
    assert [(item.line, item.text) for item in reading.unplaced] == [(6, "- something odd in 2013")]


def test_the_words_that_prove_a_fact_are_those_of_its_line() -> None:
    reading = read("# Ada King\n\n## Experience\n\n**Acme Ltd**  \nClerk  \n2010–2012\n")
    (fact,) = reading.facts
    assert (fact.evidence.line, fact.evidence.text) == (5, "**Acme Ltd**")
    assert fact.rank is Rank.LAYOUT


def test_an_undated_job_is_past_only_where_the_words_say_so() -> None:
    for text, said in {
        "## Experience\n\n- Clerk, Acme Ltd": [],
        "## Current position\n\n- Clerk, Acme Ltd": [],
        "## Previous positions\n\n- Clerk, Acme Ltd": ["past"],
        "## Positions\n\n- Former clerk, Acme Ltd": ["past"],
    }.items():
        (fact,) = read(f"# Ada King\n\n{text}\n").facts
        assert [value.text for name, value in fact.qualifiers if name == "status"] == said


def test_a_single_date_is_when_a_study_ended() -> None:
    (fact,) = read("# Ada King\n\n## Education\n\n- BSc Mathematics, University of Leeds, 2010\n").facts
    assert (fact.start, fact.end) == (None, PartialDate(2010))


def test_a_place_alone_is_no_employer() -> None:
    reading = read("# Ada King\n\n## Experience\n\n- Leeds, 2010–2012\n- Clerk, Acme Ltd, Leeds, 2012–2014\n")
    assert facts_of(reading) == [("Ada King", "worksFor", "Acme Ltd")]


def test_a_talk_given_twice_is_two_events() -> None:
    reading = read('# Ada King\n\n## Talks\n\n- 2019: "Sums", PyFair 2019\n- 2020: "Sums", Logic Days 2020\n')
    assert [entity.name for entity in reading.entities if entity.kind == "event"] == ["Sums", "Sums (Logic Days 2020)"]


def test_whoever_lists_a_publication_without_being_its_author_worked_on_it() -> None:
    reading = read('# Ada King\n\n## Publications\n\n- "Notes on Sums" by Luigi Menabrea (2019). Leeds Press.\n')
    assert ("Notes on Sums", "contributor", "Ada King") in facts_of(reading)
    assert ("Notes on Sums", "author", "Luigi Menabrea") in facts_of(reading)
    assert ("Notes on Sums", "author", "Ada King") not in facts_of(reading)


def test_a_page_of_endless_entries_is_read_up_to_a_bound() -> None:
    reading = read("# Ada King\n\n## Skills\n\n" + "".join(f"- craft number {n}\n" for n in range(3_000)))
    assert len(reading.facts) < 2_600
    assert "no facts are read from here on" in str(reading.problems[0])
    assert len(reading.passages) == 3_000


def test_the_heading_of_a_page_is_nobodys_title() -> None:
    for heading in ("About the Lark Singers", "The Lark Singers", "Our conductor"):
        reading = read(f"# {heading}\n\n## Who leads us\n\nTomas Vrba has conducted the Lark Singers since 2018.\n")
        assert facts_of(reading) == []
    assert facts_of(read("# Ada King\n\nSinger and composer\n")) == [
        ("Ada King", "jobTitle", "Singer"),
        ("Ada King", "jobTitle", "composer"),
    ]


def test_people_below_each_other_with_their_names_in_bold() -> None:
    text = """+++
title = "Steering Committee"
+++

**Ada King**, Head of Tides and Currents, University of Tarn, UK

**Bo Lund**, General Director, Loom Centre, Norway

**Cora Winter**, Director, Programs, ROPE, Canada
"""
    reading = read(text)
    assert facts_of(reading) == [
        ("Ada King", "worksFor", "University of Tarn"),
        ("Bo Lund", "worksFor", "Loom Centre"),
    ]  # of which house Cora Winter is director is not clear
    assert reading.source is not None
    assert reading.source.title == "Steering Committee"


def test_one_author_in_bold_again_and_again_is_no_list_of_people() -> None:
    lines = [f"- **Ada King**, Bo Lund. Ropes of {place}. Knot Days, {2020 + at}.\n" for at, place in enumerate("abcd")]
    assert [fact for fact in facts_of(read("# Talks\n\n" + "".join(lines))) if fact[1] == "worksFor"] == []


def test_an_office_with_an_and_in_it_is_one() -> None:
    text = "## Our committee\n\n- Ada King, head of nets and knots (2019–2021)\n- Bo Lund, clerk and treasurer\n"
    assert facts_of(read(text)) == [
        ("Ada King", "jobTitle", "head of nets and knots"),
        ("Bo Lund", "jobTitle", "clerk"),
        ("Bo Lund", "jobTitle", "treasurer"),
    ]


def test_who_sits_on_several_boards_is_in_each_list() -> None:
    boards = "## Rope Board\n\n- **Ada King**, University of Tarn\n- **Bo Lund**, Loom Ltd\n\n"
    boards += "## Net Board\n\n- **Ada King**, University of Tarn\n- **Cora Winter**, Harlow College\n"
    assert {name for name, property_, _ in facts_of(read(boards)) if property_ == "worksFor"} == {
        "Ada King",
        "Bo Lund",
        "Cora Winter",
    }


def test_the_authors_of_software_below_a_line_of_years() -> None:
    page = """
= Net::Loom

== Description

Loom is used for the weaving of nets.

== Installation

  gem install loom

== Authors

Copyright (c) 2005 by Cora Winter (cora@loom.example)

Copyright (c) 2006-2008:

* {Ada King}[http://king.example] (ada@loom.example)
* {Bo Lund}[http://lund.example] (bo@loom.example)
"""
    reading = read(page.strip(), "README.rdoc")
    assert {("Net::Loom", "author", "Ada King"), ("Net::Loom", "author", "Bo Lund")} <= set(facts_of(reading))
    assert "Loom" in reading.entities[0].aliases


def test_a_file_called_pubs_without_headings_lists_works_whose_parts_a_bar_sets_apart() -> None:
    page = (
        "# [ Ada B. King ]\n\n- [The sums of small knots](http://x.example/a) (07/2015) "
        "| Roe, Clara E.; King, Ada B. | Journal of Knots, Volume 4 |\n"
    )
    told = facts_of(read(page, "king-pubs.md"))
    assert ("The sums of small knots", "author", "Ada B. King") in told
    assert ("The sums of small knots", "author", "Clara E. Roe") in told
    assert ("The sums of small knots", "datePublished", "2015") in told
    assert ("The sums of small knots", "publisher", "Journal of Knots") in told
    assert facts_of(read(page, "king-notes.md")) == []


def test_a_student_of_a_degree_is_no_job_and_what_stands_in_brackets_is_no_thesis() -> None:
    page = (
        "# Ada King\n\n## Positions and Education\n\n"
        "* **2016-2020: PhD student** at Rowe Group, University of Leeds.<br>\n  Supervisor: Prof. Clara Roe.<br>\n"
        "* 2010-2012 MSc in Law (*with the highest praise of all*), Tarn University\n* _2009 Clerk at Acme Ltd\n"
    )
    told = facts_of(read(page))
    assert ("Ada King", "alumniOf", "University of Leeds") in told
    assert ("Ada King", "advisor", "Clara Roe") in told
    assert not [fact for fact in told if fact[1] == "thesisTitle"]
    assert ("Ada King", "worksFor", "Acme Ltd") in told


def test_the_references_of_a_page_of_works_are_those_works_without_the_keys_they_are_cited_by() -> None:
    page = (
        "---\ntitle: Publications\nauthor: Ada King\n---\n## References\n\n"
        "- [king2020sums]<br>\n  Ada King & Clara Roe,<br>\n  The sums of knots,<br>\n  *Journal of Knots*, 2020\n"
    )
    told = facts_of(read(page))
    assert ("The sums of knots", "author", "Clara Roe") in told
    assert ("The sums of knots", "publisher", "Journal of Knots") in told
    assert facts_of(read(page.replace("Publications", "Notes"))) == []

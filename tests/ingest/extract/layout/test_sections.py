import pytest

from bot.ingest.extract.layout.sections import kind_of
from tests.ingest.extract.reading import facts_of, read


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Work Experience", "work"),
        ("2. EDUCATION", "education"),
        ("Education & Training", "education"),
        ("Employment and Education", "mixed"),
        ("Selected Refereed Journal Articles", "publications"),
        ("Invited Talks (selected)", "talks"),
        ("My Projects", "projects"),
        ("Berufserfahrung", "work"),
        ("Expérience professionnelle", "work"),
        ("Formación académica", "education"),
        ("💼 Experience", "work"),
        ("Acme Ltd", None),
        ("Acme Ltd (2010–2012)", None),
        ("openai-five", None),
    ],
)
def test_the_kind_of_a_section_by_its_heading(heading: str, kind: str | None) -> None:
    assert kind_of(heading) == kind


def test_a_long_paragraph_of_sentences_is_no_entry_whatever_it_names() -> None:
    told = (
        "Ada graduated from the University of Leeds with the Knot prize for the highest first class degree awarded; "
        "from the Royal College of Ropes with an MMus in splicing, supported by a scholarship of the Rope Council; "
        "and from the University of York with a Ph.D. in knot theory. Her thesis was described as excellent by all.\n"
    )
    reading = read(f"# Ada King\n\n## Long\n\n{told}")
    assert not [value for _, _, value in facts_of(reading) if value.startswith("Ada graduated")]


def test_a_bullet_that_sets_off_the_name_of_a_section_alone() -> None:
    told = "- Education\n2001 - 2004: BA in Law, Leeds University\n\n- Experience\n2004 - 2006: Clerk, Acme Ltd\n"
    facts = facts_of(read(told, "king-cv.txt"))
    assert facts == [("King", "alumniOf", "Leeds University"), ("King", "worksFor", "Acme Ltd")]
    menu = read("# Ada King\n\n- Education\n- Experience\n- Contact\n")
    assert facts_of(menu) == []


def test_a_list_of_dated_entries_below_an_unknown_heading_is_no_part_of_the_section_above() -> None:
    jobs = "# Ada King\n\n## Experience\n\n- Clerk, Acme Ltd, 2010–2012\n- Baker, Loom Ltd, 2012–2014\n"
    reading = read(
        jobs + "\n## Knots untied\n\n- Helper with the Bowline Jan. (2013), Leeds\n- The Reef (2014), York\n"
    )
    assert [value for _, name, value in facts_of(reading) if name == "worksFor"] == ["Acme Ltd", "Loom Ltd"]


def test_bodies_one_a_line_are_a_membership_each() -> None:
    reading = read("# Ada King\n\n## Affiliations\n\nSociety for Ropes  \nAssociation of Knot Makers\n")
    assert [value for _, name, value in facts_of(reading) if name == "memberOf"] == [
        "Society for Ropes",
        "Association of Knot Makers",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**September 4, 1931 - May 9, 2020**", ["birthDate 1931-09-04", "deathDate 2020-05-09"]),
        ("September 4, 1931 – May 9, 2020 at 88 years of age.", ["birthDate 1931-09-04", "deathDate 2020-05-09"]),
        ("May 4, 2019 – May 9, 2020", []),  # no life
        ("1931 – 2020", []),
        ("Mate of the Marigold, September 4, 1961 - May 9, 1980", []),
    ],
)
def test_two_days_alone_below_a_name_are_those_of_a_life(line: str, expected: list[str]) -> None:
    reading = read(f"# Ada King\n\n{line}\n\nAda King passed peacefully at home, where she counted knots.\n")
    days = [f"{name} {value}" for _, name, value in facts_of(reading) if name in ("birthDate", "deathDate")]
    assert days == expected


def test_a_quoted_title_goes_on_behind_the_apostrophe_of_a_name() -> None:
    talks = "# Ada King\n\n## Talks\n\n* “Ropes and Reefs in Lund’s Small Almanac.” Knot Congress. Leeds, 2011.\n"
    assert ("Ropes and Reefs in Lund’s Small Almanac", "performer", "Ada King") in facts_of(read(talks))


def test_companies_as_headings_with_several_posts_below() -> None:
    page = """# Ada King

## Experience

### Tarn Systems, Inc.

#### Senior Software Engineer, Platform Engineering
2014 - present

- Knots

### Reed Education

#### Clerk
2012 - 2014

#### Teacher
2010 - 2012

## Education

### Ostby School of Law, Ostby University
2004 - 2009

- B.A. in Sea Law

### Instituto Superior Técnico
2000 - 2004

- BSc in Knots
"""
    facts = read(page).facts
    told = [
        (fact.property, fact.value.text, *(value.text for name, value in fact.qualifiers if name != "duty"))
        for fact in facts
    ]
    assert told == [
        ("worksFor", "Tarn Systems, Inc.", "Senior Software Engineer"),
        ("worksFor", "Reed Education", "Clerk"),
        ("worksFor", "Reed Education", "Teacher"),
        ("alumniOf", "Ostby University", "B.A.", "Sea Law", "Ostby School of Law"),
        ("alumniOf", "Instituto Superior Técnico", "BSc", "Knots"),
    ]


def test_groups_of_skills_are_no_projects() -> None:
    page = "# Ada King\n\n## Skills\n\n### Software\n\n- Knotwork, Reef, Splice\n- Tide\n\n## Projects\n\n- Moorings\n"
    assert {property_ for _, property_, _ in facts_of(read(page))} <= {"knowsAbout", "contributor"}
    assert [name for name, property_, _ in facts_of(read(page)) if property_ == "contributor"] == ["Moorings"]


def test_an_author_in_bold_is_no_title_of_a_publication() -> None:
    item = "1. **Ada Mary King** and Bo Roe, *Reading the weather from old anchors* in Knots, 2011"
    named = {name for name, property_, _ in facts_of(read(f"# Ada Mary King\n\n## Publications\n\n{item}\n"))}
    assert named == {"Reading the weather from old anchors"}

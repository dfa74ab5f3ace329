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

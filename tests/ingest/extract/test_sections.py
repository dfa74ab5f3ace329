import pytest

from bot.ingest.extract.sections import kind_of


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

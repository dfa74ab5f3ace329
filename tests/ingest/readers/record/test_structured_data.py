from bot.ingest.documents.reading import Reading
from tests.ingest.extract.reading import read


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(fact.subject.name, fact.property, fact.value.text) for fact in reading.facts]


def test_state_objects__linked_data_in_a_file_of_its_own() -> None:
    software = """
    {"@context": "https://codemeta.example/2.0", "@type": "SoftwareSourceCode", "name": "Loom",
     "programmingLanguage": {"@type": "ComputerLanguage", "name": "R", "url": "https://r.example"},
     "issueTracker": "https://loom.example/issues",
     "softwareRequirements": {"1": {"@type": "SoftwareApplication", "name": "weft", "version": ">= 1.9"}, "2": null},
     "citation": [{"@type": "ScholarlyArticle", "name": "Nets on Grids of Rope",
                   "isPartOf": {"@type": "PublicationIssue", "isPartOf": {"@type": "Periodical", "name": "Rope"}}}]}
    """
    assert {
        ("Loom", "programmingLanguage", "R"),
        ("Loom", "issueTracker", "https://loom.example/issues"),
        ("Loom", "requirement", "weft >= 1.9"),
        ("Nets on Grids of Rope", "isPartOf", "Rope"),
    } <= set(said(read(software, "codemeta.json")))


def test_state_objects__addresses_within_a_point_of_contact_and_another_name_of_the_page_it_is_on() -> None:
    data = """{"@context": "https://schema.org", "@type": "Organization", "name": "Rope Club of Harlow",
    "alternateName": "Harlow Ropes", "contactPoint": {"@type": "ContactPoint", "email": "club@rope.example"}}"""
    name = "Rope Club of Harlow"
    page = f"<title>{name}</title><script type='application/ld+json'>{data}</script><h1>{name}</h1>"
    reading = read(page, "club.html")
    assert ("Rope Club of Harlow", "email", "club@rope.example") in said(reading)
    assert "Harlow Ropes" in [alias for item in reading.entities for alias in item.aliases]


def test_state_objects__a_house_whose_type_is_not_known_as_one() -> None:
    house = '"@context": "https://schema.org", "@type": "Bakery", "name": "Loom", "foundingDate": "1998"'
    assert ("Loom", "foundingDate", "1998") in said(read(f'{{{house}, "address": "3 Mill St"}}', "loom.json"))
    assert said(read(f"{{{house}}}", "loom.json")) == []

import pytest

from tests.ingest.extract.reading import read


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (("The Knots of Harlow: A Field Guide", "Ropes"), ["The Knots of Harlow"]),
        (("The Knots of Harlow: A Field Guide", "The Knots of Harlow: Plates"), []),  # of which is it?
        (("The Knots of Harlow: A Field Guide", "The Knots of Harlow"), []),
        (("Knots: A Field Guide to All of Them", "Ropes"), []),
    ],
)
def test_with_main_titles(titles: tuple[str, str], short: list[str]) -> None:
    reading = read("\n".join(f"- {{title: '{title}', speaker: Ada King}}" for title in titles), "talks.yml")
    assert [alias for item in reading.entities for alias in item.aliases] == short


def test_with_prose__a_biography_in_the_record_of_a_talk_is_of_the_speaker() -> None:
    bio = "Ada King learned to tie knots on the boats of Harlow. She keeps Loom, a workshop for whoever likes ropes."
    reading = read(f"- title: Ropes\n  speaker: Ada King\n  bio: {bio}\n", "talks.yml")
    told = [passage.about.name for passage in reading.passages if passage.about is not None and passage.text == bio]
    assert told == ["Ada King"]


def test_with_main_titles__a_project_is_called_by_the_one_word_before_its_subtitle() -> None:
    codemeta = (
        '{"@context": "https://codemeta.example", "@type": "SoftwareSourceCode", "name": "Loom: Nets", "version": 2}'
    )
    assert [item.aliases for item in read(codemeta, "codemeta.json").entities] == [("Loom",)]

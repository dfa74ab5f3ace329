import pytest

from bot.language.naming import Key, naming, person_parts

STOP = frozenset({"of", "the", "will"})


def test_naming__keys_of_a_person() -> None:
    item = naming("person", "Jeffrey Wu", ["Jeff Wu", "jeffrey wu", "wuthe"], stop=STOP)
    assert item.keys == (
        Key("jeffrey wu", 2, 0, "Jeffrey Wu"),
        Key("jeff wu", 2, 1, "Jeff Wu"),
        Key("wuthe", 2, 3, "wuthe"),
        Key("jeffrey", 1, 99, "Jeffrey"),
        Key("wu", 1, 99, "Wu"),
        Key("jeff", 1, 99, "Jeff"),
    )
    assert (item.key, item.slug, item.words) == ("jeffrey wu", "person/jeffrey-wu", "jeff jeffrey wu wuth")


def test_naming__only_persons_have_parts() -> None:
    assert [key.key for key in naming("organization", "Mill Club").keys] == ["mill club"]


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["Ada King"], ["Ada", "King"]),
        (["Ada"], []),
        (["Susan van Berg"], ["Susan", "Berg", "van Berg"]),
        (["Ines de la Cruz"], ["Ines", "Cruz", "de la Cruz"]),
        (["Luca Di Marco"], ["Luca", "Marco", "Di Marco"]),  # Di alone is nobody
        (["Lev d'Amico"], ["Lev", "dAmico", "d'Amico", "Amico"]),
        (["Pat O'Brien"], ["Pat", "O'Brien", "OBrien"]),
        (["Will King"], ["King"]),
        (["J. King"], ["King"]),
        (["Author of the essay"], []),
        (["Ada King", "Boss of Acme"], ["Ada", "King"]),
        (["Ada King", "The Countess"], ["Ada", "King"]),
        (["Ångström Über"], ["Ångström", "Über"]),
        (["Jean-Luc Picard"], ["Jean-Luc", "Picard"]),
    ],
)
def test_person_parts(names: list[str], parts: list[str]) -> None:
    assert person_parts(names, STOP) == parts


@pytest.mark.parametrize(
    ("name", "slug"),
    [("C++", "topic/c-plus-plus"), ("C#", "topic/c-sharp"), ("GPT-3", "topic/gpt-3"), ("Düben", "topic/duben")],
)
def test_slug(name: str, slug: str) -> None:
    assert naming("topic", name).slug == slug


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Acme, Inc.", ["acme inc", "acme"]),
        ("Mill GmbH & Co. KG", ["mill gmbh co kg", "mill"]),
        ("Rope Works S.p.A.", ["rope works s p a", "rope works"]),
        ("Mill Club", ["mill club"]),
        ("The Limited", ["the limited"]),
    ],
)
def test_naming__a_company_without_what_it_is_in_law(name: str, keys: list[str]) -> None:
    assert [key.key for key in naming("organization", name).keys] == keys


@pytest.mark.parametrize(
    ("kind", "name", "heads"),
    [
        ("publication", "Halyard: Sorting Knots by Touch", ["halyard"]),
        ("publication", "Rope v2 – A Tool for Riggers", ["rope v2"]),
        ("event", "What Ropes Remember: A Walk through Old Harbours", ["what ropes remember"]),
        ("publication", "Halyard: Knots", []),  # as much a name as a title
        ("publication", "Of the: will of ropes", []),
        ("publication", "A long way of saying that ropes are long: a survey of ropes", []),
        ("project", "Halyard: Sorting Knots by Touch", []),
    ],
)
def test_naming__what_stands_before_the_colon_of_a_title(kind: str, name: str, heads: list[str]) -> None:
    assert [key.key for key in naming(kind, name, stop=STOP).keys[1:]] == heads

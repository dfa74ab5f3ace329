from pathlib import Path

import pytest

from bot.ingest.building.resolve import Ambiguous, choose, stubs_for
from bot.store.names import Candidate, Wanted
from tests.ingest.folders import loaded, profile, write


def candidate(kind: str, *, is_alias: bool = False, stub: bool = False) -> Candidate:
    return Candidate(1, kind, f"{kind}/x", "X", "x", is_alias, stub)


def test_choose__kind_must_be_allowed() -> None:
    assert choose(("person",), [candidate("topic")]) is None


def test_choose__a_name_before_an_alias() -> None:
    alias, name = candidate("project", is_alias=True), candidate("topic")
    assert choose(("project", "topic"), [alias, name]) is name


def test_choose__declared_before_stub() -> None:
    stub, alias = candidate("topic", stub=True), candidate("project", is_alias=True)
    assert choose(("topic", "project"), [stub, alias]) is alias


def test_choose__several_are_ambiguous() -> None:
    with pytest.raises(Ambiguous, match="several have this name: project/x, topic/x"):
        choose(("project", "topic"), [candidate("project"), candidate("topic")])


@pytest.mark.parametrize("turned", [False, True])
def test_stubs_for__order_of_mentions_does_not_matter(turned: bool) -> None:
    mentions = ((("topic", "organization"), "Acme"), (("organization",), "ACME"), (("place",), "Acme"))
    wanted = Wanted("acme", mentions[::-1] if turned else mentions)
    assert stubs_for(wanted) == [("organization", "ACME", False), ("place", "ACME", False)]


def test_load__ambiguous_names_are_told_and_left_out(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "k",
        topics__go=profile("topic", "Go"),
        projects__go=profile("project", "Go"),
        events__talk=profile("event", "Talk", "about: Go", "location: Hall"),
    )
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert [str(problem) for problem in outcome.problems] == [
        "events/talk.md:4: about: several have this name: project/go, topic/go: 'Go'"
    ]
    talk = snapshot.entity_by_slug("event/talk")
    assert talk is not None
    assert [fact.property for fact in snapshot.facts_of(talk.id)] == ["location"]


def test_load__two_persons_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "k",
        people__a=profile("person", "Bo Li", "jobTitle: baker"),
        people__b=profile("person", "Bo Li", "jobTitle: diver"),
    )
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert [str(problem) for problem in outcome.problems] == [
        (
            "people/b.md:3: the person of this name has a profile, people/a.md; put both into one, or say in"
            " decisions.yaml that they are two: 'Bo Li'"
        )
    ]
    assert [fact.value.text for fact in snapshot.all_facts()] == ["baker"]


def test_load__two_profiles_of_one_organisation_are_put_together(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "k",
        orgs__a=profile("organization", "Acme", "aliases: [Acme Inc]", "type: company"),
        orgs__b=profile("organization", "acme", "aliases: [ACM]", "type: lab"),
    )
    _, snapshot = loaded(folder, tmp_path / "d")
    acme = snapshot.entity_by_slug("organization/acme")
    assert acme is not None
    assert (acme.name, acme.types) == ("Acme", ("company", "lab"))
    assert snapshot.names_of(acme.id) == ["Acme", "Acme Inc", "ACM"]


def test_load__slugs_that_meet_are_told_apart(tmp_path: Path) -> None:
    folder = write(tmp_path / "k", people__a=profile("person", "Bo Li", "knowsAbout: [C++, C plus plus, C, 'C#']"))
    _, snapshot = loaded(folder, tmp_path / "d")
    assert {entity.name: entity.slug for entity in snapshot.entities_of("topic")} == {
        "C": "topic/c",
        "C plus plus": "topic/c-plus-plus",
        "C++": "topic/c-plus-plus-2",
        "C#": "topic/c-sharp",
    }

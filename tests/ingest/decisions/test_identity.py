from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ingest.decisions.file import Judged, Named, record, same_or_different
from bot.ingest.decisions.identity import Claim, groups, open_questions, sort_claims
from bot.ingest.load import load
from bot.ingest.parsing import formats
from bot.store.snapshot import Snapshot
from tests.ingest.folders import loaded, profile, rows, write
from tests.ingest.saying import Saying

MAIL, SITE = "email:ada@example.org", "link:ada.example.org"


@pytest.fixture(autouse=True)
def _saying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READERS", (Saying(), *formats.READERS))


def claim(document: str, *marks: str, name: str = "ada king", raw: bool = True, aliases: Sequence[str] = ()) -> Claim:
    return Claim(document, raw, "person", name, frozenset([name, *aliases]), frozenset(marks))


def event(document: str, when: str | None = None, *marks: str, raw: bool = True) -> Claim:
    return replace(claim(document, *marks, name="spring fair", raw=raw), kind="event", when=when)


def judged(*decisions: tuple[str, str, bool]) -> Judged:
    return Judged(
        same_or_different("person", Named(name="Ada King", document=one), Named(name="Ada King", document=other),
                          same=same, by="", at="")
        for one, other, same in decisions
    )  # fmt: skip


def together(claims: Sequence[Claim], judgements: Judged | None = None) -> list[str]:
    """The documents of each group, written together."""
    ordered = sort_claims(claims)
    return ["".join(ordered[place].document for place in part) for part in groups(ordered, judgements or Judged())]


def asked(claims: Sequence[Claim], judgements: Judged | None = None) -> list[tuple[int, int]]:
    ordered, judgements = sort_claims(claims), judgements or Judged()
    return open_questions(ordered, groups(ordered, judgements), judgements)


def test_groups__a_name_alone_proves_nothing() -> None:
    claims = [claim("a", MAIL), claim("b", SITE), claim("c")]
    assert together(claims) == ["a", "b", "c"]
    assert asked(claims) == [(0, 1), (0, 2), (1, 2)]


def test_groups__proof_reaches_from_one_to_the_next() -> None:
    claims = [claim("a", MAIL), claim("b", SITE), claim("c", MAIL, SITE), claim("d")]
    assert together(claims) == ["abc", "d"]
    assert asked(claims) == [(0, 1)]


def test_groups__proof_needs_a_name_in_common() -> None:
    claims = [claim("a", MAIL), claim("b", MAIL, name="bo li")]
    assert (together(claims), asked(claims)) == (["a", "b"], [])
    assert together([claim("a", MAIL), claim("b", MAIL, name="a king", aliases=["ada king"])]) == ["ab"]


def test_groups__what_was_decided_counts_more_than_proof() -> None:
    claims = [claim("a", MAIL), claim("b", MAIL), claim("c")]
    decided = judged(("a", "b", False), ("b", "c", True))
    assert together(claims, decided) == ["a", "bc"]
    assert asked(claims, decided) == []


def test_groups__proof_never_joins_what_was_said_to_differ() -> None:
    claims = [claim("a", MAIL), claim("b", SITE), claim("c", MAIL, SITE)]
    assert together(claims, judged(("a", "b", False))) in (["ac", "b"], ["a", "bc"])


def test_groups__the_later_decision_counts() -> None:
    claims = [claim("a"), claim("b")]
    assert together(claims, judged(("a", "b", True), ("a", "b", False))) == ["a", "b"]
    assert together(claims, judged(("a", "b", False), ("b", "a", True))) == ["ab"]


def test_groups__two_profiles_are_never_one() -> None:
    claims = [claim("a", MAIL, raw=False), claim("b", MAIL, raw=False, name="a king", aliases=["ada king"])]
    assert (together(claims), asked(claims)) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("claims", "parts"),
    [
        ([event("a", "2019-05"), event("b", "2019-05-04")], ["ab"]),
        ([event("a", "2019"), event("b", "2021")], ["a", "b"]),
        ([event("a", "2019", SITE), event("b", "2021", SITE)], ["ab"]),
        ([event("a", "2019", raw=False), event("b", "2021", raw=False)], ["ab"]),
        ([event("a", "2019"), event("b")], ["ab"]),
        ([event("a"), event("b")], ["ab"]),
        ([event("a", "2019"), event("b", "2021"), event("c")], ["a", "b", "c"]),
    ],
)
def test_groups__dates_tell_events_apart(claims: list[Claim], parts: list[str]) -> None:
    assert together(claims) == parts
    assert asked(claims) == []


# In a folder


def say(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.say").write_text(text, encoding="utf-8")
    return folder


def people(snapshot: Snapshot) -> dict[str, list[str]]:
    """What is stated of each person."""
    found: dict[str, list[str]] = {person.slug: [] for person in snapshot.entities_of("person")}
    for fact in snapshot.all_facts():
        found[fact.subject.slug].append(fact.value.text)
    return found


def test_load__two_documents_about_one_name_are_kept_apart(tmp_path: Path) -> None:
    folder = say(tmp_path / "k", a="is person Ada King\njobTitle Baker\n", b="is person Ada King\njobTitle Diver\n")
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert people(snapshot) == {"person/ada-king": ["Baker"], "person/ada-king-2": ["Diver"]}
    assert (outcome.problems, outcome.conflicts) == ((), ())
    (question,) = outcome.undecided
    assert (question.name, question.documents, question.other_documents) == ("Ada King", ("a.say",), ("b.say",))


def test_load__a_shared_address_puts_them_together(tmp_path: Path) -> None:
    folder = say(
        tmp_path / "k",
        a="is person Ada King\njobTitle Baker\nsameAs https://www.example.org/Ada/\n",
        b="is person Ada King | A. King\nknowsAbout Bees\nsameAs http://example.org/ada#top\n",
    )
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert list(people(snapshot)) == ["person/ada-king"]
    assert outcome.undecided == ()


def test_load__a_profile_keeps_its_name_and_takes_what_is_proved(tmp_path: Path) -> None:
    folder = say(
        tmp_path / "k", a="is person Ada King\njobTitle Diver\n", b="is person Ada King\nemail a@example.org\n"
    )
    write(folder, people__ada=profile("person", "Ada King", "jobTitle: Baker", "email: A@example.org"))
    _, snapshot = loaded(folder, tmp_path / "d")
    assert people(snapshot) == {
        "person/ada-king": ["Baker", "A@example.org", "a@example.org"],
        "person/ada-king-2": ["Diver"],
    }


def test_load__what_a_maintainer_said_it_is_about(tmp_path: Path) -> None:
    folder = say(tmp_path / "k", a="jobTitle Diver\n", b="is person Ada King\njobTitle Cook\n")
    write(folder, people__ada=profile("person", "Ada King", "jobTitle: Baker"))
    (folder / "a.say.about.yaml").write_text("about: Ada King\n")
    _, snapshot = loaded(folder, tmp_path / "d")
    assert people(snapshot) == {"person/ada-king": ["Baker", "Diver"], "person/ada-king-2": ["Cook"]}


def test_load__mentions_of_an_undecided_name_are_told(tmp_path: Path) -> None:
    folder = say(
        tmp_path / "k",
        a="is person Ada King\njobTitle Baker\n",
        b="is person Ada King\ncolleague Ada King\n",
        c="is event Fair\nperformer Ada King\n",
    )
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert [str(problem) for problem in outcome.problems] == [
        (
            "c.say:2: performer: several have this name: person/ada-king, person/ada-king-2; "
            "if they are one, say so in whoswho review: 'Ada King'"
        )
    ]
    (fact,) = [fact for fact in snapshot.all_facts() if fact.property == "colleague"]
    assert (fact.subject.slug, fact.value.entity and fact.value.entity.slug) == ("person/ada-king-2",) * 2


def decide(folder: Path, one: str, other: str, *, same: bool) -> None:
    named = [Named(name="Ada King", document=document) for document in (one, other)]
    record([folder], [same_or_different("person", *named, same=same, by="ines", at="2024-05-01", why="I asked her")])


def test_load__a_decision_is_kept_and_can_be_taken_back(tmp_path: Path) -> None:
    folder, data = tmp_path / "k", tmp_path / "d"
    say(folder, a="is person Ada King\nbirthDate 1815\n", b="is person Ada King\nbirthDate 1816\n")
    load([folder], data)
    decide(folder, "b.say", "a.say", same=True)
    outcome, snapshot = loaded(folder, data)
    assert (outcome.read_documents, outcome.undecided) == (0, ())
    assert people(snapshot) == {"person/ada-king": ["1815", "1816"]}
    assert [conflict.property for conflict in outcome.new_conflicts] == ["born"]
    assert load([folder], data).nothing_loaded
    decide(folder, "a.say", "b.say", same=False)
    outcome, snapshot = loaded(folder, data)
    assert (len(people(snapshot)), outcome.undecided, outcome.conflicts) == (2, (), ())
    (folder / "decisions.yaml").unlink()
    assert len(load([folder], data).undecided) == 1


def test_load__two_profiles_of_one_name_may_be_said_to_differ(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "k",
        a=profile("person", "Ada King", "jobTitle: Baker"),
        b=profile("person", "Ada King", "jobTitle: Diver"),
    )
    assert [problem.document for problem in load([folder], tmp_path / "d").problems] == ["b.md"]
    decide(folder, "a.md", "b.md", same=False)
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert outcome.problems == ()
    assert people(snapshot) == {"person/ada-king": ["Baker"], "person/ada-king-2": ["Diver"]}


def test_load__an_edit_that_proves_more_changes_who_is_who(tmp_path: Path) -> None:
    folder, data = tmp_path / "k", tmp_path / "d"
    say(folder, a="is person Ada King\nemail a@example.org\n", b="is person Ada King\njobTitle Diver\n")
    load([folder], data)
    say(folder, b="is person Ada King\njobTitle Diver\nemail a@example.org\n")
    _, snapshot = loaded(folder, data)
    assert list(people(snapshot)) == ["person/ada-king"]


def test_load__events_of_one_name_and_two_dates(tmp_path: Path) -> None:
    folder = say(
        tmp_path / "k",
        a="is event Spring Fair\nstartDate 2019-05-04\nlocation Hall\n",
        b="is event Spring Fair\nstartDate 2021-05-02\nlocation Barn\n",
    )
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert outcome.conflicts == ()
    assert {row["subject"]["id"] for row in rows(tmp_path / "d")} == {"event/spring-fair", "event/spring-fair-2"}
    assert snapshot.entity_by_slug("event/spring-fair-2") is not None

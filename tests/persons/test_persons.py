"""What members of a small rowing club may see and do about what is recorded of them."""

import json
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import export_rows
from bot.assistant import Assistant
from bot.ingest.load import load
from bot.librarian import Actor, Librarian
from bot.memory import Remembered
from bot.model.audience import EVERYBODY, Asker, Membership
from bot.persons.persons import Persons, Said
from bot.rights import Rights
from bot.settings import Settings
from bot.store.state.records import Plea
from bot.terminal.rows import to_json
from tests.ingest.folders import profile, write

# Members have ids as long as those of Discord, so that none stands in a time or in an id drawn at random by chance.
ADMIN, MEMBER, OTHER, SERVER = Actor(11, 7), 550_000_000_000_000_055, 660_000_000_000_000_066, 7
LOG = """\
# Log of the club

Orla Fenn rowed across the lake in the fog.

- 2019: The boathouse was painted
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    orla = profile(
        "person", "Orla Fenn", "aliases: [oarla]", "source: register", "jobTitle: cox", "email: orla@row.example",
    )  # fmt: skip
    tobin = profile("person", "Tobin Marsh", "source: register", "jobTitle: stroke", "colleague: Orla Fenn")
    regatta = profile("event", "Lake Regatta", "source: register", "startDate: 2019-06-01", "performer: Orla Fenn")
    sources = "register: {title: Register of members, date: 2020}\n"
    knowledge = write(tmp_path / "k", sources=sources, cox=orla, tobin=tobin, regatta=regatta, log=LOG)
    settings = Settings(knowledge=(knowledge,), data=tmp_path / "d")
    load(settings.knowledge, settings.data)
    return settings


@pytest.fixture
def persons(settings: Settings, remembered: Remembered, librarian: Librarian, rights: Rights) -> Persons:
    return Persons(settings, remembered, librarian, rights)


@pytest_asyncio.fixture
async def orla(persons: Persons) -> int:
    """A member whom an admin linked."""
    said, entity = await persons.link(MEMBER, "oarla", ADMIN)
    assert said is Said.DONE
    assert entity is not None
    assert entity.name == "Orla Fenn"
    return MEMBER


def told(settings: Settings) -> str:
    """Every fact that is told."""
    return "\n".join(map(to_json, export_rows(settings)))


async def answered(settings: Settings, question: str) -> str:
    assistant = await Assistant.resume(settings)
    try:
        return (await assistant.ask(question)).text
    finally:
        await assistant.close()


async def test_mine__everything_with_its_source(persons: Persons, orla: int) -> None:
    written = (await persons.mine(orla)).written
    assert written is not None
    facts = {(fact.subject.name, fact.property, fact.value.text, fact.source.title) for fact in written.facts}
    register = "Register of members"
    assert facts >= {
        ("Orla Fenn", "jobTitle", "cox", register),
        ("Orla Fenn", "email", "orla@row.example", register),
        ("Tobin Marsh", "colleague", "Orla Fenn", register),
        ("Lake Regatta", "performer", "Orla Fenn", register),
    }
    assert ("Tobin Marsh", "jobTitle", "stroke", register) not in facts
    assert [passage.document for passage in written.passages] == ["log.md"]
    assert written.addresses == ("orla@row.example", "oarla")


async def test_mine__of_nobody_in_the_documents(persons: Persons, orla: int) -> None:
    mine = await persons.mine(OTHER)
    assert (mine.link, mine.written, mine.hidden, mine.requests) == (None, None, False, ())


@pytest.mark.parametrize(("name", "said"), [("Nobody Known", Said.NOBODY), ("Lake Regatta", Said.NOBODY)])
async def test_link__only_to_a_person(persons: Persons, name: str, said: Said) -> None:
    assert await persons.link(MEMBER, name, ADMIN) == (said, None)
    assert await persons.claim(MEMBER, SERVER, name, "believe me") is said
    assert await persons.waiting(SERVER) == []


@pytest.mark.parametrize("name", ["fenn", "ORLA", "orla fenn"])
async def test_claim__by_a_first_or_last_name_in_any_letters(persons: Persons, name: str) -> None:
    assert await persons.claim(MEMBER, SERVER, name, "orla@row.example") is Said.ASKED
    assert [asked.name for asked in await persons.waiting(SERVER)] == ["Orla Fenn"]


async def test_link__not_to_one_of_two(persons: Persons, settings: Settings) -> None:
    names_orla(settings)
    assert (await persons.link(MEMBER, "oarla", ADMIN))[0] is Said.SEVERAL


def names_orla(settings: Settings) -> None:
    """Somebody else gets one of her names."""
    vera = profile("person", "Vera Oyle", "aliases: [oarla]", "source: register", "jobTitle: bow")
    write(settings.knowledge[0], vera=vera)
    load(settings.knowledge, settings.data)


async def test_claim__nothing_is_seen_before_an_admin_agrees(persons: Persons, remembered: Remembered) -> None:
    assert await persons.claim(MEMBER, SERVER, "Orla Fenn", "orla@row.example") is Said.ASKED
    assert (await persons.mine(MEMBER)).written is None
    assert await persons.hide(MEMBER, SERVER, for_good=False) is Said.NOT_LINKED
    assert await persons.dispute(MEMBER, SERVER, "x", "y") is Said.NOT_LINKED
    (asked,) = await persons.waiting(SERVER)
    assert (asked.plea, asked.name, asked.words) == (Plea.LINK, "Orla Fenn", "orla@row.example")
    assert await persons.decide(asked, ADMIN, yes=True)
    assert not await persons.decide(asked, ADMIN, yes=False)
    mine = await persons.mine(MEMBER)
    assert mine.written is not None
    assert [one.outcome for one in mine.requests] == ["granted"]
    deeds = await (await remembered.state()).audit.latest()
    assert [(deed.action, deed.outcome, deed.actor) for deed in deeds] == [("asked_link", "done", 11)]


async def test_claim__refused(persons: Persons) -> None:
    await persons.claim(MEMBER, SERVER, "Orla Fenn", "trust me")
    (asked,) = await persons.waiting(SERVER)
    await persons.decide(asked, ADMIN, yes=False)
    mine = await persons.mine(MEMBER)
    assert (mine.written, [one.outcome for one in mine.requests]) == (None, ["refused"])


async def test_waiting__each_server_its_own_and_what_was_asked_directly(persons: Persons) -> None:
    await persons.claim(MEMBER, SERVER, "Orla Fenn", "a")
    await persons.claim(OTHER, None, "Tobin Marsh", "b")
    assert [one.member for one in await persons.waiting(SERVER)] == [MEMBER, OTHER]
    assert [one.member for one in await persons.waiting(8)] == [OTHER]
    assert [one.member for one in await persons.waiting(None)] == [MEMBER, OTHER]


async def test_requests__of_one_member_are_bounded(persons: Persons, orla: int) -> None:
    for number in range(20):
        assert await persons.dispute(orla, SERVER, f"fact {number}", "no") is Said.ASKED
    assert await persons.dispute(orla, SERVER, "fact 20", "no") is Said.TOO_MANY
    assert await persons.dispute(orla, SERVER, "fact 3", "really not") is Said.ASKED
    assert len(await persons.waiting(SERVER)) == 20


async def test_hide__at_once_and_shown_again(persons: Persons, settings: Settings, orla: int) -> None:
    assert "cox" in await answered(settings, "What does Orla Fenn do?")
    assert await persons.hide(orla, SERVER, for_good=False) is Said.DONE
    assert "Orla" not in told(settings)
    assert "oarla" not in told(settings)
    assert "Tobin Marsh" in told(settings)
    assert "cox" not in await answered(settings, "What does Orla Fenn do?")
    assert (await persons.mine(orla)).hidden
    assert await persons.hide(orla, SERVER, for_good=False) is Said.ALREADY
    load(settings.knowledge, settings.data)
    assert "Orla" not in told(settings)
    assert await persons.show(orla) is Said.DONE
    assert "cox" in await answered(settings, "What does Orla Fenn do?")
    assert (await persons.mine(orla)).written is not None
    assert await persons.waiting(SERVER) == []
    assert await persons.show(orla) is Said.ALREADY


async def test_hide__over_and_over(persons: Persons, settings: Settings, orla: int) -> None:
    for _ in range(2):
        assert await persons.hide(orla, SERVER, for_good=False) is Said.DONE
        assert await persons.show(orla) is Said.DONE
    assert await persons.hide(orla, SERVER, for_good=False) is Said.DONE
    assert await persons.show(orla) is Said.TOO_SOON
    assert "Orla" not in told(settings)


async def test_hide__is_told_and_an_admin_may_undo_it(persons: Persons, settings: Settings, orla: int) -> None:
    await persons.hide(orla, SERVER, for_good=False)
    (asked,) = await persons.waiting(SERVER)
    assert asked.plea is Plea.HIDE
    await persons.decide(asked, ADMIN, yes=False)
    assert "Orla Fenn" in told(settings)
    assert not (await persons.mine(orla)).hidden


async def test_hide__waits_where_another_has_the_name(persons: Persons, settings: Settings, orla: int) -> None:
    names_orla(settings)
    assert await persons.hide(orla, SERVER, for_good=False) is Said.ASKED
    assert "Orla Fenn" in told(settings)
    assert "Vera Oyle" in told(settings)
    (asked,) = await persons.waiting(SERVER)
    await persons.decide(asked, ADMIN, yes=True)
    assert "Orla Fenn" not in told(settings)
    assert (await persons.mine(orla)).hidden


async def test_remove__hidden_at_once_gone_for_good_when_an_admin_agrees(
    persons: Persons, settings: Settings, remembered: Remembered, orla: int
) -> None:
    assert await persons.hide(orla, SERVER, for_good=True, why="I moved away") is Said.DONE
    assert "Orla" not in told(settings)
    (asked,) = await persons.waiting(SERVER)
    assert (asked.plea, asked.words) == (Plea.REMOVE, "I moved away")
    await persons.decide(asked, ADMIN, yes=True)
    assert await persons.show(orla) is Said.ALREADY
    mine = await persons.mine(orla)
    assert (mine.link, mine.hidden, mine.requests) == (None, False, ())
    load(settings.knowledge, settings.data)
    assert "Orla" not in told(settings)
    files = {file for file in settings.data.rglob("*") if file.is_file()}
    named = [file.name for file in files if b"orla" in file.read_bytes().lower()]
    assert named == []  # the audit list and the requests included
    deeds = await (await remembered.state()).audit.latest()
    assert ("forget", "done", 11) in [(deed.action, deed.outcome, deed.actor) for deed in deeds]


async def test_remove__asked_for_after_hiding(persons: Persons, orla: int) -> None:
    await persons.hide(orla, SERVER, for_good=False)
    assert await persons.hide(orla, SERVER, for_good=True) is Said.DONE
    assert [(one.plea, one.name) for one in await persons.waiting(SERVER)] == [
        (Plea.HIDE, "Orla Fenn"),
        (Plea.REMOVE, "Orla Fenn"),
    ]
    await persons.show(orla)
    assert await persons.waiting(SERVER) == []


async def test_remove__refused_stays_hidden_until_the_member_shows_it(
    persons: Persons, settings: Settings, orla: int
) -> None:
    await persons.hide(orla, SERVER, for_good=True)
    (asked,) = await persons.waiting(SERVER)
    await persons.decide(asked, ADMIN, yes=False)
    assert "Orla" not in told(settings)
    await persons.show(orla)
    assert "Orla Fenn" in told(settings)


async def test_remove__where_another_has_the_name_an_admin_does_it(
    persons: Persons, settings: Settings, orla: int
) -> None:
    names_orla(settings)
    assert await persons.hide(orla, SERVER, for_good=True) is Said.ASKED
    (asked,) = await persons.waiting(SERVER)
    await persons.decide(asked, ADMIN, yes=True)
    assert "Orla Fenn" not in told(settings)
    assert await persons.show(orla) is Said.ALREADY


async def test_unlink__what_was_hidden_by_a_wrong_link_is_back(persons: Persons, settings: Settings, orla: int) -> None:
    await persons.hide(orla, SERVER, for_good=False)
    assert await persons.unlink(orla, ADMIN) is Said.DONE
    assert await persons.unlink(orla, ADMIN) is Said.NOT_LINKED
    assert "Orla Fenn" in told(settings)
    assert (await persons.mine(orla)).link is None


async def test_export__all_of_it_and_nobody_else_s(persons: Persons, remembered: Remembered, orla: int) -> None:
    state = await remembered.state()
    await state.gaps.note("who steers {person}", "nothing_recorded", orla)
    await state.votes.cast("She steers.", "jobTitle", orla, good=True)
    await persons.dispute(orla, SERVER, "Orla Fenn, occupation: cox", "I row now")
    await persons.claim(OTHER, SERVER, "Tobin Marsh", "hush")
    exported = json.loads(json.dumps(await persons.export(orla)))
    assert exported["documents"]["names"] == ["Orla Fenn", "oarla"]
    assert {fact["property"] for fact in exported["documents"]["facts"]} >= {
        "jobTitle",
        "email",
        "colleague",
        "performer",
    }
    assert exported["documents"]["facts"][0]["source"]["title"] == "Register of members"
    assert (exported["bot"]["gaps_counted"], exported["bot"]["votes_counted"]) == (1, 1)
    assert [row["entity"] for row in exported["bot"]["member_link"]] == ["person/orla-fenn"]
    assert [row["words"] for row in exported["bot"]["request"]] == ["I row now"]
    assert "hush" not in json.dumps(exported)


async def test_export__of_an_admin_names_no_member(persons: Persons, orla: int) -> None:
    assert ADMIN.member is not None
    exported = await persons.export(ADMIN.member)
    assert [row["entity"] for row in exported["bot"]["member_link"]] == ["person/orla-fenn"]
    assert [row["action"] for row in exported["bot"]["audit"]] == ["link"]
    assert str(orla) not in json.dumps(exported["bot"])


async def test_forget__the_link_the_requests_and_who_hid(
    persons: Persons, settings: Settings, remembered: Remembered, orla: int
) -> None:
    await persons.hide(orla, SERVER, for_good=False)
    await (await remembered.state()).votes.cast("She steers.", "jobTitle", orla, good=True)
    assert await persons.forget(orla) == 4
    exported = await persons.export(orla)
    assert exported["bot"] == {"gaps_counted": 0, "votes_counted": 0}
    assert "Orla" not in told(settings)
    assert await persons.show(orla) is Said.ALREADY


async def test_limited__seen_and_decided_by_those_who_may(persons: Persons, settings: Settings, orla: int) -> None:
    home = 900_000_000_000_000_001
    board = Asker((Membership(home, frozenset({"Board"})),))
    (settings.knowledge[0] / "audiences.yaml").write_text(f"board: {{server: '{home}', roles: [Board]}}\n")
    purse = ["source: register", "award: {name: Golden Oar, audience: board}"]
    pim = ["source: register", "audience: board", "jobTitle: auditor"]
    write(settings.knowledge[0], cox=profile("person", "Orla Fenn", *purse), pim=profile("person", "Pim Vane", *pim))
    load(settings.knowledge, settings.data)
    seen = {}
    for name, asker in (("everybody", EVERYBODY), ("board", board)):
        written = (await persons.mine(orla, asker)).written
        assert written is not None
        seen[name] = {fact.value.text for fact in written.facts}
    assert ("Golden Oar" in seen["everybody"], "Golden Oar" in seen["board"]) == (False, True)
    assert "Golden Oar" not in json.dumps(await persons.export(orla))
    assert await persons.claim(OTHER, None, "Pim Vane", "x") is Said.NOBODY
    assert await persons.claim(OTHER, None, "Pim Vane", "x", board) is Said.ASKED
    assert (await persons.waiting(home), await persons.waiting(SERVER)) == ([], [])
    assert [one.name for one in await persons.waiting(None)] == ["Pim Vane"]
    assert await persons.claim(OTHER, home, "Pim Vane", "x", board) is Said.ASKED
    assert [one.name for one in await persons.waiting(home)] == ["Pim Vane"]
    assert await persons.waiting(SERVER) == []
    assert (await persons.link(OTHER, "Pim Vane", Actor(12, SERVER)))[0] is Said.NOBODY
    assert (await persons.link(OTHER, "Pim Vane", Actor(12, home)))[0] is Said.DONE

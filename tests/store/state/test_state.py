from datetime import timedelta

from bot.store.state.records import Deed, MemberLink, SnapshotChange, Votes
from bot.store.state.state import State
from bot.store.tombstones import hashes_of, key_mark
from tests.store.state.conftest import Clock

ADMIN, MEMBER = 111_222_333_444_555_666, 999_888_777_666_555_444


async def test_votes__one_a_member_and_answer(state: State) -> None:
    await state.votes.cast("She works there.", "worksFor", MEMBER, good=True)
    await state.votes.cast("She works there.", "worksFor", MEMBER, good=False)
    await state.votes.cast("She works there.", "worksFor", ADMIN, good=True)
    await state.votes.cast("In May.", "startDate", MEMBER, good=True)
    assert await state.votes.by_topic(30) == [Votes("worksFor", 1, 1), Votes("startDate", 1, 0)]


async def test_audit__newest_first_and_server_by_server(state: State, clock: Clock) -> None:
    await state.audit.add("reload", "done", actor=ADMIN, server=7, detail="0002")
    first = clock.now
    clock.pass_days(1)
    await state.audit.add("rollback", "refused", actor=MEMBER)
    later = Deed(clock.now, MEMBER, None, "rollback", "refused", "")
    earlier = Deed(first, ADMIN, 7, "reload", "done", "0002")
    assert await state.audit.latest() == [later, earlier]
    assert await state.audit.latest(server=7) == [earlier]
    assert await state.audit.latest(limit=1) == [later]


async def test_history__of_the_snapshots_that_are_asked_for(state: State, clock: Clock) -> None:
    change = SnapshotChange("0002-ab", clock.now, ADMIN, "load", 3, 2, 1, 0, 1.5)
    await state.history.add(change)
    await state.history.add(SnapshotChange("0003-cd", clock.now, None, "load"))
    assert await state.history.of(["0002-ab", "0001-ff"]) == [change]


async def test_removals__each_is_taken_back_by_itself(state: State) -> None:
    id_ = await state.removals.add(["Jane Doe", "J. Doe"], ADMIN)
    gone = await state.removals.all()
    mark = {key_mark(state.secret.key())}
    assert hashes_of(state.secret.key(), ("Jane Doe", "J. Doe")) | mark == gone
    other = await state.removals.add(["Jane Doe"], ADMIN)
    assert await state.removals.of("JANE  doe") == sorted([id_, other])
    assert await state.removals.take_back(id_)
    assert not await state.removals.take_back(id_)
    assert await state.removals.all() == hashes_of(state.secret.key(), ["Jane Doe"]) | mark
    assert await state.removals.take_back(other)
    assert await state.removals.all() == frozenset()


async def test_links__a_new_one_replaces_the_old(state: State, clock: Clock) -> None:
    await state.links.put(MEMBER, "person/orla", ADMIN)
    await state.links.put(MEMBER, "person/tobin", None)
    assert await state.links.of(MEMBER) == MemberLink(MEMBER, "person/tobin", None, clock.now)
    assert await state.links.of(ADMIN) is None
    assert await state.links.forget_entity("person/tobin") == 1


async def test_forget_member__everything_but_what_they_did_as_an_admin(state: State) -> None:
    await state.gaps.note("who is {name}", "nobody_of_that_name", MEMBER)
    await state.votes.cast("In May.", "startDate", MEMBER, good=True)
    await state.links.put(MEMBER, "person/orla", ADMIN)
    await state.audit.add("reload", "done", actor=MEMBER)
    assert await state.forget_member(MEMBER) == 3
    assert await state.forget_member(MEMBER) == 0
    assert len(await state.audit.latest()) == 1


async def test_purge__each_in_its_time(state: State, clock: Clock) -> None:
    await state.gaps.note("who is {name}", "nobody_of_that_name", MEMBER)
    await state.votes.cast("In May.", "startDate", MEMBER, good=True)
    await state.audit.add("reload", "done", actor=ADMIN)
    await state.history.add(SnapshotChange("0002-ab", clock.now, ADMIN, "load"))
    await state.removals.add(["Jane Doe"], ADMIN)
    clock.pass_days(31)
    assert await state.purge(notes_days=30, audit_days=365) == 2
    clock.now += timedelta(days=335)
    assert await state.purge(notes_days=30, audit_days=365) == 2
    assert await state.removals.count() == 1

import os
from pathlib import Path

from bot.store.state.records import Gap
from bot.store.state.state import State
from tests.store.state.conftest import Clock

PATTERN = "when did {person} join {organization}"


async def test_note__shown_when_a_second_member_asks(state: State, clock: Clock) -> None:
    await state.gaps.note(PATTERN, "nothing_recorded", asker=1)
    await state.gaps.note(PATTERN, "nothing_recorded", asker=1)
    assert await state.gaps.most_asked(30) == []
    await state.gaps.note(PATTERN, "nothing_recorded", asker=2)
    assert await state.gaps.most_asked(30) == [Gap(PATTERN, "nothing_recorded", 3, 2, clock.now)]


async def test_note__the_words_of_one_member_are_nowhere(tmp_path: Path, clock: Clock) -> None:
    state = State(tmp_path, clock=clock)
    await state.gaps.note("what is the password of the attic", "not_understood", asker=8_123_456_789)
    await state.close()
    kept = b"".join((tmp_path / name).read_bytes() for name in os.listdir(tmp_path))
    assert b"not_understood" in kept
    assert b"attic" not in kept
    assert b"8123456789" not in kept


async def test_most_asked__most_members_first(state: State) -> None:
    for pattern, members in (("who repairs the boat", 2), ("who sings bass", 3)):
        for member in range(members):
            await state.gaps.note(pattern, "nothing_recorded", asker=member)
    assert [(gap.pattern, gap.askers) for gap in await state.gaps.most_asked(30)] == [
        ("who sings bass", 3),
        ("who repairs the boat", 2),
    ]


async def test_purge__old_gaps_are_gone(state: State, clock: Clock) -> None:
    for member in (1, 2):
        await state.gaps.note(PATTERN, "nothing_recorded", asker=member)
    clock.pass_days(29)
    assert await state.gaps.purge(30) == 0
    clock.pass_days(2)
    assert await state.gaps.most_asked(30) == []
    assert await state.gaps.purge(30) == 2
    await state.gaps.note(PATTERN, "nothing_recorded", asker=1)
    assert await state.gaps.most_asked(30) == []


async def test_forget_member__and_what_only_one_other_asked_is_hidden(state: State) -> None:
    for member in (1, 2):
        await state.gaps.note(PATTERN, "nothing_recorded", asker=member)
    assert await state.gaps.forget_member(2) == 1
    assert await state.gaps.most_asked(30) == []
    assert await state.gaps.forget_member(2) == 0


async def test_forget__what_names_somebody(state: State) -> None:
    for pattern in ("who is jane doe", "who is jane doerr"):
        for member in (1, 2):
            await state.gaps.note(pattern, "nobody_of_that_name", asker=member)
    assert await state.gaps.forget(lambda pattern: pattern.endswith("jane doe")) == 1
    assert [gap.pattern for gap in await state.gaps.most_asked(30)] == ["who is jane doerr"]

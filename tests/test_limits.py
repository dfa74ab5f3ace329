from hypothesis import given
from hypothesis import strategies as st

from bot.limits import MOST_BUCKETS, Limits, Rate

GENEROUS = Rate(1000, 0.001)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_take__a_burst_then_one_at_a_time() -> None:
    clock = Clock()
    limits = Limits(Rate(3, 10), GENEROUS, GENEROUS, clock)
    assert [limits.take(1, None) for _ in range(4)] == [0, 0, 0, 10]
    clock.now = 4
    assert limits.take(1, None) == 6
    clock.now = 10
    assert limits.take(1, None) == 0
    assert limits.take(1, None) == 10


def test_take__one_member_does_not_use_up_another() -> None:
    limits = Limits(Rate(1, 60), GENEROUS, GENEROUS, Clock())
    assert limits.take(1, 7) == 0
    assert limits.take(1, 7) == 60
    assert limits.take(2, 7) == 0


def test_take__a_server_and_everybody_have_their_own() -> None:
    limits = Limits(GENEROUS, Rate(2, 30), Rate(3, 5), Clock())
    assert [limits.take(member, 7) for member in (1, 2, 3)] == [0, 0, 30]
    assert limits.take(4, 8) == 0
    assert limits.take(5, None) == 5


def test_take__what_is_refused_costs_nothing() -> None:
    clock = Clock()
    limits = Limits(Rate(1, 10), GENEROUS, Rate(2, 1000), clock)
    assert limits.take(1, None) == 0
    assert [limits.take(1, None) for _ in range(5)] == [10] * 5
    assert limits.take(2, None) == 0


def test_take__a_clock_that_is_set_back_gives_nothing_away_and_takes_nothing() -> None:
    clock = Clock()
    clock.now = 1000
    limits = Limits(Rate(1, 10), GENEROUS, GENEROUS, clock)
    assert limits.take(1, None) == 0
    clock.now = 10
    assert limits.take(1, None) == 10
    clock.now = 20
    assert limits.take(1, None) == 0


def test_take__memory_is_bounded() -> None:
    limits = Limits(Rate(1, 10), GENEROUS, Rate(10**9, 1), Clock())
    for member in range(MOST_BUCKETS + 500):
        limits.take(member, None)
    assert len(limits._buckets) == MOST_BUCKETS


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(1, 3)), max_size=60))
def test_take__never_more_than_burst_plus_time(asked: list[tuple[float, int]]) -> None:
    clock = Clock()
    limits = Limits(Rate(5, 2), GENEROUS, GENEROUS, clock)
    allowed: dict[int, int] = {}
    for later, member in asked:
        clock.now += later
        if limits.take(member, None) == 0:
            allowed[member] = allowed.get(member, 0) + 1
    assert all(count <= 5 + clock.now / 2 + 1e-6 for count in allowed.values())

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.building.plan import KEPT, plan

_FACTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8)


def test_plan__every_kind_of_change() -> None:
    old = [(1, 10, 1), (2, 20, 2), (3, 30, 3)]
    new = [(1, 10, 11), (2, 21, 12), (4, 40, 13)]
    result = plan(old, new)
    assert (result.added, result.changed, result.withdrawn) == ([13], [(2, 12)], [3])
    assert result.totals == {"added": 1, "changed": 1, "withdrawn": 1}


def test_plan__counts_beyond_what_it_names() -> None:
    result = plan([], [(number, number, number) for number in range(KEPT + 5)])
    assert (len(result.added), result.totals["added"]) == (KEPT, KEPT + 5)


@given(_FACTS, _FACTS)
def test_plan__accounts_for_every_fact(old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
    before = sorted((statement, whole, number) for number, (statement, whole) in enumerate(old))
    after = sorted((statement, whole, number) for number, (statement, whole) in enumerate(new))
    result = plan(before, after)
    same = sum((Counter(old) & Counter(new)).values())
    assert same + len(result.changed) + len(result.withdrawn) == len(old)
    assert same + len(result.changed) + len(result.added) == len(new)
    assert all(old[one][0] == new[other][0] for one, other in result.changed)

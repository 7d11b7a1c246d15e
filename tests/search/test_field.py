import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerforge.search.field import LINEAGE_SHARE, best_places

BRANCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=150)


def plainly(values, lineages, size):
    """Goes down by value, passes those whose lineage has its share, and comes back to them."""
    order = sorted(range(len(values)), key=lambda at: (-values[at], at))
    taken, passed, of = [], [], {}
    for at in order:
        of[lineages[at]] = of.get(lineages[at], 0) + 1
        (taken if of[lineages[at]] - 1 < size * LINEAGE_SHARE else passed).append(at)
    return sorted([*taken, *passed][:size])


@given(BRANCHES, st.sampled_from([1, 4, 16, 32]))
def test_the_field_is_what_one_would_pick_by_hand(branches, size):
    values = np.array([float(value) for value, _ in branches])
    lineages = np.array([lineage for _, lineage in branches], dtype=np.int64)
    assert best_places(values, lineages, size=size).tolist() == plainly(values, lineages, size)


@pytest.mark.parametrize("lineages", [1, 3, 500])
def test_what_is_looked_at_first_does_not_change_what_is_picked(lineages):
    rng = np.random.default_rng(lineages)
    values = rng.normal(size=4000)
    of = rng.integers(0, lineages, 4000)
    assert best_places(values, of, size=32).tolist() == plainly(values, of, 32)

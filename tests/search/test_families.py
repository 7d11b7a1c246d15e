import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layerforge.search.families import families_of

BRANCHES = st.lists(st.tuples(st.integers(1, 9), st.integers(-5, 5)), min_size=1, max_size=40)


@given(BRANCHES)
def test_each_family_by_itself_gives_the_same(branches):
    lineages = [lineage for lineage, _ in branches]
    merits = np.array([float(merit) for _, merit in branches])
    families = families_of(np.array(lineages))
    order = list(dict.fromkeys(lineages))  # by their first branch
    assert families.count == len(order)
    best, total = families.best(merits), families.total(merits)
    for number, lineage in enumerate(order):
        places = [place for place, one in enumerate(lineages) if one == lineage]
        assert families.members(number).tolist() == places
        top = sorted(merits[places], reverse=True)[:3]
        assert abs(best[number] - sum(top) / len(top)) < 1e-12
        assert abs(total[number] - merits[places].sum()) < 1e-12

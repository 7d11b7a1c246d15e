from __future__ import annotations

import numpy as np
import pytest

from layerforge.desktop.tree.layout import Layout, lay_out

#        0
#      / | \
#     1  2  5
#    / \  \
#   3   4  6
TREE = {0: None, 1: 0, 2: 0, 3: 1, 4: 1, 5: 0, 6: 2}


def found(layout: Layout) -> dict[int, tuple[float, int]]:
    return {
        int(one): (float(slot), int(depth))
        for one, slot, depth in zip(layout.ids, layout.slots, layout.depths, strict=True)
    }


def test_leaves_lie_side_by_side_and_parents_between_their_children() -> None:
    layout = lay_out(TREE, folded=())
    assert layout.leaves == 4
    assert found(layout) == {
        3: (0, 2),
        4: (1, 2),
        1: (0.5, 1),
        6: (2, 2),
        2: (2, 1),
        5: (3, 1),
        0: (1.75, 0),
    }
    assert (layout.first[0], layout.last[0]) == (0.5, 3.0)
    assert np.isnan(layout.first[layout.places[5]])


def test_what_is_folded_takes_no_room_and_is_counted() -> None:
    layout = lay_out(TREE, folded={1, 5})
    assert found(layout) == {1: (0, 1), 6: (1, 2), 2: (1, 1), 5: (2, 1), 0: (1.0, 0)}
    assert [int(layout.folded[layout.places[one]]) for one in (1, 5, 0)] == [2, 0, 0]
    deep = lay_out({0: None, 1: 0, 2: 1, 3: 2, 4: 3}, folded={1, 3})
    assert found(deep) == {0: (0, 0), 1: (0, 1)}
    assert int(deep.folded[1]) == 3


def test_paths_and_neighbours() -> None:
    layout = lay_out(TREE, folded={1})
    ids = layout.ids
    assert [int(ids[one]) for one in layout.path(6)] == [6, 2, 0]
    assert layout.path(3) == []
    one = layout.places[1]
    assert layout.beside(one, -1) is None
    following = layout.beside(one, 1)
    assert following is not None
    assert ids[following] == 2
    child = layout.below(following)
    assert child is not None
    assert ids[child] == 6
    assert layout.below(child) is None


@pytest.mark.parametrize("seed", range(4))
def test_nothing_overlaps_in_any_tree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parents: dict[int, int | None] = {0: None}
    for one in range(1, 400):
        parents[one] = int(rng.integers(max(0, one - 40), one))
    folded = {int(one) for one in rng.integers(1, 400, 12)}
    layout = lay_out(parents, folded=folded)
    spots = set(zip(layout.slots.tolist(), layout.depths.tolist(), strict=True))
    assert len(spots) == len(layout)
    assert len(layout) + int(layout.folded.sum()) == 400
    for place, above in enumerate(layout.above.tolist()):
        if place:
            assert layout.depths[place] == layout.depths[above] + 1
            assert layout.first[above] <= layout.slots[place] <= layout.last[above]
    for depth in range(layout.deepest + 1):
        row = np.sort(layout.slots[layout.depths == depth])
        assert (np.diff(row) >= 1.0).all()

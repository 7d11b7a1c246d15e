from __future__ import annotations

from collections import Counter

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.search.below import Below
from layerforge.search.frontier import RandomFrontier
from layerforge.search.tree import Tree


def tree_of(parents: dict[int, int]) -> Tree:
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for one, parent in parents.items():
        vector = np.zeros(8, dtype=np.float32)
        vector[one % 8] = 1.0
        tree.add(one, parent=parent, value=one / 10, embedding=vector)
    return tree


def picked(below: Below, tree: Tree, count: int = 300) -> Counter[int]:
    rng = np.random.default_rng(1)
    return Counter(below.pick(tree, rng=rng) for _ in range(count))


def test_only_heads_and_what_is_below_are_grown() -> None:
    tree = tree_of({1: 0, 2: 0, 3: 1, 4: 2, 5: 3})
    below = Below((1,), temperature=0.9, others=RandomFrontier())
    assert set(picked(below, tree)) == {1, 3, 5}
    vector = np.ones(8, dtype=np.float32) / np.sqrt(8).astype(np.float32)
    tree.add(6, parent=5, value=0.1, embedding=vector)
    tree.add(7, parent=4, value=9.0, embedding=vector)
    assert set(picked(below, tree)) == {1, 3, 5, 6}
    tree.set_statuses({3: "killed"})
    assert set(picked(below, tree)) == {1}


def test_good_ones_and_untried_ones_come_first() -> None:
    tree = tree_of({1: 0, 2: 1, 3: 1})
    below = Below((1,), temperature=0.3, others=RandomFrontier())
    assert picked(below, tree).most_common(1)[0][0] == 3
    tree.tries[3] = 500
    assert picked(below, tree).most_common(1)[0][0] == 2


def test_where_nothing_lives_all_is_grown_as_usual() -> None:
    tree = tree_of({1: 0, 2: 0})
    tree.set_statuses({1: "killed"})
    below = Below((1,), temperature=0.3, others=RandomFrontier())
    assert set(picked(below, tree)) == {ROOT, 2}

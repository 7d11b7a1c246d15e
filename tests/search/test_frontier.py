from collections import Counter

import numpy as np
import pytest

from layerforge.model.branch import ROOT
from layerforge.search.frontier import BestFirst, RandomFrontier, make_frontier, standardised
from layerforge.search.tree import Tree


def make_tree(values, *, parents=None, dim=8):
    """Branches 1, 2, … with these values; each a child of the root unless ``parents`` says."""
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    rng = np.random.default_rng(5)
    for place, value in enumerate(values):
        vector = rng.standard_normal(dim).astype(np.float32)
        vector /= np.linalg.norm(vector)
        parent = ROOT if parents is None else parents[place]
        tree.add(place + 1, parent=parent, value=value, embedding=vector)
    return tree


def picks(frontier, tree, count=400):
    rng = np.random.default_rng(11)
    return Counter(frontier.pick(tree, rng=rng) for _ in range(count))


@pytest.mark.parametrize("strategy", ["beam", "random"])
def test_an_empty_tree_grows_from_the_root(strategy):
    frontier = make_frontier(strategy, temperature=0.35, novelty_weight=0.3)
    assert set(picks(frontier, make_tree([]), 20)) == {ROOT}


@pytest.mark.parametrize("strategy", ["beam", "random"])
def test_killed_branches_and_all_below_them_never_grow(strategy):
    tree = make_tree([0.9, 0.8, 0.7, 0.6], parents=[ROOT, 1, 2, ROOT])
    tree.set_statuses({1: "killed"})
    chosen = picks(make_frontier(strategy, temperature=0.35, novelty_weight=0.3), tree)
    assert set(chosen) == {ROOT, 4}
    tree.set_statuses({})
    assert {1, 2, 3} & set(picks(RandomFrontier(), tree))


def test_the_random_control_ignores_values():
    chosen = picks(RandomFrontier(), make_tree([10.0, 0.0, 0.0, 0.0]), 5000)
    assert max(chosen.values()) < 1.15 * min(chosen.values())


def test_colder_means_greedier():
    tree = make_tree([0.2, 0.4, 0.6, 0.8, 1.0] * 4)
    share = {}
    for temperature in (0.05, 0.35, 0.95):
        chosen = picks(BestFirst(temperature=temperature, newcomers=0.0, wanted_lineages=1), tree)
        share[temperature] = sum(chosen[one] for one in (5, 10, 15, 20)) / sum(chosen.values())
    assert share[0.05] > 0.95 > share[0.35] > share[0.95]
    assert share[0.95] < 0.4  # a fifth of the branches are best: hot is near to even


def test_newcomers_keep_their_share_whatever_the_values():
    chosen = picks(BestFirst(newcomers=0.25), make_tree([1.0] * 30), 2000)
    assert chosen[ROOT] / 2000 == pytest.approx(0.25, abs=0.04)


def test_one_large_family_does_not_take_all_the_effort():
    # 30 equal branches of one lineage against two lineages of one branch each
    tree = make_tree([0.5] * 32, parents=[ROOT, *[1] * 29, ROOT, ROOT])
    chosen = picks(BestFirst(newcomers=0.0, wanted_lineages=1, novelty_weight=0.0), tree, 3000)
    small = chosen[31] + chosen[32]
    assert small / 3000 > 0.5  # two of three lineages, however many branches the third has


def test_effort_turns_to_others():
    tree = make_tree([0.5, 0.5])
    tree.tries[1] = 50
    chosen = picks(BestFirst(newcomers=0.0, wanted_lineages=1, novelty_weight=0.0), tree)
    assert chosen[2] > 2 * chosen[1]


def test_pinned_branches_grow_more():
    tree = make_tree([0.5] * 10)
    tree.set_statuses({3: "pinned"})
    chosen = picks(BestFirst(newcomers=0.0, wanted_lineages=1, novelty_weight=0.0), tree, 1000)
    others = (sum(chosen.values()) - chosen[3]) / 9
    assert chosen[3] > 2.5 * others


def test_novelty_counts_only_above_the_middle():
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    alike = np.eye(6, dtype=np.float32)[0]
    for place in range(8):
        tree.add(place + 1, parent=ROOT, value=1.0 if place < 4 else 0.0, embedding=alike)
    tree.add(9, parent=ROOT, value=1.0, embedding=np.eye(6, dtype=np.float32)[1])
    tree.add(10, parent=ROOT, value=0.0, embedding=np.eye(6, dtype=np.float32)[2])
    plain = BestFirst(novelty_weight=0.0).merit(tree.field())
    with_novelty = BestFirst(novelty_weight=1.0).merit(tree.field())
    assert with_novelty[8] > with_novelty[0]  # rare and good beats common and good
    assert with_novelty[9] == plain[9]  # rare and bad gains nothing


def test_standardised_has_mean_0_and_deviation_1():
    values = standardised(np.array([3.0, 5.0, 10.0]))
    assert values.mean() == pytest.approx(0.0)
    assert values.std() == pytest.approx(1.0)
    assert standardised(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]

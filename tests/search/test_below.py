from collections import Counter

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.search.proposal import Outcome, Proposal
from layerforge.search.strategies.below import Below
from layerforge.search.strategies.control import RandomFrontier
from tests.search.trees import make_tree


def picked(below, tree, *, temperature=0.9, count=300):
    rng = np.random.default_rng(1)
    return Counter(below.ask(tree, temperature=temperature, rng=rng) for _ in range(count))


def add(tree, branch_id, *, parent, value):
    vector = np.ones(8, dtype=np.float32) / np.sqrt(8).astype(np.float32)
    tree.add(branch_id, parent=parent, value=value, embedding=vector)


def outcome(kept, *, parent, origin):
    proposal = Proposal(parent=parent, steps=(), canvas=Canvas(width=9, height=9), origin=origin)
    return Outcome(proposal=proposal, kept=kept, gain=None)


def test_only_heads_and_what_is_below_are_grown():
    tree = make_tree([0.1, 0.2, 0.3, 0.4, 0.5], parents=[ROOT, ROOT, 1, 2, 3])
    below = Below((1,), others=RandomFrontier())
    assert set(picked(below, tree)) == {1, 3, 5}
    add(tree, 6, parent=5, value=0.1)
    add(tree, 7, parent=4, value=9.0)
    assert set(picked(below, tree)) == {1, 3, 5, 6}
    tree.set_statuses({3: "killed"})
    assert set(picked(below, tree)) == {1}


def test_variations_count_though_they_lie_beside():
    tree = make_tree([0.1, 0.2])
    below = Below((1,), others=RandomFrontier())
    add(tree, 3, parent=ROOT, value=0.3)
    add(tree, 4, parent=ROOT, value=0.3)
    below.tell(tree, [outcome(3, parent=ROOT, origin=1), outcome(4, parent=ROOT, origin=2)])
    below.tell(tree, [outcome(None, parent=ROOT, origin=1)])
    assert set(picked(below, tree)) == {1, 3}
    add(tree, 5, parent=3, value=0.3)
    assert set(picked(below, tree)) == {1, 3, 5}


def test_good_ones_and_untried_ones_come_first():
    tree = make_tree([0.1, 0.2, 0.3], parents=[ROOT, 1, 1])
    below = Below((1,), others=RandomFrontier())
    assert picked(below, tree, temperature=0.3).most_common(1)[0][0] == 3
    tree.tries[3] = 500
    assert picked(below, tree, temperature=0.3).most_common(1)[0][0] == 2


def test_where_nothing_lives_all_is_grown_as_usual():
    tree = make_tree([0.1, 0.2])
    tree.set_statuses({1: "killed"})
    assert set(picked(Below((1,), others=RandomFrontier()), tree)) == {ROOT, 2}

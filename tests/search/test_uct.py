"""Tree search against numbers worked out by hand."""

from collections import Counter

import numpy as np
import pytest

from layerforge.model.branch import ROOT
from layerforge.search.strategies.uct import TreeSearch, prospects
from tests.search.trees import make_tree


def asked(tree, *, temperature, count):
    rng, frontier = np.random.default_rng(0), TreeSearch()
    return Counter(frontier.ask(tree, temperature=temperature, rng=rng) for _ in range(count))


def grown(tree, efforts):
    """Candidates tried on branches, all turned away; so many from the root that it won't widen."""
    for one, count in efforts.items():
        for _ in range(count):
            tree.grow(one)
    tree.tries[ROOT] = 10**6
    return tree


@pytest.mark.parametrize(
    ("efforts", "taken"),
    [
        # C = 0.93 · 0.65 · 0.7 / 0.3 = 1.4105; ranks 1 and 0; N counts each branch itself
        ((3, 0), 1),  # 1 + C √(ln 6 / 4) = 1.944 against C √ln 6 = 1.888
        ((4, 0), 2),  # 1 + C √(ln 7 / 5) = 1.880 against C √ln 7 = 1.968
        ((9, 1), 1),  # 1 + C √(ln 13 / 10) = 1.714 against C √(ln 13 / 2) = 1.597
        ((20, 1), 2),  # 1 + C √(ln 24 / 21) = 1.549 against C √(ln 24 / 2) = 1.778
    ],
)
def test_the_better_of_two_is_left_where_its_upper_bound_falls_below_the_other_one(efforts, taken):
    tree = grown(make_tree([1.0, 0.0]), dict(zip((1, 2), efforts, strict=True)))
    assert set(asked(tree, temperature=0.7, count=20)) == {taken}


def test_prospects_are_half_the_mean_and_half_the_best_of_the_subtree():
    # values 0, 3, 1, 2 have ranks 0, 1, 1/3, 2/3; 2 and 3 lie below 1
    tree = make_tree([0.0, 3.0, 1.0, 2.0], parents=[ROOT, 1, 1, ROOT])
    found = prospects(tree)
    assert found[1] == pytest.approx(0.5 * (0 + 1 + 1 / 3) / 3 + 0.5 * 1)
    assert found[2] == pytest.approx(1.0)
    assert found[4] == pytest.approx(2 / 3)


def test_it_widens_slower_than_it_deepens():
    """Of n candidates about 2·n^0.6 start from the root: Coulom's progressive widening."""
    tree, frontier = make_tree([0.1 * place for place in range(10)]), TreeSearch()
    rng = np.random.default_rng(11)
    newcomers = 0
    for _ in range(1000):
        one = frontier.ask(tree, temperature=0.35, rng=rng)
        newcomers += one == ROOT
        tree.grow(one)
    assert newcomers == pytest.approx(2 * 1000**0.6, rel=0.05)

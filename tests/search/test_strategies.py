from collections import Counter

import numpy as np
import pytest

from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.search.proposal import Outcome, Proposal
from layerforge.search.strategies import STRATEGIES, make_frontier
from layerforge.search.strategies.auto import Mixed
from layerforge.search.strategies.beam import BestFirst, merit
from layerforge.search.strategies.control import RandomFrontier
from layerforge.search.strategies.elites import Elites
from layerforge.search.strategies.mates import mate_for
from layerforge.search.strategies.novelty import NoveltySearch
from layerforge.search.strategies.pinned import PinnedToo
from layerforge.search.strategies.swarm import Swarm
from layerforge.search.strategies.uct import TreeSearch
from layerforge.search.tree import Tree
from tests.search.trees import make_tree

BLANK = Canvas(width=300, height=300)
EYE = np.eye(6, dtype=np.float32)


def frontier_of(strategy):
    return make_frontier(strategy, novelty_weight=0.3, typical_distance=1.0)


def picks(frontier, tree, count=400, *, temperature=0.35, grow=False):
    rng = np.random.default_rng(11)
    chosen = Counter()
    for _ in range(count):
        one = frontier.ask(tree, temperature=temperature, rng=rng)
        chosen[one] += 1
        if grow:
            tree.grow(one)
    return chosen


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_an_empty_tree_grows_from_the_root(strategy):
    assert set(picks(frontier_of(strategy), make_tree([]), 20)) == {ROOT}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_killed_branches_and_all_below_them_never_grow(strategy):
    places = [(0.1 + 0.1 * place, 0.1 + 0.05 * place) for place in range(4)]
    tree = make_tree([0.9, 0.8, 0.7, 0.6], parents=[ROOT, 1, 2, ROOT], character=places)
    frontier = frontier_of(strategy)
    before = picks(frontier, tree, grow=True)
    assert {1, 2, 3} & set(before)
    tree.set_statuses({1: "killed"})
    assert set(picks(frontier, tree, grow=True)) == {ROOT, 4}
    tree.set_statuses({})
    assert {1, 2, 3} & set(picks(frontier, tree, grow=True))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_same_generator_and_tree_give_the_same_picks(strategy):
    character = [(0.03 * place, 0.1) for place in range(12)]
    parents = [ROOT, ROOT, 1, 1, 2, 3, ROOT, 7, 7, 8, 2, 1]
    first, second = (
        picks(frontier_of(strategy), make_tree(range(12), parents=parents, character=character))
        for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("strategy", [one for one in STRATEGIES if one != "random"])
def test_the_better_half_gets_most_of_the_effort(strategy):
    rng = np.random.default_rng(3)
    values = rng.permutation(np.linspace(-1.0, 1.0, 24))
    character = [(0.06 * (place % 8), 0.06 + 0.08 * (place // 8)) for place in range(24)]
    tree = make_tree(values, character=character)
    chosen = picks(frontier_of(strategy), tree, 600, grow=True)
    better = sum(count for one, count in chosen.items() if one != ROOT and values[one - 1] > 0)
    worse = sum(count for one, count in chosen.items() if one != ROOT and values[one - 1] < 0)
    assert better > 1.15 * worse


def shares(strategy, temperature, *, lineages=12, count=1200):
    """How many of the candidates each lineage gets that are not newcomers, best first."""
    character = [(0.06 * (place % 8), 0.06 + 0.08 * (place // 8)) for place in range(lineages)]
    tree = make_tree([0.2 * place for place in range(lineages, 0, -1)], character=character)
    chosen = picks(frontier_of(strategy), tree, count, temperature=temperature, grow=True)
    return np.array([chosen[one] for one in range(1, lineages + 1)]) / (count - chosen[ROOT])


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_at_temperature_1_all_get_alike(strategy):
    """With 1/12 each: off by at most four standard deviations of so many draws."""
    found = shares(strategy, 1.0)
    assert found.sum() == pytest.approx(1.0)
    draws = 1200 * 0.5  # at least so many are not newcomers
    assert np.abs(found - 1 / 12).max() < 4 * np.sqrt(1 / 12 * 11 / 12 / draws)


@pytest.mark.parametrize("strategy", [one for one in STRATEGIES if one != "random"])
def test_the_colder_the_more_goes_to_the_first_choice(strategy):
    first = [shares(strategy, temperature).max() for temperature in (0.0, 0.35, 1.0)]
    assert first[0] > first[2] + 0.03
    assert first[0] >= first[1] - 0.02
    assert first[1] > first[2]


def test_tree_search_at_temperature_0_follows_the_best_only():
    assert shares("tree", 0.0).tolist() == [1.0] + [0.0] * 11


def test_the_random_control_ignores_values():
    chosen = picks(RandomFrontier(), make_tree([10.0, 0.0, 0.0, 0.0]), 5000)
    assert max(chosen.values()) < 1.15 * min(chosen.values())


def test_colder_means_greedier():
    tree = make_tree([0.2, 0.4, 0.6, 0.8, 1.0] * 4)
    share = {}
    for temperature in (0.05, 0.35, 0.95):
        frontier = BestFirst(newcomers=0.0, wanted_lineages=1)
        chosen = picks(frontier, tree, temperature=temperature)
        share[temperature] = sum(chosen[one] for one in (5, 10, 15, 20)) / sum(chosen.values())
    assert share[0.05] > 0.95 > share[0.35] > share[0.95]
    assert share[0.95] < 0.4  # a fifth of the branches are best: hot is near to even


def test_newcomers_keep_their_share_whatever_the_values():
    chosen = picks(BestFirst(newcomers=0.25), make_tree([1.0] * 30), 2000)
    assert chosen[ROOT] / 2000 == pytest.approx(0.25, abs=0.04)


def test_one_large_family_does_not_take_all_the_effort():
    # 30 equal branches of one lineage against two lineages of one branch each
    tree = make_tree([0.5] * 32, parents=[ROOT, *[1] * 29, ROOT, ROOT])
    frontier = BestFirst(newcomers=0.0, wanted_lineages=1, novelty_weight=0.0)
    chosen = picks(frontier, tree, 3000)
    small = chosen[31] + chosen[32]
    assert small / 3000 > 0.5  # two of three lineages, however many branches the third has


def test_effort_turns_to_others():
    tree = make_tree([0.5, 0.5])
    tree.tries[1] = 50
    chosen = picks(BestFirst(newcomers=0.0, wanted_lineages=1, novelty_weight=0.0), tree)
    assert chosen[2] > 2 * chosen[1]


def test_novelty_counts_only_above_the_middle():
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for place in range(8):
        tree.add(place + 1, parent=ROOT, value=1.0 if place < 4 else 0.0, embedding=EYE[0])
    tree.add(9, parent=ROOT, value=1.0, embedding=EYE[1])
    tree.add(10, parent=ROOT, value=0.0, embedding=EYE[2])
    plain = merit(tree.field(), novelty_weight=0.0)
    with_novelty = merit(tree.field(), novelty_weight=1.0)
    assert with_novelty[8] > with_novelty[0]  # rare and good beats common and good
    assert with_novelty[9] == plain[9]  # rare and bad gains nothing


def test_pinned_branches_get_their_share_of_any_strategy():
    for others in (BestFirst(newcomers=0.0), TreeSearch(), Swarm()):
        tree = make_tree([0.5] * 10)
        tree.set_statuses({3: "pinned"})
        chosen = picks(PinnedToo(others, share=0.5), tree, 1000)
        assert chosen[3] / 1000 > 0.45


def test_in_a_swarm_the_best_group_gets_most_and_none_dies_out():
    # six lineages, one a group; the first is far better than the rest
    tree = make_tree([3.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    chosen = picks(Swarm(newcomers=0.0, novelty_weight=0.0), tree, 3000)
    assert chosen[1] / 3000 > 0.4
    for group in range(2, 7):  # half of the effort is shared evenly among six
        assert chosen[group] / 3000 > 0.5 / 6 * 0.8


def test_a_group_of_the_swarm_that_is_killed_gets_newcomers():
    tree = make_tree([1.0] * 6)
    tree.set_statuses({2: "killed"})
    chosen = picks(Swarm(newcomers=0.0), tree, 2000)
    assert chosen[ROOT] / 2000 > 0.5 / 6 * 0.8


def test_elites_grow_the_best_of_each_kind():
    # two cells: in each a better one and a worse one
    character = [(0.05, 0.1), (0.05, 0.1), (0.4, 0.25), (0.4, 0.25)]
    tree = make_tree([1.0, 0.2, 0.3, 0.9], character=character)
    elites = Elites(newcomers=0.0)
    assert set(picks(elites, tree, temperature=0.9)) == {1, 4}
    assert elites.coverage(tree) == pytest.approx(2 / 64)
    tree.add(5, parent=ROOT, value=2.0, embedding=EYE[:1, [0] * 8][0], character=(0.05, 0.1))
    assert set(picks(elites, tree, temperature=0.9)) == {5, 4}


def test_novelty_search_wants_rare_ones_that_beat_their_neighbours():
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    crowd = EYE[0] + 0.6 * np.random.default_rng(0).standard_normal((12, 6)).astype(np.float32)
    crowd[:, 1] = 0.0
    for place, vector in enumerate(crowd / np.linalg.norm(crowd, axis=1, keepdims=True)):
        tree.add(place + 1, parent=ROOT, value=0.5, embedding=vector)
    tree.add(13, parent=ROOT, value=0.6, embedding=EYE[1])  # rare, and better than the crowd
    chosen = picks(NoveltySearch(typical_distance=1.0, newcomers=0.0), tree)
    assert chosen.most_common(1)[0][0] == 13
    assert chosen[13] > 2 * chosen.most_common(2)[1][1]


def test_a_mixture_turns_to_the_strategy_that_succeeds():
    class Always:
        def __init__(self, parent):
            self.parent = parent

        def ask(self, tree, *, temperature, rng):
            return self.parent

        def tell(self, tree, outcomes):
            pass

    tree = make_tree([0.1, 0.2])
    mixed = Mixed([Always(1), Always(2)])
    rng = np.random.default_rng(4)
    late = Counter()
    for turn in range(300):
        parent = mixed.ask(tree, temperature=0.3, rng=rng)
        late[parent] += turn >= 150
        proposal = Proposal(parent=parent, steps=(), canvas=BLANK)
        won = parent == 2 and turn % 2 == 0
        mixed.tell(tree, [Outcome(proposal, kept=9 if won else None, gain=0.5 if won else None)])
    assert late[2] > 0.8 * 150
    assert late[1] > 0  # it is never written off


def test_a_mate_is_a_good_living_branch_of_another_lineage():
    tree = make_tree([0.9, 0.8, 0.1, 0.7], parents=[ROOT, 1, ROOT, ROOT])
    rng = np.random.default_rng(2)
    mates = Counter(mate_for(tree, 2, temperature=0.7, rng=rng) for _ in range(200))
    assert set(mates) == {3, 4}
    assert mates[4] > 2 * mates[3]
    tree.set_statuses({3: "killed", 4: "killed"})
    assert mate_for(tree, 2, temperature=0.7, rng=rng) is None


@pytest.mark.parametrize("strategy", ["tree", "elites", "novelty"])
def test_values_of_another_panel_are_seen_at_once(strategy):
    """What is remembered of a tree is forgotten when taste moves its values."""
    places = [(0.05, 0.1)] * 4
    tree = make_tree([1.0, 0.9, 0.8, 0.1], character=places)
    frontier = frontier_of(strategy)
    before = picks(frontier, tree, temperature=0.05)
    assert before[4] < before[1]
    tree.revalue(4, plain=5.0, votes={})
    tree.revalue(1, plain=0.0, votes={})
    after = picks(frontier, tree, temperature=0.05)
    assert after[4] > after[1]

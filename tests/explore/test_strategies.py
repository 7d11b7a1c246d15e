"""Every strategy at the real job."""

import pytest

from layerforge.model.branch import ROOT
from layerforge.operations.fold import fold


@pytest.fixture(scope="module")
def small():
    """So small that a run takes a second or two, and goes on after the first rounds."""
    return {"budget": 104, "search_edge_px": 48, "fragility": False, "round_size": 8}


@pytest.mark.parametrize("strategy", ["swarm", "tree", "elites", "novelty", "auto"])
def test_a_strategy_grows_a_tree_that_can_be_rendered(make_exploration, small, strategy):
    exploration = make_exploration()
    finished = exploration.run(strategy=strategy, **small)
    assert (finished.evaluated, finished.strategy) == (104, strategy)
    assert finished.admitted > 0
    assert finished.admitted + sum(finished.rejected.values()) == 104
    project = exploration.project
    for branch in project.branches()[1:]:
        assert fold(project.history(branch.id), project.canvas).layers


def test_variations_say_what_they_vary_and_crossings_with_what(make_exploration, small):
    exploration = make_exploration()
    exploration.run(seed=3, **{**small, "budget": 160}, crossover=0.5)
    branches = {branch.id: branch for branch in exploration.project.branches()}
    varied = [one for one in branches.values() if one.origin is not None]
    crossed = [one for one in branches.values() if one.mate is not None]
    assert varied
    assert crossed
    for one in varied:
        assert one.origin < one.id
        assert one.parent == branches[one.origin].parent  # beside what it varies
    for one in crossed:
        assert one.mate not in (ROOT, one.id, one.parent, one.origin)
    assert all(one.parent != ROOT or one.mate is None or one.origin for one in crossed)


def test_the_same_seed_gives_the_same_tree_whatever_the_threads(make_exploration, small):
    trees = []
    for threads in (1, 3):
        exploration = make_exploration(f"threads-{threads}")
        exploration.run(strategy="auto", threads=threads, **small)
        trees.append(exploration.tree())
    assert trees[0] == trees[1]

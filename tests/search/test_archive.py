import numpy as np

from layerforge.model.branch import ROOT
from layerforge.search.archive import distinct_top
from layerforge.search.tree import Tree

E = np.eye(8, dtype=np.float32)


def make_tree(*rows):
    """Rows of parent, value, embedding; ids 1, 2, …"""
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for place, (parent, value, embedding) in enumerate(rows):
        tree.add(place + 1, parent=parent, value=value, embedding=embedding)
    return tree


def test_the_best_come_first():
    tree = make_tree((ROOT, 0.1, E[0]), (ROOT, 0.9, E[1]), (ROOT, 0.5, E[2]))
    assert distinct_top(tree, 2, min_distance=0.3) == [2, 3]


def test_a_near_copy_of_a_better_one_waits():
    near = np.array([0.99, 0.141, 0, 0, 0, 0, 0, 0], dtype=np.float32)
    tree = make_tree((ROOT, 0.9, E[0]), (ROOT, 0.8, near), (ROOT, 0.1, E[2]))
    assert distinct_top(tree, 2, min_distance=0.3) == [1, 3]
    assert distinct_top(tree, 3, min_distance=0.3) == [1, 3, 2]  # where nothing else is left


def test_one_lineage_gives_one_while_there_are_others():
    tree = make_tree((ROOT, 0.9, E[0]), (1, 0.8, E[1]), (2, 0.7, E[2]), (ROOT, 0.1, E[3]))
    assert distinct_top(tree, 2, min_distance=0.3) == [1, 4]
    assert distinct_top(tree, 4, min_distance=0.3) == [1, 4, 2, 3]


def test_killed_branches_are_left_out():
    tree = make_tree((ROOT, 0.9, E[0]), (1, 0.8, E[1]), (ROOT, 0.1, E[3]))
    tree.set_statuses({1: "killed"})
    assert distinct_top(tree, 5, min_distance=0.3) == [3]


def test_no_source_is_in_more_than_its_fair_share():
    tree = make_tree(*((ROOT, 0.9 - place / 100, E[place]) for place in range(8)))
    # the best four are all made of the same picture, the other four each of one of their own
    sources = {place + 1: frozenset({"dusk" if place < 4 else f"s{place}"}) for place in range(8)}
    # four of five sources, one a branch: twice an even spread of 4 over 5 is 1.6, so at most 2
    assert distinct_top(tree, 4, min_distance=0.3, sources=sources) == [1, 2, 5, 6]
    assert distinct_top(tree, 8, min_distance=0.3, sources=sources) == list(range(1, 9))

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.search.field import FIELD, LINEAGE_SHARE
from layerforge.search.tree import Tree

VECTOR = np.array([1.0, 0.0], dtype=np.float32)


def make_tree(parents):
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for place, parent in enumerate(parents):
        tree.add(place + 1, parent=parent, value=1.0, embedding=VECTOR)
    return tree


def test_depth_and_lineage():
    tree = make_tree([ROOT, 1, 2, ROOT])
    assert [tree.nodes[one].depth for one in range(5)] == [0, 1, 2, 3, 1]
    assert [tree.nodes[one].lineage for one in range(5)] == [ROOT, 1, 1, 1, 4]


def test_all_below_a_killed_branch_is_dead_until_reset():
    tree = make_tree([ROOT, 1, 2, ROOT])
    tree.set_statuses({2: "killed"})
    assert [node.id for node in tree.living()] == [1, 4]
    tree.add(5, parent=3, value=1.0, embedding=VECTOR)  # it was on its way when 2 was killed
    assert tree.is_dead(5)
    tree.set_statuses({2: "open"})
    assert [node.id for node in tree.living()] == [1, 2, 3, 4, 5]


def test_embeddings_come_in_order_of_adding():
    tree = make_tree([])
    assert tree.embeddings().shape[0] == 0
    tree.add(1, parent=ROOT, value=0.0, embedding=VECTOR)
    tree.add(2, parent=ROOT, value=0.0, embedding=-VECTOR)
    assert tree.embeddings().tolist() == [[1.0, 0.0], [-1.0, 0.0]]
    assert tree.embedding(2).tolist() == [-1.0, 0.0]


def test_novelty_is_among_branches_and_sources():
    e = np.eye(3, dtype=np.float32)
    tree = Tree(sources=e[:1], neighbours=2)
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    tree.add(1, parent=0, value=1.0, embedding=e[0])
    tree.add(2, parent=0, value=1.0, embedding=e[1])
    tree.add(3, parent=0, value=1.0, embedding=-e[1])
    # 1: the source at 0, then 1.  2: two at 1.  3: two at 1, the opposite at 2
    assert tree.novelty([2, 1, 3]).tolist() == [1.0, 0.5, 1.0]
    assert tree.embeddings().tolist() == [e[0].tolist(), e[1].tolist(), (-e[1]).tolist()]


def test_plain_is_the_value_before_it_fell():
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    node = tree.add(1, parent=0, value=1.0, embedding=None, fragility=0.5, votes={"a": 2.0})
    assert (node.value, node.plain, node.votes) == (1.0, 1.5, {"a": 2.0})


def grown(parents, values):
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for place, (parent, value) in enumerate(zip(parents, values, strict=True)):
        tree.add(place + 1, parent=parent, value=value, embedding=VECTOR)
    return tree


def test_up_to_its_size_the_field_is_all_that_lives():
    tree = grown([ROOT] * FIELD, range(FIELD))
    tree.set_statuses({5: "killed"})
    assert [node.id for node in tree.field().nodes] == [node.id for node in tree.living()]
    tree.add(FIELD + 1, parent=ROOT, value=-1.0, embedding=VECTOR)
    assert tree.field().nodes[-1].id == FIELD + 1


def test_of_more_the_field_is_the_best():
    rng = np.random.default_rng(0)
    values = rng.permutation(3 * FIELD).astype(float)
    tree = grown([ROOT] * len(values), values)
    assert sorted(node.value for node in tree.field().nodes) == list(range(2 * FIELD, 3 * FIELD))
    assert [node.id for node in tree.field().nodes] == sorted(
        node.id for node in tree.field().nodes
    )
    assert tree.best().value == 3 * FIELD - 1
    tree.add(9999, parent=ROOT, value=1e6, embedding=VECTOR)
    assert tree.best().id == 9999
    tree.set_statuses({9999: "killed"})
    assert tree.best().value == 3 * FIELD - 1


def test_another_panels_values_hold_in_the_field_too():
    tree = grown([ROOT] * (FIELD + 2), range(FIELD + 2))
    assert tree.best().id == FIELD + 2
    assert tree.field().nodes[0].id == 3
    tree.revalue(1, plain=1e6, votes={"order": 7.0})
    assert (tree.best().id, tree.best().votes) == (1, {"order": 7.0})
    assert [node.id for node in tree.field().nodes][:2] == [1, 4]
    assert tree.living()[0].value == tree.field().values[0] == tree.plain_values()[0] == 1e6


def test_no_lineage_fills_the_field():
    # one lineage better than all others, of which there are as many as fit
    large = 2 * FIELD + 1
    tree = grown([ROOT, *[1] * (large - 1), *[ROOT] * FIELD], [9.0] * large + [1.0] * FIELD)
    lineages = [node.lineage for node in tree.field().nodes]
    assert lineages.count(1) == FIELD * LINEAGE_SHARE
    assert len(lineages) == FIELD


def test_one_lineage_has_the_field_where_there_is_no_other():
    tree = grown([ROOT, *[1] * (2 * FIELD), ROOT], [9.0] * (2 * FIELD + 1) + [1.0])
    lineages = [node.lineage for node in tree.field().nodes]
    assert (lineages.count(1), len(lineages)) == (FIELD - 1, FIELD)


def test_pinned_branches_are_in_the_field_whatever_they_are_worth():
    tree = grown([ROOT] * (2 * FIELD), range(2 * FIELD))
    tree.set_statuses({3: "pinned", 4: "killed"})
    field = [node.id for node in tree.field().nodes]
    assert 3 in field
    assert 2 not in field
    assert 4 not in field


def test_a_tree_without_branches_has_no_best():
    assert grown([], []).best() is None


def test_products_are_those_with_branches_not_with_sources():
    e = np.eye(3, dtype=np.float32)
    tree = Tree(sources=e[:2])
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    assert tree.products(e[:2]).shape == (2, 0)
    tree.add(1, parent=ROOT, value=0.0, embedding=e[0])
    tree.add(2, parent=1, value=0.0, embedding=-e[2])
    assert tree.products(e[[0, 2]]).tolist() == [[1.0, 0.0], [0.0, -1.0]]


def test_a_variation_stays_in_the_lineage_of_what_it_varies():
    tree = make_tree([ROOT, 1, ROOT])
    head = tree.add(4, parent=ROOT, origin=1, value=1.0, embedding=VECTOR)
    below = tree.add(5, parent=4, value=1.0, embedding=VECTOR)
    assert (head.depth, head.lineage, below.lineage) == (1, 1, 1)
    lost = tree.add(6, parent=ROOT, origin=77, value=1.0, embedding=VECTOR)
    assert lost.lineage == 6  # what it varied is not in the tree


def test_effort_counts_for_all_above():
    tree = make_tree([ROOT, 1, ROOT])
    for one in (2, 2, 3):
        tree.grow(one)
    assert [tree.effort(one) for one in range(4)] == [3, 2, 2, 1]
    assert [tree.tries[one] for one in range(4)] == [0, 0, 2, 1]
    assert list(tree.children(ROOT)) == [1, 3]


def test_lineages_are_counted_by_arrival():
    tree = make_tree([ROOT, 1, ROOT, 3])
    tree.add(5, parent=ROOT, origin=2, value=1.0, embedding=VECTOR)
    tree.add(6, parent=ROOT, value=1.0, embedding=VECTOR)
    assert [tree.lineage_order(one) for one in (1, 3, 6)] == [0, 1, 2]


def test_the_state_tells_when_values_decisions_or_branches_change():
    tree = make_tree([ROOT, 1])
    seen = [tree.state]
    tree.revalue(1, plain=3.0, votes={})
    seen.append(tree.state)
    tree.set_statuses({1: "pinned"})
    seen.append(tree.state)
    tree.add(3, parent=ROOT, value=0.0, embedding=VECTOR)
    seen.append(tree.state)
    assert len(set(seen)) == 4
    tree.set_statuses({1: "pinned"})
    assert tree.state == seen[-1]

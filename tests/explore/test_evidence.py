import numpy as np
import pytest

from layerforge.explore.evidence import judgements_in
from layerforge.project.decisions import Decision

ROWS = {1: [1.0, 0.0], 2: [0.0, 1.0], 3: [2.0, 2.0], 4: [5.0, 5.0]}
MIDDLE = np.array([0.5, 0.5])
NONE = np.zeros((0, 2))


def judged(*entries, known=(1, 2, 3, 4), loved=NONE):
    log = [Decision(place, kind, ids) for place, (kind, *ids) in enumerate(entries, start=1)]
    found = judgements_in(
        log,
        known=set(known),
        features=lambda ids: np.array([ROWS[one] for one in ids]).reshape(-1, 2),
        middle=MIDDLE,
        loved=loved,
    )
    return [
        (tuple(row), win, loss)
        for row, win, loss in zip(found.differences, found.wins, found.losses, strict=True)
    ]


def test_a_choice_counts_one_and_the_same_pair_is_one_comparison():
    assert judged(("compare", 3, 1)) == [((-1.0, -2.0), 0.0, 1.0)]
    assert judged(("compare", 1, 3), ("compare", 3, 1), ("compare", 1, 3)) == [
        ((-1.0, -2.0), 2.0, 1.0)
    ]
    assert len(judged(("compare", 1, 3), ("compare", 1, 2))) == 2


def test_pins_are_better_and_kills_worse_than_the_middle():
    assert judged(("pin", 3)) == [((1.5, 1.5), 2.0, 0.0)]
    assert judged(("kill", 1)) == [((0.5, -0.5), 0.0, 1.0)]


def test_the_last_decision_on_a_branch_holds():
    assert judged(("pin", 3), ("kill", 3)) == judged(("kill", 3))
    assert judged(("pin", 3), ("reset", 3)) == []


def test_many_at_one_stroke_count_less_each():
    found = judged(("kill", 1, 2, 3, 4))
    assert [loss for _, _, loss in found] == [0.5] * 4
    assert judged(("pin", 1, 2))[0][1] == pytest.approx(2.0 / np.sqrt(2.0))


def test_loved_pictures_count_little_and_never_much():
    few = judged(loved=np.array([[1.0, 1.0]]))
    assert few == [((0.5, 0.5), 0.5, 0.0)]
    many = judged(loved=np.ones((400, 2)))
    assert sum(win for _, win, _ in many) == pytest.approx(10.0)


def test_branches_without_features_are_left_out():
    assert judged(("compare", 1, 9), ("pin", 9), ("kill", 2), known=(1, 2)) == judged(("kill", 2))
    assert judged() == []

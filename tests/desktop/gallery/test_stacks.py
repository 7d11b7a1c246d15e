from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from layerforge.desktop.gallery.filters import Filter
from layerforge.desktop.gallery.model import GalleryModel
from layerforge.desktop.gallery.stacks import stacked
from layerforge.desktop.window import MainWindow
from layerforge.model.branch import Branch, Status
from layerforge.model.score import Score
from layerforge.project.records import typical_distance_in
from layerforge.search.gate import CROWD_SHARE
from tests.desktop.driving import banner_texts, click_branch

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def branch(branch_id: int, value: float, status: Status = "open") -> Branch:
    score = Score(value=value, parts={"order": value})
    return Branch(id=branch_id, parent=0, steps=(), status=status, score=score)


def ids(model: GalleryModel) -> list[int]:
    return [model.branch_at(row).id for row in range(model.rowCount())]


def at(degrees: float) -> list[float]:
    return [np.cos(np.radians(degrees)), np.sin(np.radians(degrees))]


def test_each_goes_with_the_nearest_better_one_that_leads() -> None:
    """Worked out by hand: 10° apart is alike, and the middle one does not join the outer two."""
    near = 1 - np.cos(np.radians(11.0))
    vectors = np.array([at(0), at(8), at(16), at(90), at(93)])
    found = stacked(
        np.array([1, 2, 3, 4, 5]), vectors, np.array([0.5, 0.1, 0.4, 0.2, 0.9]), near=near
    )
    # 5 leads 4; 1 leads; 3 is 16° from 1 and leads, too; 2 is 8° from both: the better in order
    assert found[4] == found[5] == 5
    assert found[2] in (1, 3)
    assert len(set(found.values())) == 2


@pytest.mark.parametrize("seed", range(3))
def test_stacks_are_alike_and_their_leaders_are_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(60, 6))
    vectors = middles[rng.integers(60, size=700)] + 0.1 * rng.normal(size=(700, 6))
    values, ids = rng.random(700), rng.permutation(700)
    found = stacked(ids, vectors.astype(np.float16), values, near=0.02)
    rows = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    row_of = {int(one): row for row, one in enumerate(ids)}
    assert found
    for one, leader in found.items():
        assert 1 - rows[row_of[one]] @ rows[row_of[leader]] < 0.021
        assert values[row_of[leader]] >= values[row_of[one]]
        assert found[leader] == leader
    leaders = (set(range(700)) - set(found)) | set(found.values())
    apart = rows[[row_of[one] for one in leaders]]
    away = 1 - apart @ apart.T
    np.fill_diagonal(away, 1.0)
    assert away.min() > 0.019


@pytest.fixture
def model(qapp: object) -> GalleryModel:
    model = GalleryModel()
    QAbstractItemModelTester(model, FATAL, model)
    values = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
    model.set_branches([branch(one, value) for one, value in enumerate(values, start=1)])
    model.set_stacks({1: 1, 3: 1, 5: 1, 2: 2, 6: 2})
    return model


def test_the_best_lies_on_top(model: GalleryModel) -> None:
    assert ids(model) == [1, 2, 4]
    assert model.hidden_below(1) == (3, 5)
    assert model.row_of(3) is None
    assert model.top_of(3) == 1
    assert model.top_of(4) is None
    model.set_order("newest")
    assert ids(model) == [2, 1, 4]  # where their newest ones, 6 and 5, would stand
    assert model.hidden_below(1) == (5, 3)


def test_an_open_stack_lies_side_by_side(model: GalleryModel) -> None:
    model.open_stack(5, opened=True)
    assert ids(model) == [1, 3, 5, 2, 4]
    assert model.hidden_below(1) == ()
    assert [model.row_of(one) for one in ids(model)] == [0, 1, 2, 3, 4]
    model.set_statuses({1: "killed"})  # another one is on top now, and it stays open
    assert ids(model) == [2, 3, 1, 5, 4]
    model.open_stack(1, opened=False)
    assert ids(model) == [2, 3, 4]


def test_what_is_pinned_is_always_in_sight(model: GalleryModel) -> None:
    model.set_statuses({5: "pinned"})
    assert ids(model) == [5, 2, 4]
    assert model.hidden_below(5) == (1, 3)
    model.set_statuses({3: "pinned"})
    assert ids(model) == [3, 2, 4, 5]
    assert model.hidden_below(3) == (1,)


def test_only_what_passes_the_filter_is_stacked(model: GalleryModel) -> None:
    model.set_statuses({1: "killed", 3: "killed"})
    model.set_filter(Filter(hide_killed=True))
    assert ids(model) == [2, 4, 5]
    assert model.below(5) == ()
    model.set_stacking(on=False)
    assert ids(model) == [2, 4, 5, 6]


@pytest.fixture
def stacks(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window whose first branch has two that are taken for its likes, and no other stack."""
    model = opened.panels.gallery.model
    like = ids(model)[:3]
    opened.studio.stack.trigger()
    qtbot.waitUntil(lambda: not opened.choosing.stacking.busy, timeout=10_000)
    opened.choosing.stacking.found.emit(dict.fromkeys(like, like[0]))
    return opened


def test_a_project_is_stacked_by_its_own_distance(opened: MainWindow, qtbot: QtBot) -> None:
    project, model = opened.session.project, opened.panels.gallery.model
    opened.studio.stack.trigger()
    qtbot.waitUntil(lambda: not opened.choosing.stacking.busy, timeout=10_000)
    vectors = project.embeddings(encoder=project.encoder() or "")
    rows = {one: v / np.linalg.norm(v.astype(float)) for one, v in vectors.items()}
    near = CROWD_SHARE * typical_distance_in(project.runs())
    assert near > 0
    alike = [
        (one, other)
        for one, other in itertools.combinations(rows, 2)
        if 1 - float(rows[one] @ rows[other]) < near - 1e-3
    ]
    shown = set(ids(model))
    assert alike
    assert not any(one in shown and other in shown for one, other in alike)
    for top in shown:
        for one in model.hidden_below(top):
            assert 1 - float(rows[one] @ rows[top]) < near + 1e-3


def test_killing_a_stack_kills_all_and_says_so(stacks: MainWindow, qtbot: QtBot) -> None:
    view, model, session = stacks.panels.gallery.view, stacks.panels.gallery.model, stacks.session
    top = click_branch(stacks, qtbot, 0)
    whole = (top, *model.hidden_below(top))
    assert len(whole) == 3
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert [session.status(one) for one in whole] == ["pinned", "open", "open"]
    qtbot.keyClick(view, Qt.Key.Key_U)
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert {session.status(one) for one in whole} == {"killed"}
    assert "All 3 of the stack are killed" in banner_texts(stacks)
    qtbot.keyClick(stacks, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {session.status(one) for one in whole} == {"open"}
    click_branch(stacks, qtbot, 1)
    stacks.choosing.show(top)  # as from the tree, where no stack is seen
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert [session.status(one) for one in whole] == ["killed", "open", "open"]


def test_a_stack_is_unfolded_by_a_key_and_a_click(stacks: MainWindow, qtbot: QtBot) -> None:
    view, model = stacks.panels.gallery.view, stacks.panels.gallery.model
    count = model.rowCount()
    top = click_branch(stacks, qtbot, 0)
    qtbot.keyClick(view, Qt.Key.Key_S)
    assert model.rowCount() == count + 2
    assert view.selected_ids() == [top]
    below = click_branch(stacks, qtbot, 1)
    assert below in model.below(top)
    badge = view.branches.stack_badge(view.visualRect(model.index(0))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    assert model.rowCount() == count
    assert view.selected_ids() == [top]  # the one that was chosen lies below it now
    stacks.choosing.show(below)  # as from the tree
    assert view.selected_ids() == [below]
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert stacks.session.status(below) == "killed"
    assert stacks.session.status(top) == "open"


def test_stacks_can_be_switched_off(stacks: MainWindow, qtbot: QtBot) -> None:
    model = stacks.panels.gallery.model
    count = model.rowCount()
    stacks.studio.stack.trigger()
    assert model.rowCount() == count + 2
    assert not any(model.below(one) for one in ids(model))
    stacks.studio.stack.trigger()
    qtbot.waitUntil(lambda: not stacks.choosing.stacking.busy, timeout=10_000)
    assert model.has_stacks()


def test_what_is_chosen_stays_in_sight_when_stacks_come(stacks: MainWindow, qtbot: QtBot) -> None:
    view, model = stacks.panels.gallery.view, stacks.panels.gallery.model
    last = click_branch(stacks, qtbot, model.rowCount() - 1)
    place = view.visualRect(view.currentIndex()).y()
    first = ids(model)[0]
    stacks.choosing.stacking.found.emit({first: first, last: first})
    assert view.selected_ids() == [last]
    assert abs(view.visualRect(view.currentIndex()).y() - place) <= view.gridSize().height()

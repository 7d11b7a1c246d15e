from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from layerforge.desktop.tree.view import TreeView
from layerforge.desktop.window import MainWindow
from layerforge.model.branch import ROOT, Branch
from layerforge.model.score import Score
from tests.desktop.driving import banner_texts, wait_until_idle


def branch(branch_id: int, parent: int, *, mate: int | None = None, value: float = 0.5) -> Branch:
    return Branch(id=branch_id, parent=parent, mate=mate, steps=(), score=Score(value=value))


def spot_of(view: TreeView, branch_id: int) -> QPoint:
    layout = view.growth.layout
    place = layout.places[branch_id]
    return view.camera.spot(float(layout.slots[place]), float(layout.depths[place])).toPoint()


@pytest.fixture
def fetched() -> list[int]:
    return []


@pytest.fixture
def view(qtbot: QtBot, fetched: list[int]) -> TreeView:
    def fetch(branch_id: int) -> None:
        fetched.append(branch_id)

    view = TreeView(fetch, lambda one: f"Branch {one.id}")
    qtbot.addWidget(view)
    view.resize(900, 480)
    view.growth.add([branch(1, 0), branch(2, 0), branch(3, 1), branch(4, 1), branch(5, 3, mate=2)])
    view.show()
    qtbot.waitExposed(view)
    view.fit()
    return view


def shot(view: TreeView) -> np.ndarray:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def test_clicks_choose_and_double_clicks_grow(view: TreeView, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view, left, pos=spot_of(view, 4))
    assert chosen.args == [4, False]
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view, left, Qt.KeyboardModifier.ControlModifier, spot_of(view, 2))
    assert chosen.args == [2, True]
    with qtbot.waitSignal(view.grow_wanted) as wanted:
        qtbot.mouseDClick(view, left, pos=spot_of(view, 3))
    assert wanted.args == [3]
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view, left, pos=spot_of(view, ROOT))


def test_killed_branches_fold_what_is_below_them(view: TreeView, qtbot: QtBot) -> None:
    view.growth.set_statuses({1: "killed"})
    view.fit()
    assert set(view.growth.layout.ids.tolist()) == {0, 1, 2}
    assert view.growth.nearest_in_sight(5) == 1
    pill = view._painter().pill(QPointF(spot_of(view, 1))).center().toPoint()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=pill)
    assert len(view.growth.layout) == 6
    view.mark(1, [1])
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert len(view.growth.layout) == 3
    view.growth.set_statuses({1: "open"})
    assert len(view.growth.layout) == 6


def test_keys_walk_and_zoom(view: TreeView, qtbot: QtBot) -> None:
    walked: list[int] = []

    def follow(branch_id: int, _more: bool) -> None:
        walked.append(branch_id)
        view.mark(branch_id, [branch_id])

    view.chosen.connect(follow)
    view.mark(3, [3])
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert walked == [4, 1, 2]  # above is the blank canvas, below is nothing
    pitch = view.camera.pitch
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.pitch > pitch
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.camera.pitch == pytest.approx(pitch)
    qtbot.mouseClick(view.zoom_buttons[0], Qt.MouseButton.LeftButton)
    assert view.camera.pitch > pitch


def test_a_tall_dock_shows_the_root_on_the_left(view: TreeView, qtbot: QtBot) -> None:
    assert spot_of(view, ROOT).y() < spot_of(view, 1).y() == spot_of(view, 2).y()
    view.resize(260, 700)
    qtbot.waitUntil(lambda: not view.camera.upright)
    assert spot_of(view, ROOT).x() < spot_of(view, 1).x() == spot_of(view, 2).x()


def test_the_line_to_a_mate_is_dashed(view: TreeView) -> None:
    ends = np.array([[spot_of(view, one).x(), spot_of(view, one).y()] for one in (2, 5)])
    along = [ends[0] + (ends[1] - ends[0]) * share for share in np.linspace(0.16, 0.36, 160)]
    before = shot(view)
    view.growth._mates = view.growth.mates[:0]
    after = shot(view)
    drawn = [bool((before[int(y), int(x)] != after[int(y), int(x)]).any()) for x, y in along]
    switches = sum(one != other for one, other in pairwise(drawn))
    assert switches >= 5


def test_the_path_to_the_current_branch_stands_out(view: TreeView) -> None:
    plain = shot(view)
    view.mark(5, [5])
    marked = shot(view)
    changed = (plain != marked).any(axis=2)
    for child, parent in ((5, 3), (3, 1), (1, 0)):
        low, high = sorted((spot_of(view, child).y(), spot_of(view, parent).y()))
        assert changed[low + (high - low) // 2 - 6 : low + (high - low) // 2 + 6].any()
    between = spot_of(view, 4)
    assert not changed[between.y() - 4 : between.y() + 4, between.x() - 4 : between.x() + 4].any()


def test_only_what_is_in_sight_is_decoded(view: TreeView, qtbot: QtBot, fetched: list[int]) -> None:
    view.growth.add([branch(one, 0) for one in range(6, 10_000)])
    view.fit()
    fetched.clear()
    view.grab()
    assert fetched == []  # as small as that they are dots
    view.mark(5000, [5000])
    view.zoom(4000.0)
    for _ in range(30):
        view.grab()
    assert 5000 in fetched
    assert len(set(fetched)) < 40


def test_what_is_looked_at_holds_still_while_the_tree_grows(view: TreeView) -> None:
    view.growth.add([branch(one, 0) for one in range(6, 300)])
    view.mark(200, [200])
    before = spot_of(view, 200)
    with view.holding_still():
        view.growth.add([branch(one, 3) for one in range(300, 340)])
    assert spot_of(view, 200) == before


def test_a_smaller_dock_keeps_the_current_branch_in_sight(view: TreeView, qtbot: QtBot) -> None:
    view.growth.add([branch(one, 0) for one in range(6, 300)])
    view.mark(150, [150])
    view.zoom(10.0)
    view.mark(151, [151])
    assert view.rect().contains(spot_of(view, 151))
    view.resize(500, 300)
    qtbot.waitUntil(lambda: view.width() == 500)
    assert view.rect().contains(spot_of(view, 151))


def test_double_click_grows_only_what_is_below(opened: MainWindow, qtbot: QtBot) -> None:
    window, view = opened, opened.studio.tree
    qtbot.keyClick(window.panels.gallery.view, Qt.Key.Key_T)
    assert view.isVisible()
    head = max(window.panels.gallery.model.living(), key=lambda one: one.value or 0.0)
    window.choosing.show(head.id)
    qtbot.wait(20)
    window.panels.explore_bar.budget.setValue(32)
    window.panels.explore_bar.temperature.set_value(1.0)
    before = set(view.growth.layout.places)
    said: list[str] = []
    window.session.growing_changed.connect(lambda _heads: said.append(banner_texts(window)))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=spot_of(view, head.id))
    wait_until_idle(window, qtbot)
    project = window.session.project
    assert project.runs()[-1].settings["grow_from"] == [head.id]
    known = {one.id: one for one in project.branches()}
    new = set(known) - before
    assert new
    for one in new:  # a variation lies beside what it was varied from
        assert {known[one].parent, known[one].origin} & (new | {head.id})
    assert new <= set(view.growth.layout.places)
    assert said == [f"This run grows only from #{head.id}."]
    assert "grows only" not in banner_texts(window)  # it is over


def test_choosing_in_the_tree_chooses_in_the_gallery(opened: MainWindow, qtbot: QtBot) -> None:
    window, view = opened, opened.studio.tree
    window.studio.tree_dock.toggleViewAction().trigger()
    view.fit()
    first, second = sorted(view.growth.layout.places)[1:3]
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view, left, pos=spot_of(view, first))
    assert window.panels.gallery.view.selected_ids() == [first]
    qtbot.mouseClick(view, left, Qt.KeyboardModifier.ControlModifier, spot_of(view, second))
    assert sorted(window.panels.gallery.view.selected_ids()) == [first, second]
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert view.growth.status(first) == view.growth.status(second) == "killed"
    assert window.session.status(first) == "killed"

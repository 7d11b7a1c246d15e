from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from layerforge.desktop.map.view import MapView
from layerforge.desktop.window import MainWindow
from layerforge.project.project import Project


def unit(vectors: list[np.ndarray]) -> np.ndarray:
    rows = np.stack(vectors).astype(float)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def mapped(opened: MainWindow, qtbot: QtBot) -> MapView:
    view = opened.studio.map
    assert view.chart is None  # nobody waits for plots that are not seen
    with qtbot.waitSignal(opened.studio.map_tools.mapping.found, timeout=10_000):
        qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_M)
    assert view.chart is not None
    qtbot.wait(50)
    return view


def spot(view: MapView, branch_id: int) -> QPoint:
    assert view.chart is not None
    chart = view.chart
    place = int(np.flatnonzero(chart.mapped.ids == branch_id)[0])
    x, y = chart.spots_px()[place]
    return QPoint(round(x), round(y))


def lone(view: MapView) -> int:
    """The branch that lies furthest from all others."""
    assert view.chart is not None
    spots = view.chart.spots_px()
    away = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    np.fill_diagonal(away, np.inf)
    return int(view.chart.mapped.ids[away.min(axis=1).argmax()])


def test_distances_on_the_map_are_shadows_of_real_ones(mapped: MapView, opened: MainWindow) -> None:
    assert mapped.chart is not None
    seen, project = mapped.chart.mapped, opened.session.project
    encoder = project.encoder() or ""
    vectors = project.embeddings(encoder=encoder)
    rows = unit([vectors[one] for one in seen.ids.tolist()])
    real = np.linalg.norm(rows[:, None] - rows[None], axis=2)
    flat = np.linalg.norm(seen.spots[:, None] - seen.spots[None], axis=2)
    assert (flat <= real + 1e-4).all()
    assert np.corrcoef(real[real > 0], flat[real > 0])[0, 1] > 0.5
    assert len(seen.sources) == len(project.sources())


def test_a_click_chooses_and_keys_walk(mapped: MapView, opened: MainWindow, qtbot: QtBot) -> None:
    assert mapped.chart is not None
    branch = lone(mapped)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(mapped.chart.viewport(), left, pos=spot(mapped, branch))
    assert opened.panels.picture.branch is not None
    assert opened.panels.picture.branch.id == branch
    assert opened.panels.gallery.view.selected_ids() == [branch]
    assert len(mapped.chart.chosen.data) == 1
    walked = [branch]
    mapped.chosen.connect(walked.append)
    for key, way in (
        (Qt.Key.Key_Left, QPoint(-1, 0)),
        (Qt.Key.Key_Down, QPoint(0, 1)),
        (Qt.Key.Key_Right, QPoint(1, 0)),
        (Qt.Key.Key_Up, QPoint(0, -1)),
    ):
        before = spot(mapped, walked[-1])
        qtbot.keyClick(mapped, key)
        moved = spot(mapped, walked[-1]) - before
        assert QPoint.dotProduct(moved, way) >= 0
    assert len(walked) >= 3
    assert opened.panels.picture.branch.id == walked[-1]
    seen = mapped.chart.viewRange()
    qtbot.keyClick(mapped, Qt.Key.Key_Plus)
    assert mapped.chart.viewRange() != seen


def test_what_is_decided_changes_its_mark(
    mapped: MapView, opened: MainWindow, qtbot: QtBot
) -> None:
    assert mapped.chart is not None
    assert len(mapped.chart.pinned.data) == len(mapped.chart.killed.data) == 0
    opened.choosing.show(lone(mapped))
    qtbot.keyClick(mapped, Qt.Key.Key_P)
    assert len(mapped.chart.pinned.data) == 1
    qtbot.keyClick(mapped, Qt.Key.Key_K)
    assert (len(mapped.chart.pinned.data), len(mapped.chart.killed.data)) == (0, 1)


def test_the_key_brings_what_lies_behind_to_the_front(
    mapped: MapView, opened: MainWindow, qtbot: QtBot
) -> None:
    tree, chart = opened.studio.tree_dock, opened.studio.map_dock
    front: dict[str, bool] = {}
    for name, dock in (("tree", tree), ("map", chart)):
        dock.visibilityChanged.connect(lambda seen, name=name: front.__setitem__(name, seen))
    keys = {"tree": Qt.Key.Key_T, "map": Qt.Key.Key_M}
    for name in ("tree", "map", "tree"):
        qtbot.keyClick(opened.panels.gallery.view, keys[name])
        qtbot.waitUntil(lambda name=name: front.get(name, False), timeout=3000)
        assert not tree.isHidden()
        assert not chart.isHidden()
    qtbot.keyClick(opened.panels.gallery.view, keys["tree"])
    assert tree.isHidden()


def test_an_empty_project_has_an_empty_map(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.studio.map_tools.mapping.found, timeout=10_000):
        window.studio.map_dock.toggleViewAction().trigger()
    assert window.studio.map.chart is not None
    assert len(window.studio.map.chart.mapped.ids) == 0
    assert isinstance(window.session.project, Project)

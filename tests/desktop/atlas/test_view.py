from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from layerforge.desktop.atlas.view import AtlasView
from layerforge.desktop.exploration import State
from layerforge.desktop.window import MainWindow
from layerforge.scoring.character import CELLS, RANGES, character
from tests.desktop.driving import wait_until_idle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def atlas(opened: MainWindow, qtbot: QtBot) -> AtlasView:
    """The atlas of a project that the strategy ``random`` has explored."""
    with qtbot.waitSignal(opened.studio.atlas_tools.characterising.found, timeout=10_000):
        qtbot.keyClick(opened.panels.gallery.view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: not opened.studio.atlas_tools.characterising.busy, timeout=10_000)
    assert len(opened.studio.atlas.grid.cells) > 2
    return opened.studio.atlas


def worst(atlas: AtlasView) -> int:
    """The branch of the cell whose best is worth least."""
    cells = atlas.grid.cells.values()
    return min(cells, key=lambda cell: cell.best.value or 0.0).best.id


def middle(atlas: AtlasView, branch_id: int) -> QPoint:
    return atlas.cell_rect(atlas.grid.place_of[branch_id]).center()


def test_cells_hold_what_was_kept_of_their_kind(atlas: AtlasView, opened: MainWindow) -> None:
    """Cells are worked out from the thumbnails once more, with other means."""
    project = opened.session.project
    best: dict[tuple[int, ...], tuple[float, int]] = {}
    for one in project.branches()[1:]:
        file = np.frombuffer(project.thumbnail(one.id) or b"", np.uint8)
        seen = character(cv2.cvtColor(cv2.imdecode(file, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB))
        place = tuple(
            min(max(int((x - low) / (high - low) * count), 0), count - 1)
            for x, (low, high), count in zip(seen, RANGES, CELLS, strict=True)
        )
        best[place] = max(best.get(place, (-9.0, 0)), (one.value or 0.0, -one.id))
    shown = {place: cell.best.id for place, cell in atlas.grid.cells.items()}
    assert shown == {place: -found[1] for place, found in best.items()}


def test_a_click_chooses_and_keys_walk(atlas: AtlasView, opened: MainWindow, qtbot: QtBot) -> None:
    branch = worst(atlas)
    qtbot.mouseClick(atlas.viewport(), LEFT, pos=middle(atlas, branch))
    shown = opened.panels.picture.branch
    assert shown is not None
    assert shown.id == branch
    assert opened.panels.gallery.view.selected_ids() == [branch]
    walked = {branch}
    atlas.chosen.connect(walked.add)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down) * 2:
        qtbot.keyClick(atlas, key)
    assert len(walked) > 1
    assert walked <= {cell.best.id for cell in atlas.grid.cells.values()}


def test_the_next_best_takes_the_place_of_a_killed_one(
    atlas: AtlasView, opened: MainWindow, qtbot: QtBot
) -> None:
    place, cell = max(atlas.grid.cells.items(), key=lambda one: one[1].count)
    assert cell.count > 1
    qtbot.mouseClick(atlas.viewport(), LEFT, pos=middle(atlas, cell.best.id))
    qtbot.keyClick(atlas, Qt.Key.Key_K)
    after = atlas.grid.cells[place]
    assert opened.session.status(cell.best.id) == "killed"
    assert after.best.id != cell.best.id
    assert after.count == cell.count - 1
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert atlas.grid.cells[place] == cell


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_hovering_tells_what_is_there(atlas: AtlasView, qtbot: QtBot) -> None:
    place, cell = next(iter(atlas.grid.cells.items()))
    at = atlas.cell_rect(place).center()
    where = atlas.viewport().mapToGlobal(at)
    QApplication.sendEvent(atlas.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, where))
    qtbot.waitUntil(lambda: f"Branch {cell.best.id}," in QToolTip.text(), timeout=2000)
    assert f"colourfulness {cell.character[0]:.2f}" in QToolTip.text()
    QToolTip.hideText()


def test_a_double_click_grows_from_there(
    atlas: AtlasView, opened: MainWindow, qtbot: QtBot
) -> None:
    opened.panels.explore_bar.budget.setValue(16)
    branch = worst(atlas)
    with qtbot.waitSignal(opened.session.growing_changed, timeout=5000) as grown:
        qtbot.mouseDClick(atlas.viewport(), LEFT, pos=middle(atlas, branch))
    assert grown.args == [(branch,)]
    assert opened.session.exploration.state is not State.IDLE
    wait_until_idle(opened, qtbot)

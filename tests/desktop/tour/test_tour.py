from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from layerforge.desktop.tour.tour import beside
from layerforge.desktop.window import MainWindow

ROOM = QRect(0, 0, 1000, 700)
CARD = QSize(300, 200)


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    focused = window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def test_it_walks_to_its_end_by_keys(opened: MainWindow, qtbot: QtBot) -> None:
    tour = opened.studio.tour
    opened.studio.greet()
    assert tour.isVisible()
    titles = [tour.title.text()]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Right):
        press(opened, qtbot, key)
        titles.append(tour.title.text())
        assert opened.rect().contains(tour.geometry())
        assert tour.title.text() in tour.onward.accessibleDescription()
    press(opened, qtbot, Qt.Key.Key_Left)
    assert tour.title.text() == titles[-2]
    press(opened, qtbot, Qt.Key.Key_Right)
    press(opened, qtbot, Qt.Key.Key_Right)
    titles.append(tour.title.text())
    assert len(set(titles)) == 6
    assert not tour.skip.isVisible()
    press(opened, qtbot, Qt.Key.Key_Return)
    assert not tour.isVisible()
    assert not tour.frame.isVisible()


def test_it_points_at_what_it_speaks_of(opened: MainWindow, qtbot: QtBot) -> None:
    tour, panels = opened.studio.tour, opened.panels
    tour.begin()
    seen = []
    for _ in range(5):
        seen.append(tour.frame.geometry())
        assert not tour.geometry().intersects(tour.frame.geometry()) or len(seen) > 2
        tour.go_on()
    wanted = (panels.sources, panels.explore_bar, panels.gallery, panels.picture.caption)
    for place, widget in zip(seen, wanted, strict=False):
        corner = widget.mapTo(opened, QPoint(0, 0))
        there = QRect(corner, widget.size()).intersected(opened.rect())
        assert place.contains(there)


def test_it_comes_by_itself_once_and_from_the_menu_again(
    window: MainWindow, qtbot: QtBot, own_folders: Path
) -> None:
    tour = window.studio.tour
    window.studio.greet()
    assert tour.isVisible()
    press(window, qtbot, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    window.studio.greet()
    assert not tour.isVisible()
    helping = window.menuBar().findChild(QMenu, "help")
    assert isinstance(helping, QMenu)
    first = helping.actions()[0]
    assert isinstance(first, QAction)
    first.trigger()
    assert tour.isVisible()
    qtbot.mouseClick(tour.skip, Qt.MouseButton.LeftButton)
    assert not tour.isVisible()


@pytest.mark.parametrize(
    ("target", "corner"),
    [
        (QRect(0, 50, 250, 300), QPoint(262, 50)),  # right of it
        (QRect(700, 50, 300, 100), QPoint(388, 50)),  # left of it
        (QRect(0, 0, 1000, 30), QPoint(12, 42)),  # below it
        (QRect(0, 670, 1000, 30), QPoint(12, 458)),  # above it
        (QRect(0, 0, 1000, 700), QPoint(349, 249)),  # in its middle
    ],
)
def test_the_card_stands_where_it_fits(target: QRect, corner: QPoint) -> None:
    assert beside(target, CARD, ROOM) == corner

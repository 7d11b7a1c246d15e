from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow


def test_no_tabs_lie_over_the_menu_the_next_time(
    make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    first = make_window()
    first.studio.progress_dock.toggleViewAction().trigger()
    qtbot.wait(100)
    first.leave()
    second = make_window()
    qtbot.wait(100)
    menu = second.menuBar().geometry()

    def over() -> list[QTabBar]:
        found = second.findChildren(QTabBar)
        return [one for one in found if one.isVisible() and one.geometry().intersects(menu)]

    qtbot.waitUntil(lambda: not over(), timeout=2000)
    assert second.studio.progress_dock.isVisible()
    second.studio.tree_dock.toggleViewAction().trigger()
    qtbot.wait(50)
    assert not over()
    shown = [one for one in second.findChildren(QTabBar) if one.count() > 1 and one.isVisible()]
    assert len(shown) == 1  # what is needed is there
    assert shown[0].geometry().top() > menu.bottom()

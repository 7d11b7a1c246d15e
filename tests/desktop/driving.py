"""What a person does with the window, by mouse, keyboard and drag and drop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from layerforge.desktop.exploration import State
from layerforge.desktop.window import MainWindow

ROUNDS_TIMEOUT_MS = 30_000


def drop(window: QWidget, places: Iterable[Path | str]) -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(one)) if isinstance(one, Path) else QUrl(one) for one in places]
    )
    middle = QPointF(window.rect().center())
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(middle.toPoint(), action, data, buttons, none))
    QApplication.sendEvent(window, QDropEvent(middle, action, data, buttons, none))


def click_branch(
    window: MainWindow,
    qtbot: QtBot,
    row: int,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> int:
    """Click the branch of a row; returns its id."""
    gallery = window.panels.gallery
    index = gallery.model.index(row)
    gallery.view.scrollTo(index)
    place: QPoint = gallery.view.visualRect(index).center()
    qtbot.mouseClick(gallery.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    return gallery.model.branch_at(row).id


def explore(window: MainWindow, qtbot: QtBot, budget: int) -> None:
    """Set the budget and press the large button."""
    window.panels.explore_bar.budget.setValue(budget)
    qtbot.mouseClick(window.panels.explore_bar.main_button, Qt.MouseButton.LeftButton)
    assert window.session.exploration.state is not State.IDLE


def wait_until_idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: window.session.exploration.state is State.IDLE, timeout=ROUNDS_TIMEOUT_MS
    )


def wait_until_still(rounds: Sequence[object], qtbot: QtBot) -> None:
    """The round that was under way when pause was pressed may still come."""
    for _ in range(20):
        before = len(rounds)
        qtbot.wait(1800)  # longer than a round takes on a busy machine
        if len(rounds) == before:
            return
    pytest.fail("the rounds never stood still")


def choose_in(box: QComboBox, text: str, qtbot: QtBot) -> None:
    """Choose an item by arrow keys."""
    way = box.findText(text) - box.currentIndex()
    for _ in range(abs(way)):
        qtbot.keyClick(box, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    assert box.currentText() == text


def banner_texts(window: MainWindow) -> str:
    return "\n".join(banner.label.text() for banner in window.panels.banners.banners())

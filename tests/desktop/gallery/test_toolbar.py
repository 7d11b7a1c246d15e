from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from layerforge.desktop.gallery.toolbar import Toolbar


def test_what_has_no_room_beside_stands_below(qtbot: QtBot) -> None:
    bar = Toolbar()
    qtbot.addWidget(bar)
    left, right = QLabel("left"), QLabel("right")
    for row, label in ((bar.left, left), (bar.right, right)):
        label.setFixedSize(200, 20)
        row.addWidget(label)
    bar.resize(500, 60)
    bar.show()
    qtbot.waitUntil(lambda: right.x() > left.x() + 199)
    assert bar.minimumSizeHint().width() < 300
    bar.resize(300, 60)
    qtbot.waitUntil(lambda: right.y() > left.y() + 19)
    assert right.x() == left.x()
    bar.resize(500, 60)
    qtbot.waitUntil(lambda: right.y() == left.y())

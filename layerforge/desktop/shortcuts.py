"""All keys at a glance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.buttons import enter_presses

ROWS = 17


class ShortcutSheet(QDialog):
    """Lists every action of the menus that has a key."""

    def __init__(self, menus: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        lines = [(_keys(one), one.iconText(), one.statusTip()) for one in _actions(menus)]
        lines.append((self.tr("Arrows"), self.tr("Move"), self.tr("Move through the gallery")))
        lines.append((self.tr("Esc"), self.tr("Back"), self.tr("Leave the large picture")))
        for place, (keys, name, hint) in enumerate(lines):
            block, row = divmod(place, ROWS)
            key = QLabel(keys)
            key.setProperty("role", "heading")
            words = QLabel(name)
            words.setToolTip(hint)
            grid.addWidget(key, row, block * 3, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, row, block * 3 + 1)
            grid.setColumnMinimumWidth(block * 3 + 2, 16)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 18, 22, 14)
        whole.setSpacing(16)
        whole.addLayout(grid)
        whole.addWidget(buttons)
        enter_presses(buttons.button(QDialogButtonBox.StandardButton.Close))


def _actions(menus: QMenuBar) -> list[QAction]:
    found: list[QAction] = []
    for menu in menus.findChildren(QMenu):
        found += [one for one in menu.actions() if not one.shortcut().isEmpty()]
    return found


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

"""The seed: random each time, or one to repeat."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QEvent, QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from layerforge.desktop.symbols import die, icon
from layerforge.desktop.theme import colors_of
from layerforge.explore.settings import MAX_SEED


class SeedField(QWidget):
    """A field for a seed, empty for a new one each time, and a die that rolls one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("The same seed repeats a run; empty takes a new one each time")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("new each time"))
        self.field.setValidator(
            QRegularExpressionValidator(QRegularExpression("[0-9]{0,15}"), self)
        )
        self.field.setClearButtonEnabled(True)
        self.field.setAcceptDrops(False)
        self.field.setAccessibleName(self.tr("Seed"))
        self.field.setToolTip(hint)
        self.field.setStatusTip(hint)
        self.roll_button = QToolButton()
        self.roll_button.setProperty("role", "quiet")
        self.roll_button.setToolTip(self.tr("Roll a seed"))
        self.roll_button.setStatusTip(self.roll_button.toolTip())
        self.roll_button.setAccessibleName(self.roll_button.toolTip())
        self.roll_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.roll_button.clicked.connect(self.roll)
        label = QLabel(self.tr("Seed"))
        label.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.field, 1)
        row.addWidget(self.roll_button)
        self._draw()

    def roll(self) -> None:
        """Fill in a random seed."""
        self.field.setText(str(secrets.randbelow(2**31)))

    def seed(self) -> int:
        """The seed to use now."""
        text = self.field.text()
        return min(int(text), MAX_SEED) if text else secrets.randbelow(2**31)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.roll_button.setIcon(icon(die, colors_of(self.palette()).text, edge=16))

"""The seed: random each time, or one to repeat."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QEvent, QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from layerforge.desktop.symbols import die, icon, lock
from layerforge.desktop.theme import colors_now
from layerforge.explore.settings import MAX_SEED


class SeedField(QWidget):
    """A field for a seed, empty for a new one each time; a lock that keeps it, a die that rolls.

    Locking an empty field keeps the seed that was used last.
    """

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
        self._last: int | None = None
        self.lock_button = QToolButton()
        self.lock_button.setProperty("role", "quiet")
        self.lock_button.setCheckable(True)
        self.lock_button.setToolTip(self.tr("Keep this seed for every run"))
        self.lock_button.setStatusTip(self.lock_button.toolTip())
        self.lock_button.setAccessibleName(self.lock_button.toolTip())
        self.lock_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lock_button.clicked.connect(self._lock)
        self.field.textChanged.connect(lambda text: self.lock_button.setChecked(bool(text)))
        label = QLabel(self.tr("Seed"))
        label.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.field, 1)
        row.addWidget(self.lock_button)
        row.addWidget(self.roll_button)
        self._draw()

    def roll(self) -> None:
        """Fill in a random seed."""
        self.field.setText(str(secrets.randbelow(2**31)))

    def seed(self) -> int:
        """The seed to use now."""
        text = self.field.text()
        return min(int(text), MAX_SEED) if text else secrets.randbelow(2**31)

    def used(self, seed: int) -> None:
        """A run has begun with this seed."""
        self._last = seed
        words = self.tr("Keep this seed for every run (the last one was {seed})")
        self.lock_button.setToolTip(words.format(seed=seed))
        self.lock_button.setStatusTip(self.lock_button.toolTip())

    def _lock(self, locked: bool) -> None:  # noqa: FBT001 - a slot
        if not locked:
            self.field.clear()
        elif self._last is None:
            self.roll()
        else:
            self.field.setText(str(self._last))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colors = colors_now()
        self.roll_button.setIcon(icon(die, colors.text, edge=16))
        self.lock_button.setIcon(icon(lock, colors.text, edge=16))

"""A labelled slider from 0 to 1, with plain words at its ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

STEPS = 100


class Dial(QWidget):
    """A dial that the user holds.  ``value`` is 0 to 1, in hundredths."""

    changed = Signal(float)

    def __init__(
        self, name: str, *, low: str, high: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(hint)
        for widget in (self, self.slider):
            widget.setToolTip(hint)
            widget.setStatusTip(hint)
        label = QLabel(name)
        label.setBuddy(self.slider)
        self._number = QLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        low_word, high_word = QLabel(low), QLabel(high)
        high_word.setAlignment(Qt.AlignmentFlag.AlignRight)
        for word in (low_word, high_word):
            word.setProperty("role", "dim")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self._number, 0, 1)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(low_word, 2, 0)
        grid.addWidget(high_word, 2, 1)
        self.slider.valueChanged.connect(self._tell)
        self._tell(0)

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.slider.value() / STEPS

    def set_value(self, value: float) -> None:
        """Turn to ``value``, 0 to 1."""
        self.slider.setValue(round(value * STEPS))

    def _tell(self, steps: int) -> None:
        self._number.setText(f"{steps / STEPS:.2f}")
        self.changed.emit(steps / STEPS)

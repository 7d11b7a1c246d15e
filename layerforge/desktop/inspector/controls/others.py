"""Colours, words, things that are named, on and off, seeds."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from layerforge.desktop.inspector.controls.control import Control
from layerforge.desktop.symbols import die, icon
from layerforge.desktop.theme import colors_now
from layerforge.model.step import ParameterValue
from layerforge.operations.parameters import MAX_SEED


def _row(control: Control, name: str, hint: str, widget: QWidget, *more: QWidget) -> None:
    """Lay a control out: its name, and what edits it."""
    label = QLabel(name)
    label.setBuddy(widget)
    row = QHBoxLayout(control)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label, 1)
    for one in (widget, *more):
        row.addWidget(one)
    for one in (control, widget):
        one.setToolTip(hint)
        one.setStatusTip(hint)
    widget.setAccessibleName(name)


class ColorControl(Control):
    """A colour: a button that shows it and opens a palette beside the work."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._color = QColor()
        self._palette: QColorDialog | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self.choose)
        _row(self, name, hint, self.button)

    def show_value(self, value: ParameterValue) -> None:
        assert isinstance(value, tuple)  # noqa: S101 - checked when the step was made
        self._color = QColor.fromRgbF(*(float(one) for one in value[:3]))
        self._draw()
        if self._palette is not None and self._palette.currentColor() != self._color:
            with QSignalBlocker(self._palette):
                self._palette.setCurrentColor(self._color)

    def choose(self) -> None:
        """Open the palette; what is pointed at in it is taken at once."""
        if self._palette is None:
            dialog = QColorDialog(self._color, self)
            dialog.setWindowTitle(self._name)
            dialog.setOption(QColorDialog.ColorDialogOption.NoButtons)
            dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
            dialog.currentColorChanged.connect(self._take)
            self._palette = dialog
        self._palette.show()

    def _take(self, color: QColor) -> None:
        if color != self._color:
            self._color = color
            self._draw()
            channels = (color.redF(), color.greenF(), color.blueF())
            self.changed.emit(tuple(round(one, 4) for one in channels))

    def _draw(self) -> None:
        swatch = QPixmap(QSize(40, 14))
        swatch.fill(self._color)
        self.button.setIcon(QIcon(swatch))
        self.button.setIconSize(QSize(40, 14))
        self.button.setText(self._color.name())


class ChoiceControl(Control):
    """One of some words, or of some things by their names for people."""

    def __init__(
        self, name: str, options: Mapping[str, str], hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(11)
        for value, words in options.items():
            self.box.addItem(words, value)
        self.box.currentIndexChanged.connect(lambda _row: self.changed.emit(self.box.currentData()))
        _row(self, name, hint, self.box)

    def show_value(self, value: ParameterValue) -> None:
        with QSignalBlocker(self.box):
            place = self.box.findData(value)
            if place < 0:
                self.box.addItem(str(value), value)
                place = self.box.count() - 1
            self.box.setCurrentIndex(place)


class ToggleControl(Control):
    """On or off."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.box.toggled.connect(lambda on: self.changed.emit(on))
        _row(self, name, hint, self.box)

    def show_value(self, value: ParameterValue) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))


class SeedControl(Control):
    """The seed of a random texture, and a die that rolls another."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QLabel()
        self.number.setProperty("role", "dim")
        self.button = QToolButton()
        self.button.setProperty("role", "quiet")
        self.button.setIcon(icon(die, colors_now().text, edge=16))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self.roll)
        _row(self, name, hint, self.button)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)  # noqa: S101 - made by _row
        layout.insertWidget(1, self.number)
        self.button.setToolTip(self.tr("Roll another seed"))
        self.button.setAccessibleName(self.tr("{name}: roll another seed").format(name=name))

    def show_value(self, value: ParameterValue) -> None:
        self.number.setText(str(value))

    def roll(self) -> None:
        """Take a random seed."""
        value = secrets.randbelow(MAX_SEED + 1)
        self.show_value(value)
        self.changed.emit(value)

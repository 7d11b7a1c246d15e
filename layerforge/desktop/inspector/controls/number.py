"""Numbers: a slider with the prior's scale and a field; angles have a dial."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDial,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSlider,
    QWidget,
)

from layerforge.desktop.inspector.controls.control import Control
from layerforge.desktop.inspector.controls.scale import TICKS, Scale
from layerforge.model.step import ParameterValue
from layerforge.operations.parameters import Number, Whole

_UNITS = {"deg": "°", "short side": "", "px": " px", "stops": " stops"}


class NumberControl(Control):
    """A number, whole or not: name and field above, a slider below, or a dial beside."""

    def __init__(
        self, name: str, parameter: Number | Whole, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._whole = isinstance(parameter, Whole)
        self._scale = Scale(parameter)
        self._angle = parameter.unit_name == "deg"
        low, high = parameter.bounds
        self.field = QDoubleSpinBox()
        self.field.setRange(low, high)
        self.field.setDecimals(0 if self._whole else _decimals(low, high))
        self.field.setSuffix(_UNITS.get(parameter.unit_name, ""))
        self.field.setKeyboardTracking(False)
        self.field.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        cyclic = isinstance(parameter, Number) and parameter.cyclic
        self.field.setWrapping(cyclic)
        self.slider = self._dial(low, high, wraps=cyclic) if self._angle else self._slider()
        label = QLabel(name)
        label.setBuddy(self.field)
        for widget in (self, self.field, self.slider):
            widget.setToolTip(hint)
            widget.setStatusTip(hint)
        self.field.setAccessibleName(name)
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(hint)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.field, 0, 1)
        if self._angle:
            grid.addWidget(self.slider, 0, 2)
        else:
            grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.slider.valueChanged.connect(self._slid)
        self.field.valueChanged.connect(self._typed)

    def show_value(self, value: ParameterValue) -> None:
        assert isinstance(value, int | float)  # noqa: S101 - checked when the step was made
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.field.setValue(value)
            self.slider.setValue(self._place_of(float(value)))

    def _slid(self, place: int) -> None:
        value = float(place) if self._angle else self._scale.value_at(place)
        if self._whole:
            value = round(value)
        with QSignalBlocker(self.field):
            self.field.setValue(value)
        self.changed.emit(int(value) if self._whole else value)

    def _typed(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._place_of(value))
        self.changed.emit(round(value) if self._whole else value)

    def _place_of(self, value: float) -> int:
        return round(value) if self._angle else self._scale.place_of(value)

    def _slider(self) -> QAbstractSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, TICKS)
        slider.setSingleStep(TICKS // 100)
        slider.setPageStep(TICKS // 10)
        return slider

    def _dial(self, low: float, high: float, *, wraps: bool) -> QAbstractSlider:
        dial = QDial()
        dial.setRange(math.ceil(low), math.floor(high))
        dial.setWrapping(wraps)
        dial.setNotchesVisible(True)
        dial.setFixedSize(44, 44)
        return dial


def _decimals(low: float, high: float) -> int:
    """Enough digits for steps of about a thousandth of the range."""
    return min(max(3 - math.floor(math.log10(max(high - low, 1e-6))), 1), 6)

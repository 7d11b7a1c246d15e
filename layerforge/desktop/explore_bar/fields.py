"""Single fields of the bar, each with its name and its hint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSizePolicy, QWidget

_Field = TypeVar("_Field", bound=QWidget)


def choices(texts: Mapping[str, str], *, name: str, hint: str) -> QComboBox:
    """A choice between values, by what they are called."""
    box = QComboBox()
    for value, text in texts.items():
        box.addItem(text, value)
    # a long text is cut short, it never widens the sidebar
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(9)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return _named(box, name=name, hint=hint)


def choose(box: QComboBox, value: str) -> None:
    """Choose a value; nothing where there is none such."""
    row = box.findData(value)
    if row >= 0:
        box.setCurrentIndex(row)


def line(*, name: str, example: str, hint: str) -> QLineEdit:
    """A line of text."""
    field = QLineEdit()
    field.setPlaceholderText(example)
    field.setClearButtonEnabled(True)
    field.setAcceptDrops(False)
    return _named(field, name=name, hint=hint)


def number(*, name: str, high: float, hint: str) -> QDoubleSpinBox:
    """A number from 0."""
    box = QDoubleSpinBox()
    box.setRange(0.0, high)
    box.setSingleStep(0.1)
    return _named(box, name=name, hint=hint)


def _named(field: _Field, *, name: str, hint: str) -> _Field:
    field.setAccessibleName(name)
    field.setToolTip(hint)
    field.setStatusTip(hint)
    return field

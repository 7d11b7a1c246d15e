"""What all controls have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from layerforge.model.step import ParameterValue


class Control(QWidget):
    """Edits one parameter.

    changed: the user gave it another value.  Setting a value by `show_value` emits nothing.
    """

    changed = Signal(object)

    def show_value(self, value: ParameterValue) -> None:
        """Show a value."""
        raise NotImplementedError  # no ABC: its metaclass and Qt's can't be those of one class

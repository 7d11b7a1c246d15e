"""The parameters of one step, each with its control."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from layerforge.desktop.engine_words import sentence
from layerforge.desktop.inspector.controls.control import Control
from layerforge.desktop.inspector.controls.making import Names, control_for
from layerforge.model.step import Step
from layerforge.operations.registry import toolbox


class ParameterForm(QScrollArea):
    """Controls for a step's parameters.  changed: a parameter's name, and its new value."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls: dict[str, Control] = {}
        self._made_for: tuple[int, str, Names] | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_nothing("")

    def show_nothing(self, why: str) -> None:
        """Show a line instead."""
        self._made_for, self.controls = None, {}
        label = QLabel(why)
        label.setProperty("role", "dim")
        label.setWordWrap(True)
        self._lay_out([label])

    def show_step(self, place: int, step: Step, names: Names) -> None:
        """Show a step; controls that suit it stay, so that nobody loses hold of a slider."""
        operation = toolbox().operations.get(step.operation.name)
        if operation is None:
            words = self.tr("{name} is not installed here: it can be moved and switched off only.")
            self.show_nothing(words.format(name=step.operation.name))
            return
        key = place, step.operation.name, names
        if key != self._made_for:
            found = {
                name: control_for(name, parameter, names)
                for name, parameter in operation.parameters().items()
            }
            self.controls = {name: one for name, one in found.items() if one is not None}
            for name, control in self.controls.items():
                control.changed.connect(partial(self.changed.emit, name))
            about = QLabel(sentence(operation.summary()))
            about.setProperty("role", "dim")
            about.setWordWrap(True)
            self._lay_out([about, *self.controls.values()])
            self._made_for = key
        for name, control in self.controls.items():
            if name in step.operation.parameters:
                control.show_value(step.operation.parameters[name])

    def _lay_out(self, widgets: Sequence[QWidget]) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(9)
        for widget in widgets:
            rows.addWidget(widget)
        rows.addStretch(1)
        self.setWidget(inside)

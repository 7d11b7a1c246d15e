"""How much each voter counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QWidget

from layerforge.desktop.engine_words import voter_title
from layerforge.desktop.explore_bar.popup import PopupButton
from layerforge.explore.palate import TASTE
from layerforge.scoring.voters import MeasuresScorer

_OF_CLIP = ("aesthetic",)
"""Those of CLIP that there are at least; once it is loaded, all are known."""

HIGHEST = 10.0


class VotersField(PopupButton):
    """A weight for each voter, 1 for all at first; ``changed`` when one was."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._content = QWidget()
        super().__init__(
            self._content,
            name=self.tr("Voters"),
            hint=self.tr("How much each voter counts; 0 for not at all"),
            parent=parent,
        )
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self.boxes: dict[str, QDoubleSpinBox] = {}
        self.show_voters((*MeasuresScorer().voters, *_OF_CLIP))

    def show_voters(self, names: Iterable[str]) -> None:
        """Offer these, those with a weight, and taste, which may join any of them."""
        weights = self.weights()
        for old in self._content.findChildren(QWidget):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.boxes = {}
        for row, name in enumerate(dict.fromkeys((*names, TASTE, *weights))):
            box = QDoubleSpinBox()
            box.setRange(0.0, HIGHEST)
            box.setSingleStep(0.5)
            box.setDecimals(2)
            box.setValue(weights.get(name, 1.0))
            box.setAccessibleName(voter_title(name))
            box.valueChanged.connect(self._on_changed)
            label = QLabel(voter_title(name))
            label.setBuddy(box)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(box, row, 1)
            self.boxes[name] = box
        self._say()

    def weights(self) -> dict[str, float]:
        """The weights other than 1, by voter."""
        return {name: box.value() for name, box in self.boxes.items() if box.value() != 1.0}

    def show_weights(self, weights: Mapping[str, float]) -> None:
        """Show these weights, and 1 for all others."""
        if strangers := [name for name in weights if name not in self.boxes]:
            self.show_voters((*self.boxes, *strangers))
        for name, box in self.boxes.items():
            box.setValue(min(weights.get(name, 1.0), HIGHEST))
        self._say()

    def _on_changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = len(self.weights())
        self.say(self.tr("{n} changed").format(n=count) if count else self.tr("All count alike"))

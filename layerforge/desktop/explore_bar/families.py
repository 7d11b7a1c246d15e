"""Which families of operations the search draws from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from layerforge.desktop.engine_words import family_title, operation_title
from layerforge.desktop.explore_bar.popup import PopupButton
from layerforge.operations.registry import families

_COLUMNS = 2


class FamiliesField(PopupButton):
    """A box to tick for each family; ``changed`` when one was."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(
            content,
            name=self.tr("Operations"),
            hint=self.tr("Which families of operations are drawn; what there is stays"),
            parent=parent,
        )
        self.boxes: dict[str, QCheckBox] = {}
        self._strangers: tuple[str, ...] = ()
        grid = QGridLayout(content)
        grid.setContentsMargins(10, 8, 10, 8)
        found = families()
        rows = -(-len(found) // _COLUMNS)
        for place, (name, operations) in enumerate(found.items()):
            box = QCheckBox(f"{family_title(name)}  ({len(operations)})")
            box.setChecked(True)
            box.setToolTip(", ".join(operation_title(one.tag()) for one in operations))
            box.toggled.connect(self._on_toggled)
            self.boxes[name] = box
            grid.addWidget(box, place % rows, place // rows)
        for column, (text, on) in enumerate(((self.tr("All"), True), (self.tr("None"), False))):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, on=on: self._set_all(on=on))
            grid.addWidget(button, rows, column)
        self._say()

    def off(self) -> tuple[str, ...]:
        """The families that are off, sorted; also those that are not installed here."""
        mine = [name for name, box in self.boxes.items() if not box.isChecked()]
        return tuple(sorted((*mine, *self._strangers)))

    def show_off(self, off: Iterable[str]) -> None:
        """Show these as off."""
        given = set(off)
        self._strangers = tuple(given - self.boxes.keys())
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(name not in given)
        self._say()
        self.changed.emit()

    def _set_all(self, *, on: bool) -> None:
        self.show_off(() if on else self.boxes)

    def _on_toggled(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = sum(not box.isChecked() for box in self.boxes.values())
        if not count:
            self.say(self.tr("All families"))
        elif count == len(self.boxes):
            self.say(self.tr("None: pictures alone"))
        else:
            words = self.tr("{n} of {all} families")
            self.say(words.format(n=len(self.boxes) - count, all=len(self.boxes)))

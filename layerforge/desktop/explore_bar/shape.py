"""The shape of the canvas, chosen before the first branch."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from layerforge.model.canvas import Canvas


class ShapeField(QWidget):
    """A choice of canvas sizes; ``chosen`` gives width and height in pixels."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = self.tr("Width and height of the collages; fixed once there are branches")
        self.box = QComboBox()
        for words, width, height in (
            (self.tr("Square"), 1024, 1024),
            (self.tr("Landscape 4:3"), 1024, 768),
            (self.tr("Landscape 3:2"), 1152, 768),
            (self.tr("Wide 16:9"), 1280, 720),
            (self.tr("Panorama 2:1"), 1536, 768),
            (self.tr("Portrait 3:4"), 768, 1024),
            (self.tr("Portrait 2:3"), 768, 1152),
            (self.tr("Tall 9:16"), 720, 1280),
            (self.tr("A4 portrait"), 840, 1188),
            (self.tr("A4 landscape"), 1188, 840),
        ):
            self.box.addItem(words, (width, height))
        self.box.setAccessibleName(self.tr("Canvas"))
        for widget in (self, self.box):
            widget.setToolTip(hint)
            widget.setStatusTip(hint)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(14)
        self.box.activated.connect(lambda _row: self.chosen.emit(*self.box.currentData()))
        label = QLabel(self.tr("Canvas"))
        label.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label, 1)
        row.addWidget(self.box)

    def show_canvas(self, canvas: Canvas) -> None:
        """Show the canvas there is, also one that is not among the choices."""
        size = canvas.width, canvas.height
        row = next((at for at in range(self.box.count()) if self.box.itemData(at) == size), -1)
        if row < 0:
            self.box.insertItem(0, f"{canvas.width} × {canvas.height}", size)
            row = 0
        self.box.setCurrentIndex(row)

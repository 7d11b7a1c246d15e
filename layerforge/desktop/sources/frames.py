"""A dialog that shows all pictures of one file, of which some are to become sources."""

from __future__ import annotations

from functools import partial

import numpy as np
from PIL import Image
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.buttons import enter_presses
from layerforge.desktop.picture.image import to_qimage
from layerforge.explore.jobs import Control
from layerforge.files.images import ImageRefused, StraightPixels, decode
from layerforge.model.source import Source
from layerforge.project.project import Project

EDGE = 112
MOST = 500
"""So many pictures of one file are offered."""


class FramesDialog(QDialog):
    """Asks; ``chosen`` gives the numbers, from 0, of the pictures to take."""

    chosen = Signal(object)

    def __init__(
        self, project: Project, source: Source, count: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Pictures of {name}").format(name=source.name))
        self.resize(660, 480)
        self._control = Control()
        self._background = Background(self)
        words = self.tr("{name} holds {n} pictures. Choose those to make collages from:")
        text = words.format(name=source.name, n=count)
        if count > MOST:
            text += " " + self.tr("(the first {n} are shown)").format(n=MOST)
        heading = QLabel(text)
        heading.setWordWrap(True)
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setIconSize(QSize(EDGE, EDGE))
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(6)
        self.list.setAccessibleName(self.tr("Pictures of the file"))
        for number in range(min(count, MOST)):
            item = QListWidgetItem(str(number + 1), self.list)
            item.setSizeHint(QSize(EDGE + 16, EDGE + 26))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        every = self.buttons.addButton(self.tr("All"), QDialogButtonBox.ButtonRole.ActionRole)
        every.clicked.connect(self.list.selectAll)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.itemSelectionChanged.connect(self._count)
        self.list.itemActivated.connect(lambda _item: self.accept())
        whole = QVBoxLayout(self)
        whole.addWidget(heading)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.buttons)
        enter_presses(self.take)
        self._count()
        self._background.submit(
            partial(_small, project, source, min(count, MOST), self._control),
            then=lambda _done: None,
            otherwise=heading.setText,
            progress=self._show,
        )

    def numbers(self) -> list[int]:
        """The pictures that are selected, from 0."""
        return sorted(self.list.row(item) for item in self.list.selectedItems())

    def accept(self) -> None:
        if self.numbers():
            self.chosen.emit(self.numbers())
            super().accept()

    def done(self, result: int) -> None:
        self._control.stop()
        self._background.close(timeout_s=0.0)  # the picture at hand may take a moment
        super().done(result)

    def _count(self) -> None:
        count = len(self.list.selectedItems())
        self.take.setText(self.tr("Add {n}").format(n=count) if count else self.tr("Add"))
        self.take.setEnabled(count > 0)

    def _show(self, told: tuple[int, StraightPixels]) -> None:
        number, pixels = told
        square = QPixmap(EDGE, EDGE)  # so that all numbers stand in one line
        square.fill(Qt.GlobalColor.transparent)
        painter = QPainter(square)
        height, width = pixels.shape[:2]
        painter.drawImage((EDGE - width) // 2, (EDGE - height) // 2, to_qimage(pixels))
        painter.end()
        self.list.item(number).setIcon(QIcon(square))


def _small(project: Project, source: Source, count: int, control: Control, tell: Tell) -> None:
    """Tell each picture, small, as soon as it is there; damaged ones stay blank."""
    content = project.source_bytes(source.id)
    for number in range(count):
        if control.stopping:
            return
        try:
            image = Image.fromarray(decode(content, name=source.name, frame=number))
        except ImageRefused:
            continue  # it is named when somebody wants it
        image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        tell((number, np.array(image)))

"""Where to export to, and how large."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.buttons import enter_presses
from layerforge.explore.exporting import MAX_LONG_EDGE_PX
from layerforge.model.canvas import Canvas

USUAL_EDGES = (2048, 4096, 8192)


class ExportDialog(QDialog):
    """Asks for a folder and the long edge; ``chosen`` gives both, the edge 0 for the canvas's."""

    chosen = Signal(object, int)

    def __init__(
        self, *, count: int, canvas: Canvas, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(520)
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setToolTip(self.tr("Where the pictures are written to"))
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setToolTip(self.tr("Choose another folder"))
        self.browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        self.edge = QComboBox()
        self.edge.setAccessibleName(self.tr("Long edge"))
        own = self.tr("As the canvas ({w} × {h} px)").format(w=canvas.width, h=canvas.height)
        self.edge.addItem(own, 0)
        for edge in USUAL_EDGES:
            self.edge.addItem(self.tr("{n} px").format(n=edge), edge)
        self.edge.addItem(self.tr("Other…"), -1)
        self.other = QSpinBox()
        self.other.setRange(16, MAX_LONG_EDGE_PX)
        self.other.setValue(3000)
        self.other.setSuffix(self.tr(" px"))
        self.other.setAccessibleName(self.tr("Long edge in pixels"))
        self.other.hide()
        self.edge.currentIndexChanged.connect(
            lambda _row: self.other.setVisible(self.edge.currentData() == -1)
        )
        edges = QHBoxLayout()
        edges.addWidget(self.edge, 1)
        edges.addWidget(self.other)
        head = QLabel(_heading(self, count))
        head.setProperty("role", "heading")
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Folder"), row)
        form.addRow(self.tr("Long edge"), edges)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton(
            self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export_button.setProperty("role", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(14)
        whole.addWidget(head)
        whole.addLayout(form)
        whole.addWidget(self.buttons)
        enter_presses(self.export_button)
        self.folder.textChanged.connect(self._check)
        self._check()

    def accept(self) -> None:
        """Take what was chosen."""
        edge = self.edge.currentData()
        self.chosen.emit(Path(self.folder.text()), self.other.value() if edge == -1 else edge)
        super().accept()

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _check(self) -> None:
        self.export_button.setEnabled(bool(self.folder.text().strip()))


def _heading(dialog: QDialog, count: int) -> str:
    if count == 1:
        return dialog.tr("Export 1 version as PNG, with its recipe")
    return dialog.tr("Export {n} versions as PNG, each with its recipe").format(n=count)

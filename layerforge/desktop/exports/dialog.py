"""What to export, as what, how large, under which names, and where to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
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
from layerforge.desktop.exports.wish import Wish
from layerforge.explore.exporting import MAX_LONG_EDGE_PX, rendered_size
from layerforge.files.formats import LAYERED, SUFFIXES, check_size, depths_of
from layerforge.files.names import FIELDS, filled_template
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError

USUAL_EDGES = (2048, 4096, 8192)


@dataclass(frozen=True, slots=True)
class Choice:
    """What there is to export: how many branches each choice means; the first one, as an example.

    name: the project's.
    """

    selected: int
    pinned: int
    all: int
    name: str
    example: int
    value: float


class ExportDialog(QDialog):
    """Asks; ``chosen`` gives the folder and the wish."""

    chosen = Signal(object, object)

    def __init__(
        self,
        *,
        choice: Choice,
        canvas: Canvas,
        folder: Path,
        wish: Wish | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        wish = wish or Wish()
        self._choice, self._canvas = choice, canvas
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(560)
        self.what = QComboBox()
        self.top = QSpinBox()
        self.kind = QComboBox()
        self.bits = QComboBox()
        self.edge = QComboBox()
        self.other = QSpinBox()
        self.name = QLineEdit(wish.name)
        self.example = QLabel()
        self.example.setProperty("role", "dim")
        self.example.setWordWrap(True)
        self.storyboard = QComboBox()
        self.folder = QLineEdit(str(folder))
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setToolTip(self.tr("Choose another folder"))
        self.browse.clicked.connect(self._browse)
        self._fill_what(wish)
        self._fill_format(wish)
        self._fill_edge(wish)
        self._fill_names(wish)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton(
            self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export_button.setProperty("role", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        enter_presses(self.export_button)
        for changed in (
            self.folder.textChanged,
            self.name.textChanged,
            self.what.currentIndexChanged,
            self.top.valueChanged,
            self.kind.currentIndexChanged,
            self.edge.currentIndexChanged,
            self.other.valueChanged,
        ):
            changed.connect(self._check)
        self._check()

    def wish(self) -> Wish:
        """What is asked for now."""
        edge = self.edge.currentData()
        return Wish(
            what=self.what.currentData(),
            top=self.top.value(),
            kind=self.kind.currentData(),
            depth=self.bits.currentData(),
            long_edge_px=(self.other.value() if edge == -1 else edge) or None,
            name=self.name.text(),
            storyboard=self.storyboard.currentData() or None,
        )

    def accept(self) -> None:
        """Take what was chosen."""
        self.chosen.emit(Path(self.folder.text()), self.wish())
        super().accept()

    # The fields ---------------------------------------------------------------------------------

    def _fill_what(self, wish: Wish) -> None:
        choice = self._choice
        if choice.selected:
            words = self.tr("The selection ({n})").format(n=choice.selected)
            self.what.addItem(words, "selection")
        if choice.pinned:
            self.what.addItem(self.tr("All pinned ({n})").format(n=choice.pinned), "pinned")
        self.what.addItem(self.tr("The best that differ"), "top")
        # who has selected something means that, whatever was exported the last time
        self.what.setCurrentIndex(0 if choice.selected else max(0, self.what.findData(wish.what)))
        self.top.setRange(1, min(10_000, max(1, choice.all)))
        self.top.setValue(wish.top)
        _name(self.what, self.tr("What to export"))
        _name(self.top, self.tr("How many of the best"))

    def _fill_format(self, wish: Wish) -> None:
        kinds = {
            "png": self.tr("PNG – lossless, opens anywhere"),
            "tiff": self.tr("TIFF – lossless, for print"),
            "webp": self.tr("WebP – small, for the web"),
            "jpeg": self.tr("JPEG – small, without transparency"),
            "ora": self.tr("OpenRaster – with layers, for Krita and GIMP"),
            "psd": self.tr("Photoshop – with layers"),
        }
        for kind, words in kinds.items():
            self.kind.addItem(words, kind)
        self.kind.setCurrentIndex(self.kind.findData(wish.kind))
        self.kind.currentIndexChanged.connect(self._offer_depths)
        self._offer_depths()
        self.bits.setCurrentIndex(max(0, self.bits.findData(wish.depth)))
        _name(self.kind, self.tr("Format"))
        _name(self.bits, self.tr("Bits a channel"))

    def _offer_depths(self) -> None:
        self.bits.clear()
        for depth in depths_of(self.kind.currentData()):
            self.bits.addItem(self.tr("{n} bits").format(n=depth), depth)
        self.bits.setEnabled(self.bits.count() > 1)

    def _fill_edge(self, wish: Wish) -> None:
        canvas = self._canvas
        own = self.tr("As the canvas ({w} × {h} px)").format(w=canvas.width, h=canvas.height)
        self.edge.addItem(own, 0)
        for edge in USUAL_EDGES:
            self.edge.addItem(self.tr("{n} px").format(n=edge), edge)
        self.edge.addItem(self.tr("Other…"), -1)
        self.other.setRange(16, MAX_LONG_EDGE_PX)
        self.other.setValue(wish.long_edge_px or 3000)
        self.other.setSuffix(self.tr(" px"))
        row = self.edge.findData(wish.long_edge_px or 0)
        self.edge.setCurrentIndex(row if row >= 0 else self.edge.findData(-1))
        _name(self.edge, self.tr("Long edge"))
        _name(self.other, self.tr("Long edge in pixels"))

    def _fill_names(self, wish: Wish) -> None:
        for words, board in (
            (self.tr("None"), ""),
            (self.tr("The steps side by side, as a PNG"), "strip"),
            (self.tr("The steps one after another, as an animation"), "animation"),
            (self.tr("Both"), "both"),
        ):
            self.storyboard.addItem(words, board)
        self.storyboard.setCurrentIndex(self.storyboard.findData(wish.storyboard or ""))
        _name(self.storyboard, self.tr("Storyboard: how each version came to be"))
        fields = " ".join(f"{{{field}}}" for field in FIELDS)
        _name(self.name, self.tr("File names; they may use {fields}").format(fields=fields))
        _name(self.folder, self.tr("Folder that the pictures are written to"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Export"), _row(self.what, self.top))
        form.addRow(self.tr("Format"), _row(self.kind, self.bits))
        form.addRow(self.tr("Long edge"), _row(self.edge, self.other))
        form.addRow(self.tr("Storyboard"), self.storyboard)
        form.addRow(self.tr("Names"), self.name)
        form.addRow("", self.example)
        form.addRow(self.tr("Folder"), _row(self.folder, self.browse))
        self.head = QLabel()
        self.head.setProperty("role", "heading")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(14)
        whole.addWidget(self.head)
        whole.addLayout(form)
        whole.addWidget(self.buttons)

    # What follows -------------------------------------------------------------------------------

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _check(self) -> None:
        """Show what belongs to what is chosen, an example, and what is wrong with it."""
        self.top.setVisible(self.what.currentData() == "top")
        self.other.setVisible(self.edge.currentData() == -1)
        self.head.setText(self._heading())
        try:
            words, fine = self.tr("such as {name}").format(name=self._example()), True
        except LayerForgeError as error:
            words, fine = str(error), False
        self.example.setText(words)
        self.export_button.setEnabled(fine and bool(self.folder.text().strip()))

    def _example(self) -> str:
        wish, choice = self.wish(), self._choice
        width, height = rendered_size(self._canvas, long_edge_px=wish.long_edge_px)
        check_size(wish.kind, width=width, height=height)
        fields: Mapping[str, str | int | float] = {
            "project": choice.name,
            "branch": choice.example,
            "rank": 1,
            "value": choice.value,
            "width": width,
            "height": height,
        }
        return f"{filled_template(wish.name, fields)}{SUFFIXES[wish.kind]}"

    def _heading(self) -> str:
        choice, what = self._choice, self.what.currentData()
        counts = {"selection": choice.selected, "pinned": choice.pinned, "top": self.top.value()}
        layered = self.kind.currentData() in LAYERED
        kept = self.tr("its layers and its recipe") if layered else self.tr("its recipe")
        words = self.tr("Export {n} versions, each with {kept}", "", counts[what])
        return words.format(n=counts[what], kept=kept)


def _name(widget: QWidget, words: str) -> None:
    widget.setAccessibleName(words)
    widget.setToolTip(words)


def _row(first: QWidget, second: QWidget) -> QBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1)
    row.addWidget(second)
    return row

"""Settings that few need, in a fold."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from layerforge.desktop.symbols import icon, triangle_down, triangle_right
from layerforge.desktop.theme import colors_now


class Advanced(QWidget):
    """Strategy, scorer and novelty, closed at first."""

    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strategy = _choices(
            {
                "beam": self.tr("Best first"),
                "swarm": self.tr("Swarm (several groups)"),
                "tree": self.tr("Tree search"),
                "elites": self.tr("Best of each kind"),
                "novelty": self.tr("Most unlike the rest"),
                "auto": self.tr("Mixed"),
                "random": self.tr("Random (no search)"),
            },
            name=self.tr("Strategy"),
            hint=self.tr("How the next branches to grow are picked"),
        )
        self.scorer = _choices(
            {
                "auto": self.tr("Automatic"),
                "measures": self.tr("Image measures"),
                "clip": self.tr("CLIP"),
            },
            name=self.tr("Scorer"),
            hint=self.tr("Who judges: CLIP where its weights are here, else image measures"),
        )
        self.novelty = QDoubleSpinBox()
        self.novelty.setRange(0.0, 5.0)
        self.novelty.setSingleStep(0.1)
        self.novelty.setValue(0.3)
        self.novelty.setAccessibleName(self.tr("Novelty"))
        self.novelty.setToolTip(self.tr("How much being unlike the others counts"))
        self.novelty.setStatusTip(self.novelty.toolTip())
        self.fold = QToolButton()
        self.fold.setProperty("role", "link")
        self.fold.setText(self.tr("Advanced"))
        self.fold.setToolTip(self.tr("Strategy, scorer and novelty"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.toggled.connect(self._open)
        self._inside = QWidget()
        form = QFormLayout(self._inside)
        form.setContentsMargins(0, 2, 0, 4)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Strategy"), self.strategy)
        form.addRow(self.tr("Scorer"), self.scorer)
        form.addRow(self.tr("Novelty"), self.novelty)
        self._inside.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(self.fold)
        whole.addWidget(self._inside)
        self._draw()

    def _open(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        self._inside.setVisible(is_open)
        self._draw()
        self.opened.emit(is_open)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        symbol = triangle_down if self.fold.isChecked() else triangle_right
        self.fold.setIcon(icon(symbol, colors_now().text))


def _choices(texts: dict[str, str], *, name: str, hint: str) -> QComboBox:
    box = QComboBox()
    for value, text in texts.items():
        box.addItem(text, value)
    box.setAccessibleName(name)
    box.setToolTip(hint)
    box.setStatusTip(hint)
    return box

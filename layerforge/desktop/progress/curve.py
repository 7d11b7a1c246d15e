"""The best value so far over the candidates tried, and the kept branches as dots."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layerforge.desktop.theme import colors_now

Points = Sequence[tuple[int, float]]


class Curve(QWidget):
    """A plot that only shows; what it says stands in its accessible name as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = pyqtgraph.PlotWidget()
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMinimumSize(180, 90)
        item = self.plot.getPlotItem()
        item.setLabel("bottom", self.tr("candidates tried"))
        item.setLabel("left", self.tr("value"))
        item.getAxis("left").enableAutoSIPrefix(False)  # noqa: FBT003 - pyqtgraph's
        item.setLimits(xMin=0)
        item.showGrid(y=True, alpha=0.18)
        self._kept = pyqtgraph.ScatterPlotItem(size=4, pen=None)
        self._best = pyqtgraph.PlotDataItem(stepMode=None)
        item.addItem(self._kept)
        item.addItem(self._best)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.plot)
        self.setToolTip(self.tr("The line is the best value so far; each dot is a kept branch"))
        self._dress()

    def show_points(self, best: Points, kept: Points) -> None:
        """Show how many had been tried, and the value: the best until then, and each kept one."""
        self._best.setData([at for at, _ in best], [value for _, value in best])
        self._kept.setData([at for at, _ in kept], [value for _, value in kept])
        if best:
            words = self.tr("Best value {value:.3f} after {n} candidates", "", best[-1][0])
            self.setAccessibleName(words.format(value=best[-1][1], n=best[-1][0]))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        colors = colors_now()
        self.plot.setBackground(QColor(colors.panel))
        item = self.plot.getPlotItem()
        for side in ("bottom", "left"):
            axis = item.getAxis(side)
            axis.setPen(pyqtgraph.mkPen(colors.line))
            axis.setTextPen(pyqtgraph.mkPen(colors.dim))
        self._best.setPen(pyqtgraph.mkPen(colors.accent, width=2))
        self._kept.setBrush(pyqtgraph.mkBrush(colors.handle))

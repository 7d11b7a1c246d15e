"""The map as a chart: dots by value, the sources and the hull between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import pyqtgraph
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from layerforge.desktop.map.mapping import NOTHING, Mapped
from layerforge.desktop.map.plane import Spots
from layerforge.desktop.ramp import ramp
from layerforge.desktop.theme import colors_now

MOST_STRETCH = 2.2

REACH_PX = 14.0
"""As far from a dot a click still means it."""


class Chart(pyqtgraph.PlotWidget):  # type: ignore[misc]  # it has no types
    """Shows a `Mapped`.  Axes have no numbers: only what lies near what has a meaning."""

    def __init__(self) -> None:
        super().__init__()
        self.mapped: Mapped = NOTHING
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAspectLocked(True)
        item = self.getPlotItem()
        for side in ("left", "bottom"):
            item.hideAxis(side)
        self.hull = pyqtgraph.PlotCurveItem()
        self.open = pyqtgraph.ScatterPlotItem(pen=None)
        self.killed = pyqtgraph.ScatterPlotItem(symbol="x", size=7)
        self.pinned = pyqtgraph.ScatterPlotItem(symbol="d", size=14)
        self.sources = pyqtgraph.ScatterPlotItem(symbol="t1", size=13)
        self.chosen = pyqtgraph.ScatterPlotItem(symbol="o", size=18, brush=None)
        self._names: list[pyqtgraph.TextItem] = []
        layers = (self.hull, self.open, self.killed, self.pinned, self.sources, self.chosen)
        for one in layers:
            item.addItem(one)
        self.dress()

    def show_map(
        self, mapped: Mapped, *, places: npt.NDArray[np.intp], statuses: Sequence[str]
    ) -> None:
        """Show where branches lie.

        places: (N,), the place of each value in the ramp.  statuses: of each.
        """
        first = not len(self.mapped.ids)
        self.mapped = mapped
        brushes = [pyqtgraph.mkBrush(color) for color in ramp()]
        status = np.array(statuses, dtype=object)
        living = np.flatnonzero(status == "open")
        living = living[np.argsort(places[living], kind="stable")]  # the best lie on top
        size = 9 if len(living) < 400 else 7 if len(living) < 3000 else 5
        self.open.setData(
            pos=mapped.spots[living], brush=[brushes[at] for at in places[living]], size=size
        )
        self.killed.setData(pos=mapped.spots[status == "killed"])
        self.pinned.setData(
            pos=mapped.spots[status == "pinned"],
            brush=[brushes[at] for at in places[status == "pinned"]],
        )
        self.sources.setData(pos=mapped.sources)
        ring = np.concatenate([mapped.hull, mapped.hull[:1]])
        self.hull.setData(ring[:, 0], ring[:, 1])
        if first:
            self.fit()

    def name_sources(self, names: Sequence[str]) -> None:
        """Write these beside the sources, as far as there are not too many."""
        for old in self._names:
            self.removeItem(old)
        self._names = []
        shown = names if len(names) == len(self.mapped.sources) <= 24 else ()
        for name, (x, y) in zip(shown, self.mapped.sources.tolist(), strict=False):
            text = pyqtgraph.TextItem(name, color=colors_now().dim, anchor=(0.5, -0.25))
            text.setPos(x, y)
            self.addItem(text, ignoreBounds=True)
            self._names.append(text)

    def mark(self, branch_ids: Collection[int]) -> None:
        """Ring these branches."""
        self.chosen.setData(pos=self.mapped.spots[np.isin(self.mapped.ids, list(branch_ids))])

    def fit(self) -> None:
        """Show all of it, stretched a little where the room is much wider than it, or higher."""
        seen = np.concatenate([self.mapped.spots, self.mapped.hull])
        width, height = np.maximum(np.ptp(seen, axis=0), 1e-9) if len(seen) else (1.0, 1.0)
        wide = self.width() / max(self.height(), 1) / (width / height)
        self.setAspectLocked(True, ratio=1.0 / min(max(wide, 1 / MOST_STRETCH), MOST_STRETCH))
        self.getViewBox().autoRange(padding=0.06)

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller."""
        self.getViewBox().scaleBy((1 / factor, 1 / factor))

    def spots_px(self) -> Spots:
        """(N, 2): where the branches lie in the widget."""
        box = self.getViewBox()
        (left, right), (low, high) = box.viewRange()
        area = box.sceneBoundingRect()
        share = (self.mapped.spots - [left, low]) / [right - left, high - low]
        x = area.x() + share[:, 0] * area.width()
        y = area.bottom() - share[:, 1] * area.height()
        return np.asarray(np.stack([x, y], axis=1))

    def branch_at(self, at: QPointF) -> int | None:
        """The branch nearest to a place of the widget, within reach."""
        if not len(self.mapped.ids):
            return None
        away = np.hypot(*(self.spots_px() - [at.x(), at.y()]).T)
        place = int(away.argmin())
        return int(self.mapped.ids[place]) if away[place] <= REACH_PX else None

    def beside(self, branch_id: int, dx: int, dy: int) -> int | None:
        """The nearest branch that way: dx, dy are a step right, and a step down."""
        own = np.flatnonzero(self.mapped.ids == branch_id)
        if not len(own):
            return None
        offsets = self.spots_px() - self.spots_px()[own[0]]
        along = offsets @ np.array([dx, dy], dtype=float)
        beside = np.abs(offsets @ np.array([-dy, dx], dtype=float))
        there = np.flatnonzero((along > 0.5) & (beside <= along))
        if not len(there):
            return None
        return int(self.mapped.ids[there[(along + 2 * beside)[there].argmin()]])

    def dress(self) -> None:
        """Take the colours of the theme."""
        colors = colors_now()
        self.setBackground(QColor(colors.surround))
        line = QColor(colors.text)
        line.setAlphaF(0.55)
        fill = QColor(colors.text)
        fill.setAlphaF(0.06)
        self.hull.setPen(pyqtgraph.mkPen(line, width=1.4, style=Qt.PenStyle.DashLine))
        self.hull.setBrush(pyqtgraph.mkBrush(fill))
        self.hull.setFillLevel(None)
        self.killed.setPen(pyqtgraph.mkPen(colors.killed))
        self.killed.setBrush(pyqtgraph.mkBrush(colors.killed))
        self.pinned.setPen(pyqtgraph.mkPen(colors.pinned, width=2))
        self.sources.setPen(pyqtgraph.mkPen(colors.window, width=1))
        self.sources.setBrush(pyqtgraph.mkBrush(colors.text))
        self.chosen.setPen(pyqtgraph.mkPen(colors.accent, width=2.5))

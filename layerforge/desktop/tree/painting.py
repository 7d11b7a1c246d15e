"""How the tree looks: lines, pictures or dots, marks.  Only what is in sight is drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from layerforge.desktop.gallery.thumbnails import Thumbnails
from layerforge.desktop.ramp import ramp, ramp_places
from layerforge.desktop.symbols import cross, pin
from layerforge.desktop.theme import Colors
from layerforge.desktop.tree.camera import Camera
from layerforge.desktop.tree.growth import Growth
from layerforge.desktop.tree.layout import Doubles, Layout
from layerforge.model.branch import ROOT

PICTURE_PX = 15.0
"""Below that a branch is a dot."""

CAPTION_PX = 76.0
MOST_MATES = 300
_SIZES = (32, 64, 128, 256)


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands out: the current branch, all selected ones, the one under the mouse."""

    current: int | None = None
    selected: frozenset[int] = frozenset()
    hovered: int | None = None
    focused: bool = False


@dataclass(frozen=True, slots=True)
class TreePainter:
    """Paints one frame.

    aspect: width by height of the pictures.  sight: what can be seen.
    """

    growth: Growth
    camera: Camera
    thumbnails: Thumbnails
    colors: Colors
    aspect: float
    sight: QRectF

    def paint(self, painter: QPainter, marked: Marked) -> bool:
        """Paint everything; False where some pictures were not ready."""
        layout = self.growth.layout
        x, y = self.camera.spots(layout.slots, layout.depths.astype(np.float64))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = [] if marked.current is None else layout.path(marked.current)
        self._lines(painter, layout)
        self._path(painter, layout, path)
        self._mates(painter, x, y, near=set(path[:1]))
        rim = self.camera.edge
        sight = self.sight.adjusted(-rim, -rim, rim, rim)
        seen = np.flatnonzero(
            (x >= sight.left()) & (x <= sight.right()) & (y >= sight.top()) & (y <= sight.bottom())
        )
        if self.camera.edge < PICTURE_PX:
            self._dots(painter, layout, seen, x, y, set(path), marked)
            return True
        on_path = set(path)
        final = True
        for place in seen:
            at = QPointF(float(x[place]), float(y[place]))
            final &= self._picture(painter, int(layout.ids[place]), at, marked, place in on_path)
            if layout.folded[place]:
                self._pill(painter, at, int(layout.folded[place]))
        return final

    def room(self, at: QPointF) -> QRectF:
        """Where the picture of a branch at ``at`` lies."""
        edge = self.camera.edge
        width = edge * min(1.0, self.aspect)
        height = edge / max(1.0, self.aspect)
        return QRectF(at.x() - width / 2, at.y() - height / 2, width, height)

    def pill(self, at: QPointF) -> QRectF:
        """Where it says how many are folded away below the branch at ``at``."""
        room = self.room(at)
        if self.camera.upright:
            return QRectF(at.x() - 17, room.bottom() + 3, 34, 15)
        return QRectF(room.right() + 4, at.y() - 7.5, 34, 15)

    # Lines --------------------------------------------------------------------------------------

    def _lines(self, painter: QPainter, layout: Layout) -> None:
        """From each branch halfway down, across over its children, and down to each of them."""
        depths = layout.depths.astype(np.float64)
        inner = np.flatnonzero(np.isfinite(layout.first))
        middle = depths[inner] + 0.5
        child = np.flatnonzero(layout.above >= 0)
        lines = [
            *self._seen(layout.slots[inner], depths[inner], layout.slots[inner], middle),
            *self._seen(layout.first[inner], middle, layout.last[inner], middle),
            *self._seen(
                layout.slots[child], depths[child] - 0.5, layout.slots[child], depths[child]
            ),
        ]
        painter.setPen(QPen(QColor(self.colors.handle), 1))
        painter.drawLines(lines)

    def _seen(self, s0: Doubles, d0: Doubles, s1: Doubles, d1: Doubles) -> list[QLineF]:
        """Straight lines between points of the tree, as far as they are in sight."""
        x0, y0 = self.camera.spots(s0, d0)
        x1, y1 = self.camera.spots(s1, d1)
        sight = self.sight.adjusted(-2, -2, 2, 2)
        seen = (
            (np.maximum(x0, x1) >= sight.left())
            & (np.minimum(x0, x1) <= sight.right())
            & (np.maximum(y0, y1) >= sight.top())
            & (np.minimum(y0, y1) <= sight.bottom())
        )
        # Qt is slow with, and loses precision on, lines that reach far beyond what is drawn
        ends = [
            np.clip(x0, sight.left(), sight.right()),
            np.clip(y0, sight.top(), sight.bottom()),
            np.clip(x1, sight.left(), sight.right()),
            np.clip(y1, sight.top(), sight.bottom()),
        ]
        # many lie on the same pixels where the tree is small
        unique = np.unique(np.round(np.stack(ends, axis=1)[seen] * 2) / 2, axis=0)
        return [QLineF(*row) for row in unique.tolist()]

    def _path(self, painter: QPainter, layout: Layout, path: list[int]) -> None:
        lines: list[QLineF] = []
        for child, parent in pairwise(path):
            slots = layout.slots[[parent, parent, child, child]]
            depth = float(layout.depths[parent])
            depths = np.array([depth, depth + 0.5, depth + 0.5, depth + 1.0])
            lines += self._seen(slots[:-1], depths[:-1], slots[1:], depths[1:])
        painter.setPen(QPen(QColor(self.colors.accent), 2.4))
        painter.drawLines(lines)

    def _mates(self, painter: QPainter, x: Doubles, y: Doubles, *, near: Collection[int]) -> None:
        """Dashed lines to the other parents; where there are too many, those of the chosen one."""
        ends = self.growth.mates
        if not len(ends):
            return
        left, right = x[ends].min(axis=1), x[ends].max(axis=1)
        top, bottom = y[ends].min(axis=1), y[ends].max(axis=1)
        sight = self.sight
        seen = (right >= sight.left()) & (left <= sight.right())
        seen &= (bottom >= sight.top()) & (top <= sight.bottom())
        if np.count_nonzero(seen) > MOST_MATES:
            seen &= np.isin(ends, list(near)).any(axis=1)
        shown = [(int(one), int(mate)) for one, mate in ends[seen]]
        for one, mate in shown:
            own = bool({one, mate} & set(near))
            color = QColor(self.colors.accent if own else self.colors.dim)
            painter.setPen(QPen(color, 1.8 if own else 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(float(x[mate]), float(y[mate]), float(x[one]), float(y[one])))

    # Branches -----------------------------------------------------------------------------------

    def _dots(
        self,
        painter: QPainter,
        layout: Layout,
        seen: npt.NDArray[np.intp],
        x: Doubles,
        y: Doubles,
        path: set[int],
        marked: Marked,
    ) -> None:
        """A square each, coloured by value; what was decided has a shape of its own."""
        edge = self.camera.edge
        level = ramp_places(self.growth.values)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, color in enumerate(ramp()):  # the best lie on top
            own = seen[(level[seen] == at) & (layout.ids[seen] != ROOT)]
            spots = np.unique(np.round(np.stack([x[own], y[own]], axis=1)), axis=0) - edge / 2
            painter.setBrush(color)
            painter.drawRects([QRectF(left, top, edge, edge) for left, top in spots.tolist()])
        for place in np.intersect1d(seen, self.growth.decided).tolist():
            spot = QRectF(x[place] - 6, y[place] - 6, 12, 12)
            if self.growth.status(int(layout.ids[place])) == "pinned":
                pin(painter, spot, QColor(self.colors.pinned))
            else:
                cross(painter, spot.adjusted(1, 1, -1, -1), QColor(self.colors.killed))
        for place in [*path, *(layout.places.get(one, -1) for one in marked.selected)]:
            if place < 0:
                continue
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.colors.accent), 2))
            grow = 5.0 if int(layout.ids[place]) == marked.current else 2.0
            painter.drawRect(
                QRectF(x[place] - edge / 2, y[place] - edge / 2, edge, edge).adjusted(
                    -grow, -grow, grow, grow
                )
            )

    def _picture(
        self,
        painter: QPainter,
        branch_id: int,
        at: QPointF,
        marked: Marked,
        on_path: bool,  # noqa: FBT001
    ) -> bool:
        room = self.room(at)
        colors = self.colors
        if not branch_id:
            self._root(painter, room)
            return True
        status = self.growth.status(branch_id)
        ratio = painter.device().devicePixelRatioF()
        wanted = self.camera.edge * ratio
        size = next((one for one in _SIZES if one >= wanted), _SIZES[-1])
        pixmap, final = self.thumbnails.pixmap(branch_id, size)
        painter.setOpacity(0.3 if status == "killed" else 1.0)
        if pixmap is None:
            painter.fillRect(room, QColor(colors.raised))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(room, pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if branch_id == marked.current or branch_id in marked.selected:
            painter.setPen(QPen(QColor(colors.accent), 3))
            painter.drawRect(room.adjusted(-1.5, -1.5, 1.5, 1.5))
            if branch_id == marked.current and marked.focused:
                painter.setPen(QPen(QColor(colors.text), 1))
                painter.drawRect(room.adjusted(-4.5, -4.5, 4.5, 4.5))
        elif on_path or branch_id == marked.hovered:
            painter.setPen(QPen(QColor(colors.accent if on_path else colors.dim), 1.5))
            painter.drawRect(room)
        self._badge(painter, room, status)
        if self.camera.edge >= CAPTION_PX:
            self._caption(painter, room, branch_id)
        return final

    def _root(self, painter: QPainter, room: QRectF) -> None:
        """The blank canvas that everything grows from."""
        painter.setPen(QPen(QColor(self.colors.dim), 1, Qt.PenStyle.DotLine))
        painter.setBrush(QColor(self.colors.panel))
        painter.drawRect(room)

    def _badge(self, painter: QPainter, room: QRectF, status: str) -> None:
        if status == "open":
            return
        edge = min(20.0, max(10.0, room.width() * 0.34))
        disc = QRectF(room.right() - edge + 3, room.y() - 3, edge, edge)
        painter.setPen(QPen(QColor(255, 255, 255, 60), 1))
        painter.setBrush(QColor(20, 20, 22, 225))
        painter.drawEllipse(disc)
        inset = edge * 0.22
        shape = disc.adjusted(inset, inset, -inset, -inset)
        if status == "pinned":
            pin(painter, shape, QColor("#ffc24d"))
        else:
            cross(painter, shape, QColor("#ff7d74"))

    def _caption(self, painter: QPainter, room: QRectF, branch_id: int) -> None:
        branch = self.growth.branch(branch_id)
        value = "" if branch is None or branch.value is None else f"{branch.value:.2f}"
        below = QRectF(room.x(), room.bottom() + 1, room.width(), 15)
        painter.setPen(QColor(self.colors.dim))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"#{branch_id}")
        painter.setPen(QColor(self.colors.text))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, value)

    def _pill(self, painter: QPainter, at: QPointF, count: int) -> None:
        room = self.pill(at)
        painter.setPen(QPen(QColor(self.colors.line), 1))
        painter.setBrush(QColor(self.colors.raised))
        painter.drawRoundedRect(room, 7, 7)
        painter.setPen(QColor(self.colors.text))
        font = painter.font()
        small = painter.font()
        small.setPointSizeF(max(6.5, font.pointSizeF() * 0.8))
        painter.setFont(small)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"+{count}")
        painter.setFont(font)

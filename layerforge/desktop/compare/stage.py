"""The stage: two to four versions, in turns, beside each other, wiped, or subtracted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.compare.places import places
from layerforge.desktop.picture.lens import Room
from layerforge.desktop.picture.looking import Looking
from layerforge.desktop.picture.painting import paint
from layerforge.desktop.theme import Colors, colors_now

Mode = Literal["side", "flip", "wipe", "difference"]

HANDLE = 12
"""How near to the wipe's edge it can be held, in logical pixels."""

_MARGIN = 8
_LETTERS = "ABCD"


class Stage(Looking):
    """Shows versions; one of them is the current one.

    current_changed: the place of the version that is current now.  wiped: where the wipe's edge
    lies, 0 to 1.  leave_wanted, better_wanted: by Escape, by Enter.  answered: by the arrows while
    a question is asked: -1 for the left one, 1 for the right one, 0 for neither.
    """

    current_changed = Signal(int)
    wiped = Signal(float)
    leave_wanted = Signal()
    better_wanted = Signal()
    answered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode: Mode = "side"
        self.asks = False
        self.current = 0
        self.edge = 0.5
        self._versions: tuple[int, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._pixmaps: Mapping[int, QPixmap] = {}
        self._wiping = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setAccessibleName(self.tr("Versions to compare"))

    @property
    def versions(self) -> tuple[int, ...]:
        """The branches that are shown."""
        return self._versions

    @property
    def pair(self) -> tuple[int, int]:
        """The places of the two that are wiped or subtracted: the current one, and the next."""
        return self.current, (self.current + 1) % max(len(self._versions), 1)

    def show_versions(self, versions: Sequence[int], labels: Sequence[str]) -> None:
        """Show these branches."""
        self._versions, self._labels, self._pixmaps = tuple(versions), tuple(labels), {}
        self.current = 0
        self._describe()
        self.zoom_fit()

    def show_pictures(self, pixmaps: Mapping[int, QPixmap]) -> None:
        """Show these pictures, by branch."""
        self._pixmaps = pixmaps
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Compare in another way; zoom and place stay."""
        self.mode = mode
        self.look(self._lens)

    def set_edge(self, edge: float) -> None:
        """Put the wipe's edge there, 0 to 1."""
        self.edge = min(max(edge, 0.0), 1.0)
        self.wiped.emit(self.edge)
        self.update()

    def choose(self, place: int) -> None:
        """Make another version the current one."""
        if self._versions:
            self.current = place % len(self._versions)
            self._describe()
            self.current_changed.emit(self.current)
            self.update()

    # Geometry -----------------------------------------------------------------------------------

    def cells(self) -> list[QRectF]:
        """Where versions lie, in order; only one place but side by side."""
        margin = _MARGIN
        inner = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        count = len(self._versions) if self.mode == "side" else 1
        return places(max(count, 1), inner, self._canvas[0] / self._canvas[1])

    def has_picture(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self._versions)

    def room(self, at: QPointF | None = None) -> Room:
        """The place of a version: of that under ``at``, else of the first; all are as large."""
        cells = self.cells()
        found = next((one for one in cells if at is not None and one.contains(at)), cells[0])
        return self._room_of(found)

    def _room_of(self, cell: QRectF) -> Room:
        return Room(
            x=cell.x(),
            y=cell.y(),
            width=max(1.0, cell.width()),
            height=max(1.0, cell.height()),
            ratio=self.devicePixelRatioF(),
            canvas=self._canvas,
        )

    def _edge_x(self) -> float:
        seen = self._seen()
        return seen.x() + self.edge * seen.width()

    def _seen(self) -> QRectF:
        """The part of the only cell that the picture covers."""
        cell = self.cells()[0]
        return self._lens.target(self._room_of(cell)).intersected(cell)

    # Events -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(900, 560)

    def event(self, event: QEvent) -> bool:
        own = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and Qt.Key(event.key()) in own:
                event.accept()  # else they would start to explore, or enlarge
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self.pan_by_key(event):
            return
        if key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        elif self.asks and key in turns:
            self.answered.emit(turns[key])
        elif self.asks and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.answered.emit(0)
        elif key == Qt.Key.Key_Space:
            self.choose(self.current + 1)
        elif key in turns:
            self.choose(self.current + turns[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.better_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = event.position()
        if self.mode == "wipe" and abs(at.x() - self._edge_x()) <= HANDLE:
            self._wiping = True
            return
        if self.mode == "side":
            for place, cell in enumerate(self.cells()[: len(self._versions)]):
                if cell.contains(at):
                    self.choose(place)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Answer a question by the picture itself."""
        if self.asks and self.mode == "side":
            for side, cell in zip((-1, 1), self.cells(), strict=False):
                if cell.contains(event.position()):
                    self.answered.emit(side)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        near = self.mode == "wipe" and abs(event.position().x() - self._edge_x()) <= HANDLE
        if self._wiping:
            seen = self._seen()
            self.set_edge((event.position().x() - seen.x()) / max(seen.width(), 1.0))
        elif near and self._grip is None:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self._show_hand()
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._wiping = False
        super().mouseReleaseEvent(event)

    # Painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = colors_now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.surround))
        if not self._versions:
            return
        cells = self.cells()
        first, second = self.pair
        match self.mode:
            case "side":
                for place, cell in enumerate(cells):
                    self._paint(painter, place, cell)
                    self._badge(painter, place, cell, colors)
            case "flip":
                self._paint(painter, first, cells[0])
                self._badge(painter, first, cells[0], colors)
            case "wipe":
                self._paint_wiped(painter, cells[0], colors)
            case "difference":
                self._paint(painter, first, cells[0])
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
                self._paint(painter, second, cells[0])
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                self._badge(painter, first, cells[0], colors)
                self._badge(painter, second, cells[0], colors, right=True)
        if self.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint(self, painter: QPainter, place: int, cell: QRectF) -> None:
        pixmap = self._pixmaps.get(self._versions[place])
        if pixmap is not None:
            paint(painter, pixmap, self._lens, self._room_of(cell))

    def _paint_wiped(self, painter: QPainter, cell: QRectF, colors: Colors) -> None:
        first, second = self.pair
        edge, seen = self._edge_x(), self._seen()
        left = QRectF(cell.x(), cell.y(), max(edge - cell.x(), 0.0), cell.height())
        for place, part in ((second, None), (first, left)):
            painter.save()
            if part is not None:
                painter.setClipRect(part)
            self._paint(painter, place, cell)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 4))
        line = QPointF(edge, seen.top()), QPointF(edge, seen.bottom())
        painter.drawLine(*line)
        painter.setPen(QPen(QColor(colors.accent), 2))
        painter.drawLine(*line)
        painter.setBrush(QColor(colors.accent))
        painter.drawEllipse(QPointF(edge, seen.center().y()), 7, 7)
        self._badge(painter, first, cell, colors)
        self._badge(painter, second, cell, colors, right=True)

    def _badge(
        self,
        painter: QPainter,
        place: int,
        cell: QRectF,
        colors: Colors,
        *,
        right: bool = False,
    ) -> None:
        text = f"{_LETTERS[place]}   {self._labels[place]}"
        seen = self._lens.target(self._room_of(cell)).intersected(cell)
        font = painter.font()
        font.setBold(place == self.current)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 18
        left = seen.right() - width - 6 if right else seen.x() + 6
        pill = QRectF(left, seen.y() + 6, width, 24)
        chosen = place == self.current and self.mode == "side" and not self.asks
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.accent), 2) if chosen else QPen(QColor(0, 0, 0, 0)))
        painter.setBrush(QColor(20, 20, 22, 215))
        painter.drawRoundedRect(pill, 5, 5)
        painter.setPen(QColor("#f2f2f4"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        if chosen:
            painter.setPen(QPen(QColor(colors.accent), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(seen.adjusted(-1.5, -1.5, 1.5, 1.5))

    def _describe(self) -> None:
        if self._versions:
            words = self.tr("Version {letter}, {label}, of {n}")
            label = self._labels[self.current]
            self.setAccessibleDescription(
                words.format(letter=_LETTERS[self.current], label=label, n=len(self._versions))
            )

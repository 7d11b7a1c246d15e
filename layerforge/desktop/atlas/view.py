"""The atlas: the best picture of every kind, from plain to colourful and from calm to busy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from layerforge.desktop.anew import later
from layerforge.desktop.atlas.finding import Characters
from layerforge.desktop.atlas.grid import WHOLE, Cell, Grid, Place, beside, grid_of, span_of
from layerforge.desktop.gallery.thumbnails import Fetch, Thumbnails
from layerforge.desktop.own_keys import takes
from layerforge.desktop.symbols import pin
from layerforge.desktop.theme import colors_now
from layerforge.model.branch import Branch
from layerforge.scoring.character import CELLS

COLUMNS, ROWS = CELLS
LEAST_EDGE = 40
"""The short side of a cell; where there is less room than that, the grid is scrolled."""

AXIS = 24
"""The room for the words beside the grid."""

COUNT_ROOM = 150
"""How much room beside the grid it takes to say how much of it is filled."""

CACHE_BYTES = 48 * 1024 * 1024

_GAP = 3
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_GROWS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AtlasView(QAbstractScrollArea):
    """Shows the best branch of each cell.

    branch, describe: a branch by id, as it is now, and in words.  fetch: its thumbnail's bytes.
    chosen, grow_wanted: a cell was clicked, or double-clicked.  seen: whether it is in sight now.
    """

    chosen = Signal(int)
    grow_wanted = Signal(int)
    menu_wanted = Signal(object)
    seen = Signal(bool)

    def __init__(
        self,
        branch: Callable[[int], Branch | None],
        describe: Callable[[Branch], str],
        fetch: Fetch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._branch, self._describe = branch, describe
        self.thumbnails = Thumbnails(fetch, max_bytes=CACHE_BYTES)
        self._characters: Characters = {}
        self.grid = Grid({}, {})
        self._span = WHOLE
        self._aspect = 1.0
        self._current: Place | None = None
        self._selected: frozenset[int] = frozenset()
        self._again = later(self, 0, self.viewport().update)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 140)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(self.tr("Atlas of branches"))
        self._say_current()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(900, 380)

    def set_aspect(self, aspect: float) -> None:
        """Width by height of the pictures."""
        self._aspect = aspect
        self._lay_out()

    def show_characters(self, characters: Characters) -> None:
        """Show branches by what kind of picture they are."""
        self._characters = characters
        self.grid = grid_of(characters, self._branch)
        self._span = span_of(self.grid)
        self._say_current()
        self._lay_out()

    def show_statuses(self, changed: Mapping[int, object]) -> None:
        """Some branches were pinned, killed or reset."""
        if changed:
            self.show_characters(self._characters)

    def mark(self, current: int | None, selected: Sequence[int]) -> None:
        """Show where these branches lie."""
        self._current = None if current is None else self.grid.place_of.get(current)
        self._selected = frozenset([*selected, *([] if current is None else [current])])
        self._say_current()
        self.viewport().update()

    def describe(self, place: Place) -> str:
        """A cell in words."""
        cell = self.grid.cells.get(place)
        if cell is None:
            return self.tr("Nothing of this kind yet: {where}").format(where=self._where(place))
        words = self.tr("{branch}\ncolourfulness {x:.2f}, complexity {y:.2f}\n{more}").format(
            branch=self._describe(cell.best),
            x=cell.character[0],
            y=cell.character[1],
            more=self.tr("the best of {n} in this cell").format(n=cell.count)
            if cell.count > 1
            else self.tr("the only one in this cell"),
        )
        return f"{words}\n{self._where(place)}"

    # Where things are ---------------------------------------------------------------------------

    def cell_rect(self, place: Place) -> QRect:
        """Where a cell is in the viewport."""
        size = self._cell_size()
        room = self._room()
        across, down = place[0] - self._span.left, self._span.high - place[1]
        x = room.x() + across * size.width() - self.horizontalScrollBar().value()
        y = room.y() + down * size.height() - self.verticalScrollBar().value()
        return QRect(x, y, size.width() - _GAP, size.height() - _GAP)

    def _cell_size(self) -> QSize:
        """As large as fits, but never too small to see anything."""
        room = self.viewport().size() - QSize(AXIS + 12, AXIS + 8)
        columns, rows = len(self._span.columns), len(self._span.rows)
        height = min(room.height() / rows, room.width() / columns / self._aspect)
        least = LEAST_EDGE * max(1.0, 1.0 / self._aspect)
        height = max(height, least)
        return QSize(int(height * self._aspect), int(height))

    def _room(self) -> QRect:
        """Where the grid is while nothing is scrolled: in the middle, as far as it fits."""
        size = self._cell_size()
        columns, rows = len(self._span.columns), len(self._span.rows)
        whole = QSize(size.width() * columns, size.height() * rows)
        spare = self.viewport().width() - AXIS - 12 - whole.width()
        return QRect(QPoint(AXIS + 6 + max(0, spare // 2), 6), whole)

    def _place_at(self, at: QPoint) -> Place | None:
        for column in self._span.columns:
            for row in self._span.rows:
                if self.cell_rect((column, row)).contains(at):
                    return column, row
        return None

    def _lay_out(self) -> None:
        room = self._room()
        over = QSize(AXIS + 12 + room.width(), AXIS + 8 + room.height()) - self.viewport().size()
        for bar, much in (
            (self.horizontalScrollBar(), over.width()),
            (self.verticalScrollBar(), over.height()),
        ):
            bar.setRange(0, max(0, much))
            bar.setSingleStep(LEAST_EDGE)
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.viewport().update()

    # Painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = colors_now()
        painter.fillRect(self.viewport().rect(), QColor(colors.surround))
        self.thumbnails.begin_frame()
        empty = QColor(colors.panel)
        empty.setAlphaF(0.55)
        for column in self._span.columns:
            for row in self._span.rows:
                cell, rect = self.grid.cells.get((column, row)), self.cell_rect((column, row))
                if cell is None:
                    painter.fillRect(rect, empty)
                else:
                    self._paint_cell(painter, rect, cell)
        if self._current is not None:
            width = 3 if self.hasFocus() else 2
            painter.setPen(QPen(QColor(colors.accent), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.cell_rect(self._current)).adjusted(-1, -1, 1, 1))
        self._paint_axes(painter)

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        ratio = self.devicePixelRatioF()
        edge_px = round(max(rect.width(), rect.height()) * ratio)
        pixmap, final = self.thumbnails.pixmap(cell.best.id, edge_px)
        colors = colors_now()
        if pixmap is None:
            painter.fillRect(rect, QColor(colors.raised))
        else:
            painter.drawPixmap(rect, pixmap)
        if not final:
            self._again.start()
        if cell.best.status == "pinned":
            disc = QRectF(rect.right() - 18, rect.y() + 3, 15, 15)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(20, 20, 22, 225))
            painter.drawEllipse(disc)
            pin(painter, disc.adjusted(4, 3.5, -4, -3.5), QColor(colors.pinned))
        if cell.best.id in self._selected:
            painter.setPen(QPen(QColor(colors.accent), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)

    def _paint_axes(self, painter: QPainter) -> None:
        """The words stay in sight while the grid is scrolled."""
        colors = colors_now()
        view, room = self.viewport().rect(), self._room()
        across = room.intersected(QRect(AXIS, 0, view.width() - AXIS - 6, view.height()))
        bottom = min(view.height() - AXIS, room.bottom() + 1 - self.verticalScrollBar().value())
        below = QRect(across.x(), bottom, across.width(), AXIS)
        shade = QColor(colors.surround)
        painter.fillRect(QRect(0, below.y(), view.width(), view.height()), shade)
        left = room.x() - AXIS - 2
        painter.fillRect(QRect(0, 0, left + AXIS, view.height()), shade)
        if left > COUNT_ROOM:
            painter.setPen(QColor(colors.dim))
            spot = QRect(12, 8, left - 16, 24)
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, self._count())
        low, high, title = self.tr("grey"), self.tr("colourful"), self.tr("colourfulness")
        _write_axis(painter, below, low, title, high)
        painter.save()
        painter.translate(left, below.y())
        painter.rotate(-90)
        upright = QRect(0, 0, below.y() - 6, AXIS)
        low, high, title = self.tr("calm"), self.tr("busy"), self.tr("complexity")
        _write_axis(painter, upright, low, title, high)
        painter.restore()

    # Events -------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.seen.emit(True)  # noqa: FBT003 - a signal

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.seen.emit(False)  # noqa: FBT003 - a signal

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        return takes(event, _GROWS) or super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            words = "" if place is None else self.describe(place)
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._tell(event.position().toPoint(), self.chosen)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._tell(event.position().toPoint(), self.grow_wanted)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        if self._tell(event.pos(), self.chosen):
            self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        cell = None if self._current is None else self.grid.cells.get(self._current)
        if key in _STEPS and self.grid.cells:
            start = self._current
            found = None if start is None else beside(self.grid, start, *_STEPS[key])
            if start is None:
                found = min(self.grid.cells)
            if found is not None:
                self._bring(found)
                self.chosen.emit(self.grid.cells[found].best.id)
        elif key in _GROWS and cell is not None:
            self.grow_wanted.emit(cell.best.id)
        else:
            super().keyPressEvent(event)

    def _bring(self, place: Place) -> None:
        """Scroll a cell into sight."""
        rect, room = self.cell_rect(place), self.viewport().rect()
        room.adjust(AXIS, 0, 0, -AXIS)
        for bar, low, high in (
            (self.verticalScrollBar(), rect.top() - room.top(), rect.bottom() - room.bottom()),
            (self.horizontalScrollBar(), rect.left() - room.left(), rect.right() - room.right()),
        ):
            bar.setValue(bar.value() + (min(low, 0) or max(high, 0)))

    def _tell(self, at: QPoint, signal: object) -> bool:
        place = self._place_at(at)
        cell = None if place is None else self.grid.cells.get(place)
        if cell is not None:
            signal.emit(cell.best.id)  # type: ignore[attr-defined]
        return cell is not None

    def _count(self) -> str:
        n, m = len(self.grid.cells), COLUMNS * ROWS
        return self.tr("{n} of {m} kinds found").format(n=n, m=m)

    def _where(self, place: Place) -> str:
        x = (place[0] + 0.5) / COLUMNS
        y = (place[1] + 0.5) / ROWS
        return self.tr("{x:.0f} % colourful, {y:.0f} % busy").format(x=100 * x, y=100 * y)

    def _say_current(self) -> None:
        count = self._count()
        words = count if self._current is None else self.describe(self._current)
        self.setAccessibleDescription(words)


def _write_axis(painter: QPainter, room: QRect, low: str, title: str, high: str) -> None:
    colors = colors_now()
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(colors.text))
    low, high = f"← {low}", f"{high} →"
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, high)
    words = painter.fontMetrics().horizontalAdvance(f"{low}   {title}   {high}")
    if words < room.width():
        painter.setPen(QColor(colors.dim))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, title)

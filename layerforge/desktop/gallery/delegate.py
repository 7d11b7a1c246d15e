"""How one branch looks in the gallery."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from layerforge.desktop.gallery.marks import is_fragile
from layerforge.desktop.gallery.model import GalleryModel
from layerforge.desktop.gallery.thumbnails import Thumbnails
from layerforge.desktop.symbols import Symbol, crack, cross, fold, outside, pin, sheets
from layerforge.desktop.theme import Colors, colors_now
from layerforge.model.branch import Branch

GAP = 8
CAPTION = 22
SHEETS = 8
"""How far the sheets of a stack look out from under the one on top."""


class BranchDelegate(QStyledItemDelegate):
    """Paints a branch: its picture, number and value, and whether it is pinned or killed.

    picture: the room for a picture, in logical pixels.  cell: that for all of it.
    unfinished: a picture was not ready; the view should paint again soon.
    """

    unfinished = Signal()

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self.picture = QSize(152, 152)
        self.cell = QSize(160, 182)

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self.cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        branch = self._model.branch_at(index.row())
        colors = colors_now()
        state = option.state
        cell: QRect = option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        size = self.picture
        room = QRect(
            cell.x() + (cell.width() - size.width()) // 2,
            cell.y() + GAP // 2,
            size.width(),
            size.height(),
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        below = self._model.below(branch.id)
        folded = bool(self._model.hidden_below(branch.id))
        if folded:
            room = _sheets(painter, room, colors)
        elif self._model.top_of(branch.id) is not None:
            painter.fillRect(cell.adjusted(0, 0, 1, 0), QColor(colors.raised))
        if branch.status == "killed":
            painter.setOpacity(0.28)
        self._picture(painter, room, branch, colors)
        painter.setOpacity(1.0)
        if selected:
            _frame(painter, room, QColor(colors.accent), width=3)
        elif state & QStyle.StateFlag.State_MouseOver:
            _frame(painter, room, QColor(colors.dim), width=1)
        if state & QStyle.StateFlag.State_HasFocus and not selected:
            _frame(painter, room, QColor(colors.text), width=1)
        self._badges(painter, room, branch)
        if below:
            _count(painter, QRectF(self.stack_badge(cell)), 1 + len(below), colors, folded=folded)
        font = QFont(option.font)
        caption = QRect(room.x(), cell.y() + GAP // 2 + size.height(), room.width(), CAPTION)
        _caption(painter, caption, branch, colors, font, selected=selected)
        painter.restore()

    def stack_badge(self, cell: QRect) -> QRect:
        """Where in a cell the count of a stack stands; it can be pressed."""
        right = cell.x() + (cell.width() + self.picture.width()) // 2 - SHEETS
        bottom = cell.y() + GAP // 2 + self.picture.height() - SHEETS
        return QRect(right - 46, bottom - 30, 42, 26)

    def _picture(self, painter: QPainter, room: QRect, branch: Branch, colors: Colors) -> None:
        ratio = painter.device().devicePixelRatioF()
        edge_px = round(max(room.width(), room.height()) * ratio)
        pixmap, final = self._thumbnails.pixmap(branch.id, edge_px)
        if pixmap is None:
            painter.fillRect(room, QColor(colors.panel))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(room, pixmap)
        if not final:
            self.unfinished.emit()

    def _badges(self, painter: QPainter, room: QRect, branch: Branch) -> None:
        """What was decided on the right, what the score says on the left: each its own shape."""
        right = QRectF(room.right() - 29, room.y() + 6, 24, 24)
        if branch.status == "pinned":
            _badge(painter, right, pin, "#ffc24d")
        elif branch.status == "killed":
            _badge(painter, right, cross, "#ff7d74")
        left = QRectF(room.x() + 6, room.y() + 6, 20, 20)
        if self._model.is_out(branch):
            _badge(painter, left, outside, "#6fd0f5")
            left.translate(24, 0)
        if is_fragile(branch):
            _badge(painter, left, crack, "#e7e1d3")


def _badge(painter: QPainter, disc: QRectF, symbol: Symbol, color: str) -> None:
    painter.setPen(QPen(QColor(255, 255, 255, 60), 1))
    painter.setBrush(QColor(20, 20, 22, 225))
    painter.drawEllipse(disc)
    symbol(painter, disc.adjusted(5.5, 5.5, -5.5, -5.5), QColor(color))


def _sheets(painter: QPainter, room: QRect, colors: Colors) -> QRect:
    """Two sheets below a smaller picture; returns the room for that."""
    top = room.adjusted(0, 0, -SHEETS, -SHEETS)
    for off, color in ((SHEETS, colors.handle), (SHEETS // 2, colors.dim)):
        painter.fillRect(top.translated(off, off), QColor(color))
        painter.fillRect(top.translated(off - 1, off - 1), QColor(colors.surround))
    return top


def _count(painter: QPainter, badge: QRectF, count: int, colors: Colors, *, folded: bool) -> None:
    """How many a stack holds, on a pill that unfolds it, with sheets or, unfolded, a chevron."""
    painter.setPen(QPen(QColor(255, 255, 255, 90), 1))
    painter.setBrush(QColor(20, 20, 22, 235) if folded else QColor(colors.accent))
    painter.drawRoundedRect(badge, 8, 8)
    ink = QColor("#f4f2ee") if folded else QColor(colors.accent_text)
    sign = QRectF(badge.x() + 7, badge.center().y() - 6, 12, 12)
    (sheets if folded else fold)(painter, sign, ink)
    painter.setPen(ink)
    font = QFont(painter.font())
    font.setBold(True)
    painter.setFont(font)
    number = str(count) if count < 100 else "99+"
    painter.drawText(badge.adjusted(18, 0, -3, 0), Qt.AlignmentFlag.AlignCenter, number)


def _frame(painter: QPainter, room: QRect, color: QColor, *, width: int) -> None:
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRect(QRectF(room).adjusted(-half, -half, half, half))


def _caption(
    painter: QPainter, room: QRect, branch: Branch, colors: Colors, font: QFont, *, selected: bool
) -> None:
    killed = branch.status == "killed"
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font)
    painter.setPen(QColor(colors.dim))
    painter.drawText(
        room.adjusted(2, 0, -2, 0), middle | Qt.AlignmentFlag.AlignLeft, f"#{branch.id}"
    )
    if branch.value is None:
        return
    font.setBold(selected)
    font.setStrikeOut(killed)
    painter.setFont(font)
    painter.setPen(QColor(colors.dim if killed else colors.text))
    value = f"{branch.value:.3f}"
    painter.drawText(room.adjusted(2, 0, -2, 0), middle | Qt.AlignmentFlag.AlignRight, value)

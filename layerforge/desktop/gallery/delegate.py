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
from layerforge.desktop.symbols import Symbol, crack, cross, outside, pin
from layerforge.desktop.theme import Colors, colors_now
from layerforge.model.branch import Branch

GAP = 8
CAPTION = 22


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
        if branch.status == "killed":
            painter.setOpacity(0.28)
        self._picture(painter, room, branch, colors)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            _frame(painter, room, QColor(colors.accent), width=3)
        elif state & QStyle.StateFlag.State_MouseOver:
            _frame(painter, room, QColor(colors.dim), width=1)
        if state & QStyle.StateFlag.State_HasFocus and not selected:
            _frame(painter, room, QColor(colors.text), width=1)
        self._badges(painter, room, branch)
        font = QFont(option.font)
        caption = QRect(room.x(), room.bottom() + 1, room.width(), CAPTION)
        _caption(painter, caption, branch, colors, font, selected=selected)
        painter.restore()

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

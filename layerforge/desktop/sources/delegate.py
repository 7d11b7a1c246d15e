"""How one source looks in the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from layerforge.desktop.sources.model import SourcesModel
from layerforge.desktop.sources.weights import NORMAL, in_words
from layerforge.desktop.symbols import arrow_down, arrow_up
from layerforge.desktop.theme import colors_now

THUMBNAIL = 44
ROW = THUMBNAIL + 8
MARK = 16


class SourceDelegate(QStyledItemDelegate):
    """Paints a source: a square of it, its name and its size."""

    def __init__(self, model: SourcesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        source = self._model.source_at(index.row())
        colors = colors_now()
        row: QRect = option.rect
        weight = self._model.weight(source)
        off = not weight
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(colors.raised))
            painter.fillRect(QRect(row.x(), row.y(), 3, row.height()), QColor(colors.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colors.accent))
            painter.drawRect(row.adjusted(0, 0, -1, -1))
        room = QRect(row.x() + 14, row.y() + 4, THUMBNAIL, THUMBNAIL)
        pixmap = self._model.pixmap(source)
        if pixmap is None:
            painter.fillRect(room, QColor(colors.raised))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            edge = min(pixmap.width(), pixmap.height())
            middle = pixmap.rect().center()
            square = QRect(middle.x() - edge // 2, middle.y() - edge // 2, edge, edge)
            painter.setOpacity(0.3 if off else 1.0)
            painter.drawPixmap(room, pixmap, square)
            painter.setOpacity(1.0)
        if off:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colors.text), 2))
            painter.drawLine(room.bottomLeft(), room.topRight())
        elif weight != NORMAL:
            _mark(painter, room, more=weight > NORMAL)
        words = QRect(room.right() + 11, row.y() + 6, row.right() - room.right() - 16, ROW - 12)
        metrics = painter.fontMetrics()
        name = metrics.elidedText(source.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.setPen(QColor(colors.dim if off else colors.text))
        half = words.height() // 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words.adjusted(0, 0, 0, -half), left, name)
        painter.setPen(QColor(colors.dim))
        said = [self._model.size_of(source), in_words(weight)]
        line = "  ·  ".join(one for one in said if one)
        line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.adjusted(0, half, 0, 0), left, line)
        painter.restore()


def _mark(painter: QPainter, room: QRect, *, more: bool) -> None:
    """An arrow in the thumbnail's corner: up for a source that is used more, down for less."""
    colors = colors_now()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.panel))
    plate = QRectF(room.right() - MARK, room.bottom() - MARK, MARK + 1, MARK + 1)
    painter.drawRoundedRect(plate, 3, 3)
    sign = arrow_up if more else arrow_down
    sign(painter, plate.adjusted(3, 3, -3, -3), QColor(colors.accent if more else colors.text))

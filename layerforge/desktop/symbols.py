"""The app's own signs, drawn as shapes, so that they are sharp at every size and scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

Symbol = Callable[[QPainter, QRectF, QColor], None]


def pin(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A drawing pin, seen from the side."""
    _solid(painter, color)
    painter.drawRoundedRect(_box(room, 0.22, 0.0, 0.56, 0.16), 1, 1)
    painter.drawRect(_box(room, 0.34, 0.12, 0.32, 0.34))
    painter.drawPolygon(_shape(room, (0.34, 0.40), (0.66, 0.40), (0.88, 0.64), (0.12, 0.64)))
    painter.drawRect(_box(room, 0.46, 0.62, 0.08, 0.38))


def cross(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A cross from corner to corner."""
    painter.setPen(_pen(color, room))
    inner = room.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def play(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A triangle that points right."""
    _solid(painter, color)
    painter.drawPolygon(_shape(room, (0.18, 0.06), (0.94, 0.5), (0.18, 0.94)))


def pause(painter: QPainter, room: QRectF, color: QColor) -> None:
    """Two bars."""
    _solid(painter, color)
    for left in (0.16, 0.58):
        painter.drawRect(_box(room, left, 0.08, 0.26, 0.84))


def stop(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A square."""
    _solid(painter, color)
    painter.drawRect(_box(room, 0.14, 0.14, 0.72, 0.72))


def plus(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A plus."""
    painter.setPen(_pen(color, room))
    middle = room.center()
    painter.drawLine(QPointF(room.left() + 2, middle.y()), QPointF(room.right() - 2, middle.y()))
    painter.drawLine(QPointF(middle.x(), room.top() + 2), QPointF(middle.x(), room.bottom() - 2))


def minus(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A minus."""
    painter.setPen(_pen(color, room))
    middle = room.center().y()
    painter.drawLine(QPointF(room.left() + 2, middle), QPointF(room.right() - 2, middle))


def halves(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A frame, its left half filled: before and after."""
    painter.setPen(QPen(color, max(1.2, room.width() / 11)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(_box(room, 0.06, 0.12, 0.88, 0.76))
    _solid(painter, color)
    painter.drawRect(_box(room, 0.06, 0.12, 0.44, 0.76))


def die(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A die that shows five."""
    painter.setPen(QPen(color, max(1.2, room.width() / 11)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), room.width() / 5, room.width() / 5)
    _solid(painter, color)
    eye = room.width() * 0.075
    for x, y in ((0.3, 0.3), (0.7, 0.3), (0.5, 0.5), (0.3, 0.7), (0.7, 0.7)):
        painter.drawEllipse(_at(room, x, y), eye, eye)


def lock(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A closed padlock."""
    painter.setPen(QPen(color, max(1.4, room.width() / 9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(_box(room, 0.28, 0.06, 0.44, 0.7), 0, 180 * 16)
    _solid(painter, color)
    painter.drawRoundedRect(_box(room, 0.14, 0.44, 0.72, 0.52), 2, 2)


def triangle_right(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A closed fold."""
    _solid(painter, color)
    painter.drawPolygon(_shape(room, (0.3, 0.2), (0.75, 0.5), (0.3, 0.8)))


def triangle_down(painter: QPainter, room: QRectF, color: QColor) -> None:
    """An open fold."""
    _solid(painter, color)
    painter.drawPolygon(_shape(room, (0.2, 0.3), (0.8, 0.3), (0.5, 0.75)))


def arrow_up(painter: QPainter, room: QRectF, color: QColor) -> None:
    """An arrow upwards."""
    painter.setPen(_pen(color, room))
    painter.drawLine(_at(room, 0.5, 0.12), _at(room, 0.5, 0.88))
    painter.drawPolyline(_shape(room, (0.2, 0.42), (0.5, 0.12), (0.8, 0.42)))


def arrow_down(painter: QPainter, room: QRectF, color: QColor) -> None:
    """An arrow downwards."""
    painter.setPen(_pen(color, room))
    painter.drawLine(_at(room, 0.5, 0.12), _at(room, 0.5, 0.88))
    painter.drawPolyline(_shape(room, (0.2, 0.58), (0.5, 0.88), (0.8, 0.58)))


def eye(painter: QPainter, room: QRectF, color: QColor) -> None:
    """An eye."""
    painter.setPen(QPen(color, max(1.2, room.width() / 11)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lid = QPainterPath(_at(room, 0.02, 0.5))
    lid.quadTo(_at(room, 0.5, -0.06), _at(room, 0.98, 0.5))
    lid.quadTo(_at(room, 0.5, 1.06), _at(room, 0.02, 0.5))
    painter.drawPath(lid)
    _solid(painter, color)
    painter.drawEllipse(_at(room, 0.5, 0.5), room.width() * 0.15, room.width() * 0.15)


def crack(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A plate with a crack through it: fragile."""
    painter.setPen(QPen(color, max(1.2, room.width() / 10)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_shape(room, (0.08, 0.08), (0.92, 0.08), (0.92, 0.92), (0.08, 0.92)))
    painter.drawPolyline(_shape(room, (0.55, 0.08), (0.36, 0.38), (0.64, 0.56), (0.42, 0.92)))


def outside(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A triangle, and a dot outside of it: out of the hull."""
    painter.setPen(QPen(color, max(1.2, room.width() / 10)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_shape(room, (0.02, 0.96), (0.3, 0.24), (0.76, 0.86)))
    _solid(painter, color)
    painter.drawEllipse(_at(room, 0.8, 0.22), room.width() * 0.19, room.width() * 0.19)


def funnel(painter: QPainter, room: QRectF, color: QColor) -> None:
    """A funnel: only some are shown."""
    _solid(painter, color)
    painter.drawPolygon(
        _shape(room, (0.04, 0.1), (0.96, 0.1), (0.6, 0.54), (0.6, 0.96), (0.4, 0.8), (0.4, 0.54))
    )


def sheets(painter: QPainter, room: QRectF, color: QColor) -> None:
    """Two sheets, one on top of the other: a stack."""
    painter.setPen(QPen(color, max(1.2, room.width() / 9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_shape(room, (0.34, 0.1), (0.92, 0.1), (0.92, 0.68)))
    _solid(painter, color)
    painter.drawRect(_box(room, 0.06, 0.3, 0.66, 0.62))


def fold(painter: QPainter, room: QRectF, color: QColor) -> None:
    """Two arrow heads that meet: fold together."""
    painter.setPen(_pen(color, room))
    painter.drawPolyline(_shape(room, (0.08, 0.2), (0.36, 0.5), (0.08, 0.8)))
    painter.drawPolyline(_shape(room, (0.92, 0.2), (0.64, 0.5), (0.92, 0.8)))


def icon(symbol: Symbol, color: str, *, edge: int = 14, disabled: str | None = None) -> QIcon:
    """``symbol`` as an icon, sharp on every screen."""
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, disabled or color)):
        for ratio in (1, 2, 3):
            pixmap = QPixmap(QSize(edge, edge) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            symbol(painter, QRectF(0, 0, edge, edge), QColor(tint))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made


def _at(room: QRectF, x: float, y: float) -> QPointF:
    """The point at fractions of ``room``."""
    return QPointF(room.x() + x * room.width(), room.y() + y * room.height())


def _box(room: QRectF, x: float, y: float, width: float, height: float) -> QRectF:
    """A box in fractions of ``room``."""
    return QRectF(_at(room, x, y), _at(room, x + width, y + height))


def _shape(room: QRectF, *corners: tuple[float, float]) -> QPolygonF:
    """A polygon in fractions of ``room``."""
    return QPolygonF([_at(room, x, y) for x, y in corners])


def _solid(painter: QPainter, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)


def _pen(color: QColor, room: QRectF) -> QPen:
    width = max(1.6, room.width() / 7)
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

"""A picture through a lens."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from layerforge.desktop.picture.lens import Lens, Room

PIXELS_SHOW = 2.0
"""From this scale on pixels are shown as squares."""


def paint(painter: QPainter, pixmap: QPixmap, lens: Lens, room: Room) -> None:
    """Draw what is seen of ``pixmap``; pixel for pixel where it was rendered for this size."""
    target = lens.target(room)
    ratio = room.ratio
    shown = round(max(target.width(), target.height()) * ratio)
    edge = max(pixmap.width(), pixmap.height())
    painter.save()
    inside = QRectF(room.x, room.y, room.width, room.height)
    painter.setClipRect(inside, Qt.ClipOperation.IntersectClip)
    if abs(edge - shown) <= 1:
        # no resampling, and on whole device pixels
        place = QPointF(round(target.x() * ratio) / ratio, round(target.y() * ratio) / ratio)
        pixmap.setDevicePixelRatio(ratio)
        painter.drawPixmap(place, pixmap)
    else:
        pixmap.setDevicePixelRatio(1.0)
        smooth = lens.scale_in(room) < PIXELS_SHOW
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
    painter.restore()

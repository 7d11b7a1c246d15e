"""Where versions lie beside each other."""

from __future__ import annotations

from PySide6.QtCore import QRectF

GAP = 6


def places(count: int, room: QRectF, aspect: float) -> list[QRectF]:
    """Equal places for ``count`` pictures of that width by height, as large as can be."""

    def share(columns: int) -> float:
        rows = -(-count // columns)
        width = (room.width() - GAP * (columns - 1)) / columns
        height = (room.height() - GAP * (rows - 1)) / rows
        return min(width / aspect, height)

    columns = max(range(1, count + 1), key=share)
    rows = -(-count // columns)
    width = (room.width() - GAP * (columns - 1)) / columns
    height = (room.height() - GAP * (rows - 1)) / rows
    return [
        QRectF(
            room.x() + (number % columns) * (width + GAP),
            room.y() + (number // columns) * (height + GAP),
            width,
            height,
        )
        for number in range(count)
    ]

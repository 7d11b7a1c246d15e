"""Each voter's opinion as a small bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.engine_words import voter_title
from layerforge.desktop.theme import colors_now

FIRST = ("vividness", "order", "complexity", "kinship")
"""The image measures, in the order in which they explain a picture."""

ROW = 18
COLUMN = 200
GAP = 18


class Votes(QWidget):
    """Bars by voter, as many columns as fit.  Opinions in 0..1 fill their share of the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, float] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_parts(self, parts: Mapping[str, float]) -> None:
        """Show these opinions, always in the same order."""
        self._parts = {voter_title(name): parts[name] for name in in_order(parts)}
        words = ", ".join(f"{name} {value:.2f}" for name, value in self._parts.items())
        self.setAccessibleName(self.tr("Opinions: {words}").format(words=words))
        self.setToolTip(words)
        self.setVisible(bool(self._parts))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        columns = self._columns(width)
        return ROW * max(1, -(-len(self._parts) // columns))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(2 * COLUMN, self.heightForWidth(2 * COLUMN))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns(self.width())
        width = (self.width() - GAP * (columns - 1)) // columns
        for place, (name, value) in enumerate(self._parts.items()):
            row, column = divmod(place, columns)
            left = column * (width + GAP)
            self._row(painter, QRect(left, row * ROW, width, ROW), name, value)

    def _columns(self, width: int) -> int:
        return max(1, min(2, width // COLUMN))

    def _row(self, painter: QPainter, room: QRect, name: str, value: float) -> None:
        colors = colors_now()
        metrics = painter.fontMetrics()
        name_width, value_width = min(96, room.width() // 2), metrics.horizontalAdvance("−0.00") + 4
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colors.dim))
        label = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width - 6)
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, label)
        painter.setPen(QColor(colors.text))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, f"{value:.2f}")
        bar = QRectF(
            room.x() + name_width,
            room.center().y() - 1.5,
            max(8, room.width() - name_width - value_width - 4),
            5,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.line))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        bar.setWidth(bar.width() * min(max(value, 0.0), 1.0))
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(bar, 2.5, 2.5)


def in_order(names: Iterable[str]) -> list[str]:
    """Voters in the order in which they are shown: image measures first, then by name."""
    place = {name: number for number, name in enumerate(FIRST)}
    return sorted(names, key=lambda name: (place.get(name, len(FIRST)), name))

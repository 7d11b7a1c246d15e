"""How well taste is foretold, as it grows: a small curve over the answers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.theme import colors_now

CHANCE = 0.5


class Growth(QWidget):
    """Draws accuracies, 0 to 1, first to last, with a line where chance lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def seen(self) -> tuple[float, ...]:
        """The accuracies drawn."""
        return tuple(self._seen)

    def add(self, accuracy: float) -> None:
        """Draw one more."""
        self._seen.append(accuracy)
        ago = len(self._seen) - 1
        words = self.tr("Foretold right: {now:.0f} %, {n} answers ago {then:.0f} %", "", ago)
        text = words.format(now=100 * accuracy, n=ago, then=100 * self._seen[0])
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setVisible(len(self._seen) > 1)
        self.update()

    def clear(self) -> None:
        """Begin anew."""
        self._seen.clear()
        self.hide()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(110, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if len(self._seen) < 2:
            return
        colors = colors_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width() - 6, self.height() - 6
        low = min(CHANCE, *self._seen) - 0.02
        high = max(1.0, *self._seen)

        def y(value: float) -> float:
            return 3 + height * (1 - (value - low) / (high - low))

        painter.setPen(QPen(QColor(colors.handle), 1))
        painter.drawLine(QPointF(3, y(CHANCE)), QPointF(3 + width, y(CHANCE)))
        step = width / (len(self._seen) - 1)
        line = [QPointF(3 + at * step, y(value)) for at, value in enumerate(self._seen)]
        painter.setPen(QPen(QColor(colors.accent), 2))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(QColor(colors.accent))
        painter.drawEllipse(line[-1], 2.5, 2.5)

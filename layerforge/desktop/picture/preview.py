"""The large picture of the chosen branch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.theme import colors_of

MARGIN = 14
SETTLE_MS = 120


class Preview(QWidget):
    """Shows one picture, as large as fits; first its thumbnail, then a sharp one.

    size_wanted: the long edge in device pixels that a sharp picture should have now.
    step_wanted: the next (1) or previous (-1) branch.
    """

    size_wanted = Signal(int)
    enlarge_wanted = Signal()
    step_wanted = Signal(int)
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._sharp = False
        self._aspect = 1.0
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Large picture of the chosen branch"))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell_size)

    @property
    def sharp(self) -> bool:
        """Whether the picture shown was rendered for this size."""
        return self._sharp

    def set_aspect(self, aspect: float) -> None:
        """Width by height of the canvas."""
        self._aspect = aspect
        self.update()

    def show_hint(self, text: str) -> None:
        """Show a line instead of a picture."""
        self._pixmap, self._sharp, self._hint = None, False, text
        self.update()

    def show_rough(self, pixmap: QPixmap | None) -> None:
        """Show a small picture for now."""
        self._pixmap, self._sharp, self._hint = pixmap, False, ""
        self.update()

    def show_sharp(self, pixmap: QPixmap) -> None:
        """Show a picture that was rendered for this size."""
        self._pixmap, self._sharp, self._hint = pixmap, True, ""
        self.update()

    def long_edge_px(self) -> int:
        """The long edge of the picture in device pixels."""
        size = self._room().size() * self.devicePixelRatioF()
        return max(16, size.width(), size.height())

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(520, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._settle.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.enlarge_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.step_wanted.emit(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = colors_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.surround))
        if self._pixmap is None:
            painter.setPen(QColor(colors.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._hint)
            return
        room = self._room()
        ratio = self.devicePixelRatioF()
        width, height = self._pixmap.width(), self._pixmap.height()
        if self._sharp and max(width, height) == self.long_edge_px():
            # pixel for pixel: no resampling, and on whole device pixels
            self._pixmap.setDevicePixelRatio(ratio)
            x = round(room.x() * ratio) / ratio
            y = round(room.y() * ratio) / ratio
            painter.drawPixmap(QPointF(x, y), self._pixmap)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(room, self._pixmap)

    def _tell_size(self) -> None:
        if self._pixmap is not None:
            self.size_wanted.emit(self.long_edge_px())

    def _room(self) -> QRect:
        """Where the picture lies."""
        inner = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        width = max(1, min(inner.width(), round(inner.height() * self._aspect)))
        height = max(1, min(inner.height(), round(width / self._aspect)))
        x = inner.x() + (inner.width() - width) // 2
        y = inner.y() + (inner.height() - height) // 2
        return QRect(x, y, width, height)

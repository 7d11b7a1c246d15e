"""The large picture itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.picture.lens import Lens, Room
from layerforge.desktop.picture.painting import paint
from layerforge.desktop.theme import colors_now

MARGIN = 14
SETTLE_MS = 120
PAN = 60
"""How far a key moves the picture, in logical pixels."""

MAX_LONG_EDGE_PX = 4096
WHEEL_STEP = 1.25


class Preview(QWidget):
    """Shows one picture through a lens; first its thumbnail, then a sharp one.

    size_wanted: the long edge in device pixels that a sharp picture should have now.
    step_wanted: the next (1) or previous (-1) branch.  lens_changed: it was zoomed or moved.
    """

    size_wanted = Signal(int)
    enlarge_wanted = Signal()
    step_wanted = Signal(int)
    leave_wanted = Signal()
    lens_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._sharp = False
        self._canvas = (1, 1)
        self._lens = Lens()
        self._grip: QPointF | None = None
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Large picture of the chosen branch"))
        self.setAccessibleDescription(
            self.tr("Plus and minus zoom, 0 shows all, 1 actual pixels; Shift and arrows move it")
        )
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell_size)

    @property
    def sharp(self) -> bool:
        """Whether the picture shown was rendered for this size."""
        return self._sharp

    @property
    def lens(self) -> Lens:
        """What is seen, and how large."""
        return self._lens

    @property
    def scale(self) -> float:
        """Pixels of the screen for one of the canvas."""
        return self._lens.scale_in(self._room())

    def set_canvas(self, width: int, height: int) -> None:
        """The nominal size of what is shown."""
        self._canvas = width, height
        self.look(Lens())

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
        """The long edge in device pixels that a picture should be rendered with now.

        It grows with the zoom up to the canvas's nominal size; beyond, pixels are seen.
        """
        room = self._room()
        long = max(self._canvas)
        most = max(long, round(room.fit * long))
        wanted = round(self._lens.scale_in(room) * long)
        return max(16, min(wanted, most, MAX_LONG_EDGE_PX))

    # Zoom ---------------------------------------------------------------------------------------

    def look(self, lens: Lens) -> None:
        """Look through another lens."""
        self._lens = lens.held(self._room())
        zoomed = self._lens.scale is not None
        self.setCursor(Qt.CursorShape.OpenHandCursor if zoomed else Qt.CursorShape.ArrowCursor)
        self._settle.start()
        self.lens_changed.emit()
        self.update()

    def zoom_in(self) -> None:
        """Show it larger."""
        self.look(self._lens.stepped(self._room(), 1))

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.look(self._lens.stepped(self._room(), -1))

    def zoom_fit(self) -> None:
        """Show all of it."""
        self.look(Lens())

    def zoom_full(self) -> None:
        """Show one pixel of the canvas on one of the screen."""
        self.look(self._lens.zoomed(self._room(), 1.0))

    # Events -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(520, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.look(self._lens)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turned = event.angleDelta().y() / 120
        if self._pixmap is None or not turned:
            event.ignore()
            return
        scale = self.scale * WHEEL_STEP**turned
        self.look(self._lens.zoomed(self._room(), scale, at=event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            if self._lens.scale is not None:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._grip is not None and self._lens.scale is not None:
            moved = event.position() - self._grip
            self._grip = event.position()
            self.look(self._lens.panned(self._room(), moved.x(), moved.y()))
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._grip = None
        self.look(self._lens)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.enlarge_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        pans = {
            Qt.Key.Key_Right: (-PAN, 0),
            Qt.Key.Key_Down: (0, -PAN),
            Qt.Key.Key_Left: (PAN, 0),
            Qt.Key.Key_Up: (0, PAN),
        }
        key = Qt.Key(event.key())
        if key in pans and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.look(self._lens.panned(self._room(), *pans[key]))
        elif key in steps:
            self.step_wanted.emit(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = colors_now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.surround))
        if self._pixmap is None:
            painter.setPen(QColor(colors.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._hint)
            return
        paint(painter, self._pixmap, self._lens, self._room())
        if self.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _tell_size(self) -> None:
        if self._pixmap is not None:
            self.size_wanted.emit(self.long_edge_px())

    def _room(self) -> Room:
        """Where a picture that is seen whole lies; a larger one takes all there is."""
        margin = MARGIN if self._lens.scale is None else 0
        return Room(
            x=margin,
            y=margin,
            width=max(1, self.width() - 2 * margin),
            height=max(1, self.height() - 2 * margin),
            ratio=self.devicePixelRatioF(),
            canvas=self._canvas,
        )

"""A widget that shows pictures through a lens: zoomed by wheel and keys, moved by dragging."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from layerforge.desktop.anew import later
from layerforge.desktop.picture.lens import Lens, Room

SETTLE_MS = 120
WHEEL_STEP = 1.25
MAX_LONG_EDGE_PX = 4096
PAN = 60
"""How far a key moves the picture, in logical pixels."""

_PANS = {
    Qt.Key.Key_Right: (-PAN, 0),
    Qt.Key.Key_Down: (0, -PAN),
    Qt.Key.Key_Left: (PAN, 0),
    Qt.Key.Key_Up: (0, PAN),
}


class Looking(QWidget):
    """Has a lens; who derives from it says where pictures lie.

    size_wanted: the long edge in device pixels that a sharp picture should have now.
    lens_changed: it was zoomed or moved.
    """

    size_wanted = Signal(int)
    lens_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = (1, 1)
        self._lens = Lens()
        self._grip: QPointF | None = None
        self._settle = later(self, SETTLE_MS, self._tell_size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def room(self, at: QPointF | None = None) -> Room:
        """Where a picture lies; the one under ``at`` where there are several."""
        raise NotImplementedError  # no ABC: its metaclass and Qt's can't be those of one class

    def has_picture(self) -> bool:
        """Whether there is anything to look at."""
        raise NotImplementedError

    @property
    def lens(self) -> Lens:
        """What is seen, and how large."""
        return self._lens

    @property
    def scale(self) -> float:
        """Pixels of the screen for one of the canvas."""
        return self._lens.scale_in(self.room())

    def set_canvas(self, width: int, height: int) -> None:
        """The nominal size of what is shown."""
        self._canvas = width, height
        self.look(Lens())

    def long_edge_px(self) -> int:
        """The long edge in device pixels that a picture should be rendered with now.

        It grows with the zoom up to the canvas's nominal size; beyond, pixels are seen.
        """
        room = self.room()
        long = max(self._canvas)
        most = max(long, round(room.fit * long))
        wanted = round(self._lens.scale_in(room) * long)
        return max(16, min(wanted, most, MAX_LONG_EDGE_PX))

    def look(self, lens: Lens) -> None:
        """Look through another lens."""
        self._lens = lens.held(self.room())
        self._show_hand()
        self._settle.start()
        self.lens_changed.emit()
        self.update()

    def zoom_in(self) -> None:
        """Show it larger."""
        self.look(self._lens.stepped(self.room(), 1))

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.look(self._lens.stepped(self.room(), -1))

    def zoom_fit(self) -> None:
        """Show all of it."""
        self.look(Lens())

    def zoom_full(self) -> None:
        """Show one pixel of the canvas on one of the screen."""
        self.look(self._lens.zoomed(self.room(), 1.0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.look(self._lens)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turned = event.angleDelta().y() / 120
        if not turned or not self.has_picture():
            event.ignore()
            return
        at = event.position()
        self.look(self._lens.zoomed(self.room(at), self.scale * WHEEL_STEP**turned, at=at))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._grip = event.position()
            self._show_hand()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._grip is not None and self._lens.scale is not None:
            moved = event.position() - self._grip
            self._grip = event.position()
            self.look(self._lens.panned(self.room(), moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._grip = None
        self._show_hand()
        super().mouseReleaseEvent(event)

    def pan_by_key(self, event: QKeyEvent) -> bool:
        """Move what is seen by Shift and an arrow; whether it was that."""
        pan = _PANS.get(Qt.Key(event.key()))
        if pan is None or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        self.look(self._lens.panned(self.room(), *pan))
        return True

    def _show_hand(self) -> None:
        if self._lens.scale is None:
            self.unsetCursor()
        elif self._grip is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _tell_size(self) -> None:
        if self.has_picture():
            self.size_wanted.emit(self.long_edge_px())

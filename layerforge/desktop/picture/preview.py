"""The large picture itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from layerforge.desktop.picture.lens import Room
from layerforge.desktop.picture.looking import Looking
from layerforge.desktop.picture.painting import paint
from layerforge.desktop.theme import colors_now

MARGIN = 14


class Preview(Looking):
    """Shows one picture through a lens; first its thumbnail, then a sharp one.

    step_wanted: the next (1) or previous (-1) branch.
    """

    enlarge_wanted = Signal()
    step_wanted = Signal(int)
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._sharp = False
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.setAccessibleName(self.tr("Large picture of the chosen branch"))
        self.setAccessibleDescription(
            self.tr("Plus and minus zoom, 0 shows all, 1 actual pixels; Shift and arrows move it")
        )

    @property
    def sharp(self) -> bool:
        """Whether the picture shown was rendered for this size."""
        return self._sharp

    def has_picture(self) -> bool:
        """Whether there is anything to look at."""
        return self._pixmap is not None

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

    def room(self, at: QPointF | None = None) -> Room:
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

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(520, 480)

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
        if self.pan_by_key(event):
            return
        if key in steps:
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
        paint(painter, self._pixmap, self._lens, self.room())
        if self.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

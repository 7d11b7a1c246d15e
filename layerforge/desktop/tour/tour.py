"""A short tour of the window: a card that points at one place after another.

It never blocks: what it points at can be used meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from layerforge.desktop.theme import colors_now
from layerforge.desktop.tour.stops import Stop

WIDTH = 340
_GAP = 12


class Frame(QWidget):
    """A line around what the card speaks of; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors_now().accent), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 7, 7)


class Tour(QFrame):
    """The card.  Right and Enter go on, Left goes back, Esc ends it.

    ended: it was left, at its end or before.
    """

    ended = Signal()

    def __init__(self, stops: Callable[[], Sequence[Stop]], window: QWidget) -> None:
        super().__init__(window)
        self._make_stops = stops
        self._stops: Sequence[Stop] = ()
        self._before: QWidget | None = None
        self.place = 0
        self.frame = Frame(window)
        self.setObjectName("tour")
        self.setAutoFillBackground(True)
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setFixedWidth(WIDTH - 36)
        self.count = QLabel()
        self.count.setProperty("role", "dim")
        self.skip = QPushButton(self.tr("Skip the tour"))
        self.back = QPushButton(self.tr("Back"))
        self.onward = QPushButton()
        self.onward.setProperty("role", "primary")
        for button, act in (
            (self.skip, self.end),
            (self.back, self.go_back),
            (self.onward, self.go_on),
        ):
            button.clicked.connect(act)
            button.installEventFilter(self)  # arrow keys would only move the focus
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.onward)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self.words)
        whole.addLayout(row)
        self.hide()

    def begin(self) -> None:
        """Show it from its first stop on."""
        self._stops = self._make_stops()
        self._before = self.window().focusWidget()
        self.window().installEventFilter(self)
        self.place = 0
        self._show()

    def go_on(self) -> None:
        """To the next stop; after the last one it is over."""
        if self.place + 1 < len(self._stops):
            self.place += 1
            self._show()
        else:
            self.end()

    def go_back(self) -> None:
        """To the stop before."""
        if self.place > 0:
            self.place -= 1
            self._show()

    def end(self) -> None:
        """Leave it, wherever it is."""
        if not self.isVisibleTo(self.window()):
            return
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.window().removeEventFilter(self)
        self.frame.hide()
        self.hide()
        if had_focus:
            (self._before or self.window()).setFocus()
        self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(watched, QPushButton):
            return isinstance(event, QKeyEvent) and self._on_key(watched, event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._point)  # once the panels have their new places
        return super().eventFilter(watched, event)

    def _on_key(self, button: QPushButton, event: QKeyEvent) -> bool:
        acts = {
            Qt.Key.Key_Escape: self.end,
            Qt.Key.Key_Right: self.go_on,
            Qt.Key.Key_Left: self.go_back,
            Qt.Key.Key_Return: button.click,
            Qt.Key.Key_Enter: button.click,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.type() != QEvent.Type.KeyPress:
            return False
        act()
        return True

    def _show(self) -> None:
        stop = self._stops[self.place]
        self.title.setText(stop.title)
        self.words.setText(stop.words)
        self.count.setText(f"{self.place + 1} / {len(self._stops)}")
        last = self.place + 1 == len(self._stops)
        self.onward.setText(self.tr("Done") if last else self.tr("Next"))
        self.back.setEnabled(self.place > 0)
        self.skip.setVisible(not last)
        self.setAccessibleName(stop.title)
        self.setAccessibleDescription(stop.words)
        self.onward.setAccessibleDescription(f"{stop.title}: {stop.words}")
        self._point()
        self.frame.show()
        self.show()
        self.raise_()
        self.onward.setFocus()

    def _point(self) -> None:
        """Stand beside what is spoken of, within the window."""
        if not self._stops:
            return
        places = (place() for place in self._stops[self.place].places)
        shown = [one for one in places if one.isVisible()]
        room = self.window().rect()
        target = _rect_in(shown[0], self.window()) if shown else room
        self.frame.setGeometry(target.adjusted(-3, -3, 3, 3).intersected(room))
        self.frame.raise_()
        self.words.setFixedHeight(self.words.heightForWidth(self.words.width()))
        size = QSize(WIDTH, self.sizeHint().height())
        self.setGeometry(QRect(beside(target, size, room), size))
        self.raise_()


def beside(target: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a card of that size stands: right of the target, left, below, above, or in its middle.

    The first of these where it fits into the room.
    """
    right, below = target.right() + 1 + _GAP, target.bottom() + 1 + _GAP
    left, above = target.left() - _GAP - size.width(), target.top() - _GAP - size.height()
    across = min(max(target.left(), room.left() + _GAP), room.right() - _GAP - size.width())
    down = min(max(target.top(), room.top() + _GAP), room.bottom() - _GAP - size.height())
    ways = (QPoint(right, down), QPoint(left, down), QPoint(across, below), QPoint(across, above))
    for corner in ways:
        if room.contains(QRect(corner, size)):
            return corner
    middle = target.center() - QPoint(size.width() // 2, size.height() // 2)
    return QPoint(max(room.left(), middle.x()), max(room.top(), middle.y()))


def _rect_in(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())

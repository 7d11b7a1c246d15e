"""The docks around the panels: shown by a key, and where they were the last time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from layerforge.desktop.preferences import Preferences

_STATE = "docks"
_VERSION = 2
_OUT_OF_SIGHT = QPoint(-600, -500)


class Docks:
    """The docks of a window, in ``all``.  They are hidden until somebody asks for them."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.all: list[QDockWidget] = []
        self._first: dict[Qt.DockWidgetArea, QDockWidget] = {}
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        # the sides belong to what is as high as the window
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            window.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)

    def add(
        self,
        widget: QWidget,
        *,
        name: str,
        title: str,
        hint: str,
        key: str,
        area: Qt.DockWidgetArea,
    ) -> QDockWidget:
        """Put ``widget`` in a dock; its ``toggleViewAction`` shows it, by ``key`` as well.

        name: what the place is remembered by.  Docks of one area lie behind each other.
        """
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(widget)
        dock.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        neighbour = self._first.setdefault(area, dock)
        self._window.addDockWidget(area, dock)
        if neighbour is not dock:
            self._window.tabifyDockWidget(neighbour, dock)
        action = dock.toggleViewAction()
        sequence = QKeySequence(key)
        action.setShortcut(sequence)
        text = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{hint} ({text})")
        action.setStatusTip(hint)
        action.setIconText(title)
        self._window.addAction(action)
        dock.hide()
        self.all.append(dock)
        return dock

    def restore(self, preferences: Preferences) -> None:
        """Put the docks where they were."""
        state = preferences.blob(_STATE)
        if not state.isEmpty():
            self._window.restoreState(state, _VERSION)
            QTimer.singleShot(0, self._window, self._put_away_strays)

    def _put_away_strays(self) -> None:
        """Qt leaves tabs of hidden docks over the menu when it restores; it lays out no others."""
        for bar in self._window.findChildren(QTabBar):
            if bar.parent() is self._window and bar.pos() == QPoint(0, 0):
                bar.move(_OUT_OF_SIGHT)  # as it does itself; it brings back what it needs

    def remember(self, preferences: Preferences) -> None:
        """Keep for next time where the docks are."""
        preferences.set_blob(_STATE, self._window.saveState(_VERSION))


class _Raising(QObject):
    """Brings a dock to the front when it is asked for, also where it lies behind another."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._in_front = True
        dock.visibilityChanged.connect(self._on_visible)
        dock.toggleViewAction().triggered.connect(self._on_toggled)

    def _on_visible(self, visible: bool) -> None:  # noqa: FBT001 - a slot
        if visible or not self._dock.isHidden():  # else it was closed, and was where it was
            self._in_front = visible

    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        if not shown and self._in_front:
            return
        self._dock.show()
        # its tab is there only when the window has laid itself out
        QTimer.singleShot(0, self._dock, self._dock.raise_)


def raised(dock: QDockWidget) -> QAction:
    """Let the dock's key bring it to the front where it lies behind another."""
    _Raising(dock)
    return dock.toggleViewAction()

"""Keys that mean something else where they are pressed than in the rest of the window."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

ZOOM_IN = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
ZOOM_OUT = (Qt.Key.Key_Minus,)
ZOOM_ALL = (Qt.Key.Key_0,)
ZOOMS = (*ZOOM_IN, *ZOOM_OUT, *ZOOM_ALL)


def takes(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """Whether ``event`` asks if a shortcut is to be left to the widget; it is, for ``keys``."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in keys or event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return False
    event.accept()
    return True

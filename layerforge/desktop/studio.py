"""The studio: what a window has for looking closely, editing, comparing and watching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from layerforge.desktop.picture.tools import PictureTools

if TYPE_CHECKING:
    from layerforge.desktop.window import MainWindow


class Studio(QObject):
    """Joins the tools and docks to the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.picture = PictureTools(window.panels.picture, window.commands, self)
        view = self._menu("view")
        view.addSeparator()
        view.addActions(self.picture.all)

    def _menu(self, name: str) -> QMenu:
        found = self._window.menuBar().findChild(QMenu, name)
        assert isinstance(found, QMenu)  # noqa: S101 - the window makes them before this
        return found

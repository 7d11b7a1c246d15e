"""The studio: what a window has for looking closely, editing, comparing and watching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from layerforge.desktop.docks import Docks, raised
from layerforge.desktop.inspector.editing import EditActions
from layerforge.desktop.inspector.inspector import Inspector
from layerforge.desktop.inspector.panel import InspectorPanel
from layerforge.desktop.picture.tools import PictureTools

if TYPE_CHECKING:
    from layerforge.desktop.window import MainWindow


class Studio(QObject):
    """Joins the tools and docks to the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.docks = Docks(window)
        self.picture = PictureTools(window.panels.picture, window.commands, self)
        self._add_inspector()
        self._fill_menus()

    def _add_inspector(self) -> None:
        window = self._window
        self.edits = EditActions(window.commands, self)
        self.inspector_panel = InspectorPanel(self.edits)
        self.inspector_dock = self.docks.add(
            self.inspector_panel,
            name="inspector",
            title=self.tr("Inspector"),
            hint=self.tr("Steps, layers and parameters of the branch"),
            key="I",
            area=Qt.DockWidgetArea.RightDockWidgetArea,
        )
        self.inspector = Inspector(
            self.inspector_panel,
            self.edits,
            window.session,
            window.panels.picture,
            window.choosing,
            self,
        )
        self.inspector.said.connect(window.panels.banners.say)

    def _fill_menus(self) -> None:
        view = self._menu("view")
        view.addSeparator()
        view.addAction(raised(self.inspector_dock))
        view.addSeparator()
        view.addActions(self.picture.all)
        edit = self._menu("edit")
        edit.addSeparator()
        edit.addActions(self.edits.all)

    def _menu(self, name: str) -> QMenu:
        found = self._window.menuBar().findChild(QMenu, name)
        assert isinstance(found, QMenu)  # noqa: S101 - the window makes them before this
        return found

"""Joins the map to the gallery and the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from layerforge.desktop.choosing import Choosing
from layerforge.desktop.map.mapping import Mapped, Mapping
from layerforge.desktop.map.view import MapView
from layerforge.desktop.overview import Overview
from layerforge.desktop.panels import Panels
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session


class MapTools(Overview):
    """Has the project mapped while the map is in sight."""

    def __init__(
        self,
        view: MapView,
        panels: Panels,
        session: Session,
        choosing: Choosing,
        parent: QObject,
        *,
        grow: Callable[[list[int]], None],
    ) -> None:
        self.mapping = Mapping()
        self._view = view
        super().__init__(
            view, self.mapping, panels, session, choosing, parent, grow=grow, topic="map"
        )
        self.mapping.setParent(self)
        self.mapping.found.connect(self._on_found)

    def take_project(self, opened: Opened) -> None:
        self.mapping.set_project(opened.project, same=opened.copied)

    def _on_found(self, mapped: Mapped) -> None:
        self._view.show_map(mapped, [source.name for source in self.session.sources])
        self.mark()

"""Joins the map to the gallery and the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.choosing import Choosing
from layerforge.desktop.map.mapping import Mapped, Mapping
from layerforge.desktop.map.view import MapView
from layerforge.desktop.messages import Message
from layerforge.desktop.panels import Panels
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session


class MapTools(QObject):
    """Has the project mapped while the map is in sight, and takes over what is chosen there."""

    said = Signal(Message)

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
        super().__init__(parent)
        self._view, self._panels = view, panels
        self._session, self._choosing = session, choosing
        self.mapping = Mapping(self)
        self.mapping.found.connect(self._on_found)
        self.mapping.failed.connect(
            lambda text: self.said.emit(Message("warning", text, topic="map"))
        )
        session.opened.connect(self._on_opened)
        session.exploration.bridge.round_done.connect(lambda _done: self._refresh())
        session.branches_added.connect(lambda _branches: self._refresh())
        session.statuses_changed.connect(view.show_statuses)
        choosing.abilities_shown.connect(self._mark)
        panels.picture.branch_shown.connect(lambda _branch: self._mark())
        view.seen.connect(lambda seen: self.mapping.begin() if seen else None)
        view.chosen.connect(choosing.show)
        view.grow_wanted.connect(lambda branch: grow([branch]))
        view.menu_wanted.connect(choosing.show_menu)

    def _on_opened(self, opened: Opened) -> None:
        self.mapping.set_project(opened.project, same=opened.copied)
        if self._view.isVisible():
            self.mapping.begin()

    def _refresh(self) -> None:
        if self._view.isVisible():
            self.mapping.refresh()

    def _on_found(self, mapped: Mapped) -> None:
        self._view.show_map(mapped, [source.name for source in self._session.sources])
        self._mark()

    def _mark(self) -> None:
        shown = self._panels.picture.branch
        selected = self._panels.gallery.view.selected_ids()
        self._view.mark(None if shown is None else shown.id, selected)

"""Joins the atlas to the gallery and the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from layerforge.desktop.atlas.finding import Characterising, Characters
from layerforge.desktop.atlas.view import AtlasView
from layerforge.desktop.choosing import Choosing
from layerforge.desktop.overview import Overview
from layerforge.desktop.panels import Panels
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session


class AtlasTools(Overview):
    """Has the branches characterised while the atlas is in sight."""

    def __init__(
        self,
        view: AtlasView,
        panels: Panels,
        session: Session,
        choosing: Choosing,
        parent: QObject,
        *,
        grow: Callable[[list[int]], None],
    ) -> None:
        self.characterising = Characterising()
        self._view = view
        super().__init__(
            view, self.characterising, panels, session, choosing, parent, grow=grow, topic="atlas"
        )
        self.characterising.setParent(self)
        self.characterising.found.connect(self._on_found)

    def take_project(self, opened: Opened) -> None:
        canvas = opened.project.canvas
        self._view.set_aspect(canvas.width / canvas.height)
        if not opened.copied:
            self._view.thumbnails.clear()
        self.characterising.set_project(opened.project, same=opened.copied)

    def _on_found(self, characters: Characters) -> None:
        self._view.show_characters(characters)
        self.mark()

"""Joins a view on all branches, such as the map, to the gallery and the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import Anew
from layerforge.desktop.choosing import Choosing
from layerforge.desktop.messages import Message
from layerforge.desktop.panels import Panels
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session


class Overview(QObject):
    """Has the project looked at while the view is in sight, and takes over what is chosen there.

    view: has the signals ``seen``, ``chosen``, ``grow_wanted`` and ``menu_wanted``, and the
    methods ``isVisible``, ``show_statuses`` and ``mark``.  work: has a signal ``found``.
    """

    said = Signal(Message)

    def __init__(
        self,
        view: Any,
        work: Anew,
        panels: Panels,
        session: Session,
        choosing: Choosing,
        parent: QObject,
        *,
        grow: Callable[[list[int]], None],
        topic: str,
    ) -> None:
        super().__init__(parent)
        self._seen_view, self._work, self._panels = view, work, panels
        self.session = session
        work.failed.connect(lambda text: self.said.emit(Message("warning", text, topic=topic)))
        session.opened.connect(self._on_opened)
        session.exploration.bridge.round_done.connect(lambda _done: self._refresh())
        session.branches_added.connect(lambda _branches: self._refresh())
        session.statuses_changed.connect(view.show_statuses)
        choosing.abilities_shown.connect(self.mark)
        panels.picture.branch_shown.connect(lambda _branch: self.mark())
        view.seen.connect(lambda seen: work.begin() if seen else None)
        view.chosen.connect(choosing.show)
        view.grow_wanted.connect(lambda branch: grow([branch]))
        view.menu_wanted.connect(choosing.show_menu)

    def take_project(self, opened: Opened) -> None:
        """Another project is open, or another file of the same."""
        raise NotImplementedError  # no ABC: its metaclass and Qt's can't be those of one class

    def mark(self) -> None:
        """Show what is chosen."""
        shown = self._panels.picture.branch
        selected = self._panels.gallery.view.selected_ids()
        self._seen_view.mark(None if shown is None else shown.id, selected)

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where work did not end in time."""
        return self._work.close(timeout_s=timeout_s)

    def _on_opened(self, opened: Opened) -> None:
        self.take_project(opened)
        if self._seen_view.isVisible():
            self._work.begin()

    def _refresh(self) -> None:
        if self._seen_view.isVisible():
            self._work.refresh()

"""Joins the tree to the gallery, the session and the explorer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from layerforge.desktop.actions import Actions
from layerforge.desktop.choosing import Choosing
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.panels import Panels
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session
from layerforge.desktop.tree.view import TreeView
from layerforge.explore.events import RoundDone
from layerforge.explore.settings import ExploreSettings
from layerforge.model.branch import Branch, Status


class TreeTools(QObject):
    """Feeds the tree, and takes over what is chosen in it.

    settings: what the dials say now.
    """

    def __init__(
        self,
        view: TreeView,
        panels: Panels,
        session: Session,
        choosing: Choosing,
        actions: Actions,
        parent: QObject,
        *,
        settings: Callable[[], ExploreSettings],
    ) -> None:
        super().__init__(parent)
        self._view, self._panels = view, panels
        self._session, self._choosing = session, choosing
        self._settings = settings
        self.grow = actions.more(
            self.tr("&Grow from here"),
            self.tr("Explore, but grow only the chosen branches and what comes of them"),
            "G",
        )
        self.grow.triggered.connect(lambda _checked=False: self.grow_from(choosing.targets()))
        self.fold: QAction = actions.more(
            self.tr("&Fold the tree here"),
            self.tr("Fold what grew from the chosen branch away in the tree, or unfold it (Space)"),
        )
        self.fold.triggered.connect(lambda _checked=False: view.fold_current())
        session.opened.connect(self._on_opened)
        session.exploration.bridge.round_done.connect(self._on_round)
        for over in (session.exploration.bridge.finished, session.exploration.bridge.failed):
            over.connect(lambda _event: self._on_over())
        session.branches_added.connect(self._add)
        session.statuses_changed.connect(self._on_statuses)
        session.growing_changed.connect(self._on_growing)
        choosing.abilities_shown.connect(self._show_chosen)
        panels.picture.branch_shown.connect(lambda _branch: self._show_chosen())
        view.chosen.connect(self._choose)
        view.grow_wanted.connect(lambda branch: self.grow_from([branch]))
        view.menu_wanted.connect(choosing.show_menu)

    def grow_from(self, branch_ids: list[int]) -> None:
        """Grow only these branches from now on; all of the tree where there are none."""
        if self._session.writable and self._session.sources:
            self._session.grow(branch_ids, self._settings())

    def _choose(self, branch_id: int, more: bool) -> None:  # noqa: FBT001 - a slot
        selected = self._panels.gallery.view.selected_ids()
        if more and branch_id not in selected:
            self._choosing.choose([*selected, branch_id], current=branch_id)
        elif more:
            selected.remove(branch_id)
            self._choosing.choose(selected, current=selected[-1] if selected else branch_id)
        else:
            self._choosing.show(branch_id)

    def _on_opened(self, opened: Opened) -> None:
        if opened.copied:
            return
        canvas = opened.project.canvas
        self._view.clear(aspect=canvas.width / canvas.height)
        self._view.growth.add(opened.branches)
        self._show_chosen()

    def _on_round(self, done: RoundDone) -> None:
        self._add(done.branches)

    def _add(self, branches: tuple[Branch, ...]) -> None:
        if not self._view.isVisible():
            self._view.growth.add(branches)  # laid out when it is looked at
            return
        with self._view.holding_still():
            self._view.growth.add(branches)

    def _on_statuses(self, changed: Mapping[int, Status]) -> None:
        with self._view.holding_still():
            self._view.growth.set_statuses(changed)

    def _on_growing(self, heads: tuple[int, ...]) -> None:
        banners = self._panels.banners
        if not heads:
            banners.clear("grow")
            return
        names = ", ".join(f"#{one}" for one in heads[:5]) + (" …" if len(heads) > 5 else "")
        words = self.tr("This run grows only from {names}.").format(names=names)
        all_again = Offer(self.tr("Grow from everywhere"), lambda: self.grow_from([]))
        banners.say(Message("info", words, topic="grow", offers=(all_again,)))

    def _on_over(self) -> None:
        if not self._session.exploration.continuing:
            self._panels.banners.clear("grow")

    def _show_chosen(self) -> None:
        shown = self._panels.picture.branch
        selected = self._panels.gallery.view.selected_ids()
        self._view.mark(None if shown is None else shown.id, selected)
        targets = self._choosing.targets()
        self.grow.setEnabled(bool(targets) and self._session.writable)
        self.fold.setEnabled(shown is not None)

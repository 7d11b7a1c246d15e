"""What is chosen in the gallery: shown large, pinned, killed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from layerforge.desktop.actions import Actions
from layerforge.desktop.gallery.different import Different, Ranks
from layerforge.desktop.gallery.marks import out_distance
from layerforge.desktop.gallery.measuring import Measuring
from layerforge.desktop.gallery.orders import MEASURED, Measured, Order
from layerforge.desktop.gallery.panel import GalleryPanel
from layerforge.desktop.gallery.stacks import Stacking, Stacks
from layerforge.desktop.messages import Message
from layerforge.desktop.picture.panel import PicturePanel
from layerforge.desktop.projects import Opened
from layerforge.desktop.session import Session
from layerforge.desktop.session.deciding import STATUS_AFTER
from layerforge.desktop.stopping import close_all
from layerforge.explore.events import RoundDone
from layerforge.model.branch import Branch, Status
from layerforge.project.decisions import Verb


class Choosing(QObject):
    """Joins the gallery, the large picture and the session."""

    said = Signal(Message)
    abilities_shown = Signal()

    def __init__(
        self,
        session: Session,
        gallery: GalleryPanel,
        picture: PicturePanel,
        actions: Actions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.more_actions: list[QAction] = []
        """What else the menu of a branch offers."""
        self._session = session
        self._gallery = gallery
        self._alone: int | None = None
        """Chosen where no stacks are seen, as in the tree: it alone is meant."""
        self._view = gallery.view
        self._model = gallery.model
        self._picture = picture
        self._actions = actions
        self.different = Different(self)
        self.different.found.connect(self._on_ranks)
        self.different.failed.connect(lambda text: self.said.emit(Message("warning", text)))
        self.measuring = Measuring(self)
        self.measuring.found.connect(self._on_measures)
        self.measuring.failed.connect(lambda text: self.said.emit(Message("warning", text)))
        self.stacking = Stacking(self)
        self.stacking.found.connect(self._on_stacks)
        self.stacking.failed.connect(lambda text: self.said.emit(Message("warning", text)))
        gallery.order_changed.connect(self._on_order)
        for sources in (session.sources_added, session.sources_removed):
            sources.connect(lambda _change: self._offer())
        session.exploration.bridge.finished.connect(lambda _finished: self._offer())
        session.statuses_changed.connect(self._on_statuses)
        session.history_changed.connect(self.show_abilities)
        session.exploration.bridge.round_done.connect(self._on_round)
        session.branches_added.connect(self._on_added)
        self._view.current_changed.connect(self._on_current)
        self._view.selected_changed.connect(self.show_abilities)
        self._view.clicked.connect(lambda _index: self._forget_alone())
        self._view.menu_wanted.connect(self.show_menu)
        picture.preview.step_wanted.connect(self._view.step)

    def close(self, *, timeout_s: float) -> bool:
        """Stop all work; False where some did not end in time."""
        return close_all((self.different, self.measuring, self.stacking), timeout_s=timeout_s)

    def show_project(self, opened: Opened) -> None:
        """Show another project's branches."""
        if opened.copied:
            self._picture.go_on_in(opened.project)
            self.different.go_on_in(opened.project)
            self.measuring.set_project(opened.project)
            self.stacking.set_project(opened.project)
            return
        self._picture.set_project(opened.project)
        self._gallery.thumbnails.clear()
        canvas = opened.project.canvas
        self._view.set_aspect(canvas.width / canvas.height)
        self._model.set_branches(opened.branches)
        self.different.set_project(opened.project, opened.branches)
        self.measuring.set_project(opened.project)
        self.stacking.set_project(opened.project)
        self._model.set_out_distance(out_distance(opened.project.runs()))
        self._offer()
        self.follow()

    def targets(self) -> list[int]:
        """The branches that an action is for: those selected, else the one shown large."""
        selected = self._view.selected_ids()
        if selected:
            return selected
        shown = self._picture.branch
        return [] if shown is None else [shown.id]

    def decide(self, verb: Verb) -> None:
        """Pin, kill or reset the chosen branches; pinning pinned ones again takes the pin off.

        Of a folded stack the one on top is pinned, and all are killed or reset.
        """
        ids = self.targets()
        stacks = 0
        if verb != "pin":
            below = [self._model.hidden_below(one) for one in ids if one != self._alone]
            stacks = sum(map(bool, below))
            ids = [*ids, *(one for hidden in below for one in hidden)]
        status: Status | None = {"pin": "pinned", "kill": "killed"}.get(verb)  # type: ignore[assignment]
        if ids and all(self._session.status(one) == status for one in ids):
            verb = "reset"
        changing = sum(self._session.status(one) != STATUS_AFTER[verb] for one in ids)
        self._session.decide(verb, ids)
        if stacks and changing:
            self._say_how_many(verb, changing, stacks)

    def _say_how_many(self, verb: Verb, count: int, stacks: int) -> None:
        """What became of stacks, since most of them is not seen."""
        killed = verb == "kill"
        if stacks == len(self.targets()) == 1:
            words = self.tr("All {n} of the stack are open again.")
            if killed:
                words = self.tr("All {n} of the stack are killed: Ctrl+Z takes that back.")
        else:
            words = self.tr("{n} branches are open again, those in stacks with them.", "", count)
            if killed:
                words = self.tr("{n} branches are killed, those in stacks with them.", "", count)
        text = words.format(n=count)
        self.said.emit(Message("good", text, topic="decided"))

    def stack(self, *, on: bool) -> None:
        """Whether branches that look alike are stacked."""
        self.stacking.want(wanted=on)
        with self._view.holding_still():
            self._model.set_stacking(on=on)

    def turn_stack(self) -> None:
        """Lay the stack of the current branch out, or fold it."""
        current = self._view.current_id()
        if current is not None:
            self._view.turn_stack(current)

    def follow(self) -> None:
        """While nothing is chosen, show the best branch large."""
        if self._view.currentIndex().isValid():
            return
        best = max(
            self._model.living(),
            key=lambda branch: (branch.value or 0.0, -branch.id),
            default=None,
        )
        if best is None:
            self._picture.show_nothing()
        else:
            self._picture.show_branch(best, self._session.sources)
        self.show_abilities()

    def show_abilities(self) -> None:
        """Enable what can be done now."""
        actions, session = self._actions, self._session
        targets = self.targets()
        changing = bool(targets) and session.writable
        found = {session.status(one) for one in targets}
        actions.pin.setEnabled(changing)
        actions.pin.setChecked(found == {"pinned"})
        actions.kill.setEnabled(changing)
        actions.kill.setChecked(found == {"killed"})
        actions.reset.setEnabled(changing and found != {"open"})
        actions.export.setEnabled(session.branch_count > 0)
        actions.undo.setEnabled(session.can_undo)
        actions.redo.setEnabled(session.can_redo)
        for action in (actions.enlarge, actions.copy):
            action.setEnabled(self._picture.branch is not None)
        self.abilities_shown.emit()

    # What happens -------------------------------------------------------------------------------

    def _on_round(self, done: RoundDone) -> None:
        with self._view.holding_still():
            self._model.add(done.branches)
        self.different.add(done.branches)
        self.measuring.refresh()
        self.stacking.refresh()
        self.follow()

    def branch(self, branch_id: int) -> Branch | None:
        """A branch by id."""
        return self._model.branch(branch_id)

    def branches(self) -> list[Branch]:
        """All branches but the root, also those that the gallery leaves out."""
        return list(self._model.branches())

    def choose(self, branch_ids: list[int], *, current: int) -> None:
        """Choose several branches, as far as they are shown."""
        self._view.choose(branch_ids, current=current)

    def show(self, branch_id: int) -> None:
        """Choose a branch, and show it large also where the gallery leaves it out."""
        if self._model.row_of(branch_id) is None and self._model.top_of(branch_id) is not None:
            self._view.turn_stack(branch_id)  # it lies in a folded stack
        row = self._model.row_of(branch_id)
        if row is not None:
            self._view.setCurrentIndex(self._model.index(row))
            self._alone = branch_id
            return
        branch = self._model.branch(branch_id)
        if branch is not None:
            self._view.choose([])  # else what is done would be done to what was chosen before
            self._picture.show_branch(branch, self._session.sources)
            self.show_abilities()

    def _on_added(self, branches: tuple[Branch, ...]) -> None:
        with self._view.holding_still():
            self._model.add(branches)
        self.different.add(branches)
        self.measuring.refresh()
        self.stacking.refresh()
        self.show_abilities()

    def _offer(self) -> None:
        """What there is to filter by, and what counts as outside of the sources' hull."""
        self._gallery.offer(self._session.sources)
        self._model.set_out_distance(out_distance(self._session.project.runs()))

    def _on_order(self, order: Order) -> None:
        self.measuring.want(order if order in MEASURED else None)

    def _on_measures(self, what: Measured, measures: Mapping[int, float]) -> None:
        with self._view.holding_still():
            self._model.set_measures(what, measures)
        if what == "taste" and not measures:
            words = self.tr(
                "Your taste is not known yet: pin, kill, or answer a few questions (Q)."
            )
            self.said.emit(Message("info", words, topic="taste"))

    def _on_stacks(self, stacks: Stacks) -> None:
        with self._view.holding_still():
            self._model.set_stacks(stacks)

    def _on_ranks(self, ranks: Ranks) -> None:
        with self._view.holding_still():
            self._model.set_ranks(ranks)

    def _on_statuses(self, changed: Mapping[int, Status]) -> None:
        with self._view.holding_still():
            self._model.set_statuses(changed)
        self.measuring.refresh()  # decisions teach taste
        current = self._view.current_id()
        if current is not None and not self._view.selected_ids():
            self._view.choose([current], current=current)
        shown = self._picture.branch
        after = None if shown is None else self._model.branch(shown.id)
        if after is not None and after != shown:
            self._picture.show_branch(after, self._session.sources)
        self.show_abilities()

    def _forget_alone(self) -> None:
        self._alone = None

    def _on_current(self, branch_id: int) -> None:
        self._alone = None
        branch = self._model.branch(branch_id)
        if branch is None:
            self.follow()
        else:
            self._picture.show_branch(branch, self._session.sources)
        self.show_abilities()

    def show_menu(self, place: QPoint) -> None:
        """Offer what can be done with what is chosen."""
        actions = self._actions
        menu = QMenu(self._view)
        menu.addActions([actions.pin, actions.kill, actions.reset])
        menu.addSeparator()
        menu.addActions([actions.enlarge, *self.more_actions, actions.copy, actions.export])
        menu.addSeparator()
        menu.addAction(actions.select_all)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

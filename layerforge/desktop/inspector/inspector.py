"""Joins the inspector's panel to the picture and the project: every edit becomes a branch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from layerforge.desktop.anew import later
from layerforge.desktop.choosing import Choosing
from layerforge.desktop.inspector.controls.making import Names
from layerforge.desktop.inspector.draft import MOST_PLACES, Draft, draft_of
from layerforge.desktop.inspector.editing import EditActions
from layerforge.desktop.inspector.keeper import EditKeeper
from layerforge.desktop.inspector.layers import layer_name
from layerforge.desktop.inspector.panel import InspectorPanel
from layerforge.desktop.inspector.reach import Owned, Reach, grown_from, owners, reach_of
from layerforge.desktop.inspector.tasking import Tasking
from layerforge.desktop.messages import Message
from layerforge.desktop.picture.panel import PicturePanel
from layerforge.desktop.session import Session
from layerforge.explore.editing import Edited, edited_canvas
from layerforge.model.branch import Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError
from layerforge.model.step import ParameterValue
from layerforge.operations.blending import Blend, Opacity, Visibility
from layerforge.operations.operation import Operation

SETTLE_MS = 900
"""How long a change must stand before it is kept as a branch."""

PATIENCE_MS = 60
"""How long a branch must be shown before it is taken apart."""


class Inspector(QObject):
    """Shows the branch that is shown large, takes changes, and has them kept."""

    said = Signal(Message)

    def __init__(
        self,
        panel: InspectorPanel,
        actions: EditActions,
        session: Session,
        picture: PicturePanel,
        choosing: Choosing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._actions, self._session = panel, actions, session
        self._picture, self._choosing = picture, choosing
        self.keeper = EditKeeper(session, self)
        self._begun_with: Draft | None = None
        self._owned: tuple[Owned, ...] = ()
        self._reach: Reach | None = None
        self.draft: Draft | None = None
        self._canvas: Canvas | None = None
        self._changed = False
        self._when_kept: Callable[[], None] | None = None
        self.tasking = Tasking(
            panel, actions, session, picture, choosing, self.keeper, self, keep_now=self.keep_now
        )
        self.tasks = self.tasking.tasks
        self._rng = np.random.default_rng()
        self._settle = later(self, SETTLE_MS, self._settled)
        self._later = later(self, PATIENCE_MS, self._load)
        self._wire()
        self._show()

    @property
    def changed(self) -> bool:
        """Whether there is a change that is not on its way to be kept."""
        return self._changed

    def keep_now(self) -> None:
        """Have the change kept without waiting for more."""
        self._settle.stop()
        self._ask(None)
        if self._changed and self.draft is not None:
            self._changed = False
            self.keeper.keep(self.draft)
            self._tell_state()

    def finish(self, *, then: Callable[[], None]) -> bool:
        """Have a change kept, if there is one, and call ``then``; whether that is so."""
        self.keep_now()
        if not self.keeper.waiting:
            return False
        self._when_kept = then
        return True

    def _finished(self) -> None:
        if not self.keeper.waiting and self._when_kept is not None:
            then, self._when_kept = self._when_kept, None
            QTimer.singleShot(0, self, then)

    # Wiring -------------------------------------------------------------------------------------

    def _wire(self) -> None:
        panel, actions = self._panel, self._actions
        self._picture.branch_shown.connect(self._on_branch)
        self._session.opened.connect(lambda _opened: self.keeper.forget())
        self._session.busy_changed.connect(lambda _what: self._show_abilities())
        panel.history.check_wanted.connect(lambda row, on: self._switch_step(row, on=on))
        panel.history.move_wanted.connect(self._move_step)
        panel.layer_model.check_wanted.connect(lambda row, on: self._show_layer(row, visible=on))
        panel.layer_model.move_wanted.connect(self._move_layer)
        panel.steps.row_chosen.connect(lambda _row: self._show_step())
        panel.layers.row_chosen.connect(lambda _row: self._show_layer_controls())
        panel.page_changed.connect(self._show_abilities)
        panel.seen.connect(lambda _seen: self._on_branch(self._shown_id()))
        panel.form.changed.connect(self._set_parameter)
        panel.opacity.changed.connect(lambda value: self._on_layer(Opacity(opacity=value)))
        panel.blend.changed.connect(lambda mode: self._on_layer(Blend(mode=mode)))
        panel.choice.alone_wanted.connect(self.keep_now)
        panel.choice.all_wanted.connect(self._rebase)
        self.tasks.said.connect(self.said)
        self.tasking.changed.connect(self._show)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.refused.connect(self._on_refused)
        self.keeper.return_wanted.connect(self._choosing.show)
        for over in (self.keeper.kept, self.keeper.refused):
            over.connect(lambda *_: self._finished())
        for action, act in {
            actions.up: lambda: self._move(-1),
            actions.down: lambda: self._move(1),
            actions.switch: self._switch,
            actions.reroll: self._reroll,
            actions.now: self.keep_now,
        }.items():
            action.triggered.connect(lambda _checked=False, act=act: act())

    # What is shown ------------------------------------------------------------------------------

    def _on_branch(self, branch_id: int) -> None:
        self.keep_now()  # of the branch that was shown before
        self.draft, self._changed = None, False
        self._begun_with = None
        if self.keeper.draft_behind(branch_id) is None and self._panel.isVisible():
            self._later.start()  # so that leafing through stays quick
        else:
            self._load()

    def _load(self) -> None:
        """Take the branch up that is shown large; of what nobody sees nothing is made."""
        branch = self._picture.branch
        if branch is not None and self._panel.isVisible():
            try:
                self.draft = self._draft_of(branch)
            except LayerForgeError as error:
                self.said.emit(Message("error", str(error), topic="inspector"))
        self._begun_with = self.draft
        self._owned = () if self.draft is None else owners(self.draft, self._way())
        row = self._panel.steps.row
        self._show()
        if self.draft is not None:
            count = len(self.draft.items)
            self._panel.steps.choose(row if 0 <= row < count else count - 1)
            self._panel.layers.choose(max(self._panel.layers.row, 0))

    def _draft_of(self, branch: Branch) -> Draft:
        history = self._session.project.history(branch.id)
        own = len(branch.steps)
        known = self.keeper.draft_behind(branch.id)
        if known is not None and known.steps == history:
            return Draft(branch.id, known.items, own=_own_from(known, len(history) - own))
        return draft_of(branch.id, history, own=own)

    def _way(self) -> list[Branch]:
        """The branches from below the root down to the one that is shown."""
        way: list[Branch] = []
        branch = self._picture.branch
        while branch is not None:
            way.append(branch)
            branch = None if branch.parent is None else self._choosing.branch(branch.parent)
        return way[::-1]

    def _shown_id(self) -> int:
        branch = self._picture.branch
        return -1 if branch is None else branch.id

    def _show(self) -> None:
        panel, draft = self._panel, self.draft
        sources = {one.id: one.name for one in self._session.sources}
        blank = self._session.project.canvas
        self._canvas = None if draft is None else draft.before(len(draft.items), blank)
        layers = () if self._canvas is None else self._canvas.layers
        names = {**sources, **{one.id: layer_name(one, sources) for one in layers}}
        panel.history.show_draft(draft or Draft(-1, ()), names)
        as_kept = draft is not None and not self._changed and all(item.on for item in draft.items)
        panel.history.show_credit(self.tasking.credit_of(draft.branch) if draft and as_kept else ())
        panel.layer_model.show_layers(layers, sources)
        self._show_step()
        self._show_layer_controls()

    def _show_step(self) -> None:
        row, draft = self._panel.steps.row, self.draft
        if draft is None or not 0 <= row < len(draft.items):
            self._panel.form.show_nothing(
                self.tr("Choose a branch to see what it is made of.")
                if draft is None
                else self.tr("Choose a step to see its parameters.")
            )
        else:
            sources = {one.id: one.name for one in self._session.sources}
            layers = draft.before(row, self._session.project.canvas).layers
            names = Names(sources, {one.id: layer_name(one, sources) for one in layers})
            self._panel.form.show_step(row, draft.items[row].step, names)
        self._show_abilities()

    def _show_layer_controls(self) -> None:
        row = self._panel.layers.row
        known = 0 <= row < self._panel.layer_model.rowCount()
        for control in (self._panel.opacity, self._panel.blend):
            control.setEnabled(known and self._session.writable)
        if known:
            layer = self._panel.layer_model.layer_at(row)
            self._panel.opacity.show_value(layer.opacity)
            self._panel.blend.show_value(layer.blend)
        self._show_abilities()

    def _show_abilities(self) -> None:
        panel, actions, draft = self._panel, self._actions, self.draft
        view = panel.layers if panel.shows_layers else panel.steps
        count = view.model().rowCount()
        can = draft is not None and self._session.writable and 0 <= view.row < count
        actions.up.setEnabled(can and view.row > 0)
        actions.down.setEnabled(can and view.row < count - 1)
        actions.switch.setEnabled(can)
        actions.reroll.setEnabled(can and not panel.shows_layers)
        actions.now.setEnabled(self._changed)
        self.tasking.show_abilities()
        panel.pages.setEnabled(draft is None or self._session.writable)
        self._tell_state()

    def _tell_state(self) -> None:
        if self._changed:
            words = self.tr("changed")
        elif self.keeper.waiting:
            words = self.tr("judging…")
        else:
            words = "" if self.draft is None else f"#{self.draft.branch}"
        self._panel.state.setText(words)
        self._actions.now.setEnabled(self._changed)

    # Changes ------------------------------------------------------------------------------------

    def _take(self, change: Callable[[Draft], Draft]) -> None:
        """Change the draft, show it at once and keep it soon; say so where it can't be."""
        if self.draft is None or not self._session.writable:
            return
        try:
            new = change(self.draft)
            edited_canvas(self._session.project, new.steps)
        except LayerForgeError as error:
            words = self.tr("This can't be: {why}.").format(why=str(error).rstrip("."))
            self.said.emit(Message("warning", words, topic="inspector"))
            QTimer.singleShot(0, self, self._show)  # as it was
            return
        if new.items == self.draft.items:
            return
        self.draft, self._changed = new, True
        self._picture.show_draft(new.steps)
        self._show()
        begun = self._begun_with
        self._ask(None if begun is None else reach_of(begun, new, self._owned))
        if self._reach is None:
            self._settle.start()
        else:
            self._settle.stop()  # it waits for the answer

    def _set_parameter(self, name: str, value: ParameterValue) -> None:
        row = self._panel.steps.row
        self._take(lambda draft: draft.with_parameter(row, name, value))

    def _switch_step(self, row: int, *, on: bool) -> None:
        self._take(lambda draft: draft.switched(row, on=on))

    def _move_step(self, row: int, to: int) -> None:
        self._take(lambda draft: draft.moved(row, to))
        if self._changed:
            self._panel.steps.choose(to)

    def _show_layer(self, row: int, *, visible: bool) -> None:
        layer = self._panel.layer_model.layer_at(row)
        self._take(lambda draft: draft.with_more(Visibility(visible=visible), layer.id))

    def _on_layer(self, operation: Operation) -> None:
        row = self._panel.layers.row
        if row >= 0:
            layer = self._panel.layer_model.layer_at(row)
            self._take(lambda draft: draft.with_more(operation, layer.id))

    def _move_layer(self, row: int, to: int) -> None:
        layer = self._panel.layer_model.layer_at(row)
        places = min(max(row - to, -MOST_PLACES), MOST_PLACES)  # rows count from the top

        self._take(lambda draft: draft.with_layer_moved(layer.id, places))
        self._panel.layers.choose(self._panel.layer_model.row_of(layer.id))

    def _move(self, by: int) -> None:
        if self._panel.shows_layers:
            self._move_layer(self._panel.layers.row, self._panel.layers.row + by)
        else:
            self._move_step(self._panel.steps.row, self._panel.steps.row + by)

    def _switch(self) -> None:
        row = self._panel.layers.row
        if self._panel.shows_layers:
            visible = not self._panel.layer_model.layer_at(row).visible
            self._show_layer(row, visible=visible)
        elif self.draft is not None:
            row = self._panel.steps.row
            self._switch_step(row, on=not self.draft.items[row].on)

    def _reroll(self) -> None:
        row = self._panel.steps.row
        blank = self._session.project.canvas
        sources = tuple(one.id for one in self._session.sources)
        self._take(lambda draft: draft.rerolled(row, blank, sources, rng=self._rng))

    # What a change is meant for -----------------------------------------

    def _ask(self, reach: Reach | None) -> None:
        self._reach = reach
        if reach is None:
            self._panel.choice.hide()
        else:
            grown = grown_from(reach.ancestor, self._choosing.branches())
            self._panel.choice.ask(reach.ancestor, grown)

    def _rebase(self) -> None:
        reach, draft = self._reach, self.draft
        if reach is None or draft is None or self.tasks.busy:
            return
        self._ask(None)
        self._changed = False
        self.tasks.rebase(draft.branch, reach.ancestor, reach.change())
        self._show_abilities()

    # Keeping ------------------------------------------------------------------------------------

    def _settled(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._settle.start()  # somebody still holds a slider
        else:
            self.keep_now()

    def _on_kept(self, draft: Draft, edited: Edited) -> None:
        if draft is self.draft and not self._changed:
            self._choosing.show(edited.branch.id)
        self._show_abilities()

    def _on_refused(self, draft: Draft, text: str) -> None:
        words = self.tr("The change could not be kept: {why}.").format(why=text.rstrip("."))
        self.said.emit(Message("error", words, topic="inspector"))
        if draft is self.draft and not self._changed:
            self._changed = True  # nothing is lost: it can be kept once more
        self._show_abilities()


def _own_from(draft: Draft, inherited: int) -> int:
    """Where the branch's own items begin: behind ``inherited`` ones that are switched on."""
    place = 0
    for item in draft.items:
        if inherited == 0 and item.on:
            break
        inherited -= item.on
        place += 1
    return place

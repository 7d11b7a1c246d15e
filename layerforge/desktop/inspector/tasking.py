"""Joins the tasks that take a while to the inspector: their buttons, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.choosing import Choosing
from layerforge.desktop.inspector.editing import EditActions
from layerforge.desktop.inspector.keeper import EditKeeper
from layerforge.desktop.inspector.panel import InspectorPanel
from layerforge.desktop.inspector.tasks import BranchTasks
from layerforge.desktop.picture.panel import PicturePanel
from layerforge.desktop.session import Session
from layerforge.explore.crediting import StepCredit
from layerforge.model.branch import Branch


class Tasking(QObject):
    """Begins tasks with the branch that is shown, and shows how far they are.

    changed: what is known of a branch, or what can be done, is not what it was.
    """

    changed = Signal()

    def __init__(
        self,
        panel: InspectorPanel,
        actions: EditActions,
        session: Session,
        picture: PicturePanel,
        choosing: Choosing,
        keeper: EditKeeper,
        parent: QObject,
        *,
        keep_now: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._actions, self._session = actions, session
        self._picture, self._choosing, self._keeper = picture, choosing, keeper
        self._keep_now = keep_now
        self._credits: dict[int, tuple[StepCredit, ...]] = {}
        tasks = self.tasks = BranchTasks(session, self)
        panel.task.stop_wanted.connect(tasks.stop)
        tasks.begun.connect(panel.task.begin)
        tasks.progressed.connect(panel.task.show_far)
        tasks.ended.connect(panel.task.end)
        tasks.begun.connect(lambda _words: self.changed.emit())
        tasks.ended.connect(self.changed)
        tasks.credited.connect(self._on_credited)
        tasks.made.connect(self._on_made)
        session.opened.connect(lambda _opened: self._forget())
        for action, task in {
            actions.credit: tasks.credit,
            actions.simplify: tasks.simplify,
            actions.polish: tasks.polish,
        }.items():
            action.triggered.connect(lambda _checked=False, task=task: self._begin(task))

    def credit_of(self, branch_id: int) -> tuple[StepCredit, ...]:
        """The credit of a branch's steps, as far as somebody asked for it."""
        return self._credits.get(branch_id, ())

    def show_abilities(self) -> None:
        """Enable what can be done now."""
        free = self._picture.branch is not None and not self.tasks.busy
        self._actions.credit.setEnabled(free)
        for action in (self._actions.simplify, self._actions.polish):
            action.setEnabled(free and self._session.writable)

    def _begin(self, task: Callable[[int], None]) -> None:
        """Begin with the branch as it is kept; a change to it becomes a branch of its own."""
        self._keep_now()
        if self._picture.branch is not None:
            task(self._picture.branch.id)

    def _on_credited(self, branch_id: int, steps: tuple[StepCredit, ...]) -> None:
        self._credits[branch_id] = steps
        self.changed.emit()

    def _on_made(self, before: int, shown: int, new: tuple[Branch, ...]) -> None:
        for branch in new:
            self._keeper.note_made(branch.id, before)
        still = self._picture.branch
        if still is not None and still.id == before:
            self._choosing.show(shown)

    def _forget(self) -> None:
        self.tasks.forget()
        self._credits = {}

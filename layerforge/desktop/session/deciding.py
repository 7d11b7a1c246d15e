"""What the user decided on branches: the log, and the statuses that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.session.held import Held
from layerforge.model.branch import Status
from layerforge.model.errors import LayerForgeError
from layerforge.project.decisions import Decision, Verb, in_force, redoable, statuses

STATUS_AFTER: dict[Verb, Status] = {"pin": "pinned", "kill": "killed", "reset": "open"}


class Deciding(Held):
    """A project with its decisions.

    statuses_changed: the new status of some branches, by id.
    """

    statuses_changed = Signal(object)  # Mapping[int, Status]: as a dict, Qt would lose the ids
    history_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._statuses: dict[int, Status] = {}
        self._log: list[Decision] = []

    @property
    def decided_last(self) -> str:
        """The kind of the last entry of the log; empty where there is none."""
        return self._log[-1].kind if self._log else ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision to take back."""
        return self.writable and bool(in_force(self._log))

    @property
    def can_redo(self) -> bool:
        """Whether there is a decision to restore."""
        return self.writable and bool(redoable(self._log))

    def status(self, branch_id: int) -> Status:
        """The status of a branch."""
        return self._statuses.get(branch_id, "open")

    def pinned(self) -> tuple[int, ...]:
        """The branches that are pinned."""
        return tuple(sorted(one for one, said in self._statuses.items() if said == "pinned"))

    def decide(self, verb: Verb, branch_ids: Iterable[int]) -> None:
        """Pin, kill or reset branches; those that are so already are left alone."""
        ids = [one for one in branch_ids if self.status(one) != STATUS_AFTER[verb]]
        if ids:
            self._change(lambda: self.project.decide(verb, ids))

    def prefer(self, winner: int, losers: Iterable[int]) -> bool:
        """Keep that one branch is better than others; False where that can't be."""

        def choose() -> None:
            for loser in losers:
                self.project.prefer(winner, loser)

        return self._change(choose)

    def undo(self) -> None:
        """Take the last decision back."""
        self._change(self.project.undo)

    def redo(self) -> None:
        """Restore the decision taken back last."""
        self._change(self.project.redo)

    def _change(self, act: Callable[[], object]) -> bool:
        """Do what changes the log, and tell what follows from it; False where that failed."""
        if not self.writable:
            return False
        try:
            act()
            self._log = self.project.decisions()
        except LayerForgeError as error:
            self._complain(str(error))
            return False
        now = statuses(self._log)
        changed = {
            one: now.get(one, "open")
            for one in now.keys() | self._statuses.keys()
            if now.get(one, "open") != self._statuses.get(one, "open")
        }
        self._statuses = now
        self.statuses_changed.emit(changed)
        self.history_changed.emit()
        return True

    def _read_log(self) -> None:
        """Take over the log of another project."""
        self._log = self.project.decisions()
        self._statuses = statuses(self._log)

"""What takes the explorer's judges a while: credit, simplifying, polishing, rebasing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.exploration import Heavy, chosen
from layerforge.desktop.messages import Message
from layerforge.desktop.session import Session
from layerforge.explore.crediting import credit, simplify
from layerforge.explore.jobs import Control, Stopped
from layerforge.explore.polish import Polished, polish
from layerforge.explore.rebasing import Change, LeftOut, Rebased, rebase
from layerforge.explore.room import JudgingRoom, settings_of
from layerforge.model.branch import Branch
from layerforge.project.project import Project

POLISH_BUDGET = 200
"""So many pictures are judged to tune a branch."""

_T = TypeVar("_T")
Told = Callable[[int, int], None]


class BranchTasks(QObject):
    """One task at a time, in the background, while exploring stands still.

    begun: what goes on, in words.  progressed: how many pictures are judged, of how many; 0 of 0
    where that is not known.  ended: it is over, however.  credited: a branch, and the credit of
    its steps.  made: the branch that a task began with, the one to show now, and all new ones.
    """

    begun = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    credited = Signal(int, object)
    made = Signal(int, int, object)
    said = Signal(Message)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._control: Control | None = None

    @property
    def busy(self) -> bool:
        """Whether a task goes on."""
        return self._control is not None

    def stop(self) -> None:
        """End the task; nothing of it is kept."""
        if self._control is not None:
            self._control.stop()

    def credit(self, branch_id: int) -> None:
        """Find out what each step of a branch is good for."""
        self._start(
            self.tr("Weighing the steps of #{id}…").format(id=branch_id),
            lambda room, told: tuple(credit(room, branch_id, told=told)),
            then=lambda found: self.credited.emit(branch_id, found),
        )

    def simplify(self, branch_id: int) -> None:
        """Make a branch without the steps that contribute nothing."""
        self._start(
            self.tr("Simplifying #{id}…").format(id=branch_id),
            lambda room, told: _noted(room, simplify(room, branch_id, told=told)),
            then=partial(self._simplified, branch_id),
        )

    def polish(self, branch_id: int) -> None:
        """Tune the numbers of a branch."""

        def work(room: JudgingRoom, told: Told) -> Polished:
            done = polish(room, branch_id, budget=POLISH_BUDGET, told=told)
            _noted(room, done.branch)
            return done

        words = self.tr("Polishing #{id}…").format(id=branch_id)
        self._start(words, work, then=partial(self._polished, branch_id))

    def rebase(self, branch_id: int, ancestor: int, change: Change) -> None:
        """Change an ancestor of a branch, and all that grew from it."""

        def work(room: JudgingRoom, told: Told) -> Rebased:
            told(0, 0)
            done = rebase(room, ancestor, change, everywhere=True)
            room.project.note_edit([branch.id for branch in done.branches.values()])
            return done

        words = self.tr("Growing all that grew from #{id} anew…").format(id=ancestor)
        self._start(words, work, then=partial(self._rebased, branch_id, ancestor))

    # What comes of it ---------------------------------------------------------------------------

    def _simplified(self, branch_id: int, branch: Branch | None) -> None:
        if branch is None:
            words = self.tr("Every step of #{id} contributes something.")
            self._say("info", words.format(id=branch_id))
            return
        project = self._session.project
        n, m = len(project.history(branch.id)), len(project.history(branch_id))
        words = self.tr("#{new} makes nearly the same picture in {n} steps, instead of {m}.", "", n)
        self._say("good", words.format(new=branch.id, n=n, m=m))
        self._tell(branch_id, branch.id, [branch])

    def _polished(self, branch_id: int, done: Polished) -> None:
        branch = done.branch
        if branch is None:
            words = self.tr(
                "Nothing better than #{id} was found near it, in {n} tries.", "", done.evaluated
            )
            self._say("info", words.format(id=branch_id, n=done.evaluated))
            return
        words = self.tr("#{new} is worth {after:.3f}; #{id} is worth {before:.3f}.")
        text = words.format(new=branch.id, id=branch_id, after=done.after, before=done.before)
        self._say("good", text)
        self._tell(branch_id, branch.id, [branch])

    def _rebased(self, branch_id: int, ancestor: int, done: Rebased) -> None:
        count = len(done.branches)
        words = self.tr("{n} new branches stand for #{id} and what grew from it.", "", count)
        text = words.format(n=count, id=ancestor)
        details = [self._lost(one) for one in done.left_out]
        if done.gone:
            gone = ", ".join(f"#{one}" for one in done.gone)
            details.append(self.tr("nothing is left of {gone}").format(gone=gone))
        if done.left_out:
            count = len(done.left_out)
            more = self.tr("{n} steps no longer apply and were left out:", "", count)
            text = f"{text} {more.format(n=count)}"
        self._say("warning" if details else "good", text, details)
        shown = done.branches.get(branch_id) or next(iter(done.branches.values()))
        self._tell(branch_id, shown.id, list(done.branches.values()))

    def _lost(self, one: LeftOut) -> str:
        words = self.tr("step {n} of #{id} ({operation}): {why}")
        return words.format(n=one.number, id=one.branch, operation=one.operation, why=one.reason)

    def _tell(self, before: int, shown: int, new: Sequence[Branch]) -> None:
        self._session.take_branches(new)
        self.made.emit(before, shown, tuple(new))

    def _say(self, kind: Any, text: str, details: Sequence[str] = ()) -> None:
        self.said.emit(Message(kind, text, topic="task", details=tuple(details)))

    # How it is done -----------------------------------------------------------------------------

    def _start(
        self,
        words: str,
        work: Callable[[JudgingRoom, Told], _T],
        *,
        then: Callable[[_T], None],
    ) -> None:
        if self.busy:
            return
        session = self._session
        control = self._control = Control()

        def done(found: tuple[_T] | None) -> None:
            self._end(control)
            if found is not None:
                then(found[0])

        def refused(text: str) -> None:
            self._end(control)
            self._say("error", text)

        self.begun.emit(words)
        session.in_between(
            partial(_in_room, session.project, session.exploration.heavy, control, work),
            then=done,
            otherwise=refused,
            progress=lambda said: self.progressed.emit(*said),
        )

    def forget(self) -> None:
        """Another project is open: what goes on is of no use any more."""
        if self._control is not None:
            self._control.stop()
            self._end(self._control)

    def _end(self, control: Control) -> None:
        if self._control is control:
            self._control = None
            self.ended.emit()


def _in_room(
    project: Project,
    heavy: Heavy,
    control: Control,
    work: Callable[[JudgingRoom, Told], _T],
    tell: Tell,
) -> tuple[_T] | None:
    """What comes of ``work``; None where it was stopped."""
    try:
        control.check()
        scorer = chosen(settings_of(project), heavy).scorer
        with JudgingRoom(project, scorer=scorer, control=control) as room:
            return (work(room, lambda done, of: tell((done, of))),)
    except Stopped:
        return None


def _noted(room: JudgingRoom, branch: Branch | None) -> Branch | None:
    """The new branch, kept in the log, so that it can be undone."""
    if branch is not None:
        room.project.note_edit([branch.id])
    return branch

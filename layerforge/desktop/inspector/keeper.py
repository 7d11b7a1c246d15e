"""Keeps drafts as branches, in the background, and knows what was made from what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.exploration import Heavy, chosen
from layerforge.desktop.inspector.draft import Draft
from layerforge.desktop.session import Session
from layerforge.explore.editing import Edited, keep_edit
from layerforge.explore.room import settings_of
from layerforge.model.branch import Status
from layerforge.project.project import Project


class EditKeeper(QObject):
    """Makes branches of drafts.

    kept: a draft, and the branch that it is now.  refused: a draft, and why it can't be.
    return_wanted: an edit was taken back, or made again: show this branch.
    """

    kept = Signal(Draft, Edited)
    refused = Signal(Draft, str)
    return_wanted = Signal(int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drafts: dict[int, Draft] = {}
        self._made_from: dict[int, int] = {}
        self.waiting = 0
        session.statuses_changed.connect(self._on_statuses)

    def forget(self) -> None:
        """Another project is open."""
        self._drafts, self._made_from, self.waiting = {}, {}, 0

    def draft_behind(self, branch_id: int) -> Draft | None:
        """The draft that a branch was made of, with the steps that were switched off."""
        return self._drafts.get(branch_id)

    def note_made(self, branch_id: int, before: int) -> None:
        """A branch was made from another by a task: undoing that goes back there."""
        self._made_from[branch_id] = before

    def keep(self, draft: Draft) -> None:
        """Judge a draft and keep it."""
        self.waiting += 1
        session = self._session
        session.in_between(
            partial(_keep, session.project, session.exploration.heavy, draft),
            then=partial(self._kept, draft),
            otherwise=partial(self._refused, draft),
        )

    def _kept(self, draft: Draft, edited: Edited) -> None:
        self.waiting -= 1
        branch = edited.branch
        self._drafts[branch.id] = draft
        if branch.id != draft.branch:
            self._made_from.setdefault(branch.id, draft.branch)
        self._session.take_branches([branch] if edited.new else [])
        self.kept.emit(draft, edited)

    def _refused(self, draft: Draft, text: str) -> None:
        self.waiting -= 1
        self.refused.emit(draft, text)

    def _on_statuses(self, changed: Mapping[int, Status]) -> None:
        last = self._session.decided_last
        for branch, status in changed.items():
            if branch not in self._made_from:
                continue
            if last == "undo" and status == "killed":
                self.return_wanted.emit(self._made_from[branch])
            elif last == "redo" and status == "open":
                self.return_wanted.emit(branch)


def _keep(project: Project, heavy: Heavy, draft: Draft, tell: Tell) -> Edited:
    del tell
    scorer = chosen(settings_of(project), heavy).scorer
    return keep_edit(project, draft.branch, draft.steps, scorer=scorer)

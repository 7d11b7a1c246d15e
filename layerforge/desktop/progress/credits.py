"""Reads what operations are worth, in the background, as exploring and decisions go on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.session import Session
from layerforge.explore.learned import operation_credits
from layerforge.project.project import Project
from layerforge.search.policy import Credit


class CreditReader(QObject):
    """``read`` gives the credits, best first; nothing is read while ``wanted`` is False."""

    read = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._stale = True
        self.wanted = False
        session.opened.connect(self._forget)
        session.exploration.bridge.round_done.connect(self._look)
        session.statuses_changed.connect(self._look)

    def want(self, *, wanted: bool) -> None:
        """Somebody looks now, or nobody does."""
        self.wanted = wanted
        if wanted and self._stale:
            self._look()

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where that took too long."""
        return self._background.close(timeout_s=timeout_s)

    def _forget(self) -> None:
        self.read.emit(())
        self._look()

    def _look(self, *_: object) -> None:
        self._stale = True
        if not self.wanted or self._background.busy:
            return
        self._stale = False
        project = self._session.project
        self._background.submit(
            partial(_credits, project),
            then=partial(self._done, project),
            otherwise=partial(self._fail, project),
        )

    def _done(self, project: Project, found: tuple[Credit, ...]) -> None:
        if project is self._session.project:
            self.read.emit(found)
        if self._stale:
            self._look()

    def _fail(self, project: Project, text: str) -> None:
        if project is self._session.project:  # else it was closed meanwhile
            self.failed.emit(text)


def _credits(project: Project, tell: Tell) -> tuple[Credit, ...]:
    del tell
    return tuple(operation_credits(project))

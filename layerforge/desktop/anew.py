"""What is found out about a project in another thread, and anew when the project has changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from layerforge.desktop.bridge import Background, Tell
from layerforge.project.project import Project

REST = 8.0
"""Work is not begun again before this many times the time that it took has gone by, so that what
grows dear in a large project leaves the machine to the explorer."""

_LONGEST_REST_MS = 30_000


def later(parent: QObject, wait_ms: int, act: Callable[[], object]) -> QTimer:
    """A timer that does ``act`` once, ``wait_ms`` after it was started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(wait_ms)
    timer.timeout.connect(act)
    return timer


class Anew(QObject):
    """Looks at a project in the background, again when something changed, one look at a time.

    What is found of a project that was left meanwhile is dropped.  Subclasses say what to do in
    `_work`, and take what came of it in `_take`.

    failed: why nothing was found, in a line.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, patience_ms: int) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self._background = Background(self)
        self._patience_ms = patience_ms
        self._timer = later(self, patience_ms, self.begin)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._timer.isActive() or self._background.busy

    def refresh(self) -> None:
        """Something changed: look again, soon."""
        if not self._timer.isActive():
            self._timer.start()

    def begin(self) -> None:
        """Look now, or as soon as the look before it is over."""
        project = self.project
        if project is None:
            return
        if self._background.busy:
            self._timer.start()
            return
        work = self._work()
        if work is not None:
            self._background.submit(
                partial(_timed, work, project),
                then=partial(self._on_done, project),
                otherwise=partial(self._on_failed, project),
                progress=partial(self._on_progress, project),
            )

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where work did not end in time."""
        self._timer.stop()
        return self._background.close(timeout_s=timeout_s)

    def _work(self) -> Callable[[Project, Tell], Any] | None:
        """What to do in another thread now; None for nothing."""
        raise NotImplementedError  # no ABC: its metaclass and Qt's can't be those of one class

    def _take(self, found: Any) -> None:
        """Take over what was found, or what the work told underway."""
        raise NotImplementedError

    def _on_done(self, project: Project, done: tuple[Any, float]) -> None:
        found, seconds = done
        rest_ms = min(round(1000 * REST * seconds), _LONGEST_REST_MS)
        self._timer.setInterval(max(self._patience_ms, rest_ms))
        if project is self.project:
            self._take(found)

    def _on_progress(self, project: Project, found: Any) -> None:
        if project is self.project:
            self._take(found)

    def _on_failed(self, project: Project, text: str) -> None:
        if project is self.project:  # else it was closed meanwhile
            self.failed.emit(text)


def _timed(work: Callable[[Project, Tell], Any], project: Project, tell: Tell) -> tuple[Any, float]:
    began = time.perf_counter()
    found = work(project, tell)
    return found, time.perf_counter() - began

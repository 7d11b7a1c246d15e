"""What is measured only where somebody sorts by it: novelty, and the user's taste."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.gallery.orders import Measured
from layerforge.explore.judging import unit
from layerforge.explore.tasted import taste_report
from layerforge.project.project import Project
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS, Neighbours

PATIENCE_MS = 600
"""How long rounds must rest before all is measured anew."""


class Measuring(QObject):
    """Measures all branches of a project in the background, as long as it is asked for.

    found: of what, and Mapping[int, float] by branch, empty where it can't be known yet.
    """

    found = Signal(str, object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._project: Project | None = None
        self._wanted: Measured | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._timer.isActive() or self._background.busy

    def set_project(self, project: Project) -> None:
        """Measure the branches of another project."""
        self._project = project
        self.refresh()

    def want(self, what: Measured | None) -> None:
        """Measure this from now on; nothing for None."""
        self._wanted = what
        self._begin()

    def refresh(self) -> None:
        """Something changed: measure anew, soon."""
        if self._wanted is not None and not self._timer.isActive():
            self._timer.start()

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where work did not end in time."""
        self._timer.stop()
        return self._background.close(timeout_s=timeout_s)

    def _begin(self) -> None:
        project, wanted = self._project, self._wanted
        if project is None or wanted is None:
            return
        if self._background.busy:
            self._timer.start()
            return
        measure = novelty_by_branch if wanted == "novel" else taste_by_branch
        self._background.submit(
            partial(measure, project),
            then=lambda found: self._tell(project, wanted, found),
            otherwise=lambda text: self._fail(project, text),
        )

    def _tell(self, project: Project, wanted: Measured, found: dict[int, float]) -> None:
        if project is self._project:
            self.found.emit(wanted, found)

    def _fail(self, project: Project, text: str) -> None:
        if project is self._project:  # else it was closed meanwhile
            self.failed.emit(text)


def novelty_by_branch(project: Project, tell: Tell) -> dict[int, float]:
    """Each branch's mean distance to its nearest ones among branches and sources."""
    del tell
    encoder = project.encoder()
    if encoder is None:
        return {}
    ids, vectors = project.embedded(encoder=encoder)
    runs = project.runs()
    count = runs[-1].settings.get("neighbours") if runs else None
    near = Neighbours(count=count if isinstance(count, int) and count > 0 else DEFAULT_NEIGHBOURS)
    sources = project.source_embeddings(encoder=encoder)
    if sources:
        near.extend(np.stack([unit(one) for one in sources]))
    first = len(near)
    single = vectors.astype(np.float32)
    near.extend(single / np.maximum(np.linalg.norm(single, axis=1, keepdims=True), 1e-12))
    found = near.novelty(range(first, first + len(ids)))
    return dict(zip(ids, found.tolist(), strict=True))


def taste_by_branch(project: Project, tell: Tell) -> dict[int, float]:
    """How much each branch is liked more than the middle of all; empty where nothing is known."""
    del tell
    report = taste_report(project)
    if not (report.choices or report.pinned or report.killed or report.brought):
        return {}
    return {one.id: one.worth for one in report.branches}

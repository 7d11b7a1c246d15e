"""Which of the best branches look different from each other."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from layerforge.desktop.bridge import Background, Tell
from layerforge.explore.judging import unit
from layerforge.model.branch import ROOT, Branch
from layerforge.project.project import Project
from layerforge.project.records import number_in
from layerforge.search.archive import DISTINCT_SHARE

LOOKED_AT = 300
"""How many of the best are compared; those further down are nobody's first sight."""

PATIENCE_MS = 400
"""How long rounds must rest before the best are compared again, so that fast ones don't pile up."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the best: its id, and its ancestor just below the root."""

    branch: int
    lineage: int


Ranks = Mapping[int, int]
"""0 for branches unlike all better ones and first of their lineage, 1 for unlike ones of a lineage
seen before; all others have none."""


def ranked(
    best: Iterable[Candidate], vectors: Mapping[int, npt.NDArray[np.floating]], *, near: float
) -> dict[int, int]:
    """Ranks of the branches ``best``, given best first.

    near: the cosine distance from which on pictures are different.  A branch without a vector has
    no rank.
    """
    known = [one for one in best if one.branch in vectors]
    if not known:
        return {}
    matrix = np.stack([unit(vectors[one.branch]) for one in known])
    close = 1.0 - matrix @ matrix.T < near
    ranks: dict[int, int] = {}
    taken = np.zeros(len(known), dtype=bool)
    lineages: set[int] = set()
    for row, one in enumerate(known):
        if bool(np.any(close[row] & taken)):
            continue
        taken[row] = True
        ranks[one.branch] = 1 if one.lineage in lineages else 0
        lineages.add(one.lineage)
    return ranks


class Different(QObject):
    """Compares the best branches of a project in the background, anew when better ones came.

    found: Ranks.  failed: why there are none.
    """

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._project: Project | None = None
        self._lineages: dict[int, int] = {}
        self._best: list[tuple[float, int]] = []
        self._looked_at: list[tuple[float, int]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether ranks are still to come."""
        return self._timer.isActive() or self._background.busy

    def set_project(self, project: Project, branches: Iterable[Branch]) -> None:
        """Compare the branches of another project."""
        self._project = project
        self._lineages, self._best, self._looked_at = {}, [], []
        self.add(branches)

    def go_on_in(self, project: Project) -> None:
        """Take another file of the same project."""
        self._project, self._looked_at = project, []
        self._timer.start()

    def add(self, branches: Iterable[Branch]) -> None:
        """Take new branches in; parents come before their children."""
        new = [branch for branch in branches if branch.parent is not None]
        for branch in new:
            top = branch.parent == ROOT
            parent = branch.parent or ROOT
            self._lineages[branch.id] = branch.id if top else self._lineages.get(parent, parent)
        valued = ((branch.value or 0.0, -branch.id) for branch in new)
        self._best = heapq.nlargest(LOOKED_AT, [*self._best, *valued])
        if self._best != self._looked_at and not self._timer.isActive():
            self._timer.start()

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where work did not end in time."""
        self._timer.stop()
        return self._background.close(timeout_s=timeout_s)

    def _begin(self) -> None:
        project = self._project
        if project is None:
            return
        if self._background.busy:
            self._timer.start()
            return
        self._looked_at = self._best
        best = tuple(Candidate(-one, self._lineages[-one]) for _, one in self._best)
        self._background.submit(
            partial(_compare, project, best),
            then=partial(self._tell, project),
            otherwise=partial(self._fail, project),
        )

    def _tell(self, project: Project, ranks: Ranks) -> None:
        if project is self._project:
            self.found.emit(ranks)

    def _fail(self, project: Project, text: str) -> None:
        if project is self._project:  # else it was closed meanwhile: nobody needs its ranks
            self.failed.emit(text)


def _compare(project: Project, best: tuple[Candidate, ...], tell: Tell) -> dict[int, int]:
    del tell
    encoder = project.encoder()
    if encoder is None:
        return {}
    typical = 0.0
    for run in project.runs():
        if run.reference.get("encoder") == encoder:
            typical = number_in(run.reference, "typical_distance", typical, low=0.0, high=2.0)
    return ranked(best, project.embeddings(encoder=encoder), near=DISTINCT_SHARE * typical)

"""Which of the best branches look different from each other."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import Anew
from layerforge.desktop.bridge import Tell
from layerforge.explore.judging import unit
from layerforge.model.branch import ROOT, Branch
from layerforge.project.project import Project
from layerforge.project.records import typical_distance_in
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


class Different(Anew):
    """Compares the best branches of a project in the background, anew when better ones came.

    found: Ranks.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, patience_ms=PATIENCE_MS)
        self._lineages: dict[int, int] = {}
        self._best: list[tuple[float, int]] = []
        self._looked_at: list[tuple[float, int]] = []

    def set_project(self, project: Project, branches: Iterable[Branch]) -> None:
        """Compare the branches of another project."""
        self.project = project
        self._lineages, self._best, self._looked_at = {}, [], []
        self.add(branches)

    def go_on_in(self, project: Project) -> None:
        """Take another file of the same project."""
        self.project, self._looked_at = project, []
        self.refresh()

    def add(self, branches: Iterable[Branch]) -> None:
        """Take new branches in; parents come before their children."""
        new = [branch for branch in branches if branch.parent is not None]
        for branch in new:
            top = branch.parent == ROOT
            parent = branch.parent or ROOT
            self._lineages[branch.id] = branch.id if top else self._lineages.get(parent, parent)
        valued = ((branch.value or 0.0, -branch.id) for branch in new)
        self._best = heapq.nlargest(LOOKED_AT, [*self._best, *valued])
        if self._best != self._looked_at:
            self.refresh()

    def _work(self) -> Callable[[Project, Tell], Ranks]:
        self._looked_at = self._best
        best = tuple(Candidate(-one, self._lineages[-one]) for _, one in self._best)
        return partial(_compare, best)

    def _take(self, found: Ranks) -> None:
        self.found.emit(found)


def _compare(best: tuple[Candidate, ...], project: Project, tell: Tell) -> dict[int, int]:
    del tell
    encoder = project.encoder()
    if encoder is None:
        return {}
    near = DISTINCT_SHARE * typical_distance_in(project.runs(), encoder=encoder)
    return ranked(best, project.embeddings(encoder=encoder), near=near)

"""What is measured only where somebody sorts by it: novelty, and the user's taste."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import Anew
from layerforge.desktop.bridge import Tell
from layerforge.desktop.gallery.orders import Measured
from layerforge.explore.judging import unit, unit_rows
from layerforge.explore.tasted import taste_report
from layerforge.project.project import Project
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS, Neighbours

PATIENCE_MS = 600
"""How long rounds must rest before all is measured anew."""


Found = tuple[Measured, dict[int, float]]


class Measuring(Anew):
    """Measures all branches of a project in the background, as long as it is asked for.

    found: of what, and Mapping[int, float] by branch, empty where it can't be known yet.
    """

    found = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, patience_ms=PATIENCE_MS)
        self._wanted: Measured | None = None

    def set_project(self, project: Project) -> None:
        """Measure the branches of another project."""
        self.project = project
        self.refresh()

    def want(self, what: Measured | None) -> None:
        """Measure this from now on; nothing for None."""
        self._wanted = what
        self.begin()

    def refresh(self) -> None:
        if self._wanted is not None:
            super().refresh()

    def _work(self) -> Callable[[Project, Tell], Found] | None:
        wanted = self._wanted
        return None if wanted is None else partial(_measured, wanted)

    def _take(self, found: Found) -> None:
        self.found.emit(*found)


def _measured(what: Measured, project: Project, tell: Tell) -> Found:
    measure = novelty_by_branch if what == "novel" else taste_by_branch
    return what, measure(project, tell)


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
    near.extend(unit_rows(vectors))
    found = near.novelty(range(first, first + len(ids)))
    return dict(zip(ids, found.tolist(), strict=True))


def taste_by_branch(project: Project, tell: Tell) -> dict[int, float]:
    """How much each branch is liked more than the middle of all; empty where nothing is known."""
    del tell
    report = taste_report(project)
    if not (report.choices or report.pinned or report.killed or report.brought):
        return {}
    return {one.id: one.worth for one in report.branches}

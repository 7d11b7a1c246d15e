"""Which branches are variations of one idea, to be stacked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import Anew
from layerforge.desktop.bridge import Tell
from layerforge.explore.judging import unit_rows
from layerforge.project.project import Project
from layerforge.project.records import typical_distance_in
from layerforge.search.gate import CROWD_SHARE

PATIENCE_MS = 600
"""How long rounds must rest before they are stacked."""

_AT_ONCE = 256

Stacks = Mapping[int, int]
"""From the id of each branch that is one of several alike to that of the best of them."""

NONE: Stacks = MappingProxyType({})


def stacked(
    ids: npt.NDArray[np.int64],
    vectors: npt.NDArray[np.floating],
    values: npt.NDArray[np.floating],
    *,
    near: float,
) -> dict[int, int]:
    """The stacks of N branches: each goes with the nearest better one that it is like, or leads.

    ids, values: (N,).  vectors: (N, D), of any length.  near: the cosine distance within which
    pictures are alike.  All of a stack are alike to its leader, the best of them, though not
    always to each other; no leader is alike to another.
    """
    order = np.lexsort((ids, -values))
    single = unit_rows(vectors[order])
    least = 1.0 - near
    lead = np.empty(len(order), dtype=np.intp)
    leaders = np.empty(len(order), dtype=np.intp)
    count = 0
    for first in range(0, len(order), _AT_ONCE):
        block = single[first : first + _AT_ONCE]
        like = np.full(len(block), -2.0, dtype=np.float32)
        nearest = np.zeros(len(block), dtype=np.intp)
        if count:
            found = block @ single[leaders[:count]].T
            place = found.argmax(axis=1)
            like, nearest = found[np.arange(len(block)), place], leaders[place]
        among = block @ block.T
        new: list[int] = []
        for row in range(len(block)):
            best, leader = like[row], nearest[row]
            if new:
                at = new[int(among[row, new].argmax())]
                if among[row, at] > best:
                    best, leader = among[row, at], first + at
            if best > least:
                lead[first + row] = leader
            else:
                lead[first + row] = first + row
                leaders[count] = first + row
                count += 1
                new.append(row)
    sizes = np.bincount(lead, minlength=len(order))
    several = np.flatnonzero(sizes[lead] > 1)
    return dict(zip(ids[order[several]].tolist(), ids[order[lead[several]]].tolist(), strict=True))


class Stacking(Anew):
    """Finds the stacks of a project in the background, anew when branches came.

    found: Stacks.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, patience_ms=PATIENCE_MS)
        self._wanted = True

    def set_project(self, project: Project) -> None:
        """Stack the branches of another project, or another file of the same."""
        self.project = project
        if self._wanted:
            self.begin()

    def want(self, *, wanted: bool) -> None:
        """Whether anybody wants to know from now on."""
        self._wanted = wanted
        if wanted:
            self.begin()

    def refresh(self) -> None:
        if self._wanted:
            super().refresh()

    def _work(self) -> Callable[[Project, Tell], Stacks] | None:
        return _stacks_of if self._wanted else None

    def _take(self, found: Stacks) -> None:
        self.found.emit(found)


def _stacks_of(project: Project, tell: Tell) -> Stacks:
    del tell
    encoder = project.encoder()
    if encoder is None:
        return NONE
    ids, vectors = project.embedded(encoder=encoder)
    values = {branch.id: branch.value or 0.0 for branch in project.branches()}
    near = CROWD_SHARE * typical_distance_in(project.runs(), encoder=encoder)
    if not ids:
        return NONE
    worth = np.array([values.get(one, 0.0) for one in ids])
    return stacked(np.array(ids, dtype=np.int64), vectors, worth, near=near)

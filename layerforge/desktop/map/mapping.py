"""Where a project's branches and sources lie in the plane, found in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import Anew
from layerforge.desktop.bridge import Tell
from layerforge.desktop.map.plane import Plane, Spots, outline, plane_for
from layerforge.explore.judging import unit_rows
from layerforge.project.project import Project

PATIENCE_MS = 700


@dataclass(frozen=True, slots=True)
class Mapped:
    """ids: (N,), branches; spots: (N, 2), where they lie.  sources: (M, 2), their plain pictures,
    the mirrored ones left out; hull: (K, 2), the corners round all of them.
    """

    ids: npt.NDArray[np.int64]
    spots: Spots
    sources: Spots
    hull: Spots
    plane: Plane | None


NOTHING = Mapped(
    ids=np.zeros(0, dtype=np.int64),
    spots=np.zeros((0, 2)),
    sources=np.zeros((0, 2)),
    hull=np.zeros((0, 2)),
    plane=None,
)


class Mapping(Anew):
    """Maps a project while somebody looks, anew when branches came."""

    found = Signal(Mapped)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, patience_ms=PATIENCE_MS)
        self._plane: Plane | None = None

    def set_project(self, project: Project, *, same: bool = False) -> None:
        """Map another project, or another file of the same."""
        self.project = project
        if not same:
            self._plane = None

    def _work(self) -> Callable[[Project, Tell], Mapped]:
        return partial(_mapped, self._plane)

    def _take(self, found: Mapped) -> None:
        self._plane = found.plane
        self.found.emit(found)


def _mapped(before: Plane | None, project: Project, tell: Tell) -> Mapped:
    del tell
    encoder = project.encoder()
    if encoder is None:
        return NOTHING
    ids, kept = project.embedded(encoder=encoder)
    vectors = unit_rows(kept)
    found = project.source_embeddings(encoder=encoder)
    sources = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    if found:
        sources = unit_rows(np.stack(found))
    everything = np.concatenate([sources, vectors])
    if not len(everything):
        return NOTHING
    plane = plane_for(everything, before=before)
    flat = plane.flat(sources)
    return Mapped(
        ids=np.array(ids, dtype=np.int64),
        spots=plane.flat(vectors),
        sources=flat[::2],  # each is followed by its mirror image
        hull=outline(flat),
        plane=plane,
    )

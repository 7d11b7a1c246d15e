"""Where a project's branches and sources lie in the plane, found in the background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.map.plane import Plane, Spots, outline, plane_for
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


class Mapping(QObject):
    """Maps a project while somebody looks, anew when branches came."""

    found = Signal(Mapped)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._project: Project | None = None
        self._plane: Plane | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self.begin)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._timer.isActive() or self._background.busy

    def set_project(self, project: Project, *, same: bool = False) -> None:
        """Map another project, or another file of the same."""
        self._project = project
        if not same:
            self._plane = None

    def refresh(self) -> None:
        """Branches came: map anew, soon."""
        if not self._timer.isActive():
            self._timer.start()

    def begin(self) -> None:
        """Map now."""
        project = self._project
        if project is None:
            return
        if self._background.busy:
            self._timer.start()
            return
        self._background.submit(
            partial(_mapped, project, self._plane),
            then=partial(self._tell, project),
            otherwise=partial(self._fail, project),
        )

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where work did not end in time."""
        self._timer.stop()
        return self._background.close(timeout_s=timeout_s)

    def _tell(self, project: Project, mapped: Mapped) -> None:
        if project is self._project:
            self._plane = mapped.plane
            self.found.emit(mapped)

    def _fail(self, project: Project, text: str) -> None:
        if project is self._project:
            self.failed.emit(text)


def _mapped(project: Project, before: Plane | None, tell: Tell) -> Mapped:
    del tell
    encoder = project.encoder()
    if encoder is None:
        return NOTHING
    ids, kept = project.embedded(encoder=encoder)
    vectors = _unit(kept.astype(np.float32))
    found = project.source_embeddings(encoder=encoder)
    sources = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    if found:
        sources = _unit(np.stack(found).astype(np.float32))
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


def _unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

"""Sharp renders for the preview: in the background, the latest request wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.anew import later
from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.picture.held import Subject
from layerforge.files.sources import SourcePyramid
from layerforge.model.step import Step
from layerforge.operations.fold import fold
from layerforge.operations.pixels import flatten, to_uint8
from layerforge.project.project import Project
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.renderer import Renderer, size_for

CACHE_BYTES = 192 * 1024 * 1024
FIRST_EDGE_PX = 640
"""A picture much larger than this comes in two stages, so that something sharp is there soon."""

PATIENCE_MS = 60
"""How long a request must stand before it is rendered, so that leafing through stays quick."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to render, its long edge in device pixels, and of which project.

    steps: of a draft, which the project does not hold.
    """

    subject: Subject
    long_edge_px: int
    project: int
    steps: tuple[Step, ...] | None = field(default=None, compare=False)

    @property
    def branch(self) -> int:
        """The branch that is shown, or that the draft began with."""
        return self.subject.branch


@dataclass(frozen=True, slots=True)
class Sharp:
    """A rendered picture, (H, W, 3) uint8 sRGB over white; not to be written to."""

    wanted: Wanted
    pixels: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Studio:
    """A project with a renderer on its sources."""

    project: Project
    renderer: Renderer


class SharpRenders(QObject):
    """Renders one picture at a time; a newer request takes the place of those that wait.

    ready: a picture, at first perhaps a smaller one than was asked for.
    """

    ready = Signal(Sharp)
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._studio: _Studio | None = None
        self._projects = 0
        self._next: tuple[Wanted, ...] = ()
        self._running: Wanted | None = None
        self._timer = later(self, PATIENCE_MS, self._begin)

    @property
    def busy(self) -> bool:
        """Whether a picture waits to be rendered."""
        return bool(self._next)

    def set_project(self, project: Project) -> None:
        """Render from ``project`` from now on; what was asked before is dropped."""
        self._projects += 1
        self._next = ()
        pyramid = SourcePyramid(project.source_bytes, max_bytes=CACHE_BYTES)
        renderer = Renderer(pyramid, cache=RenderCache(CACHE_BYTES))
        self._studio = _Studio(project=project, renderer=renderer)

    def request(
        self, subject: Subject, *, long_edge_px: int, steps: tuple[Step, ...] | None = None
    ) -> None:
        """Render this picture soon, and forget an earlier request; ``steps`` of a draft."""
        self.request_all([subject], long_edge_px=long_edge_px, steps=steps)

    def request_all(
        self,
        subjects: Iterable[Subject],
        *,
        long_edge_px: int,
        steps: tuple[Step, ...] | None = None,
    ) -> None:
        """Render these pictures soon, first to last, and forget earlier requests."""
        wanted = [
            Wanted(subject=one, long_edge_px=long_edge_px, project=self._projects, steps=steps)
            for one in subjects
        ]
        if long_edge_px > 1.5 * FIRST_EDGE_PX:
            wanted = [*(replace(one, long_edge_px=FIRST_EDGE_PX) for one in wanted), *wanted]
        self._next = tuple(one for one in wanted if one != self._running)
        if self._next:
            self._timer.start()

    def cancel(self) -> None:
        """Forget the request."""
        self._next = ()
        self._timer.stop()

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where a render did not end in time."""
        self.cancel()
        return self._background.close(timeout_s=timeout_s)

    def _begin(self) -> None:
        if self._running is not None or not self._next or self._studio is None:
            return
        self._running, self._next = self._next[0], self._next[1:]
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal
        self._background.submit(
            partial(_render, self._studio, self._running), then=self._done, otherwise=self._failed
        )

    def _done(self, sharp: Sharp) -> None:
        if sharp.wanted.project == self._projects:
            self.ready.emit(sharp)
        self._go_on()

    def _failed(self, text: str) -> None:
        if self._running is not None and self._running.project == self._projects:
            self.failed.emit(text)
        self._go_on()

    def _go_on(self) -> None:
        self._running = None
        self.busy_changed.emit(False)  # noqa: FBT003 - a signal
        if self._next and not self._timer.isActive():
            self._begin()


def _render(studio: _Studio, wanted: Wanted, tell: Tell) -> Sharp:
    del tell
    steps = wanted.steps
    if steps is None:
        steps = studio.project.history(wanted.branch)[: wanted.subject.upto]
    canvas = fold(steps, studio.project.canvas)
    width, height = size_for(canvas, long_edge=wanted.long_edge_px)
    pixels = studio.renderer.render(canvas, width=width, height=height)
    return Sharp(wanted=wanted, pixels=to_uint8(flatten(pixels)))

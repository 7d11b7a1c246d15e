"""Canvas to pixels.

Every stage has a fingerprint: the digest of what it adds on the fingerprint of what it stands on,
begun with the size of the rendering.  Stages found in the cache are not rendered again, so a
child costs only what its new steps touch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Nested
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, legal
from layerforge.operations.registry import toolbox
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.limits import (
    allowed_bytes,
    check_memory,
    needed_bytes,
    told_when_out_of_memory,
)
from layerforge.rendering.scene import Scene

_SMALL_UP_TO_PX = 512
_LONG_UP_TO_PX = 2048
"""Renderings up to this short and this long side are worked at twice their size."""


class SourceProvider(Protocol):
    """Where the renderer gets the pixels of sources from; it never opens a file itself."""

    def size(self, source_id: str) -> tuple[int, int]:
        """Width and height of the source in pixels.  Raises SourceMissing."""
        ...

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        """The source's pixels, at least ``long_edge`` long, or its full size if that is less.

        The same arguments always give the same pixels.  Raises SourceMissing.
        """
        ...


def size_for(canvas: Canvas, *, long_edge: int) -> tuple[int, int]:
    """Width and height in pixels of ``canvas`` rendered with that long edge."""
    scale = long_edge / max(canvas.width, canvas.height)
    return max(1, round(canvas.width * scale)), max(1, round(canvas.height * scale))


class Renderer:
    """Renders canvases from one set of sources.  Safe in many threads.

    max_bytes: a rendering that would need more memory is refused before it starts; None for
    `limits.allowed_bytes`.  check: called between the pieces of work, each of which takes a second
    or so where a rendering is large; what it raises ends the rendering.
    """

    def __init__(
        self,
        sources: SourceProvider,
        *,
        cache: RenderCache | None = None,
        max_bytes: int | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._sources = sources
        self._check = check
        self.cache = RenderCache() if cache is None else cache
        self.max_bytes = allowed_bytes() if max_bytes is None else max_bytes

    def render(self, canvas: Canvas, *, width: int, height: int, draft: bool = False) -> Pixels:
        """``canvas`` as (height, width, 4) pixels, read-only.

        A small rendering is worked at twice its size and averaged by area, as what is read
        between pixels would blur there more than in a large one; at four times its size where an
        operation enlarges.  A draft is not, which takes a quarter of the time; it is for looking
        at many.

        Raises UnknownOperation, InvalidValue and SourceMissing, and TooLarge: before any work
        where it would need more than ``max_bytes``, later where the machine has not even that.
        """
        check_memory(canvas, width=width, height=height, max_bytes=self.max_bytes)
        fine = 1 if draft else self._fineness(canvas, width, height)
        with told_when_out_of_memory(width=width, height=height):
            pixels = self._scene(canvas, width * fine, height * fine).pixels()
            if fine == 1:
                return pixels
            small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
            pixels = legal(np.asarray(small, dtype=np.float32))
        pixels.flags.writeable = False
        return pixels

    def _fineness(self, canvas: Canvas, width: int, height: int) -> int:
        """How many times as large a rendering is worked."""
        if min(width, height) > _SMALL_UP_TO_PX or max(width, height) > _LONG_UP_TO_PX:
            return 1
        fine = 4 if _enlarges(canvas) else 2
        fits = needed_bytes(canvas, width=fine * width, height=fine * height) <= self.max_bytes
        return fine if fits else 1

    def layer_pixels(self, canvas: Canvas, layer_id: str, *, width: int, height: int) -> Pixels:
        """One layer of a draft of ``canvas`` alone as (height, width, 4) pixels, read-only.

        It is placed, filtered and masked; its blend mode, opacity and visibility are left to
        whoever joins it with others.  Raises as `render` does.
        """
        check_memory(canvas, width=width, height=height, max_bytes=self.max_bytes)
        with told_when_out_of_memory(width=width, height=height):
            return self._scene(canvas, width, height).layer(canvas.index(layer_id))

    def _scene(self, canvas: Canvas, width: int, height: int) -> Scene:
        shape = canvas.width, canvas.height
        at = RenderContext(width, height, self._sources.pixels, shape=shape)
        return Scene(canvas, at, sources=self._sources, cache=self.cache, check=self._check)


def _enlarges(canvas: Canvas) -> bool:
    """Whether an operation on ``canvas`` may show a picture much larger than it is seen."""
    calls = [*canvas.filters, *(call for layer in canvas.layers for call in layer.filters)]
    operations = [toolbox().operations.get(call.name) for call in calls]
    nested = [one.content.canvas for one in canvas.layers if isinstance(one.content, Nested)]
    return any(one is not None and one.enlarges for one in operations) or any(
        _enlarges(one) for one in nested
    )

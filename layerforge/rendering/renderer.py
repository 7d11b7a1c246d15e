"""Canvas to pixels.

Every stage has a fingerprint: the digest of what it adds on the fingerprint of what it stands on,
begun with the size of the rendering.  Stages found in the cache are not rendered again, so a
child costs only what its new steps touch.
"""

from __future__ import annotations

from typing import Protocol

import msgspec
import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.layer import Fill, Layer, Nested, Picture
from layerforge.model.step import Call
from layerforge.model.values import digest, to_json
from layerforge.operations.operation import Filter, Mask, RenderContext
from layerforge.operations.pixels import Pixels, blank, with_coverage
from layerforge.operations.registry import build
from layerforge.rendering.blend import composite
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.placing import fill, place, placed_size


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
    """Renders canvases from one set of sources.  Safe in many threads."""

    def __init__(self, sources: SourceProvider, *, cache: RenderCache | None = None) -> None:
        self._sources = sources
        self.cache = RenderCache() if cache is None else cache

    def render(self, canvas: Canvas, *, width: int, height: int) -> Pixels:
        """``canvas`` as (height, width, 4) pixels, read-only.

        Raises UnknownOperation, InvalidValue and SourceMissing.
        """
        return self._canvas(canvas, RenderContext(width, height, self._sources.pixels))[1]

    def layer_pixels(self, layer: Layer, *, width: int, height: int) -> Pixels:
        """``layer`` alone as (height, width, 4) pixels, read-only: placed, filtered and masked.

        Its blend mode, opacity and visibility are left to whoever joins it with others.  Raises
        as `render` does.
        """
        pixels = self._layer(layer, RenderContext(width, height, self._sources.pixels))
        pixels.flags.writeable = False
        return pixels

    def _canvas(self, canvas: Canvas, at: RenderContext) -> tuple[bytes, Pixels]:
        below = digest(b"canvas", _size(at), to_json(canvas.background))
        seen = [layer for layer in canvas.layers if layer.visible and layer.opacity > 0.0]
        prints = [below]
        for layer in seen:
            joins = to_json((layer.blend, layer.opacity))
            prints.append(digest(prints[-1], b"join", joins, self._layer_print(layer, at)))
        start, sheet = self._nearest(prints)
        if sheet is None:
            sheet = _background(canvas, at)
        for place_, layer in enumerate(seen[start:], start=start):
            sheet = composite(
                sheet, self._layer(layer, at), mode=layer.blend, opacity=layer.opacity
            )
            self.cache.put(prints[place_ + 1], sheet)
        return self._filtered(prints[-1], sheet, canvas.filters, at)

    def _nearest(self, prints: list[bytes]) -> tuple[int, Pixels | None]:
        """The longest prefix of layers that is in the cache."""
        for count in range(len(prints) - 1, 0, -1):
            held = self.cache.get(prints[count])
            if held is not None:
                return count, held
        return 0, None

    def _layer_print(self, layer: Layer, at: RenderContext) -> bytes:
        return digest(
            b"layer",
            _size(at),
            to_json((layer.content, layer.placement)),
            *(to_json(call) for call in layer.filters),
            b"mask",
            *(to_json(call) for call in layer.mask),
        )

    def _layer(self, layer: Layer, at: RenderContext) -> Pixels:
        """A layer's own pixels, before it joins what lies below."""
        whole = self._layer_print(layer, at)
        held = self.cache.get(whole)
        if held is not None:
            return held
        first = digest(b"content", _size(at), to_json((layer.content, layer.placement)))
        pixels = self.cache.get(first)
        if pixels is None:
            pixels = self._content(layer, at)
            self.cache.put(first, pixels)
        _, pixels = self._filtered(first, pixels, layer.filters, at)
        if layer.mask:
            pixels = _masked(pixels, layer.mask, at)
            self.cache.put(whole, pixels)
        return pixels

    def _content(self, layer: Layer, at: RenderContext) -> Pixels:
        content = layer.content
        if isinstance(content, Fill):
            return fill(content, at=at)
        if isinstance(content, Nested):
            _, pixels = self._canvas(content.canvas, at)
            aspect = content.canvas.width / content.canvas.height
            return place(pixels, layer.placement, aspect=aspect, at=at)
        return self._picture(content, layer, at)

    def _picture(self, content: Picture, layer: Layer, at: RenderContext) -> Pixels:
        source_width, source_height = self._sources.size(content.source)
        aspect = source_width / source_height
        wide, high = placed_size(layer.placement, aspect=aspect, at=at)
        pixels = self._sources.pixels(content.source, int(np.ceil(max(wide, high))))
        return place(pixels, layer.placement, aspect=aspect, at=at)

    def _filtered(
        self, stand: bytes, pixels: Pixels, calls: tuple[Call, ...], at: RenderContext
    ) -> tuple[bytes, Pixels]:
        prints = [stand]
        for call in calls:
            prints.append(digest(prints[-1], b"filter", to_json(call)))
        start, held = self._nearest(prints)
        pixels = pixels if held is None else held
        for place_, call in enumerate(calls[start:], start=start):
            operation = build(call)
            if not isinstance(operation, Filter):
                raise InvalidValue(f"{call.name} is not a filter")
            pixels.flags.writeable = False
            pixels = operation.render(pixels, at)
            self.cache.put(prints[place_ + 1], pixels)
        return prints[-1], pixels


def _size(at: RenderContext) -> bytes:
    return msgspec.json.encode((at.width, at.height))


def _background(canvas: Canvas, at: RenderContext) -> Pixels:
    pixels = blank(at.height, at.width)
    if canvas.background is not None:
        pixels[:] = (*canvas.background, 1.0)
    return pixels


def _masked(pixels: Pixels, calls: tuple[Call, ...], at: RenderContext) -> Pixels:
    coverage = np.ones(pixels.shape[:2], dtype=np.float32)
    for call in calls:
        operation = build(call)
        if not isinstance(operation, Mask):
            raise InvalidValue(f"{call.name} is not a mask")
        coverage = operation.cover(coverage, pixels, at)
    return with_coverage(pixels, coverage)

"""One canvas at one size while it is rendered: the fingerprints and pixels of its layers."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.layer import Adjustment, Fill, Layer, Nested, Picture
from layerforge.model.step import Call
from layerforge.model.values import digest, to_json
from layerforge.operations.foreign import covered, rendered
from layerforge.operations.operation import Cutout, Filter, Mask, Operation, RenderContext
from layerforge.operations.pixels import Pixels, blank, with_coverage
from layerforge.operations.references import (
    check_references,
    looked_at,
    reads_below,
    referred_layers,
)
from layerforge.operations.registry import build
from layerforge.rendering.adjusting import adjusted
from layerforge.rendering.blend import composite
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.cutting import cut_out
from layerforge.rendering.placing import fill, needed_px, place

if TYPE_CHECKING:
    from layerforge.rendering.renderer import SourceProvider


class Scene:
    """Renders one canvas.  Places count its layers, 0 at the bottom.

    A layer's fingerprint takes in those of the other layers that its operations look at, so a
    cached sheet is found again only where all that went into it is the same.  Raises
    StepDoesNotApply where layers look at missing ones or at each other in a circle.

    check: called before each layer and each operation; what it raises ends the rendering.
    """

    def __init__(
        self,
        canvas: Canvas,
        at: RenderContext,
        *,
        sources: SourceProvider,
        cache: RenderCache,
        check: Callable[[], None],
    ) -> None:
        check_references(canvas)
        self._canvas = canvas
        self._at = at
        self._sources = sources
        self._cache = cache
        self._check = check
        self._size = msgspec.json.encode((at.width, at.height, at.shape))
        self._prints_below = [digest(b"canvas", self._size, to_json(canvas.background))]
        self._layer_prints: dict[int, bytes] = {}
        # what one rendering needs more than once is found here where the cache can't hold it:
        # without, every adjustment layer would render all that lies below it again, and each of
        # those in turn
        self._stands: dict[bytes, Pixels] = {}
        self._looked_at: dict[int, Pixels | None] = {
            canvas.index(seen): None for seen in looked_at(canvas)
        }

    def pixels(self) -> Pixels:
        """The whole canvas, read-only."""
        top = len(self._canvas.layers)
        stand = self._print_below(top)
        prints = self._prints(stand, self._canvas.filters, top)
        count, sheet = self._nearest(prints)
        if sheet is None:
            sheet = self._below(top)
        return self._filtered(sheet, prints, self._canvas.filters, top, start=count)

    def layer(self, place_: int) -> Pixels:
        """The layer at ``place_`` alone, before it joins what lies below; read-only."""
        pixels = self._layer(place_)
        pixels.flags.writeable = False
        return pixels

    # Fingerprints ---------------------------------------------------------------------------

    def _print_below(self, place_: int) -> bytes:
        """The fingerprint of all that lies below the layer at ``place_``."""
        while len(self._prints_below) <= place_:
            layer = self._canvas.layers[len(self._prints_below) - 1]
            below = self._prints_below[-1]
            if _seen(layer):
                joins = to_json((layer.blend, layer.opacity))
                own = self._layer_print(len(self._prints_below) - 1)
                below = digest(below, b"join", joins, own)
            self._prints_below.append(below)
        return self._prints_below[place_]

    def _layer_print(self, place_: int) -> bytes:
        if place_ not in self._layer_prints:
            layer = self._canvas.layers[place_]
            *_, filtered = self._prints(self._content_print(place_), layer.filters, place_)
            self._layer_prints[place_] = digest(
                filtered, b"mask", *(self._call_print(call, place_) for call in layer.mask)
            )
        return self._layer_prints[place_]

    def _content_print(self, place_: int) -> bytes:
        layer = self._canvas.layers[place_]
        if isinstance(layer.content, Adjustment):
            return digest(b"adjustment", self._print_below(place_))
        return digest(b"content", self._size, to_json((layer.content, layer.placement)))

    def _prints(self, stand: bytes, calls: tuple[Call, ...], place_: int) -> list[bytes]:
        """``stand``, and the fingerprint after each of the filters ``calls``."""
        prints = [stand]
        for call in calls:
            prints.append(digest(prints[-1], b"filter", self._call_print(call, place_)))
        return prints

    def _call_print(self, call: Call, place_: int) -> bytes:
        looks = [self._layer_print(self._canvas.index(other)) for other in referred_layers(call)]
        if reads_below(call):
            looks.append(self._print_below(place_))
        return digest(to_json(call), *looks) if looks else to_json(call)

    def _nearest(self, prints: list[bytes]) -> tuple[int, Pixels | None]:
        """How many stages on the first of ``prints`` are in the cache, and the last of those."""
        for count in range(len(prints) - 1, 0, -1):
            held = self._stands.get(prints[count])
            if held is None:
                held = self._cache.get(prints[count])
            if held is not None:
                return count, held
        return 0, None

    # Pixels ---------------------------------------------------------------------------------

    def _below(self, place_: int) -> Pixels:
        """All that lies below the layer at ``place_``, joined."""
        places = [one for one in range(place_) if _seen(self._canvas.layers[one])]
        prints = [self._prints_below[0], *(self._print_below(one + 1) for one in places)]
        start, sheet = self._nearest(prints)
        if sheet is None:
            sheet = _background(self._canvas, self._at)
        sheet.flags.writeable = False
        for count in range(start, len(places)):
            layer = self._canvas.layers[places[count]]
            join = adjusted if isinstance(layer.content, Adjustment) else composite
            with self._standing_on(prints[count], sheet):
                pixels = self._layer(places[count])
            sheet = join(sheet, pixels, mode=layer.blend, opacity=layer.opacity)
            self._cache.put(prints[count + 1], sheet)
        return sheet

    @contextmanager
    def _standing_on(self, stand: bytes, sheet: Pixels) -> Iterator[None]:
        """Whoever looks for the stage ``stand`` meanwhile finds ``sheet``."""
        if stand in self._stands:
            yield
            return
        self._stands[stand] = sheet
        try:
            yield
        finally:
            del self._stands[stand]

    def _layer(self, place_: int) -> Pixels:
        """A layer's own pixels, before it joins what lies below."""
        whole = self._layer_print(place_)
        held = self._looked_at.get(place_)
        if held is None:
            held = self._cache.get(whole)
        if held is not None:
            return held
        self._check()
        layer = self._canvas.layers[place_]
        prints = self._prints(self._content_print(place_), layer.filters, place_)
        count, pixels = self._nearest(prints)
        if pixels is None:
            pixels = self._cache.get(prints[0])
        if pixels is None:
            pixels = self._content(place_)
            self._cache.put(prints[0], pixels)
        pixels = self._filtered(pixels, prints, layer.filters, place_, start=count)
        if layer.mask:
            pixels = self._masked(pixels, layer.mask, place_)
            self._cache.put(whole, pixels)
        if place_ in self._looked_at:
            self._looked_at[place_] = pixels
        return pixels

    def _content(self, place_: int) -> Pixels:
        layer = self._canvas.layers[place_]
        content = layer.content
        if isinstance(content, Adjustment):
            return self._below(place_)
        if isinstance(content, Fill):
            return fill(content, at=self._at)
        if isinstance(content, Nested):
            nested = Scene(
                content.canvas,
                self._at,
                sources=self._sources,
                cache=self._cache,
                check=self._check,
            )
            aspect = content.canvas.width / content.canvas.height
            return place(nested.pixels(), layer.placement, aspect=aspect, at=self._at)
        return self._picture(content, layer)

    def _picture(self, content: Picture, layer: Layer) -> Pixels:
        source_width, source_height = self._sources.size(content.source)
        aspect = source_width / source_height
        long_edge = needed_px(layer.placement, aspect=aspect, at=self._at)
        pixels = self._sources.pixels(content.source, long_edge)
        if content.cutout is not None:
            cutout = build(content.cutout)
            if not isinstance(cutout, Cutout):
                raise InvalidValue(f"{content.cutout.name} is not a cutout")
            pixels = cut_out(pixels, content.source, cutout, sources=self._sources)
        return place(pixels, layer.placement, aspect=aspect, at=self._at)

    def _filtered(
        self,
        pixels: Pixels,
        prints: list[bytes],
        calls: tuple[Call, ...],
        place_: int,
        *,
        start: int,
    ) -> Pixels:
        for call, stage in zip(calls[start:], prints[start + 1 :], strict=True):
            operation = build(call)
            if not isinstance(operation, Filter):
                raise InvalidValue(f"{call.name} is not a filter")
            if operation.is_neutral():
                continue
            self._check()
            pixels.flags.writeable = False
            pixels = rendered(operation, pixels, self._looking(operation, call, place_))
            self._cache.put(stage, pixels)
        return pixels

    def _masked(self, pixels: Pixels, calls: tuple[Call, ...], place_: int) -> Pixels:
        coverage = np.ones(pixels.shape[:2], dtype=np.float32)
        for call in calls:
            operation = build(call)
            if not isinstance(operation, Mask):
                raise InvalidValue(f"{call.name} is not a mask")
            if operation.is_neutral():
                continue
            self._check()
            at = self._looking(operation, call, place_)
            coverage = covered(operation, coverage, pixels, at)
        return with_coverage(pixels, coverage)

    def _looking(self, operation: Operation, call: Call, place_: int) -> RenderContext:
        """The context in which ``operation`` sees the other layers that it declares, no others."""
        at = self._at
        seen = referred_layers(call)
        if seen:
            at = replace(at, layer=functools.partial(self._shown, seen))
        if operation.reads_below:
            at = replace(at, below=functools.partial(self._below, place_))
        return at

    def _shown(self, declared: tuple[str, ...], layer_id: str) -> Pixels:
        if layer_id not in declared:
            raise InvalidValue(f"the layer {layer_id!r} is not declared by the operation")
        return self.layer(self._canvas.index(layer_id))


def _seen(layer: Layer) -> bool:
    return layer.visible and layer.opacity > 0.0


def _background(canvas: Canvas, at: RenderContext) -> Pixels:
    pixels = blank(at.height, at.width)
    if canvas.background is not None:
        pixels[:] = (*canvas.background, 1.0)
    return pixels

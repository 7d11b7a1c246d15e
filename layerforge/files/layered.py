"""A canvas as layers of pixels, for documents that other programs open.

Each layer is rendered with its placement, filters and masks in it; blend mode, opacity and
visibility are left to the document.  Other programs have neither filters over a whole canvas nor
our adjustments of what lies below.  Where the canvas has some, its layers go into a hidden group,
and over it lies one layer with the final look; so the document looks right everywhere, and every
layer is still there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layerforge.files.flat import Depth, Samples, samples_of
from layerforge.files.layer_names import LayerNames, NameOf, no_names
from layerforge.model.canvas import Canvas
from layerforge.model.layer import Adjustment, BlendMode, Layer, Nested, Placement
from layerforge.operations.pixels import Pixels
from layerforge.rendering.renderer import Renderer

BACKGROUND = "Background"
BEFORE_FILTERS = "Before the canvas filters"
FINAL = "Canvas filters (rendered)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A layer of pixels: straight RGBA samples, cut to what is seen, at x, y from the top left."""

    name: str
    samples: Samples
    x: int = 0
    y: int = 0
    blend: BlendMode = "normal"
    opacity: float = 1.0
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Layers joined with each other first, bottom first, then with what lies below them."""

    name: str
    children: tuple[Sheet | Group, ...]
    blend: BlendMode = "normal"
    opacity: float = 1.0
    visible: bool = True


Node = Sheet | Group


@dataclass(frozen=True, slots=True)
class Document:
    """Size in pixels, layers bottom first, and the final look, (H, W, 4) pixels."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    merged: Pixels
    depth: Depth


def layered_document(
    canvas: Canvas,
    renderer: Renderer,
    *,
    width: int,
    height: int,
    depth: Depth = 8,
    name_of: NameOf = no_names,
) -> Document:
    """``canvas`` rendered layer by layer; no two layers have the same name.

    Small ones are drafts, since sheets that are averaged apart would no longer join to the look.
    """
    merged = renderer.render(canvas, width=width, height=height, draft=True)
    names = LayerNames(name_of)
    painter = _Painter(renderer, width, height, depth, names)
    nodes = tuple(painter.nodes(canvas))
    if _is_filtered(canvas):
        before = Group(name=names.unique(BEFORE_FILTERS), children=nodes, visible=False)
        nodes = before, painter.sheet(names.unique(FINAL), merged)
    return Document(width=width, height=height, nodes=nodes, merged=merged, depth=depth)


def document_bytes(canvas: Canvas, *, width: int, height: int, depth: Depth) -> int:
    """About the most memory that `layered_document` and the file made of it take."""
    sheets = canvas.layers_in_all() + 2  # the background, and the final look
    samples = width * height * 4 * (depth // 8) * sheets
    return 2 * samples


def _is_filtered(canvas: Canvas) -> bool:
    """Whether more than joining its layers goes into the look of ``canvas``."""
    contents = [layer.content for layer in canvas.layers if layer.visible]
    return bool(canvas.filters) or any(
        isinstance(one, Adjustment) or (isinstance(one, Nested) and _is_filtered(one.canvas))
        for one in contents
    )


@dataclass(frozen=True, slots=True)
class _Painter:
    renderer: Renderer
    width: int
    height: int
    depth: Depth
    names: LayerNames

    def nodes(self, canvas: Canvas) -> Iterator[Node]:
        if canvas.background is not None:
            ground = np.ones((self.height, self.width, 4), dtype=np.float32)
            ground[..., :3] = canvas.background
            yield self.sheet(self.names.unique(BACKGROUND), ground)
        for layer in canvas.layers:
            yield self._group(layer, canvas) or self._layer(layer, canvas)

    def sheet(self, name: str, pixels: Pixels) -> Sheet:
        """Pixels as a sheet, cut to where they are not clear."""
        seen = pixels[..., 3] > 0.0
        rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
        if rows.size == 0:
            rows = columns = np.zeros(1, dtype=np.intp)
        top, left = int(rows[0]), int(columns[0])
        cut = pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
        samples = samples_of(cut, depth=self.depth, alpha=True)
        return Sheet(name=name, samples=samples, x=left, y=top)

    def _layer(self, layer: Layer, canvas: Canvas) -> Sheet:
        pixels = self.renderer.layer_pixels(canvas, layer.id, width=self.width, height=self.height)
        plain = self.sheet(self.names.of(layer), pixels)
        return Sheet(
            name=plain.name,
            samples=plain.samples,
            x=plain.x,
            y=plain.y,
            blend=layer.blend,
            opacity=layer.opacity,
            visible=layer.visible,
        )

    def _group(self, layer: Layer, canvas: Canvas) -> Group | None:
        """A nested canvas as a group, where it lies as it is: neither moved, filtered nor cut."""
        content = layer.content
        if not isinstance(content, Nested) or layer.filters or layer.mask:
            return None
        nested = content.canvas
        same_shape = nested.width * canvas.height == nested.height * canvas.width
        if nested.filters or layer.placement != Placement() or not same_shape:
            return None
        return Group(
            name=self.names.of(layer),
            children=tuple(self.nodes(nested)),
            blend=layer.blend,
            opacity=layer.opacity,
            visible=layer.visible,
        )

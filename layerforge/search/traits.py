"""What is known of a canvas's layers, so that nothing is tried on them in vain."""

from __future__ import annotations

import math
from collections.abc import Mapping

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Nested, Picture, Placement
from layerforge.operations.parameters import Scope, Trait


def lacking(
    canvas: Canvas, *, cutouts: frozenset[str], aspects: Mapping[str, float]
) -> dict[str, frozenset[Trait]]:
    """What each layer of ``canvas`` lacks, by its id.

    cutouts: ids of sources that were cut out before.  aspects: width over height by source; one
    that is missing is taken for that of the canvas.  What filters do to a layer is not known.
    """
    return {layer.id: _lacking(layer, canvas, cutouts, aspects) for layer in canvas.layers}


def scope_on(
    canvas: Canvas,
    target: str | None,
    *,
    sources: tuple[str, ...],
    lacks: Mapping[str, frozenset[Trait]],
    weights: Mapping[str, float] | None = None,
) -> Scope:
    """All that a step on ``target`` of ``canvas`` may refer to, and what is known of it."""
    return Scope(
        sources=sources,
        layers=tuple(layer.id for layer in canvas.layers),
        target=target,
        lacks=lacks,
        weights=weights or {},
        pictures={
            layer.id: layer.content.source
            for layer in canvas.layers
            if isinstance(layer.content, Picture)
        },
    )


def _lacking(
    layer: Layer, canvas: Canvas, cutouts: frozenset[str], aspects: Mapping[str, float]
) -> frozenset[Trait]:
    lacks: set[Trait] = set()
    if not layer.mask:
        lacks.add("mask")
    if not layer.visible:
        lacks.add("sight")
    content = layer.content
    whole = not isinstance(content, Picture) or content.source not in cutouts
    if not whole or not isinstance(content, Picture):
        lacks.add("background")
    cut = isinstance(content, Picture) and content.cutout is not None
    if whole and not cut and not layer.mask and _fills(layer, canvas, aspects):
        lacks.add("edge")
    return frozenset(lacks)


def _fills(layer: Layer, canvas: Canvas, aspects: Mapping[str, float]) -> bool:
    """Whether the content, as it is placed, takes all of the canvas."""
    content = layer.content
    own = canvas.width / canvas.height
    if isinstance(content, Picture):
        return covers(layer.placement, aspect=aspects.get(content.source, own), canvas=canvas)
    if isinstance(content, Nested):
        nested = content.canvas.width / content.canvas.height
        return covers(layer.placement, aspect=nested, canvas=canvas)
    return True  # fills and adjustments know no borders


def covers(placement: Placement, *, aspect: float, canvas: Canvas) -> bool:
    """Whether a picture of that ``aspect`` (width over height) covers the canvas as placed."""
    heights = canvas.width / aspect, float(canvas.height)
    height = placement.scale * (max(heights) if placement.fit == "cover" else min(heights))
    half_width, half_height = height * aspect / 2, height / 2
    short = min(canvas.width, canvas.height)
    cos = math.cos(math.radians(placement.angle_deg))
    sin = math.sin(math.radians(placement.angle_deg))
    slack = 1e-6 * short
    for side_x in (-0.5, 0.5):  # a rectangle covers another one if it covers its corners
        for side_y in (-0.5, 0.5):
            x = side_x * canvas.width - placement.x * short
            y = side_y * canvas.height - placement.y * short
            across, down = abs(cos * x + sin * y), abs(cos * y - sin * x)
            if across > half_width + slack or down > half_height + slack:
                return False
    return True

"""The layer that a step works on."""

from __future__ import annotations

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Layer


def target_layer(canvas: Canvas, target: str | None) -> Layer:
    """The layer ``target`` of ``canvas``.  Raises StepDoesNotApply where there is none."""
    if target is None:
        raise StepDoesNotApply("this operation works on a layer, not on the canvas")
    return canvas.layer(target)

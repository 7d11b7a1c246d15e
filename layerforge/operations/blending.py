"""Blending: how a layer joins what lies below it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self, cast

import numpy as np
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import BLEND_MODES, BlendMode
from layerforge.operations.keying import TrackMatte
from layerforge.operations.operation import Structure, Target
from layerforge.operations.parameters import Choice, Scope, Toggle, amount
from layerforge.operations.target import target_layer

# How often each mode is drawn, against 1 for the others.
_LIKELY: dict[BlendMode, float] = {
    "normal": 0.6,
    "multiply": 2.0,
    "screen": 2.0,
    "overlay": 2.0,
    "soft-light": 2.0,
    "color-burn": 0.7,
    "difference": 0.7,
    "exclusion": 0.6,
}
_WEIGHTS = tuple(_LIKELY.get(mode, 1.0) for mode in BLEND_MODES)
_MODE = Choice(BLEND_MODES, _WEIGHTS, neutral="normal")


class Blend(Structure, tag="blending.mode", frozen=True):
    """Join a layer with one of the sixteen blend modes.

    Source: W3C Compositing and Blending Level 1.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 2.0

    mode: Annotated[str, _MODE, "the formula; normal is what a new layer has"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        return canvas.with_layer(replace(layer, blend=cast(BlendMode, self.mode)))


class Opacity(Structure, tag="blending.opacity", frozen=True):
    """Let what lies below show through a layer.

    Source: Porter & Duff 1984, "Compositing digital images": "dissolve", then "over".
    """

    targets: ClassVar[Target] = "layer"

    opacity: Annotated[
        float,
        amount(0.15, 1.0, neutral=1.0),
        "how much of the layer is seen; 1 is what a new layer has",
    ]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        return canvas.with_layer(replace(layer, opacity=self.opacity))


class Visibility(Structure, tag="blending.visibility", frozen=True):
    """Hide a layer and keep it, or show it again.

    Source: the eye in the layer lists of image editors.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.1

    visible: Annotated[bool, Toggle(0.5, neutral=True), "whether it is seen; a new layer is"]

    @classmethod
    def applicable(cls, scope: Scope) -> bool:
        alone = scope.layers == (scope.target,) and "sight" not in scope.lacking(scope.target)
        return super().applicable(scope) and not alone  # or nothing would be left to see

    @classmethod
    def sampled(cls, *, rng: np.random.Generator, scope: Scope) -> Self:
        drawn = super().sampled(rng=rng, scope=scope)
        if scope.target not in scope.lacks:
            return drawn  # nothing is known of it
        return replace(drawn, visible="sight" in scope.lacking(scope.target))

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        return canvas.with_layer(replace(layer, visible=self.visible))


class KnockOut(Structure, tag="blending.knock_out", frozen=True):
    """Let a layer punch a hole of its shape through what lies below, and hide it.

    A full sheet has no shape: it punches where it is light.  Source: "knockout" in Photoshop's
    blending options.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.3

    depth: Annotated[
        str,
        Choice(("shallow", "deep"), (0.7, 0.3)),
        "shallow punches through the layer just below, deep through all but the lowest",
    ]

    @classmethod
    def applicable(cls, scope: Scope) -> bool:
        return super().applicable(scope) and scope.target not in scope.layers[:2]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        cutter = target_layer(canvas, target)
        place = canvas.index(cutter.id)
        if place < 2:
            raise StepDoesNotApply(f"no two layers lie below {cutter.id!r} to punch through")
        lowest = place - 1 if self.depth == "shallow" else 1
        hole = TrackMatte(layer=cutter.id, by="shape", keep="outside").call()
        layers = list(canvas.layers)
        for below in range(lowest, place):
            layers[below] = replace(layers[below], mask=(*layers[below].mask, hole))
        layers[place] = replace(cutter, visible=False)
        return canvas.with_layers(tuple(layers))

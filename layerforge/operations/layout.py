"""Layout: which pictures there are, and where they lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar, Self, cast

import numpy as np
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.layer import (
    Adjustment,
    BlendMode,
    Fill,
    Layer,
    Nested,
    Picture,
    Placement,
)
from layerforge.model.step import Call, ParameterValue
from layerforge.operations.identifiers import NewLayerId, SourceRef
from layerforge.operations.operation import Structure, Target
from layerforge.operations.parameters import (
    Choice,
    ColorValue,
    Number,
    Scope,
    Toggle,
    Whole,
    amount,
    angle,
    offset,
    position,
)
from layerforge.operations.target import target_layer

_SMALLEST, _LARGEST = 0.05, 16.0
"""How far a layer may be scaled in all."""


class AddPicture(Structure, tag="layout.add_picture", frozen=True):
    """Lay a source on top as a new layer, covering the canvas or as a piece on it.

    Source: "place" of image editors; fitted as `object-fit` does, CSS Images Level 3.
    """

    targets: ClassVar[Target] = "canvas"
    weight: ClassVar[float] = 3.0

    source: Annotated[str, SourceRef(), "the picture that is laid down"]
    layer: Annotated[str, NewLayerId(), "id of the new layer"]
    fit: Annotated[
        str,
        Choice(("cover", "contain"), (0.6, 0.4)),
        "whether it covers the canvas or fits into it, before it is scaled",
    ]
    scale: Annotated[float, Number(0.35, 2.2, prior="log"), "what that size is multiplied by"]
    x: Annotated[float, position(0.6), "right of the canvas's middle"]
    y: Annotated[float, position(0.6), "below the canvas's middle"]
    angle: Annotated[float, angle(-180.0, 180.0, prior="peak"), "turn about its middle, clockwise"]
    flip: Annotated[bool, Toggle(0.3), "whether left and right are exchanged"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        placement = Placement(
            fit="cover" if self.fit == "cover" else "contain",
            scale=self.scale,
            x=self.x,
            y=self.y,
            angle_deg=self.angle,
            flip_horizontal=self.flip,
        )
        picture = Picture(source=self.source)
        return canvas.with_new_layer(
            Layer(id=self.layer, name="Picture", content=picture, placement=placement)
        )


class Duplicate(Structure, tag="layout.duplicate", frozen=True):
    """Copy a layer, moved, onto the place above it.

    Source: "duplicate layer" of image editors.
    """

    targets: ClassVar[Target] = "layer"

    layer: Annotated[str, NewLayerId(), "id of the copy"]
    x: Annotated[float, position(0.5), "how far right of the original"]
    y: Annotated[float, position(0.5), "how far below the original"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        original = target_layer(canvas, target)
        moved = replace(
            original.placement, x=original.placement.x + self.x, y=original.placement.y + self.y
        )
        copy = replace(original, id=self.layer, placement=moved)
        return canvas.with_new_layer(copy, at=canvas.index(original.id) + 1)


class Remove(Structure, tag="layout.remove", frozen=True):
    """Take a layer away.  Source: "delete layer" of image editors."""

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.3

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        gone = target_layer(canvas, target)
        return canvas.with_layers(tuple(layer for layer in canvas.layers if layer != gone))


class Reorder(Structure, tag="layout.reorder", frozen=True):
    """Raise a layer by some places, or lower it.

    Source: "raise layer" and "lower layer" of image editors.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.5

    places: Annotated[int, Whole(-3, 3, neutral=0), "how many places up, below 0 down"]

    @classmethod
    def applicable(cls, scope: Scope) -> bool:
        return super().applicable(scope) and scope.layers != (scope.target,)

    @classmethod
    def sampled(cls, *, rng: np.random.Generator, scope: Scope) -> Self:
        return super().sampled(rng=rng, scope=scope)._moving(rng, scope)

    def jittered(self, *, noise: float, rng: np.random.Generator, scope: Scope) -> Self:
        return super().jittered(noise=noise, rng=rng, scope=scope)._moving(rng, scope)

    def _moving(self, rng: np.random.Generator, scope: Scope) -> Self:
        """No further than there are layers, and not nowhere; where the layers are known."""
        if scope.target not in scope.layers or len(scope.layers) < 2:
            return self
        place = scope.layers.index(scope.target)
        low, high = max(-3, -place), min(3, len(scope.layers) - 1 - place)
        places = min(max(self.places, low), high)
        if places == 0:
            ways = [one for one in range(low, high + 1) if one != 0]
            places = ways[int(rng.integers(len(ways)))]
        return replace(self, places=places)

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        rest = [other for other in canvas.layers if other is not layer]
        place = min(max(canvas.index(layer.id) + self.places, 0), len(rest))
        return canvas.with_layers((*rest[:place], layer, *rest[place:]))


class Move(Structure, tag="layout.move", frozen=True):
    """Shift a layer.  Source: a translation; the move tool of image editors."""

    targets: ClassVar[Target] = "layer"

    x: Annotated[float, offset(0.6), "how far to the right"]
    y: Annotated[float, offset(0.6), "how far down"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        moved = replace(layer.placement, x=layer.placement.x + self.x, y=layer.placement.y + self.y)
        return canvas.with_layer(replace(layer, placement=moved))


class Scale(Structure, tag="layout.scale", frozen=True):
    """Enlarge or shrink a layer about its centre.

    Source: a similarity; the scale tool of image editors.
    """

    targets: ClassVar[Target] = "layer"

    factor: Annotated[
        float, Number(0.4, 2.5, prior="log", neutral=1.0), "what its size is multiplied by"
    ]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        scale = min(max(layer.placement.scale * self.factor, _SMALLEST), _LARGEST)
        return canvas.with_layer(replace(layer, placement=replace(layer.placement, scale=scale)))


class Rotate(Structure, tag="layout.rotate", frozen=True):
    """Turn a layer about its centre.  Source: a rotation; the rotate tool of image editors."""

    targets: ClassVar[Target] = "layer"

    angle: Annotated[float, angle(neutral=0.0), "how far it is turned, clockwise"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        turned = (layer.placement.angle_deg + self.angle + 180.0) % 360.0 - 180.0
        return canvas.with_layer(
            replace(layer, placement=replace(layer.placement, angle_deg=turned))
        )


class Flip(Structure, tag="layout.flip", frozen=True):
    """Mirror a layer left to right, or upside down.

    Source: a reflection; the flip tool of image editors.
    """

    targets: ClassVar[Target] = "layer"
    weight: ClassVar[float] = 0.5

    axis: Annotated[
        str,
        Choice(("horizontal", "vertical"), (0.7, 0.3)),
        "horizontal exchanges left and right, vertical above and below",
    ]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        layer = target_layer(canvas, target)
        was = layer.placement
        if self.axis == "horizontal":
            placement = replace(was, flip_horizontal=not was.flip_horizontal)
        else:
            placement = replace(was, flip_vertical=not was.flip_vertical)
        return canvas.with_layer(replace(layer, placement=placement))


class StampVisible(Structure, tag="layout.stamp_visible", frozen=True):
    """Lay the whole picture so far on top of itself as one new layer, scaled and turned.

    Source: "stamp visible layers" of Photoshop, "new from visible" of GIMP.
    """

    targets: ClassVar[Target] = "canvas"
    weight: ClassVar[float] = 0.6

    layer: Annotated[str, NewLayerId(), "id of the new layer"]
    scale: Annotated[float, Number(0.4, 1.6, prior="log"), "its size, 1 that of the canvas"]
    angle: Annotated[float, angle(-180.0, 180.0, prior="peak"), "turn about its middle, clockwise"]
    x: Annotated[float, position(0.4), "right of the canvas's middle"]
    y: Annotated[float, position(0.4), "below the canvas's middle"]
    opacity: Annotated[float, amount(0.3, 1.0, neutral=0.0), "how much of it is seen"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        stamp = Layer(
            id=self.layer,
            name="Stamp",
            content=Nested(canvas=canvas),
            placement=Placement(scale=self.scale, angle_deg=self.angle, x=self.x, y=self.y),
            opacity=self.opacity,
        )
        return canvas.with_new_layer(stamp)


class _AddSheet(Structure, frozen=True):
    """Lays a sheet in one of three places; none is drawn where it is known to be hidden."""

    targets: ClassVar[Target] = "canvas"

    layer: Annotated[str, NewLayerId(), "id of the new layer"]
    place: Annotated[
        str,
        Choice(("top", "under", "bottom"), (0.5, 0.45, 0.05)),
        "on top, under the top layer, or below all layers as a ground",
    ]

    @classmethod
    def sampled(cls, *, rng: np.random.Generator, scope: Scope) -> Self:
        return super().sampled(rng=rng, scope=scope)._seen(scope)

    def jittered(self, *, noise: float, rng: np.random.Generator, scope: Scope) -> Self:
        return super().jittered(noise=noise, rng=rng, scope=scope)._seen(scope)

    def _seen(self, scope: Scope) -> Self:
        covering = ["edge" in scope.lacking(layer) for layer in scope.layers]
        place = self.place
        if place == "bottom" and any(covering):
            place = "under"
        if place == "under" and len(covering) > 1 and covering[-1]:
            place = "top"
        return replace(self, place=place)


def _at(canvas: Canvas, place: str) -> int | None:
    """Where a new layer goes; under the top layer of one is on it, where it is seen."""
    return {"top": None, "under": max(1, len(canvas.layers) - 1), "bottom": 0}[place]


class AddColor(_AddSheet, tag="layout.add_color", frozen=True):
    """Lay a sheet of one colour on top, under the top layer, or at the bottom as a ground.

    Source: the solid colour layer of image editors.
    """

    weight: ClassVar[float] = 0.4

    color: Annotated[tuple[float, float, float], ColorValue(), "colour of the sheet"]
    opacity: Annotated[float, amount(0.1, 0.6), "how much of it is seen; a ground is opaque"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        sheet = Layer(
            id=self.layer,
            name="Colour",
            content=Fill(color=self.color),
            opacity=1.0 if self.place == "bottom" else self.opacity,
        )
        return canvas.with_new_layer(sheet, at=_at(canvas, self.place))


class AddGradient(_AddSheet, tag="layout.add_gradient", frozen=True):
    """Lay a sheet from one colour to another on top, under the top layer, or as a ground.

    Source: the gradient layer of image editors.
    """

    weight: ClassVar[float] = 0.6

    color: Annotated[tuple[float, float, float], ColorValue((0.2, 0.6)), "colour at the beginning"]
    end: Annotated[tuple[float, float, float], ColorValue((0.6, 0.95)), "colour at the end"]
    angle: Annotated[float, angle(), "which way the colour goes, 0 to the right, 90 down"]
    blend: Annotated[
        str,
        Choice(("normal", "multiply", "screen", "overlay", "soft-light")),
        "blend mode of the sheet; a ground has none",
    ]
    opacity: Annotated[float, amount(0.15, 0.7), "how much of it is seen; a ground is opaque"]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        ground = self.place == "bottom"
        sheet = Layer(
            id=self.layer,
            name="Gradient",
            content=Fill(color=self.color, end=self.end, angle_deg=self.angle),
            blend="normal" if ground else cast(BlendMode, self.blend),
            opacity=1.0 if ground else self.opacity,
        )
        return canvas.with_new_layer(sheet, at=_at(canvas, self.place))


_EFFECTS: dict[str, Callable[[float], tuple[Call, ...]]] = {
    "brighten": lambda share: (_call("tone.exposure", stops=1.1 * share),),
    "darken": lambda share: (_call("tone.exposure", stops=-1.3 * share),),
    "contrast": lambda share: (_call("tone.s_curve", strength=1.1 * share, middle=0.5),),
    "saturate": lambda share: (_call("color.saturation", factor=1.0 + share),),
    "mute": lambda share: (_call("color.saturation", factor=1.0 - 0.7 * share),),
    "warm": lambda share: (_call("color.white_balance", temperature=0.7 * share, tint=0.0),),
    "cool": lambda share: (_call("color.white_balance", temperature=-0.7 * share, tint=0.0),),
    "soften": lambda share: (_call("blur.gaussian", radius=0.006 + 0.02 * share),),
    "negative": lambda share: (_call("tone.invert", keep_hue=share < 0.6),),
    "shift hues": lambda share: (_call("color.hue", angle=150.0 * share),),
}


def _call(name: str, **parameters: float | bool) -> Call:
    rounded: dict[str, ParameterValue] = {
        key: value if isinstance(value, bool) else float(f"{value:.6g}")
        for key, value in parameters.items()
    }
    return Call(name=name, parameters=rounded)


class AddAdjustment(Structure, tag="layout.adjust", frozen=True):
    """Lay an adjustment on top: a layer that changes what lies beneath it, not the layers there.

    More filters on the new layer change it further, and masks on it say where.  Source: the
    adjustment layers of Photoshop.
    """

    targets: ClassVar[Target] = "canvas"
    weight: ClassVar[float] = 0.6

    layer: Annotated[str, NewLayerId(), "id of the new layer"]
    effect: Annotated[
        str,
        Choice(tuple(_EFFECTS), (1, 1, 1.5, 1, 1, 1, 1, 0.7, 0.4, 0.7)),
        "what it does to what lies beneath",
    ]
    strength: Annotated[float, amount(0.35, 1.0), "how far it goes"]
    blend: Annotated[
        str,
        Choice(("normal", "soft-light", "multiply", "screen"), (6, 1, 1, 1)),
        "how the changed picture joins the one beneath",
    ]

    def edit(self, canvas: Canvas, target: str | None) -> Canvas:
        sheet = Layer(
            id=self.layer,
            name="Adjustment",
            content=Adjustment(),
            filters=_EFFECTS[self.effect](self.strength),
            blend=cast(BlendMode, self.blend),
        )
        return canvas.with_new_layer(sheet)

"""A canvas: the artwork as a value.  It holds no pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

import layerforge.model.layer as layer_module
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.layer import Layer, Nested, Picture
from layerforge.model.step import Call
from layerforge.model.values import Color, Value

MAX_SIDE_PX = 32_768
MAX_WRITTEN_PX = 16_384
"""The longest side that is written; a larger canvas can be written smaller."""
MAX_LAYERS = 64
MAX_NESTING = 6
MAX_LAYERS_IN_ALL = 1024

Side = Annotated[int, msgspec.Meta(ge=1, le=MAX_SIDE_PX)]


class Canvas(Value, frozen=True, kw_only=True):
    """Layers, bottom first, over a background, with filters over all of them.

    ``width`` and ``height`` are the nominal export size in pixels; ``background`` is None where
    the canvas is transparent.
    """

    width: Side
    height: Side
    background: Color | None = (1.0, 1.0, 1.0)
    layers: tuple[Layer, ...] = ()
    filters: tuple[Call, ...] = ()

    def __post_init__(self) -> None:
        ids = [layer.id for layer in self.layers]
        if len(set(ids)) != len(ids):
            raise InvalidValue("two layers of one canvas have the same id")
        if len(ids) > MAX_LAYERS:
            raise InvalidValue(f"a canvas holds at most {MAX_LAYERS} layers, got {len(ids)}")
        if self.layers_in_all() > MAX_LAYERS_IN_ALL:
            # a few steps that copy and nest could ask for billions
            raise InvalidValue(f"a canvas holds at most {MAX_LAYERS_IN_ALL} layers in all")
        if self.depth() > MAX_NESTING:
            raise InvalidValue(f"canvases are nested more than {MAX_NESTING} deep")

    def depth(self) -> int:
        """How deep canvases are nested: 1 for a canvas without nested ones."""
        below = (
            layer.content.canvas.depth()
            for layer in self.layers
            if isinstance(layer.content, Nested)
        )
        return 1 + max(below, default=0)

    def layers_in_all(self) -> int:
        """How many layers there are, nested ones too."""
        return len(self.layers) + sum(
            layer.content.canvas.layers_in_all()
            for layer in self.layers
            if isinstance(layer.content, Nested)
        )

    def layer(self, layer_id: str) -> Layer:
        """The layer with that id.  Raises StepDoesNotApply where there is none."""
        for layer in self.layers:
            if layer.id == layer_id:
                return layer
        raise StepDoesNotApply(f"the canvas has no layer {layer_id!r}")

    def index(self, layer_id: str) -> int:
        """The layer's place, 0 at the bottom."""
        return self.layers.index(self.layer(layer_id))

    def with_layer(self, layer: Layer) -> Canvas:
        """The canvas with the layer of the same id replaced by ``layer``."""
        place = self.index(layer.id)
        return self.with_layers((*self.layers[:place], layer, *self.layers[place + 1 :]))

    def with_layers(self, layers: tuple[Layer, ...]) -> Canvas:
        """The canvas with other layers."""
        return msgspec.structs.replace(self, layers=layers)

    def with_new_layer(self, layer: Layer, *, at: int | None = None) -> Canvas:
        """The canvas with ``layer`` inserted at place ``at``, or on top."""
        if any(other.id == layer.id for other in self.layers):
            raise StepDoesNotApply(f"the canvas already has a layer {layer.id!r}")
        place = len(self.layers) if at is None else at
        return self.with_layers((*self.layers[:place], layer, *self.layers[place:]))

    def source_ids(self) -> Iterator[str]:
        """The ids of the pictures on it, nested ones too, bottom first, with repeats."""
        for layer in self.layers:
            if isinstance(layer.content, Picture):
                yield layer.content.source
            elif isinstance(layer.content, Nested):
                yield from layer.content.canvas.source_ids()


# Layer names Canvas in an annotation that is resolved in its own module.
layer_module.Canvas = Canvas  # type: ignore[attr-defined]

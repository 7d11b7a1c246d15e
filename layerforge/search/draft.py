"""A composition while it is drawn: what it has so far, and what its canvas wants."""

from __future__ import annotations

from collections.abc import Sequence

from layerforge.model.canvas import Canvas
from layerforge.model.step import Step
from layerforge.operations.operation import Operation

ADD = "layout.add_picture"
REMOVE = "layout.remove"

_ADD_FACTOR = (9.0, 9.0, 6.0, 3.0, 1.5, 0.8, 0.4)
"""How much a canvas wants another picture, by how many layers it has."""

_JOINING = ("masking", "keying", "cutout", "blending", "edges", "layout")
"""Families that say how a layer lies on what is below it."""

_MANY_LAYERS = 4

Context = str
"""Where a step was drawn: the family of the step before it, and what its target was."""


class Draft:
    """Steps so far and the canvas they make.

    focus: the layer last worked on.  fresh: it was just laid on others and is not joined yet.
    contexts: where each step was drawn, in order.
    """

    def __init__(self, canvas: Canvas, *, max_layers: int) -> None:
        self.canvas = canvas
        self.steps: list[Step] = []
        self.contexts: list[Context] = []
        self.focus: str | None = None
        self.fresh = False
        self._max_layers = max_layers

    def take(self, step: Step, after: Canvas) -> None:
        """Add a step, with the canvas after it."""
        self.contexts.append(self.context(step.target))
        before = {layer.id for layer in self.canvas.layers}
        added = [layer.id for layer in after.layers if layer.id not in before]
        self.steps.append(step)
        if added:
            self.focus = added[-1]
            self.fresh = len(after.layers) > 1 and step.operation.name == ADD
        else:
            self.focus = step.target
            self.fresh = self.fresh and step.operation.family not in _JOINING
        self.canvas = after

    def context(self, target: str | None) -> Context:
        """Where a step on ``target`` is drawn now."""
        before = self.steps[-1].operation.family if self.steps else "first"
        return f"{before} {self._place(target)}"

    def wish(self, operation: type[Operation], target: str | None) -> float:
        """How much this canvas wants the operation, against 1."""
        family = operation.family()
        layers = self.canvas.layers
        if operation.tag() == ADD:
            if len(layers) >= self._max_layers:
                return 0.0
            return _ADD_FACTOR[min(len(layers), len(_ADD_FACTOR) - 1)]
        if operation.tag() == REMOVE and len(layers) <= 2:
            return 0.0  # two pictures at least make a collage
        bottom = target is not None and layers[0].id == target
        if bottom and family in _JOINING:
            return 0.05 if family == "layout" else 0.0  # below it is nothing: no holes, please
        if operation.reads_below and (target is None or bottom):
            return 0.0
        if self.fresh and family in ("masking", "keying", "cutout", "blending"):
            return 8.0  # a new sheet that covers all wants to let something through
        return 1.0

    def _place(self, target: str | None) -> str:
        layers = self.canvas.layers
        if not layers:
            return "blank"
        many = "many" if len(layers) >= _MANY_LAYERS else "few"
        if target is None:
            return f"canvas of {many}"
        if layers[0].id == target:
            return f"ground of {many}"
        return "fresh layer" if self.fresh and target == self.focus else f"layer of {many}"


def contexts_of(steps: Sequence[Step], canvases: Sequence[Canvas]) -> tuple[Context, ...]:
    """Where each of ``steps`` was drawn; ``canvases`` are those before each and after the last."""
    draft = Draft(canvases[0], max_layers=0)
    for step, after in zip(steps, canvases[1:], strict=True):
        draft.take(step, after)
    return tuple(draft.contexts)

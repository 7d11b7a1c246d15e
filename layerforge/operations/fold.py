"""Steps to canvas: what a history makes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply, UnknownOperation
from layerforge.model.layer import Layer, Picture
from layerforge.model.step import Call, Step
from layerforge.operations.foreign import edited
from layerforge.operations.identifiers import LayerRef
from layerforge.operations.operation import Cutout, Mask, Structure
from layerforge.operations.references import check_references
from layerforge.operations.registry import build

MAX_FILTERS = 64


def apply_step(canvas: Canvas, step: Step) -> Canvas:
    """The canvas after ``step``.

    Raises StepDoesNotApply where the target is not on the canvas or a layer that is looked at
    is missing, UnknownOperation and InvalidValue as `build` does.
    """
    after = _edited(canvas, step)
    check_references(after)
    return after


def _edited(canvas: Canvas, step: Step) -> Canvas:
    operation = build(step.operation)
    if operation.targets != "canvas" and step.target is not None:
        _check_layer(canvas, "target", step.target)
    for name, parameter in operation.parameters().items():
        if isinstance(parameter, LayerRef):
            _check_layer(canvas, name, getattr(operation, name))
    if isinstance(operation, Structure):
        return edited(operation, canvas, step.target)
    if step.target is None:
        if operation.targets == "layer":
            raise StepDoesNotApply(f"{step.operation.name} works on a layer, not on the canvas")
        return msgspec.structs.replace(canvas, filters=_more(canvas.filters, step))
    layer = canvas.layer(step.target)
    if isinstance(operation, Cutout):
        changed = _cut_out(layer, step)
    elif isinstance(operation, Mask):
        changed = msgspec.structs.replace(layer, mask=_more(layer.mask, step))
    else:
        changed = msgspec.structs.replace(layer, filters=_more(layer.filters, step))
    return canvas.with_layer(changed)


def _check_layer(canvas: Canvas, name: str, layer_id: str) -> None:
    ids = [layer.id for layer in canvas.layers]
    if layer_id not in ids:
        known = (
            f"a layer of the canvas ({', '.join(ids)})" if ids else "a layer; there are none yet"
        )
        raise StepDoesNotApply(f"{name} must be {known}, got {layer_id!r}")


def _cut_out(layer: Layer, step: Step) -> Layer:
    if not isinstance(layer.content, Picture):
        raise StepDoesNotApply(f"the layer {layer.id!r} has no picture to cut out")
    picture = msgspec.structs.replace(layer.content, cutout=step.operation)
    return msgspec.structs.replace(layer, content=picture)


def _more(calls: tuple[Call, ...], step: Step) -> tuple[Call, ...]:
    if len(calls) >= MAX_FILTERS:
        raise StepDoesNotApply(f"a layer holds at most {MAX_FILTERS} filters and as many masks")
    return (*calls, step.operation)


def fold(steps: Iterable[Step], canvas: Canvas) -> Canvas:
    """The canvas after all ``steps``, first to last.

    Raises as `apply_step` does; what is wrong is said with the number of its step.
    """
    for number, step in enumerate(steps, start=1):
        canvas = numbered(canvas, step, number=number)
    return canvas


def numbered(canvas: Canvas, step: Step, *, number: int) -> Canvas:
    """The canvas after ``step``; an error names it with its number in the history."""
    name = step.operation.name
    try:
        return apply_step(canvas, step)
    except UnknownOperation as error:
        error.of(f"step {number}")
        raise
    except (InvalidValue, StepDoesNotApply) as error:
        error.args = (str(error).removeprefix(f"{name}: "),)
        error.of(f"step {number} ({name})")
        raise

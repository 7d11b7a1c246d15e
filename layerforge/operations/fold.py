"""Steps to canvas: what a history makes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.step import Call, Step
from layerforge.operations.operation import Mask, Structure
from layerforge.operations.registry import build

MAX_FILTERS = 64


def apply_step(canvas: Canvas, step: Step) -> Canvas:
    """The canvas after ``step``.

    Raises StepDoesNotApply where the target is not on the canvas, UnknownOperation and
    InvalidValue as `build` does.
    """
    operation = build(step.operation)
    if isinstance(operation, Structure):
        return operation.edit(canvas, step.target)
    if step.target is None:
        if isinstance(operation, Mask):
            raise StepDoesNotApply(f"{step.operation.name} works on a layer, not on the canvas")
        return msgspec.structs.replace(canvas, filters=_more(canvas.filters, step))
    layer = canvas.layer(step.target)
    if isinstance(operation, Mask):
        changed = msgspec.structs.replace(layer, mask=_more(layer.mask, step))
    else:
        changed = msgspec.structs.replace(layer, filters=_more(layer.filters, step))
    return canvas.with_layer(changed)


def _more(calls: tuple[Call, ...], step: Step) -> tuple[Call, ...]:
    if len(calls) >= MAX_FILTERS:
        raise StepDoesNotApply(f"a layer holds at most {MAX_FILTERS} filters and as many masks")
    return (*calls, step.operation)


def fold(steps: Iterable[Step], canvas: Canvas) -> Canvas:
    """The canvas after all ``steps``, first to last; what is wrong is said with its number."""
    for number, step in enumerate(steps, start=1):
        try:
            canvas = apply_step(canvas, step)
        except InvalidValue as error:
            raise InvalidValue(f"step {number}: {error}") from error
        except StepDoesNotApply as error:
            raise StepDoesNotApply(f"step {number} ({step.operation.name}): {error}") from error
    return canvas

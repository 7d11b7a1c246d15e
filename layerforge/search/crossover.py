"""Crossover: what two branches make together, expressed as steps on one of them.

Carrying takes a layer of the mate over, with all that was done to it.  Blending moves the
parameters of steps that match the mate's towards them.  Without noise, blending stays between
the parents; only noise leads out of what they span.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Nested
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.identifiers import LayerRef, NewLayerId
from layerforge.operations.parameters import Scope
from layerforge.operations.references import named_in
from layerforge.operations.registry import build

MAX_CARRIED = 8
"""Layers that more steps made are not carried over."""


def carried(
    history: Sequence[Step], mate: Canvas, canvas: Canvas, *, rng: np.random.Generator
) -> tuple[Step, ...]:
    """Steps that lay one layer of ``mate`` onto ``canvas``; none where no layer can be carried.

    history: all steps of the mate, from the blank canvas.  A layer can be carried where a step
    made it out of nothing but a source or a colour, and no step on it looks at a layer that
    ``canvas`` does not have.  Its bottom layer stays: it would hide everything.
    """
    there = {layer.id for layer in canvas.layers}
    found = [
        steps
        for layer in mate.layers[1:]
        if not isinstance(layer.content, Nested)  # a picture of the mate as it was
        and (steps := _making(history, layer.id, there))
        and len(steps) <= MAX_CARRIED
    ]
    if not found:
        return ()
    steps = found[int(rng.integers(len(found)))]
    old = _made(steps[0])
    assert old is not None  # noqa: S101 - the first step makes the layer
    if old not in there:
        return steps
    new = str(NewLayerId().sample(rng, Scope()))
    return tuple(_renamed(step, old, new) for step in steps)


def blended(
    steps: Sequence[Step], mate: Sequence[Step], *, share: float, rng: np.random.Generator
) -> tuple[Step, ...]:
    """``steps`` with the parameters of those that match the mate's moved towards them.

    Steps match where they have the same operation, in order.  Numbers and colours go ``share``
    (0 to 1) of the way, on the scale of their priors; words and seeds are taken from the mate
    with that chance; layers and sources stay.
    """
    waiting = list(mate)
    out: list[Step] = []
    for step in steps:
        place = next(
            (at for at, other in enumerate(waiting) if other.operation.name == step.operation.name),
            None,
        )
        if place is None:
            out.append(step)
            continue
        other = waiting.pop(place)
        out.append(replace(step, operation=_between(step.operation, other.operation, share, rng)))
    return tuple(out)


def _between(ours: Call, theirs: Call, share: float, rng: np.random.Generator) -> Call:
    operation = build(ours)
    mate = build(theirs).call().parameters
    mixed: dict[str, ParameterValue] = {
        name: parameter.between(getattr(operation, name), mate[name], share=share, rng=rng)
        for name, parameter in operation.parameters().items()
    }
    return Call(name=ours.name, parameters=mixed)


def _making(history: Sequence[Step], layer_id: str, there: set[str]) -> tuple[Step, ...]:
    """The steps that made a layer and worked on it; none where they can't stand alone."""
    steps: list[Step] = []
    for step in history:
        made = _made(step) == layer_id
        if not made and step.target != layer_id:
            continue
        if made and step.target is not None:
            return ()  # a copy of another layer
        if any(seen not in there for seen in named_in(step.operation, LayerRef)):
            return ()
        steps.append(step)
    return tuple(steps) if steps and _made(steps[0]) == layer_id else ()


def _made(step: Step) -> str | None:
    """The id of the layer that the step makes, if it makes one."""
    return next(iter(named_in(step.operation, NewLayerId)), None)


def _renamed(step: Step, old: str, new: str) -> Step:
    """The step as it is for a layer that is called ``new`` instead of ``old``."""
    declared = build(step.operation).parameters()
    changed: dict[str, ParameterValue] = {
        name: new if value == old and isinstance(declared[name], NewLayerId) else value
        for name, value in step.operation.parameters.items()
    }
    call = Call(name=step.operation.name, parameters=changed)
    return Step(operation=call, target=new if step.target == old else step.target)

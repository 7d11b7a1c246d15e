"""Variations of a list of steps: one edit each, as plain steps that may or may not apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace

from layerforge.model.errors import InvalidValue
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.identifiers import NewLayerId, SourceRef
from layerforge.operations.parameters import Parameter, Scope
from layerforge.operations.registry import build, toolbox

Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What edits may draw on.

    sources: ids of the user's sources.  weights: how often each is drawn, as in a scope.
    families_off: no operation of these is drawn.
    """

    sources: tuple[str, ...]
    rng: np.random.Generator
    weights: Mapping[str, float] = field(default_factory=dict)
    families_off: frozenset[str] = frozenset()

    def scope(self, target: str | None, sources: tuple[str, ...] | None = None) -> Scope:
        """What a step on ``target`` may draw on; only ``sources`` where they are given."""
        chosen = self.sources if sources is None else sources
        return Scope(sources=chosen, target=target, weights=self.weights)

    def pick(self, count: int) -> int:
        """A place among ``count``."""
        return int(self.rng.integers(count))


def drop(steps: Steps, at: Surroundings) -> Steps:
    """One step less; nothing where there is only one."""
    place = at.pick(len(steps))
    return (*steps[:place], *steps[place + 1 :]) if len(steps) > 1 else steps


def swap(steps: Steps, at: Surroundings) -> Steps:
    """Two neighbours in the other order."""
    if len(steps) < 2:
        return steps
    place = at.pick(len(steps) - 1)
    return (*steps[:place], steps[place + 1], steps[place], *steps[place + 2 :])


def repeat(steps: Steps, at: Surroundings) -> Steps:
    """One step twice; what it makes anew gets an id of its own."""
    place = at.pick(len(steps))
    if steps[place].operation.family in at.families_off:
        return steps
    again = with_parameters(steps[place], of_kind(steps[place], NewLayerId), at)
    return (*steps[: place + 1], again, *steps[place + 1 :])


def replace_operation(steps: Steps, at: Surroundings) -> Steps:
    """One step's operation exchanged for another of its family and kind.

    Parameters that both have by name and allow are kept, so that what it made stays the same
    layer for the steps after it.
    """
    place = at.pick(len(steps))
    step = steps[place]
    old = type(build(step.operation))
    siblings = [
        one
        for one in toolbox().operations.values()
        if one.family() == old.family()
        and one.kind == old.kind
        and one is not old
        and one.targets == old.targets
        and not _adds(one.parameters()) ^ _adds(old.parameters())
    ]
    if not siblings or old.family() in at.families_off:
        return steps
    sibling = siblings[at.pick(len(siblings))]
    scope = at.scope(step.target)
    if not sibling.applicable(scope):
        return steps
    drawn = sibling.sampled(rng=at.rng, scope=scope).call()
    kept = {
        name: value
        for name, value in step.operation.parameters.items()
        if name in drawn.parameters and _allows(sibling.parameters()[name], name, value)
    }
    call = Call(name=drawn.name, parameters={**drawn.parameters, **kept})
    return (*steps[:place], replace(step, operation=call), *steps[place + 1 :])


def change_source(steps: Steps, at: Surroundings) -> Steps:
    """Another source for one step that uses one."""
    using = [place for place, step in enumerate(steps) if of_kind(step, SourceRef)]
    if not using or len(at.sources) < 2:
        return steps
    place = using[at.pick(len(using))]
    step = steps[place]
    name = of_kind(step, SourceRef)[0]
    others = tuple(one for one in at.sources if one != step.operation.parameters[name])
    other = at.scope(step.target, others).draw_source(at.rng)
    changed = {**step.operation.parameters, name: other}
    call = Call(name=step.operation.name, parameters=changed)
    return (*steps[:place], replace(step, operation=call), *steps[place + 1 :])


EDITS: Mapping[str, tuple[float, Callable[[Steps, Surroundings], Steps]]] = {
    "drop": (1.0, drop),
    "swap": (1.0, swap),
    "repeat": (0.7, repeat),
    "replace": (2.0, replace_operation),
    "source": (1.5, change_source),
}
"""Edits by name, each with how often it is drawn against the others."""


def edited(steps: Steps, at: Surroundings) -> Steps:
    """``steps`` after one edit, drawn by weight; unchanged where that one finds nothing to do."""
    weights = np.array([weight for weight, _ in EDITS.values()])
    place = int(at.rng.choice(len(weights), p=weights / weights.sum()))
    return list(EDITS.values())[place][1](steps, at)


def of_kind(step: Step, kind: type[Parameter]) -> list[str]:
    """The names of the step's parameters that are declared as ``kind``."""
    declared = build(step.operation).parameters()
    return [name for name, parameter in declared.items() if isinstance(parameter, kind)]


def with_parameters(step: Step, names: Sequence[str], at: Surroundings) -> Step:
    """The step with the parameters ``names`` drawn anew."""
    declared = build(step.operation).parameters()
    scope = at.scope(step.target)
    fresh = {name: declared[name].sample(at.rng, scope) for name in names}
    call = Call(name=step.operation.name, parameters={**step.operation.parameters, **fresh})
    return replace(step, operation=call)


def _adds(parameters: Mapping[str, Parameter]) -> bool:
    """Whether an operation with these parameters makes a layer."""
    return any(isinstance(one, NewLayerId) for one in parameters.values())


def _allows(parameter: Parameter, name: str, value: ParameterValue) -> bool:
    try:
        parameter.check(name, value)
    except InvalidValue:
        return False
    return True

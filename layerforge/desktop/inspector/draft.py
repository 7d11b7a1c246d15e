"""A history that is being changed: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.fold import fold
from layerforge.operations.identifiers import LayerRef, NewLayerId, SourceRef
from layerforge.operations.layout import Reorder
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Scope
from layerforge.operations.registry import build

MOST_PLACES = 3
"""So far one step can raise a layer."""


@dataclass(frozen=True, slots=True)
class Item:
    """A step, and whether it is switched on."""

    step: Step
    on: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """The steps of a branch as they are being changed, first to last.

    own: from which place on they are the branch's own; those before are its ancestors'.
    """

    branch: int
    items: tuple[Item, ...]
    own: int = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are switched on."""
        return tuple(item.step for item in self.items if item.on)

    def with_step(self, place: int, step: Step) -> Draft:
        """With another step at a place."""
        return self._with(place, replace(self.items[place], step=step))

    def with_parameter(self, place: int, name: str, value: ParameterValue) -> Draft:
        """With another value of a step's parameter.  Raises InvalidValue where it may not be."""
        step = self.items[place].step
        call = msgspec.structs.replace(
            step.operation, parameters={**step.operation.parameters, name: value}
        )
        build(call)
        return self.with_step(place, msgspec.structs.replace(step, operation=call))

    def switched(self, place: int, *, on: bool) -> Draft:
        """With a step on or off."""
        return self._with(place, replace(self.items[place], on=on))

    def moved(self, place: int, to: int) -> Draft:
        """With the step at ``place`` moved to place ``to``."""
        rest = [*self.items]
        item = rest.pop(place)
        rest.insert(min(max(to, 0), len(rest)), item)
        return replace(self, items=tuple(rest))

    def without(self, place: int) -> Draft:
        """Without the step at a place."""
        own = self.own - 1 if place < self.own else self.own
        return replace(self, items=(*self.items[:place], *self.items[place + 1 :]), own=own)

    def with_more(self, operation: Operation, target: str | None) -> Draft:
        """With one more step; a last one that does the same to the same target gives way."""
        step = Step(operation=operation.call(), target=target)
        last = self.items[-1] if len(self.items) > self.own else None
        same = (
            last is not None
            and last.on
            and last.step.target == target
            and last.step.operation.name == step.operation.name
        )
        if same:
            return self.with_step(len(self.items) - 1, step)
        return replace(self, items=(*self.items, Item(step)))

    def with_layer_moved(self, layer: str, places: int) -> Draft:
        """With a layer raised by so many places; a last step that does so to it takes them up."""
        last = self.items[-1].step
        if len(self.items) > self.own and (
            (last.operation.name, last.target) == (Reorder.tag(), layer)
        ):
            before = int(last.operation.parameters["places"])  # type: ignore[arg-type]
            if 0 < abs(before + places) <= MOST_PLACES:
                return self.with_more(Reorder(places=before + places), layer)
            if before + places == 0:
                return self.without(len(self.items) - 1)
        apart = replace(self, own=len(self.items))  # so that the last one does not give way
        return replace(apart.with_more(Reorder(places=places), layer), own=self.own)

    def before(self, place: int, blank: Canvas) -> Canvas:
        """The canvas that the step at ``place`` finds; as far as it can be made."""
        try:
            return fold((item.step for item in self.items[:place] if item.on), blank)
        except LayerForgeError:
            return blank

    def rerolled(
        self, place: int, blank: Canvas, sources: tuple[str, ...], *, rng: np.random.Generator
    ) -> Draft:
        """With all parameters of a step drawn anew, but for what they name: sources and layers."""
        step = self.items[place].step
        operation = type(build(step.operation))
        scope = Scope(
            sources=sources,
            layers=tuple(layer.id for layer in self.before(place, blank).layers),
            target=step.target,
        )
        drawn = operation.sampled(rng=rng, scope=scope).call()
        kept: Mapping[str, ParameterValue] = {
            name: step.operation.parameters[name]
            for name, parameter in operation.parameters().items()
            if isinstance(parameter, SourceRef | LayerRef | NewLayerId)
            and name in step.operation.parameters
        }
        call = Call(name=drawn.name, parameters={**drawn.parameters, **kept})
        return self.with_step(place, msgspec.structs.replace(step, operation=call))

    def _with(self, place: int, item: Item) -> Draft:
        return replace(self, items=(*self.items[:place], item, *self.items[place + 1 :]))


def draft_of(branch: int, history: tuple[Step, ...], *, own: int) -> Draft:
    """A draft that changes nothing yet; the last ``own`` steps are the branch's."""
    return Draft(branch, tuple(Item(step) for step in history), own=len(history) - own)

"""The proposer: which steps to try on a branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Mask, Operation, Structure
from layerforge.operations.parameters import Scope
from layerforge.operations.registry import build, toolbox

MAX_STEPS = 4
ADD = "layout.add_picture"

_ADD_FACTOR = (0.0, 6.0, 2.5, 1.2, 0.6, 0.3, 0.15)
"""How much the wish to add a picture grows while there are few layers, by their number."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Steps to try on a parent, and the canvas they make."""

    parent: int
    steps: tuple[Step, ...]
    canvas: Canvas


@dataclass(frozen=True, slots=True)
class Proposer:
    """Draws compositions of 1 to 4 steps.

    sources: ids of the user's sources.  noise: how far mutation moves parameters, as a share of
    their ranges.  max_layers: no picture is added beyond it.
    """

    sources: tuple[str, ...]
    noise: float = 0.15
    max_layers: int = 8

    def compose(
        self, canvas: Canvas, *, rng: np.random.Generator
    ) -> tuple[tuple[Step, ...], Canvas]:
        """Draw 1 to 4 steps on ``canvas``; returns them and the canvas they make.

        A blank canvas gets a picture that covers it first.
        """
        wanted = int(rng.choice(MAX_STEPS, p=(0.2, 0.3, 0.3, 0.2))) + 1
        steps: list[Step] = []
        focus: str | None = None
        fresh = False
        if not canvas.layers:
            step = self._ground(canvas, rng=rng)
            steps.append(step)
            canvas = apply_step(canvas, step)
            wanted = max(wanted, 3)
        while len(steps) < wanted:
            step, after = self._step(canvas, focus=focus, fresh=fresh, rng=rng)
            steps.append(step)
            added = [layer.id for layer in after.layers if layer not in canvas.layers]
            if step.operation.name == ADD:
                focus, fresh = added[-1], True
                wanted = max(wanted, min(len(steps) + 1, MAX_STEPS))
            else:
                focus = step.target
                kind = step.operation.name.partition(".")[0]
                fresh = fresh and kind not in ("masking", "blending")
            canvas = after
        return tuple(steps), canvas

    def mutate(
        self, steps: Sequence[Step], canvas: Canvas, *, rng: np.random.Generator
    ) -> tuple[tuple[Step, ...], Canvas]:
        """A variation of ``steps`` on ``canvas``: parameters moved by noise, perhaps one step more.

        Steps that no longer apply are left out.  Raises StepDoesNotApply where none is left.
        """
        moved: list[Step] = []
        for step in steps:
            operation = build(step.operation)
            scope = self._scope(canvas, step.target)
            varied = Step(
                operation=operation.jittered(noise=self.noise, rng=rng, scope=scope).call(),
                target=step.target,
            )
            try:
                canvas = apply_step(canvas, varied)
            except (StepDoesNotApply, InvalidValue):
                continue
            moved.append(varied)
        if not moved:
            raise StepDoesNotApply("no step of the mutated branch applies")
        if len(moved) < MAX_STEPS and rng.random() < 0.35:
            step, canvas = self._step(canvas, focus=moved[-1].target, fresh=False, rng=rng)
            moved.append(step)
        return tuple(moved), canvas

    def _ground(self, canvas: Canvas, *, rng: np.random.Generator) -> Step:
        """A picture that covers the canvas, to begin with."""
        operation = toolbox().operations[ADD]
        drawn = operation.sampled(rng=rng, scope=self._scope(canvas, None)).call()
        calm: dict[str, ParameterValue] = {
            "fit": "cover",
            "scale": round(float(rng.uniform(1.0, 1.5)), 4),
            "x": 0.0,
            "y": 0.0,
            "angle": 0.0,
        }
        call = Call(name=drawn.name, parameters={**drawn.parameters, **calm})
        return Step(operation=call)

    def _step(
        self, canvas: Canvas, *, focus: str | None, fresh: bool, rng: np.random.Generator
    ) -> tuple[Step, Canvas]:
        """One step that applies, with the canvas after it."""
        for _ in range(32):
            target = self._target(canvas, focus=focus, rng=rng)
            operation = self._operation(canvas, target=target, fresh=fresh, rng=rng)
            scope = self._scope(canvas, target)
            step = Step(operation=operation.sampled(rng=rng, scope=scope).call(), target=target)
            try:
                after = apply_step(canvas, step)
            except (StepDoesNotApply, InvalidValue):
                continue  # such as a layer too many: draw again
            if after.layers and after != canvas:
                return step, after
        raise StepDoesNotApply("no operation of the toolbox applies to this canvas")

    def _target(self, canvas: Canvas, *, focus: str | None, rng: np.random.Generator) -> str | None:
        """The layer last worked on most often, else another one, or the whole canvas."""
        chance = float(rng.random())
        other = canvas.layers[int(rng.integers(len(canvas.layers)))].id
        if focus is not None and chance < 0.6:
            return focus
        return None if chance > 0.75 else other

    def _operation(
        self, canvas: Canvas, *, target: str | None, fresh: bool, rng: np.random.Generator
    ) -> type[Operation]:
        scope = self._scope(canvas, target)
        fitting = [one for one in toolbox().operations.values() if one.applicable(scope)]
        weights = np.array(
            [one.weight * self._wish(one, canvas, target=target, fresh=fresh) for one in fitting]
        )
        return fitting[int(rng.choice(len(fitting), p=weights / weights.sum()))]

    def _wish(
        self, operation: type[Operation], canvas: Canvas, *, target: str | None, fresh: bool
    ) -> float:
        """How much this canvas wants the operation, against 1."""
        family = operation.family()
        count = len(canvas.layers)
        if operation.tag() == ADD:
            if count >= self.max_layers:
                return 0.0
            return _ADD_FACTOR[min(count, len(_ADD_FACTOR) - 1)] * 3.0
        bottom = target is not None and canvas.layers[0].id == target
        if bottom and (issubclass(operation, Mask) or family == "blending"):
            return 0.1  # there is nothing below it to join
        if fresh and family in ("masking", "blending"):
            return 5.0  # a new sheet that covers all wants to let something through
        if target is None and not issubclass(operation, Structure):
            return 0.5
        return 1.0

    def _scope(self, canvas: Canvas, target: str | None) -> Scope:
        layers = tuple(layer.id for layer in canvas.layers)
        return Scope(sources=self.sources, layers=layers, target=target)

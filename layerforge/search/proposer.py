"""The proposer: which steps to try on a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Scope
from layerforge.operations.registry import build, toolbox
from layerforge.search.crossover import blended, carried
from layerforge.search.draft import ADD, Draft
from layerforge.search.policy import Indifferent, Preference
from layerforge.search.traits import lacking, scope_on
from layerforge.search.variation import Surroundings, edited

MAX_STEPS = 4

EDIT_SHARE = 0.4
"""How many mutations edit the list of steps before parameters move."""

INSERT_SHARE = 0.35
"""How many mutations end with a step more."""


@dataclass(frozen=True, slots=True)
class Proposer:
    """Draws compositions of 1 to 4 steps.

    sources: ids of the user's sources.  cutouts: those of them that are mostly transparent round
    an object; they lie on other pictures, not under them.  aspects: width over height of sources,
    as far as known.  max_layers: no picture is added beyond it.  preference: which operations
    paid before.  weights: by source, how often it is drawn against those of weight 1.
    families_off: no operation of these is drawn, but for the pictures that a canvas begins with.
    """

    sources: tuple[str, ...]
    cutouts: frozenset[str] = frozenset()
    aspects: Mapping[str, float] = field(default_factory=dict)
    max_layers: int = 8
    preference: Preference = field(default_factory=Indifferent)
    weights: Mapping[str, float] = field(default_factory=dict)
    families_off: frozenset[str] = frozenset()

    def compose(self, canvas: Canvas, *, rng: np.random.Generator) -> Draft:
        """Draw 1 to 4 steps on ``canvas``.

        A blank canvas gets a picture that covers it and a second one on it, joined with it.
        """
        wanted = int(rng.choice(MAX_STEPS, p=(0.2, 0.3, 0.3, 0.2))) + 1
        draft = self._draft(canvas)
        if not canvas.layers:
            draft.take(*self._ground(canvas, rng=rng))
            draft.take(*self._second(draft.canvas, rng=rng))
            wanted = max(wanted, 3)
        while len(draft.steps) < wanted:
            try:
                draft.take(*self._step(draft, rng=rng))
            except StepDoesNotApply:
                if draft.steps:
                    break  # so many families are off that nothing more can be done with it
                raise
            if draft.fresh:
                wanted = max(wanted, min(len(draft.steps) + 1, MAX_STEPS))
        return draft

    def mutate(
        self, steps: Sequence[Step], canvas: Canvas, *, noise: float, rng: np.random.Generator
    ) -> Draft:
        """A variation of ``steps`` on ``canvas``.

        Perhaps a step is dropped, repeated, exchanged for one like it or given another source;
        then parameters move by ``noise``, a share of their ranges; and perhaps a step is added.
        Steps that no longer apply are left out.  Raises StepDoesNotApply where none is left.
        """
        varied = tuple(steps)
        if rng.random() < EDIT_SHARE:
            at = Surroundings(
                sources=self.sources, rng=rng, weights=self.weights, families_off=self.families_off
            )
            varied = edited(varied, at)
        draft = self._jittered(varied, canvas, noise=noise, rng=rng)
        if len(draft.steps) < MAX_STEPS and rng.random() < INSERT_SHARE:
            draft.take(*self._step(draft, rng=rng))
        return draft

    def carry(
        self,
        canvas: Canvas,
        *,
        history: Sequence[Step],
        mate: Canvas,
        noise: float,
        rng: np.random.Generator,
    ) -> Draft:
        """A layer of ``mate``, which ``history`` made, carried onto ``canvas``.

        Its parameters move by ``noise``.  Raises StepDoesNotApply where there is none to carry.
        """
        if len(canvas.layers) >= self.max_layers:
            raise StepDoesNotApply("the canvas has no room for another layer")
        return self._jittered(carried(history, mate, canvas, rng=rng), canvas, noise=noise, rng=rng)

    def blend(
        self,
        steps: Sequence[Step],
        canvas: Canvas,
        *,
        history: Sequence[Step],
        noise: float,
        rng: np.random.Generator,
    ) -> Draft:
        """``steps`` on ``canvas`` with parameters moved towards those of the mate's ``history``.

        Raises StepDoesNotApply where none of them matches, or none is left.
        """
        mixed = blended(steps, history, share=float(rng.random()), rng=rng)
        if mixed == tuple(steps):
            raise StepDoesNotApply("the mate has no step like these")
        return self._jittered(mixed, canvas, noise=noise, rng=rng)

    def _jittered(
        self, steps: Sequence[Step], canvas: Canvas, *, noise: float, rng: np.random.Generator
    ) -> Draft:
        draft = self._draft(canvas)
        for step in steps:
            operation = build(step.operation)
            scope = self._scope(draft.canvas, step.target)
            moved = operation.jittered(noise=noise, rng=rng, scope=scope) if noise else operation
            varied = Step(operation=moved.call(), target=step.target)
            try:
                after = apply_step(draft.canvas, varied)
            except (StepDoesNotApply, InvalidValue):
                continue
            draft.take(varied, after)
        if not draft.steps or not draft.canvas.layers:
            raise StepDoesNotApply("no step of the varied branch applies")
        return draft

    def _draft(self, canvas: Canvas) -> Draft:
        return Draft(canvas, max_layers=self.max_layers)

    def _ground(self, canvas: Canvas, *, rng: np.random.Generator) -> tuple[Step, Canvas]:
        """A picture that covers the canvas, to begin with; no cut-out where there is a choice."""
        whole = tuple(source for source in self.sources if source not in self.cutouts)
        return self._add(
            canvas,
            sources=whole or self.sources,
            changes={
                "fit": "cover",
                "scale": round(float(rng.uniform(1.0, 1.5)), 4),
                "x": 0.0,
                "y": 0.0,
                "angle": 0.0,
            },
            rng=rng,
        )

    def _second(self, canvas: Canvas, *, rng: np.random.Generator) -> tuple[Step, Canvas]:
        """Another picture on the first one; the same one only where there is no other."""
        used = set(canvas.source_ids())
        others = tuple(source for source in self.sources if source not in used)
        return self._add(canvas, sources=others or self.sources, changes={}, rng=rng)

    def _add(
        self,
        canvas: Canvas,
        *,
        sources: tuple[str, ...],
        changes: dict[str, ParameterValue],
        rng: np.random.Generator,
    ) -> tuple[Step, Canvas]:
        scope = Scope(sources=sources, weights=self.weights)
        drawn = toolbox().operations[ADD].sampled(rng=rng, scope=scope).call()
        step = Step(operation=Call(name=drawn.name, parameters={**drawn.parameters, **changes}))
        return step, apply_step(canvas, step)

    def _step(self, draft: Draft, *, rng: np.random.Generator) -> tuple[Step, Canvas]:
        """One step that applies, with the canvas after it."""
        canvas = draft.canvas
        for _ in range(32):
            target = self._target(draft, rng=rng)
            scope = self._scope(canvas, target)
            operation = self._operation(draft, scope, rng=rng)
            if operation is None:
                continue  # nothing for that target: look for another
            step = Step(operation=operation.sampled(rng=rng, scope=scope).call(), target=target)
            try:
                after = apply_step(canvas, step)
            except (StepDoesNotApply, InvalidValue):
                continue  # such as a layer too many: draw again
            if after.layers and after != canvas:
                return step, after
        raise StepDoesNotApply("no operation of the toolbox applies to this canvas")

    def _target(self, draft: Draft, *, rng: np.random.Generator) -> str | None:
        """The layer last worked on most often, else another one, or the whole canvas."""
        chance = float(rng.random())
        layers = draft.canvas.layers
        other = layers[int(rng.integers(len(layers)))].id
        if draft.fresh or (draft.focus is not None and chance < 0.6):
            return draft.focus
        return None if chance > 0.75 else other

    def _operation(
        self, draft: Draft, scope: Scope, *, rng: np.random.Generator
    ) -> type[Operation] | None:
        fitting = [
            one
            for one in toolbox().operations.values()
            if one.family() not in self.families_off and one.applicable(scope)
        ]
        weights = np.array([one.weight * draft.wish(one, scope.target) for one in fitting])
        if not weights.any():
            return None
        names = [one.tag() for one in fitting]
        context = draft.context(scope.target)
        weights = weights * self.preference.draw(names, context=context, rng=rng)
        return fitting[int(rng.choice(len(fitting), p=weights / weights.sum()))]

    def _scope(self, canvas: Canvas, target: str | None) -> Scope:
        lacks = lacking(canvas, cutouts=self.cutouts, aspects=self.aspects)
        return scope_on(canvas, target, sources=self.sources, lacks=lacks, weights=self.weights)

"""The proposer: which steps to try on a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.layer import Picture
from layerforge.model.step import Call, ParameterValue, Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Scope
from layerforge.operations.registry import build, toolbox
from layerforge.search.traits import lacking

MAX_STEPS = 4
ADD = "layout.add_picture"
REMOVE = "layout.remove"

_ADD_FACTOR = (9.0, 9.0, 6.0, 3.0, 1.5, 0.8, 0.4)
"""How much a canvas wants another picture, by how many layers it has."""

_JOINING = ("masking", "keying", "cutout", "blending", "edges", "layout")
"""Families that say how a layer lies on what is below it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Steps to try on a parent, and the canvas they make."""

    parent: int
    steps: tuple[Step, ...]
    canvas: Canvas


@dataclass(frozen=True, slots=True)
class Proposer:
    """Draws compositions of 1 to 4 steps.

    sources: ids of the user's sources.  cutouts: those of them that are mostly transparent round
    an object; they lie on other pictures, not under them.  aspects: width over height of sources,
    as far as known.  noise: how far mutation moves parameters, as a share of their ranges.
    max_layers: no picture is added beyond it.
    """

    sources: tuple[str, ...]
    cutouts: frozenset[str] = frozenset()
    aspects: Mapping[str, float] = field(default_factory=dict)
    noise: float = 0.15
    max_layers: int = 8

    def compose(
        self, canvas: Canvas, *, rng: np.random.Generator
    ) -> tuple[tuple[Step, ...], Canvas]:
        """Draw 1 to 4 steps on ``canvas``; returns them and the canvas they make.

        A blank canvas gets a picture that covers it and a second one on it, joined with it.
        """
        wanted = int(rng.choice(MAX_STEPS, p=(0.2, 0.3, 0.3, 0.2))) + 1
        draft = _Draft(canvas)
        if not canvas.layers:
            draft.take(self._ground(canvas, rng=rng))
            draft.take(self._second(draft.canvas, rng=rng))
            wanted = max(wanted, 3)
        while len(draft.steps) < wanted:
            draft.take(self._step(draft, rng=rng))
            if draft.fresh:
                wanted = max(wanted, min(len(draft.steps) + 1, MAX_STEPS))
        return tuple(draft.steps), draft.canvas

    def mutate(
        self, steps: Sequence[Step], canvas: Canvas, *, rng: np.random.Generator
    ) -> tuple[tuple[Step, ...], Canvas]:
        """A variation of ``steps`` on ``canvas``: parameters moved by noise, perhaps one step more.

        Steps that no longer apply are left out.  Raises StepDoesNotApply where none is left.
        """
        draft = _Draft(canvas)
        for step in steps:
            operation = build(step.operation)
            scope = self._scope(draft.canvas, step.target)
            moved = operation.jittered(noise=self.noise, rng=rng, scope=scope)
            varied = Step(operation=moved.call(), target=step.target)
            try:
                after = apply_step(draft.canvas, varied)
            except (StepDoesNotApply, InvalidValue):
                continue
            draft.take((varied, after))
        if not draft.steps:
            raise StepDoesNotApply("no step of the mutated branch applies")
        if len(draft.steps) < MAX_STEPS and rng.random() < 0.35:
            draft.take(self._step(draft, rng=rng))
        return tuple(draft.steps), draft.canvas

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
        scope = Scope(sources=sources)
        drawn = toolbox().operations[ADD].sampled(rng=rng, scope=scope).call()
        step = Step(operation=Call(name=drawn.name, parameters={**drawn.parameters, **changes}))
        return step, apply_step(canvas, step)

    def _step(self, draft: _Draft, *, rng: np.random.Generator) -> tuple[Step, Canvas]:
        """One step that applies, with the canvas after it."""
        canvas = draft.canvas
        for _ in range(32):
            target = self._target(draft, rng=rng)
            scope = self._scope(canvas, target)
            operation = self._operation(draft, scope, rng=rng)
            step = Step(operation=operation.sampled(rng=rng, scope=scope).call(), target=target)
            try:
                after = apply_step(canvas, step)
            except (StepDoesNotApply, InvalidValue):
                continue  # such as a layer too many: draw again
            if after.layers and after != canvas:
                return step, after
        raise StepDoesNotApply("no operation of the toolbox applies to this canvas")

    def _target(self, draft: _Draft, *, rng: np.random.Generator) -> str | None:
        """The layer last worked on most often, else another one, or the whole canvas."""
        chance = float(rng.random())
        layers = draft.canvas.layers
        other = layers[int(rng.integers(len(layers)))].id
        if draft.fresh or (draft.focus is not None and chance < 0.6):
            return draft.focus
        return None if chance > 0.75 else other

    def _operation(
        self, draft: _Draft, scope: Scope, *, rng: np.random.Generator
    ) -> type[Operation]:
        fitting = [one for one in toolbox().operations.values() if one.applicable(scope)]
        weights = np.array([one.weight * self._wish(one, draft, scope.target) for one in fitting])
        return fitting[int(rng.choice(len(fitting), p=weights / weights.sum()))]

    def _wish(self, operation: type[Operation], draft: _Draft, target: str | None) -> float:
        """How much this canvas wants the operation, against 1."""
        family = operation.family()
        layers = draft.canvas.layers
        if operation.tag() == ADD:
            if len(layers) >= self.max_layers:
                return 0.0
            return _ADD_FACTOR[min(len(layers), len(_ADD_FACTOR) - 1)]
        if operation.tag() == REMOVE and len(layers) <= 2:
            return 0.0  # two pictures at least make a collage
        if target is not None and layers[0].id == target and family in _JOINING:
            return 0.05 if family == "layout" else 0.0  # below it is nothing: no holes, please
        if operation.reads_below and (target is None or layers[0].id == target):
            return 0.0
        if draft.fresh and family in ("masking", "keying", "cutout", "blending"):
            return 8.0  # a new sheet that covers all wants to let something through
        return 1.0

    def _scope(self, canvas: Canvas, target: str | None) -> Scope:
        layers = tuple(layer.id for layer in canvas.layers)
        # what a picture takes from a source, it hardly takes from itself
        own = {
            layer.content.source
            for layer in canvas.layers
            if layer.id == target and isinstance(layer.content, Picture)
        }
        others = tuple(source for source in self.sources if source not in own)
        lacks = lacking(canvas, cutouts=self.cutouts, aspects=self.aspects)
        return Scope(sources=others or self.sources, layers=layers, target=target, lacks=lacks)


class _Draft:
    """A composition while it is drawn.

    focus: the layer last worked on.  fresh: it was just laid on others and is not joined yet.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.steps: list[Step] = []
        self.focus: str | None = None
        self.fresh = False

    def take(self, made: tuple[Step, Canvas]) -> None:
        step, after = made
        before = {layer.id for layer in self.canvas.layers}
        added = [layer.id for layer in after.layers if layer.id not in before]
        self.steps.append(step)
        if added:
            self.focus = added[-1]
            self.fresh = len(after.layers) > 1 and step.operation.name == ADD
        else:
            self.focus = step.target
            self.fresh = self.fresh and step.operation.name.partition(".")[0] not in _JOINING
        self.canvas = after

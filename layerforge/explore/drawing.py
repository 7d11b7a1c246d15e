"""What is tried next: parents picked from the tree, and steps drawn on them."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace

import numpy as np

from layerforge.explore.settings import ExploreSettings
from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.operations.fold import fold
from layerforge.project.project import Project
from layerforge.search.dials import Dials
from layerforge.search.draft import Draft
from layerforge.search.policy import Indifferent
from layerforge.search.proposal import Proposal
from layerforge.search.proposer import Proposer
from layerforge.search.strategies import Frontier
from layerforge.search.strategies.mates import mate_for
from layerforge.search.tree import Node, Tree

MUTATION_SHARE = 0.5
"""How many candidates vary a branch's own steps, of those that grow from old ones."""

CARRY_SHARE = 0.6
"""How many crossovers carry a layer of the mate; the others blend parameters."""

_CANVASES_HELD = 512


class Drawing:
    """Draws proposals for the rounds of one run; all its chance comes from the run's seed."""

    def __init__(
        self,
        project: Project,
        settings: ExploreSettings,
        proposer: Proposer,
        *,
        frontier: Frontier,
        dials: Dials,
    ) -> None:
        self._project = project
        self._settings = settings
        self._proposer = proposer
        self._frontier = frontier
        self._dials = dials
        self._canvases: OrderedDict[int, Canvas] = OrderedDict()

    def rng(self, *key: int) -> np.random.Generator:
        """The generator for a round, a place in it, and a purpose."""
        sequence = np.random.SeedSequence(self._settings.seed, spawn_key=key)
        return np.random.Generator(np.random.PCG64(sequence))

    def round(self, tree: Tree, *, number: int, count: int, temperature: float) -> list[Proposal]:
        """The proposals of round ``number`` ≥ 1."""
        return [
            self._propose(tree, temperature=temperature, rng=self.rng(number, index))
            for index in range(count)
        ]

    def usual(self, count: int) -> list[Proposal]:
        """Random compositions on the blank canvas, whatever paid before, to learn what is usual."""
        proposer = replace(self._proposer, preference=Indifferent())
        drawn = [
            proposer.compose(self._project.canvas, rng=self.rng(0, index)) for index in range(count)
        ]
        return [_proposal(ROOT, draft) for draft in drawn]

    def canvas(self, branch_id: int) -> Canvas:
        """The canvas of a kept branch."""
        held = self._canvases.get(branch_id)
        if held is None:
            held = fold(self._project.history(branch_id), self._project.canvas)
        self.hold(branch_id, held)
        return held

    def hold(self, branch_id: int, canvas: Canvas) -> None:
        """Have the canvas of a branch at hand."""
        self._canvases[branch_id] = canvas
        self._canvases.move_to_end(branch_id)
        while len(self._canvases) > _CANVASES_HELD:
            self._canvases.popitem(last=False)

    def _propose(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> Proposal:
        parent = self._frontier.ask(tree, temperature=temperature, rng=rng)
        tree.grow(parent)
        node = tree.nodes[parent]
        if self._settings.strategy != "random" and parent != ROOT:
            chance = float(rng.random())
            with suppress(StepDoesNotApply):  # nothing of it can be varied: compose on it instead
                if chance < self._settings.crossover:
                    return self._cross(tree, node, temperature=temperature, rng=rng)
                if chance < self._settings.crossover + MUTATION_SHARE:
                    return self._mutate(node, rng=rng)
        if parent != ROOT:
            with suppress(StepDoesNotApply):  # nothing of the toolbox fits it: a newcomer instead
                return _proposal(parent, self._proposer.compose(self.canvas(parent), rng=rng))
        return _proposal(ROOT, self._proposer.compose(self._project.canvas, rng=rng))

    def _mutate(self, node: Node, *, rng: np.random.Generator) -> Proposal:
        """A variation of the branch's own steps, beside it in the tree."""
        above = _above(node)
        draft = self._proposer.mutate(
            self._project.branch(node.id).steps,
            self.canvas(above),
            noise=self._dials.noise_now(),
            rng=rng,
        )
        return _proposal(above, draft, origin=node.id)

    def _cross(
        self, tree: Tree, node: Node, *, temperature: float, rng: np.random.Generator
    ) -> Proposal:
        """The branch with a layer of another lineage on it, or with parameters between both."""
        mate = mate_for(tree, node.id, temperature=temperature, rng=rng)
        if mate is None:
            raise StepDoesNotApply("there is no other lineage")
        history = self._project.history(mate)
        noise = self._dials.noise_now()
        if rng.random() < CARRY_SHARE:
            draft = self._proposer.carry(
                self.canvas(node.id), history=history, mate=self.canvas(mate), noise=noise, rng=rng
            )
            return _proposal(node.id, draft, mate=mate)
        above = _above(node)
        steps = self._project.branch(node.id).steps
        draft = self._proposer.blend(
            steps, self.canvas(above), history=history, noise=noise, rng=rng
        )
        return _proposal(above, draft, mate=mate, origin=node.id)


def _above(node: Node) -> int:
    """The parent; a variation grows from it, and stays in the branch's lineage by its origin."""
    assert node.parent is not None  # noqa: S101 - only the root has none
    return node.parent


def _proposal(
    parent: int, draft: Draft, *, mate: int | None = None, origin: int | None = None
) -> Proposal:
    return Proposal(
        parent=parent,
        steps=tuple(draft.steps),
        canvas=draft.canvas,
        mate=mate,
        origin=origin,
        contexts=tuple(draft.contexts),
    )

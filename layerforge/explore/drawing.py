"""What is tried next: parents picked from the tree, and steps drawn on them."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from layerforge.explore.settings import ExploreSettings
from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.operations.fold import fold
from layerforge.project.project import Project
from layerforge.search.below import Below
from layerforge.search.frontier import Frontier, make_frontier
from layerforge.search.proposer import Proposal, Proposer
from layerforge.search.tree import Tree

MUTATION_SHARE = 0.25
_CANVASES_HELD = 512


class Drawing:
    """Draws proposals for the rounds of one run; all its chance comes from the run's seed."""

    def __init__(self, project: Project, settings: ExploreSettings, proposer: Proposer) -> None:
        self._project = project
        self._settings = settings
        self._proposer = proposer
        self._frontier: Frontier = make_frontier(
            settings.strategy, temperature=settings.temperature, novelty_weight=settings.novelty
        )
        if settings.grow_from:
            self._frontier = Below(
                settings.grow_from, temperature=settings.temperature, others=self._frontier
            )
        self._canvases: OrderedDict[int, Canvas] = OrderedDict()

    def rng(self, *key: int) -> np.random.Generator:
        """The generator for a round, a place in it, and a purpose."""
        sequence = np.random.SeedSequence(self._settings.seed, spawn_key=key)
        return np.random.Generator(np.random.PCG64(sequence))

    def round(self, tree: Tree, *, number: int, count: int) -> list[Proposal]:
        """The proposals of round ``number`` ≥ 1."""
        return [self._propose(tree, rng=self.rng(number, index)) for index in range(count)]

    def usual(self, count: int) -> list[Proposal]:
        """Random compositions on the blank canvas, to learn what is usual."""
        drawn = [
            self._proposer.compose(self._project.canvas, rng=self.rng(0, index))
            for index in range(count)
        ]
        return [Proposal(parent=ROOT, steps=steps, canvas=canvas) for steps, canvas in drawn]

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

    def _propose(self, tree: Tree, *, rng: np.random.Generator) -> Proposal:
        parent = self._frontier.pick(tree, rng=rng)
        tree.tries[parent] += 1
        node = tree.nodes[parent]
        mutate = self._settings.strategy != "random" and self._settings.noise > 0.0
        # only below a lineage's head, so that a variation stays in its lineage
        if mutate and node.depth >= 2 and node.parent is not None and rng.random() < MUTATION_SHARE:
            grandparent = node.parent
            try:
                steps, canvas = self._proposer.mutate(
                    self._project.branch(parent).steps, self.canvas(grandparent), rng=rng
                )
                return Proposal(parent=grandparent, steps=steps, canvas=canvas)
            except StepDoesNotApply:
                pass  # nothing of it can be varied: compose on it instead
        steps, canvas = self._proposer.compose(self.canvas(parent), rng=rng)
        return Proposal(parent=parent, steps=steps, canvas=canvas)

"""MAP-Elites: the best branch of every kind of picture is grown on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.scoring.character import CELLS, RANGES, Character
from layerforge.search.chances import draw, standardised
from layerforge.search.proposal import Outcome
from layerforge.search.strategies.quality_diversity import archives
from layerforge.search.tree import Node, Tree


class Elites:
    """Grows the best branch of each cell of a grid of colourfulness by complexity.

    The grid is ribs' GridArchive.  Effort spent on an elite makes it less likely to be picked.
    Source: Mouret & Clune 2015, "Illuminating search spaces by mapping elites".

    newcomers: the share of candidates that start from the blank canvas.
    Raises MissingExtra where ribs is not installed.
    """

    def __init__(self, *, newcomers: float = 0.2) -> None:
        self._newcomers = newcomers
        self._archive = archives().GridArchive(
            solution_dim=1, dims=CELLS, ranges=RANGES, solution_dtype=np.int64
        )
        self._seen = (-1, 0)

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """One of the elites, or the root for a newcomer."""
        self._catch_up(tree)
        if self._archive.empty or rng.random() < self._newcomers:
            return ROOT
        ids, values = self._archive.data(["solution", "objective"], return_type="tuple")
        order = np.argsort(ids[:, 0])  # whatever the order of the cells
        tried = np.array([tree.tries[int(one)] for one in ids[order, 0]])
        worth = standardised(values[order].astype(np.float64)) - 0.5 * np.log1p(tried)
        return int(ids[order, 0][draw(worth, temperature=temperature, rng=rng)])

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """All it needs is in the tree."""

    def coverage(self, tree: Tree) -> float:
        """The share of the cells that have an elite, 0 to 1."""
        self._catch_up(tree)
        return float(self._archive.stats.coverage)

    def _catch_up(self, tree: Tree) -> None:
        """Take in what the tree has more; all anew where values or decisions changed."""
        version, count = self._seen
        nodes = tree.living()
        if version != tree.version:
            self._archive.clear()
            count = 0
        placed = [node for node in nodes[count:] if node.character is not None]
        if placed:
            self._archive.add(
                solution=np.array([[node.id] for node in placed]),
                objective=np.array([node.value for node in placed]),
                measures=np.array([_character(node) for node in placed]),
            )
        self._seen = (tree.version, len(nodes))


def _character(node: Node) -> Character:
    assert node.character is not None  # noqa: S101 - those without were left out
    return node.character

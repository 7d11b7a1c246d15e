"""Novelty with local competition: what is unlike the rest, and better than what is like it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS
from layerforge.search.chances import Merits, draw, standardised
from layerforge.search.proposal import Outcome
from layerforge.search.strategies.quality_diversity import archives
from layerforge.search.tree import Tree

NEAR_SHARE = 0.3
"""Branches nearer than this share of the typical distance to kept ones are not grown."""


class NoveltySearch:
    """Grows branches that are far from all others and better than their nearest ones.

    The archive is ribs' ProximityArchive over the embeddings.
    Source: Lehman & Stanley 2011, "Evolving a diversity of virtual creatures through novelty
    search and local competition".

    typical_distance: about how far two unrelated pictures lie apart, cosine.
    newcomers: the share of candidates that start from the blank canvas.
    Raises MissingExtra where ribs is not installed.
    """

    def __init__(
        self,
        *,
        typical_distance: float,
        newcomers: float = 0.2,
        neighbours: int = DEFAULT_NEIGHBOURS,
    ) -> None:
        self._newcomers = newcomers
        self._neighbours = neighbours
        # of unit vectors: the square of the Euclidean distance is twice the cosine distance
        self._least = math.sqrt(2.0 * NEAR_SHARE * typical_distance)
        self._archive: Any = None
        self._seen = (-1, 0)
        self._ids: list[int] = []
        self._merits: Merits = np.zeros(0)

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """One of the archive's branches, or the root for a newcomer."""
        self._catch_up(tree)
        if not self._ids or rng.random() < self._newcomers:
            return ROOT
        tried = np.array([tree.tries[one] for one in self._ids])
        worth = self._merits - 0.5 * np.log1p(tried)
        return self._ids[draw(worth, temperature=temperature, rng=rng)]

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """All it needs is in the tree."""

    def _catch_up(self, tree: Tree) -> None:
        """Take in what the tree has more; all anew where values or decisions changed."""
        version, count = self._seen
        nodes = tree.living()
        if (version, count) == (tree.version, len(nodes)):
            return
        if version != tree.version or self._archive is None:
            self._archive, count = None, 0
        for node in nodes[count:]:
            vector = tree.embedding(node.id)[None]
            if self._archive is None:
                self._archive = self._new_archive(vector.shape[1])
            self._archive.add(solution=[[node.id]], objective=[node.value], measures=vector)
        self._seen = (tree.version, len(nodes))
        self._judge()

    def _judge(self) -> None:
        """Novelty and local competition of all that the archive holds, half and half."""
        if self._archive is None:
            self._ids, self._merits = [], np.zeros(0)
            return
        ids, values, vectors = self._archive.data(
            ["solution", "objective", "measures"], return_type="tuple"
        )
        rare, beaten = self._archive.compute_novelty(vectors, local_competition=values)
        self._ids = [int(one) for one in ids[:, 0]]
        self._merits = standardised(
            standardised(rare.astype(np.float64)) + standardised(beaten.astype(np.float64))
        )

    def _new_archive(self, size: int) -> Any:
        return archives().ProximityArchive(
            solution_dim=1,
            measure_dim=size,
            k_neighbors=self._neighbours + 1,  # each is the nearest to itself
            novelty_threshold=self._least,
            local_competition=True,
            solution_dtype=np.int64,
        )

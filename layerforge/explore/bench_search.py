"""What a search does with embeddings in each round, in a tree as large as asked for."""

from __future__ import annotations

import numpy as np

from layerforge.explore.selection import Crowd
from layerforge.model.branch import ROOT
from layerforge.scoring.novelty import Embeddings
from layerforge.search.gate import Gate
from layerforge.search.strategies import make_frontier
from layerforge.search.tree import Tree

_TYPICAL = 0.3
_TEMPERATURE = 0.35
_LINEAGE = 50
_SOURCES = 8


class CrowdedSearch:
    """A search without pictures: parents are picked, candidates pass the gate, winners are kept.

    Embeddings and values are drawn at random; no two embeddings are alike, which takes no less
    time, since each candidate is held against all others in any case.

    branches: how many the tree has.  dim: D, of the embeddings.
    """

    def __init__(self, *, branches: int, dim: int, seed: int = 0) -> None:
        self._rng = np.random.default_rng(seed)
        self._dim = dim
        sources = self._units(_SOURCES)
        self.tree = Tree(sources=sources)
        self._gate = Gate(typical_distance=_TYPICAL, sources=sources)
        self._frontier = make_frontier("beam", novelty_weight=0.3, typical_distance=_TYPICAL)
        self.tree.add(ROOT, parent=None, value=0.0, embedding=None)
        values = self._rng.normal(size=branches).tolist()
        for number, (value, vector) in enumerate(zip(values, self._units(branches), strict=True)):
            self.tree.add(
                number + 1,
                parent=number if number % _LINEAGE else ROOT,
                value=value,
                embedding=vector,
            )

    def round(self, candidates: int) -> int:
        """One round; returns how many candidates it had."""
        for _ in range(candidates):
            self._frontier.ask(self.tree, temperature=_TEMPERATURE, rng=self._rng)
        vectors = self._units(candidates)
        # like the best that are kept, so that winners get into the field and have to be looked at
        values = (self.tree.field().values.mean() + self._rng.normal(size=candidates)).tolist()
        self._gate.remember(("", value) for value in values)
        crowd = Crowd(self.tree, list(vectors), reach=self._gate.reach)
        winners: list[int] = []
        for place, value in enumerate(values):
            distances, others = crowd.look()
            reason = self._gate.judge(
                value=value,
                parent_value=None,
                temperature=_TEMPERATURE,
                embedding=vectors[place],
                distances=distances,
                kept_values=others,
                rng=self._rng,
            )
            if reason is None:
                crowd.join(value)
                winners.append(place)
        for place in winners:
            self.tree.add(
                len(self.tree.nodes), parent=ROOT, value=values[place], embedding=vectors[place]
            )
        return candidates

    def _units(self, count: int) -> Embeddings:
        rows = self._rng.standard_normal((count, self._dim), dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

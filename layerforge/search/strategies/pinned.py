"""A share of the effort for what the user pinned, whatever the strategy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layerforge.search.proposal import Outcome
from layerforge.search.strategies.protocol import Frontier
from layerforge.search.tree import Tree


@dataclass(frozen=True, slots=True)
class PinnedToo:
    """Grows pinned branches in ``share`` of the cases, where there are any; else as ``others``."""

    others: Frontier
    share: float = 0.3

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """A pinned branch, or what the strategy picks."""
        chance, place = rng.random(2)
        chosen = self.others.ask(tree, temperature=temperature, rng=rng)
        pinned = tree.field().pinned
        if pinned and chance < self.share:
            return pinned[int(place * len(pinned))]
        return chosen

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """Passed on."""
        self.others.tell(tree, outcomes)

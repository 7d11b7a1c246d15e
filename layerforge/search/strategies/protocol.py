"""What a strategy is: it is asked for parents, and told what became of their children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from layerforge.search.proposal import Outcome
from layerforge.search.tree import Tree


class Frontier(Protocol):
    """Decides which branches are grown next."""

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """The id of the branch to grow next: never a killed one, nor one below it.

        temperature: 0 takes the best, 1 takes all alike.
        """
        ...

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """What became of a round's candidates, in order; ``tree`` holds the kept ones already."""
        ...

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

        temperature: 0 takes the best, 1 takes all alike, wherever there is a choice by merit:
        between lineages, groups or cells first, then between the branches of one.  Shares for
        newcomers, pinned branches and groups stay as they are, and so does that effort spent on
        one lets others go first.
        """
        ...

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """What became of a round's candidates, in order; ``tree`` holds the kept ones already."""
        ...

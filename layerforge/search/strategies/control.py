"""The control: no preference at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.search.proposal import Outcome
from layerforge.search.tree import Tree


class RandomFrontier:
    """Every living branch and the root alike, whatever its value."""

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """One of the living branches or the root."""
        living = tree.living()
        place = int(rng.integers(len(living) + 1))
        return living[place - 1].id if place else ROOT

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """Learns nothing."""

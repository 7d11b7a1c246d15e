"""Growing only from some branches, and from what grew from them."""

from __future__ import annotations

from itertools import islice

import numpy as np

from layerforge.search.frontier import Frontier, standardised
from layerforge.search.tree import Node, Tree


class Below:
    """Picks among ``heads`` and all below them: good ones first, those tried least among equals.

    temperature: 0 always takes the best, 1 nearly ignores values.  others: picks where nothing of
    it lives any more.  It keeps pace with one tree, which only grows.
    """

    def __init__(self, heads: tuple[int, ...], *, temperature: float, others: Frontier) -> None:
        self._heads = frozenset(heads)
        self._heat = max(temperature, 1e-3) / max(1.0 - temperature, 1e-3) * 0.65
        self._others = others
        self._members: dict[int, Node] = {}
        self._looked_at = 0

    def pick(self, tree: Tree, *, rng: np.random.Generator) -> int:
        """The id of the branch to grow next: never a killed one, nor one below it."""
        for node in islice(tree.nodes.values(), self._looked_at, None):
            # parents come before their children
            if node.id in self._heads or node.parent in self._members:
                self._members[node.id] = node
        self._looked_at = len(tree.nodes)
        living = [one for one in self._members if not tree.is_dead(one)]
        if not living:
            return self._others.pick(tree, rng=rng)
        values = np.array([tree.nodes[one].value for one in living])
        tries = np.array([tree.tries[one] for one in living], dtype=np.float64)
        drive = standardised(values) - 0.5 * np.log1p(tries)
        shares = np.exp((drive - drive.max()) / self._heat)
        return living[int(rng.choice(len(living), p=shares / shares.sum()))]

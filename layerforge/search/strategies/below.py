"""Growing only from some branches, and from what grew from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

import numpy as np

from layerforge.search.chances import draw, standardised
from layerforge.search.proposal import Outcome
from layerforge.search.strategies.protocol import Frontier
from layerforge.search.tree import Tree


class Below:
    """Picks among ``heads``, all below them and their variations: good ones first, those tried
    least among equals.

    others: picks where nothing of it lives any more.  It keeps pace with one tree, which only
    grows.
    """

    def __init__(self, heads: Collection[int], *, others: Frontier) -> None:
        self._members = set(heads)
        self._others = others
        self._looked_at = 0

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """One of them that lives."""
        for node in islice(tree.nodes.values(), self._looked_at, None):
            if node.parent in self._members:  # parents come before their children
                self._members.add(node.id)
        self._looked_at = len(tree.nodes)
        living = sorted(one for one in self._members if one in tree.nodes and not tree.is_dead(one))
        if not living:
            return self._others.ask(tree, temperature=temperature, rng=rng)
        values = np.array([tree.nodes[one].value for one in living])
        tries = np.array([tree.tries[one] for one in living], dtype=np.float64)
        drive = standardised(values) - 0.5 * np.log1p(tries)
        return living[draw(drive, temperature=temperature, rng=rng)]

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """Variations of its branches lie beside them in the tree, and are its own as well."""
        self._members.update(
            one.kept
            for one in outcomes
            if one.kept is not None and one.proposal.origin in self._members
        )
        self._others.tell(tree, outcomes)

"""Several sub-populations: the best attracts the most effort, and none dies out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT
from layerforge.search.chances import Merits, draw, standardised
from layerforge.search.field import Field
from layerforge.search.proposal import Outcome
from layerforge.search.strategies.beam import merit
from layerforge.search.tree import Tree

_STEPS_UP = (1.0, 0.5, 0.25)


@dataclass(frozen=True, slots=True)
class Swarm:
    """Lineages live in groups that share the effort by how good their best are.

    A lineage belongs to the group of its place in the order of arrival, so that every group has
    old and new ones.  Half of the effort is shared evenly among the groups, and the rest goes to
    the better ones; a group that has nothing living gets its share as newcomers.  Within a group
    it is best first.
    Source: Tanese 1989, "Distributed genetic algorithms" (the island model).

    groups: how many sub-populations.  even_share: the part of the effort shared evenly.
    newcomers: the share of candidates that start from the blank canvas.
    """

    groups: int = 6
    even_share: float = 0.5
    newcomers: float = 0.2
    novelty_weight: float = 0.3

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """A branch of one group, or the root where the group has none or wants a newcomer."""
        field = tree.field()
        groups = self._groups(tree, field)
        if rng.random() < self.even_share:
            group = groups[int(rng.integers(self.groups))]
        else:
            group = groups[draw(self._rank(field, groups), temperature=temperature, rng=rng)]
        if not len(group) or rng.random() < self.newcomers:
            return ROOT
        worth = merit(field, novelty_weight=self.novelty_weight, among=group)
        tired = worth - 0.5 * np.log1p(field.tries()[group])
        return field.nodes[int(group[draw(tired, temperature=temperature, rng=rng)])].id

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """All it needs is in the tree."""

    def _groups(self, tree: Tree, field: Field) -> list[npt.NDArray[np.intp]]:
        """The places in the field of each group's branches."""
        orders = np.array([tree.lineage_order(node.lineage) for node in field.nodes], dtype=np.intp)
        return [np.flatnonzero(orders % self.groups == group) for group in range(self.groups)]

    def _rank(self, field: Field, groups: Sequence[npt.NDArray[np.intp]]) -> Merits:
        """(G,): how good each group's best three are, in standard deviations between groups."""
        best = [np.sort(field.values[group])[:-4:-1] for group in groups]
        found = [float(np.average(top, weights=_STEPS_UP[: len(top)])) for top in best if len(top)]
        lowest = min(found, default=0.0)
        means = iter(found)
        return standardised(np.array([next(means) if len(top) else lowest for top in best]))

"""Tree search with upper confidence bounds and progressive widening."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from layerforge.model.branch import ROOT
from layerforge.search.chances import heat
from layerforge.search.proposal import Outcome
from layerforge.search.tree import State, Tree


@dataclass(slots=True)
class TreeSearch:
    """Goes down from the root to the child with the best prospects, until one wants to widen.

    A branch's prospects are half the mean and half the best of the values in its subtree, in
    ranks from 0 to 1, and a bonus for having had little effort.  Temperature is the weight of the
    bonus: 0 follows the best prospects only, 1 gives the same effort to all it chooses between.  A
    branch is grown itself, instead of one below it, while the candidates tried on it are fewer
    than ``width`` times the effort in its subtree to the power of ``widening``.
    Sources: Kocsis & Szepesvári 2006, "Bandit based Monte-Carlo planning" (UCT); Coulom 2007,
    "Computing Elo ratings of move patterns in the game of Go" (progressive widening); Jacobsen,
    Greve & Togelius 2014, "Monte Mario: platforming with MCTS" (mean and best mixed).

    bonus: the weight of having had little effort, in units of the softmax's own temperature.
    """

    width: float = 2.0
    widening: float = 0.6
    bonus: float = 0.93
    _state: State | None = field(default=None, init=False)
    _prospects: dict[int, float] = field(default_factory=dict, init=False)

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """The branch where going down from the root ends."""
        if self._state != tree.state:
            self._state, self._prospects = tree.state, prospects(tree)
        weight = self.bonus * heat(temperature)
        place = ROOT
        while True:
            below = [one for one in tree.children(place) if one in self._prospects]
            if not below or tree.tries[place] < self.width * tree.effort(place) ** self.widening:
                return place
            place = self._best(tree, below, weight=weight, rng=rng)

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """All it needs is in the tree."""

    def _best(
        self, tree: Tree, branches: Sequence[int], *, weight: float, rng: np.random.Generator
    ) -> int:
        effort = np.array([1.0 + tree.effort(one) for one in branches])
        bonus = weight * np.sqrt(math.log(effort.sum() + 1.0) / effort)
        merits = np.array([self._prospects[one] for one in branches]) + bonus
        best = np.flatnonzero(merits >= merits.max() - 1e-12)
        return branches[int(best[int(rng.integers(len(best)))])]


def prospects(tree: Tree) -> dict[int, float]:
    """Half the mean and half the best rank in every living branch's subtree, 0 to 1.

    What was turned away does not count, nor do variations for the branch beside which they lie.
    Both were tried, with turned-away candidates as the lowest rank: on two photographs, over
    four seeds of 400 candidates, the mean of the 20 best distinct branches was 0.56 with both, 0.56
    with variations only, and 0.58 without.
    """
    living = tree.living()
    ordered = sorted(living, key=lambda node: (node.value, -node.id))
    top = max(len(ordered) - 1, 1)
    best = {node.id: place / top for place, node in enumerate(ordered)}
    total, count = dict(best), dict.fromkeys(best, 1)
    for node in reversed(living):  # children come after their parents
        if node.parent in best:
            best[node.parent] = max(best[node.parent], best[node.id])
            total[node.parent] += total[node.id]
            count[node.parent] += count[node.id]
    return {one: 0.5 * total[one] / count[one] + 0.5 * best[one] for one in best}

"""Several strategies at once, mixed by what they bring."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from layerforge.search.proposal import Outcome
from layerforge.search.strategies.protocol import Frontier
from layerforge.search.tree import Tree

FORGETTING = 0.98
"""By how much older outcomes count less with every newer one of the same strategy."""


class Mixed:
    """Picks by which strategy each parent is chosen, as a bandit with Thompson sampling.

    A candidate counts as a success where it was kept and is better than its parent.
    Source: Thompson 1933; Chapelle & Li 2011, "An empirical evaluation of Thompson sampling".
    """

    def __init__(self, strategies: Sequence[Frontier]) -> None:
        self._strategies = tuple(strategies)
        self._successes = np.ones(len(self._strategies))
        self._failures = np.ones(len(self._strategies))
        self._asked: deque[int] = deque()

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """What the strategy of this turn picks."""
        arm = int(rng.beta(self._successes, self._failures).argmax())
        self._asked.append(arm)
        return self._strategies[arm].ask(tree, temperature=temperature, rng=rng)

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """Outcomes come in the order in which their parents were asked for."""
        for strategy in self._strategies:
            strategy.tell(tree, outcomes)
        for outcome in outcomes:
            if not self._asked:
                return  # the first rounds may be drawn before anybody is asked
            arm = self._asked.popleft()
            self._successes[arm] *= FORGETTING
            self._failures[arm] *= FORGETTING
            won = outcome.kept is not None and (outcome.gain or 0.0) > 0.0
            (self._successes if won else self._failures)[arm] += 1.0

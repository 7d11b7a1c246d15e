"""The frontier: which branches are grown next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT
from layerforge.search.field import Field
from layerforge.search.tree import Tree

STRATEGIES = ("beam", "random")


class Frontier(Protocol):
    """Picks parents."""

    def pick(self, tree: Tree, *, rng: np.random.Generator) -> int:
        """The id of the branch to grow next: never a killed one, nor one below it."""
        ...


class RandomFrontier:
    """The control: every living branch and the root alike, whatever its value."""

    def pick(self, tree: Tree, *, rng: np.random.Generator) -> int:
        """One of the living branches or the root."""
        living = tree.living()
        place = int(rng.integers(len(living) + 1))
        return living[place - 1].id if place else ROOT


@dataclass(frozen=True, slots=True)
class BestFirst:
    """Best first, softened by temperature, with shares for lineages and for newcomers.

    A lineage is a child of the root with all that grew from it.  First comes the choice between
    starting a new lineage and growing an old one, then between lineages, then between branches of
    the lineage; so that one lucky family does not eat the budget.  Effort spent on a branch makes
    it less likely to be picked again (as in UCT), which is the backtracking.

    temperature: 0 always takes the best, 1 nearly ignores values.
    novelty_weight: how much being unlike the others counts beside the value; it counts only for
        branches that are better than the middle of the field.
    newcomers: the least share of candidates that start from the blank canvas.
    pinned_share: the share of candidates that grow from pinned branches, where there are any.
    wanted_lineages: while there are fewer, more candidates start from the blank canvas.
    """

    temperature: float = 0.35
    novelty_weight: float = 0.3
    newcomers: float = 0.2
    pinned_share: float = 0.3
    wanted_lineages: int = 16

    def pick(self, tree: Tree, *, rng: np.random.Generator) -> int:
        """One of the living branches, or the root for a newcomer."""
        field = tree.field()
        if field.pinned and rng.random() < self.pinned_share:
            return field.pinned[int(rng.integers(len(field.pinned)))]
        families = field.families
        missing = max(0.0, 1.0 - families.count / self.wanted_lineages)
        if rng.random() < self.newcomers + (1.0 - self.newcomers) * missing:
            return ROOT
        merit, tried = self.merit(field), field.tries()
        drive = families.best(merit) - 0.5 * np.log1p(families.total(tried))
        members = families.members(self._draw(drive, rng))
        chosen = self._draw(merit[members] - 0.5 * np.log1p(tried[members]), rng)
        return field.nodes[int(members[chosen])].id

    def merit(self, field: Field) -> npt.NDArray[np.float64]:
        """(N,): standardised value, with novelty added for those above the middle."""
        values = standardised(field.values)
        if self.novelty_weight > 0.0 and len(field) > 2:
            rareness = np.clip(standardised(field.novelty().astype(np.float64)), -2.0, 2.0)
            values = values + self.novelty_weight * np.where(values > 0.0, rareness, 0.0)
        return values

    def _draw(self, merits: npt.NDArray[np.float64], rng: np.random.Generator) -> int:
        """An index, drawn by softmax."""
        # temperature 0.35 is a softmax at 0.35 standard deviations; 1 is nearly flat
        heat = max(self.temperature, 1e-3) / max(1.0 - self.temperature, 1e-3) * 0.65
        shares = np.exp((merits - merits.max()) / heat)
        return int(rng.choice(len(merits), p=shares / shares.sum()))


def standardised(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """``values`` with mean 0 and standard deviation 1; all 0 where they are equal."""
    spread = float(values.std()) if len(values) else 0.0
    if spread < 1e-9:
        return np.zeros_like(values)
    centred: npt.NDArray[np.float64] = (values - values.mean()) / spread
    return centred


def make_frontier(strategy: str, *, temperature: float, novelty_weight: float) -> Frontier:
    """The frontier by the strategy's name, one of `STRATEGIES`."""
    if strategy == "random":
        return RandomFrontier()
    return BestFirst(temperature=temperature, novelty_weight=novelty_weight)

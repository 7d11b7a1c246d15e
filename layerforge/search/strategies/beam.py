"""Best first, with backtracking and shares for lineages and newcomers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.model.branch import ROOT
from layerforge.search.chances import Merits, draw, standardised
from layerforge.search.field import Field
from layerforge.search.proposal import Outcome
from layerforge.search.tree import Tree


@dataclass(frozen=True, slots=True)
class BestFirst:
    """Best first, softened by temperature, with shares for lineages and for newcomers.

    A lineage is a child of the root with all that grew from it.  First comes the choice between
    starting a new lineage and growing an old one, then between lineages, then between branches of
    the lineage; so that one lucky family does not eat the budget.  Effort spent on a branch makes
    it less likely to be picked again, which is the backtracking.
    Sources: Hart, Nilsson & Raphael 1968 (best first); Grefenstette 1992, "Genetic algorithms for
    changing environments" (random immigrants).

    novelty_weight: how much being unlike the others counts beside the value; it counts only for
        branches that are better than the middle of the field.
    newcomers: the least share of candidates that start from the blank canvas.
    wanted_lineages: while there are fewer, more candidates start from the blank canvas.
    """

    novelty_weight: float = 0.3
    newcomers: float = 0.2
    wanted_lineages: int = 16

    def ask(self, tree: Tree, *, temperature: float, rng: np.random.Generator) -> int:
        """One of the field, or the root for a newcomer."""
        field = tree.field()
        families = field.families
        missing = max(0.0, 1.0 - families.count / self.wanted_lineages)
        if rng.random() < self.newcomers + (1.0 - self.newcomers) * missing:
            return ROOT
        worth, tried = merit(field, novelty_weight=self.novelty_weight), field.tries()
        drive = families.best(worth) - 0.5 * np.log1p(families.total(tried))
        members = families.members(draw(drive, temperature=temperature, rng=rng))
        tired = worth[members] - 0.5 * np.log1p(tried[members])
        return field.nodes[int(members[draw(tired, temperature=temperature, rng=rng)])].id

    def tell(self, tree: Tree, outcomes: Sequence[Outcome]) -> None:
        """All it needs is in the tree."""


def merit(
    field: Field, *, novelty_weight: float, among: npt.NDArray[np.intp] | slice = slice(None)
) -> Merits:
    """(N,): standardised value, with novelty added for those above the middle.

    among: the places of the branches compared; all of the field otherwise.
    """
    values = standardised(field.values[among])
    if novelty_weight > 0.0 and len(values) > 2:
        rareness = np.clip(standardised(field.novelty()[among].astype(np.float64)), -2.0, 2.0)
        values = values + novelty_weight * np.where(values > 0.0, rareness, 0.0)
    return values

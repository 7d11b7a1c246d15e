"""Branches by lineage, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

_BEST = 3


@dataclass(frozen=True, slots=True)
class Families:
    """N branches in F families.

    of: (N,), the family of each branch, 0 to F − 1, by their first branch.  count: F.
    """

    of: npt.NDArray[np.intp]
    count: int

    def best(self, merits: Doubles) -> Doubles:
        """(F,): the mean merit of each family's best three."""
        order = np.lexsort((-merits, self.of))
        family = self.of[order]
        starts = np.searchsorted(family, np.arange(self.count))
        counted = np.arange(len(order)) - starts[family] < _BEST
        sums = np.bincount(family[counted], weights=merits[order][counted], minlength=self.count)
        return np.asarray(sums / np.bincount(family[counted], minlength=self.count))

    def total(self, numbers: Doubles) -> Doubles:
        """(F,): the sum of each family's ``numbers``, (N,)."""
        sums = np.bincount(self.of, weights=numbers, minlength=self.count)
        return np.asarray(sums, dtype=np.float64)

    def members(self, family: int) -> npt.NDArray[np.intp]:
        """The places of a family's branches among the N."""
        return np.flatnonzero(self.of == family)


def families_of(lineages: npt.NDArray[np.int64]) -> Families:
    """The families of branches with these lineages, (N,)."""
    _, first, of = np.unique(lineages, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return Families(of=rank[of], count=len(first))

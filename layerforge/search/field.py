"""The field: the living branches that are looked at as possible parents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from layerforge.search.families import Families, families_of

if TYPE_CHECKING:
    from layerforge.search.tree import Node, Tree

FIELD = 1024
"""At most so many branches are looked at as possible parents; the best of those living."""

LINEAGE_SHARE = 1.0 / 16.0
"""No lineage has more than this share of the field while others want its place."""

_AT_FIRST = 8
"""So many times the size of the field is looked at first: it's enough but for huge lineages."""


class Field:
    """N branches of a tree, by time of adding, as long as nothing is added or decided.

    nodes: the branches.  pinned: the ids of those that are.  values: (N,), what they are worth.
    families: by lineage.
    """

    def __init__(self, tree: Tree, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.pinned = [node.id for node in nodes if tree.status(node.id) == "pinned"]
        self.values = np.array([node.value for node in nodes], dtype=np.float64)
        self.families: Families = families_of(
            np.array([node.lineage for node in nodes], dtype=np.int64)
        )
        self._ids = [node.id for node in nodes]
        self._tree = tree
        self._novelty: npt.NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.nodes)

    def novelty(self) -> npt.NDArray[np.float32]:
        """(N,): mean distance of each to its nearest ones among all branches and sources."""
        if self._novelty is None:
            self._novelty = self._tree.novelty(self._ids)
        return self._novelty

    def tries(self) -> npt.NDArray[np.float64]:
        """(N,): how many candidates were grown from each by now."""
        tries = self._tree.tries
        return np.array([tries[one] for one in self._ids], dtype=np.float64)


def best_places(
    values: npt.NDArray[np.float64], lineages: npt.NDArray[np.int64], *, size: int = FIELD
) -> npt.NDArray[np.intp]:
    """The places, ascending, of those of N branches that have a place in the field.

    All, up to ``size``; of more the best, the older ones of equals, and no lineage has more than
    its share while others want its place.

    values, lineages: (N,), by time of adding.
    """
    count = len(values)
    if count <= size:
        return np.arange(count)
    for some in (_AT_FIRST * size, count):
        order = _best(values, min(some, count))
        # how many of its lineage come before each
        grouped = np.argsort(lineages[order], kind="stable")
        _, starts, sizes = np.unique(
            lineages[order][grouped], return_index=True, return_counts=True
        )
        before = np.empty(len(order), dtype=np.intp)
        before[grouped] = np.arange(len(order)) - np.repeat(starts, sizes)
        within = before < size * LINEAGE_SHARE
        if within.sum() >= size or some >= count:
            break
    return np.sort(np.concatenate([order[within], order[~within]])[:size])


def _best(values: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.intp]:
    """The places of the best ``count`` and of their equals, the better first, then the older."""
    places = np.arange(len(values))
    if count < len(values):
        least = np.partition(values, len(values) - count)[len(values) - count]
        places = np.flatnonzero(values >= least)
    return places[np.argsort(-values[places], kind="stable")]

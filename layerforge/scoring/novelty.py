"""Novelty: how far a picture lies from those that are kept.

Source: Lehman & Stanley 2011, "Abandoning Objectives": mean distance to the k nearest neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.scoring.growing import GrowingRows

Embeddings = npt.NDArray[np.float32]
"""(N, D) float32, rows of unit length."""

DEFAULT_NEIGHBOURS = 6
"""The least number by which novelty hardly hangs on chance.

Found on 490 collages in 70 families: novelty among one random half of the others and among the
other half agree with rank correlation 0.69 for 1 neighbour, 0.84 for 3, 0.91 for 6 and 0.94 for
12, while lone pictures are told from members of large families the better the fewer there are.
"""

_ROWS = 64
_BLOCK = 64
_SLICE = 4096

_TYPICAL = {"measures": 0.8, "clip": 0.3}


def typical_distance(pictures: Embeddings, *, scorer: str) -> float:
    """About how far unrelated pictures lie apart: the median cosine distance between ``pictures``.

    What counts as alike is a share of it, since embeddings of different scorers spread
    differently.  Fewer than two pictures tell nothing: then it is a usual figure for the scorer
    (``measures``: seen on collages of photographs; ``clip``: an estimate).
    """
    pairs = cosine_distances(pictures, pictures)[np.triu_indices(len(pictures), 1)]
    middle = float(np.median(pairs)) if len(pairs) else 0.0
    return middle if middle > 1e-3 else _TYPICAL.get(scorer, 0.5)


def cosine_distances(ours: Embeddings, others: Embeddings) -> Embeddings:
    """(N, M): 1 − cosine between every row of ``ours`` and of ``others``, 0 to 2."""
    distances: Embeddings = np.clip(1.0 - ours @ others.T, 0.0, 2.0).astype(np.float32)
    return distances


def nearest(ours: Embeddings, others: Embeddings) -> npt.NDArray[np.float32]:
    """(N,): cosine distance of each row to the nearest of ``others``; 2 where there are none."""
    if len(others) == 0:
        return np.full(len(ours), 2.0, dtype=np.float32)
    closest = (ours @ others.T).max(axis=1)
    return np.asarray(np.clip(1.0 - closest, 0.0, 2.0), dtype=np.float32)


def _largest_products(ours: Embeddings, others: Embeddings, *, count: int) -> Embeddings:
    """(N, count): the ``count`` largest scalar products of each row, in no order; count ≤ M.

    In slices, so that products stay in the processor's cache.
    """
    rows, total = len(ours), len(others)
    if total // _BLOCK <= 2 * count:
        return _largest(ours @ others.T, count=count)
    products = np.empty((rows, total), dtype=np.float32)
    best = np.empty((rows, total // _BLOCK), dtype=np.float32)
    for start in range(0, total, _SLICE):
        part = products[:, start : start + _SLICE]
        np.matmul(ours, others[start : start + _SLICE].T, out=part)
        first = start // _BLOCK
        best[:, first : first + part.shape[1] // _BLOCK] = _block_maxima(part)
    return _largest(products, count=count, best=best)


def _block_maxima(products: Embeddings) -> Embeddings:
    """(N, blocks): the largest of each row in each whole block of columns."""
    rows, blocks = len(products), products.shape[1] // _BLOCK
    even = products[:, : blocks * _BLOCK].reshape(rows, blocks, _BLOCK)
    return np.asarray(even.max(axis=2), dtype=np.float32)


def _largest(products: Embeddings, *, count: int, best: Embeddings | None = None) -> Embeddings:
    """(N, count): the ``count`` largest of each row of (N, M), in no order; count ≤ M.

    The largest ones lie in the ``count`` blocks of columns whose maxima are largest, so only
    these are looked through.  best: `_block_maxima`, where they are known.
    """
    rows, total = products.shape
    blocks = total // _BLOCK
    if blocks <= 2 * count:
        return np.partition(products, total - count, axis=1)[:, total - count :]
    if best is None:
        best = _block_maxima(products)
    chosen = np.argpartition(best, blocks - count, axis=1)[:, blocks - count :]
    columns = (chosen[:, :, None] * _BLOCK + np.arange(_BLOCK)).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(blocks * _BLOCK, total), (rows, total - blocks * _BLOCK))
    left = np.take_along_axis(products, np.concatenate([columns, rest], axis=1), axis=1)
    last = left.shape[1] - count
    return np.partition(left, last, axis=1)[:, last:]


@dataclass(frozen=True, slots=True)
class _Met:
    """ours: (M, D), vectors that were held against all others.  products: (M, N)."""

    ours: Embeddings
    products: Embeddings

    def of(self, vectors: Embeddings) -> npt.NDArray[np.intp]:
        """(K,): at which row each of (K, D) is; −1 where it is none of them."""
        same = (vectors[:, None] == self.ours).all(axis=2)
        return np.where(same.any(axis=1), same.argmax(axis=1), -1)


class Neighbours:
    """Vectors that become more, and how far some of them lie from their nearest others.

    count: how many neighbours are kept.  Exact.  A vector is held against all others when it is
    first asked for, and against new ones as they come: what is never asked for costs nothing.
    """

    def __init__(self, *, count: int = DEFAULT_NEIGHBOURS) -> None:
        if count < 1:
            raise ValueError(f"count must be at least 1, got {count}")
        self._count = count
        self._all: GrowingRows[np.float32] | None = None
        self._places: dict[int, int] = {}
        self._watched: GrowingRows[np.float32] | None = None
        self._near = GrowingRows((count,), np.float32)
        self._met: _Met | None = None
        self._seen = 0

    def __len__(self) -> int:
        return 0 if self._all is None else len(self._all)

    def vectors(self) -> Embeddings:
        """(N, D) float32: all vectors by time of adding; not to be written to."""
        return np.zeros((0, 0), dtype=np.float32) if self._all is None else self._all.rows()

    def products(self, ours: Embeddings) -> Embeddings:
        """(M, N): the scalar products of (M, D) rows with all vectors; not to be written to.

        They are remembered until others are asked for: where some of these rows are added next,
        and `novelty` is asked of them, they need not be held against all others once more.
        """
        if not len(self) or not len(ours):
            return np.zeros((len(ours), len(self)), dtype=np.float32)
        products: Embeddings = ours @ self.vectors().T
        self._met = _Met(ours, products)
        return products

    def extend(self, vectors: Embeddings) -> None:
        """Add (M, D) float32 rows of unit length."""
        if self._all is None:
            self._all = GrowingRows((vectors.shape[1],), np.float32)
            self._watched = GrowingRows((vectors.shape[1],), np.float32)
        self._all.extend(vectors)

    def novelty(self, rows: Sequence[int]) -> npt.NDArray[np.float32]:
        """(M,): the mean distance to their nearest others of the vectors added as ``rows``-th.

        1 where there are no others.
        """
        self._come_nearer()
        self._watch([row for row in dict.fromkeys(rows) if row not in self._places])
        near = self._near.rows()[[self._places[row] for row in rows]]
        known = np.isfinite(near)
        counts = known.sum(axis=1)
        total = np.where(known, near, 0.0).sum(axis=1)
        means = np.where(counts > 0, total / np.maximum(counts, 1), 1.0)
        return np.asarray(means, dtype=np.float32)

    def _come_nearer(self) -> None:
        """Hold those watched against all that came since the last time."""
        new = self.vectors()[self._seen :]
        self._seen += len(new)
        if self._watched is None or not len(self._watched):
            return
        near = self._near.rows()
        for start in range(0, len(new), _ROWS):
            distances = cosine_distances(self._watched.rows(), new[start : start + _ROWS])
            changed = np.flatnonzero(distances.min(axis=1, initial=np.inf) < near.max(axis=1))
            merged = np.concatenate([near[changed], distances[changed]], axis=1)
            near[changed] = np.partition(merged, self._count - 1, axis=1)[:, : self._count]

    def _watch(self, rows: Sequence[int]) -> None:
        """Hold vectors against all others, and from now on against new ones."""
        if self._watched is None:
            return
        everything = self.vectors()
        count = min(self._count, len(everything) - 1)
        for start in range(0, len(rows), _ROWS):
            part = list(rows[start : start + _ROWS])
            near = np.full((len(part), self._count), np.inf, dtype=np.float32)
            if count > 0:
                found = self._most_alike(everything[part], count=count + 1)
                found.sort(axis=1)  # the last one is its product with itself
                near[:, :count] = np.clip(1.0 - found[:, :count], 0.0, 2.0)
            self._places.update({row: len(self._places) + at for at, row in enumerate(part)})
            self._watched.extend(everything[part])
            self._near.extend(near)

    def _most_alike(self, ours: Embeddings, *, count: int) -> Embeddings:
        """(M, count): the largest products of (M, D) with all vectors, in no order."""
        everything = self.vectors()
        if self._met is None:
            return _largest_products(ours, everything, count=count)
        found = np.empty((len(ours), count), dtype=np.float32)
        places = self._met.of(ours)
        known, new = np.flatnonzero(places >= 0), np.flatnonzero(places < 0)
        if len(known):
            before = self._met.products[places[known]]
            since = ours[known] @ everything[before.shape[1] :].T
            found[known] = _largest(np.concatenate([before, since], axis=1), count=count)
        if len(new):
            found[new] = _largest_products(ours[new], everything, count=count)
        return found

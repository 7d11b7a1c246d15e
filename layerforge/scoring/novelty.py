"""Novelty: how far a picture lies from those that are kept.

Source: Lehman & Stanley 2011, "Abandoning Objectives": mean distance to the k nearest neighbours.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Embeddings = npt.NDArray[np.float32]
"""(N, D) float32, rows of unit length."""

DEFAULT_NEIGHBOURS = 8

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


def novelty(
    ours: Embeddings, others: Embeddings, *, neighbours: int = DEFAULT_NEIGHBOURS
) -> npt.NDArray[np.float32]:
    """(N,): mean cosine distance of each row to its nearest ``neighbours`` among ``others``.

    1 where there are no others.
    """
    if len(others) == 0:
        return np.ones(len(ours), dtype=np.float32)
    distances = cosine_distances(ours, others)
    count = min(neighbours, distances.shape[1])
    nearest = np.partition(distances, count - 1, axis=1)[:, :count]
    return np.asarray(nearest.mean(axis=1), dtype=np.float32)


def nearest(ours: Embeddings, others: Embeddings) -> npt.NDArray[np.float32]:
    """(N,): cosine distance of each row to the nearest of ``others``; 2 where there are none."""
    if len(others) == 0:
        return np.full(len(ours), 2.0, dtype=np.float32)
    return np.asarray(cosine_distances(ours, others).min(axis=1), dtype=np.float32)

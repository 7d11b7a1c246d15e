"""How far a picture breaks out of what lies between the sources.

What mixes the sources' looks lies near their convex hull in embedding space; the distance to it
says how much of a picture is none of them.  Embeddings are unit vectors and the hull cuts through
the sphere, so that a mix of two sources has a small distance, too.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layerforge.scoring.novelty import Embeddings

Doubles = npt.NDArray[np.float64]

_RANK_TOLERANCE = 1e-6
_TOLERANCE = 1e-12


class Hull:
    """The convex hull of M points, and the affine span round it.

    points: (M, D) float32 or float64, M ≥ 1.
    """

    def __init__(self, points: Embeddings | Doubles) -> None:
        if points.ndim != 2 or len(points) == 0:
            raise ValueError(f"points must be (M, D) with M ≥ 1, got {points.shape}")
        corners = points.astype(np.float64)
        self._middle = corners.mean(axis=0)
        centred = corners - self._middle
        _, lengths, axes = np.linalg.svd(centred, full_matrices=False)
        rank = int((lengths > _RANK_TOLERANCE * max(1.0, float(lengths.max(initial=0.0)))).sum())
        self._axes = axes[:rank]
        self._corners = centred @ self._axes.T

    @property
    def dimensions(self) -> int:
        """D, that of the space the points lie in."""
        return len(self._middle)

    def span_distance(self, points: Embeddings | Doubles) -> Doubles:
        """(N,): Euclidean distance of each of (N, D) to the affine span of the corners."""
        _, beside = self._split(points)
        return beside

    def distance(self, points: Embeddings | Doubles) -> Doubles:
        """(N,): Euclidean distance of each of (N, D) to the convex hull; 0 inside and on it."""
        within, beside = self._split(points)
        inner = np.array([np.linalg.norm(nearest_to_origin(self._corners - row)) for row in within])
        return np.asarray(np.hypot(inner, beside), dtype=np.float64)

    def _split(self, points: Embeddings | Doubles) -> tuple[Doubles, Doubles]:
        """(N, rank) coordinates in the span, and (N,) distances from it."""
        offsets = points.astype(np.float64) - self._middle
        within = offsets @ self._axes.T
        beside = np.linalg.norm(offsets - within @ self._axes, axis=1)
        return within, np.asarray(beside, dtype=np.float64)


def nearest_to_origin(corners: Doubles) -> Doubles:
    """(D,): the point of least length in the convex hull of ``corners``, (M, D) float64, M ≥ 1.

    Exact but for rounding, in finitely many steps.
    Source: Wolfe 1976, "Finding the nearest point in a polytope".
    """
    squares = np.einsum("ij,ij->i", corners, corners)
    scale = max(float(squares.max(initial=0.0)), 1e-300)
    held = [int(squares.argmin())]
    weights = np.ones(1)
    point: Doubles = corners[held[0]].copy()
    for _ in range(100 * len(corners) + 100):
        along = corners @ point
        best = int(along.argmin())
        # no corner lies nearer along the way: this is the point
        if best in held or float(point @ point - along[best]) <= _TOLERANCE * scale:
            return point
        held.append(best)
        weights = np.append(weights, 0.0)
        held, weights = _settled(corners, held, weights)
        point = weights @ corners[held]
    return point


def _settled(corners: Doubles, held: list[int], weights: Doubles) -> tuple[list[int], Doubles]:
    """Corners and weights of the point of least length in the hull of ``held``, or of a face.

    Walks to the nearest point of the affine span of the corners held; where that lies outside the
    hull, it stops at the border and lets go of the corners that no longer count.
    """
    while True:
        wanted = _affine_weights(corners[held])
        if (wanted > _TOLERANCE).all():
            return held, wanted
        falling = wanted <= _TOLERANCE
        shares = weights[falling] / np.maximum(weights[falling] - wanted[falling], 1e-300)
        step = min(1.0, float(shares.min()))
        weights = weights + step * (wanted - weights)
        stays = weights > _TOLERANCE
        stays[int(np.flatnonzero(falling)[shares.argmin()])] = False
        held = [corner for corner, keep in zip(held, stays, strict=True) if keep]
        weights = weights[stays] / weights[stays].sum()


def _affine_weights(corners: Doubles) -> Doubles:
    """Weights, of sum 1, of the point of least length in the affine span of ``corners``."""
    count = len(corners)
    system = np.ones((count + 1, count + 1))
    system[0, 0] = 0.0
    system[1:, 1:] = corners @ corners.T
    right = np.zeros(count + 1)
    right[0] = 1.0
    solved = np.linalg.lstsq(system, right, rcond=None)[0]
    return np.asarray(solved[1:], dtype=np.float64)

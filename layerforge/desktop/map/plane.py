"""The plane that embeddings are seen in: plain numbers, no widgets.

It is spanned by the two directions in which they vary most (principal components).  As branches
arrive the plane is found anew now and then, and turned so that what was there hardly moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Spots = npt.NDArray[np.float64]

MOST_ROWS = 2000
"""As many of the vectors are looked at to find the plane."""

REFIT = 1.5
"""It is found anew when there are so many times as many."""


@dataclass(frozen=True, slots=True)
class Plane:
    """middle: (D,), the point that lies at the origin.  axes: (2, D), orthonormal.

    fitted: how many vectors there were when it was found.
    """

    middle: npt.NDArray[np.float64]
    axes: npt.NDArray[np.float64]
    fitted: int

    def flat(self, vectors: Vectors) -> Spots:
        """(N, 2): where (N, D) vectors lie."""
        return np.asarray((vectors.astype(np.float64) - self.middle) @ self.axes.T)


def plane_for(vectors: Vectors, *, before: Plane | None = None) -> Plane:
    """The plane for (N, D) vectors, N ≥ 1; ``before`` itself as long as that will do.

    Another one than before has its origin, and is turned and mirrored so that the vectors move as
    little as can be.  Source: Schönemann 1966, "A generalized solution of the orthogonal
    Procrustes problem".
    """
    count, size = vectors.shape
    if before is not None and before.axes.shape[1] == size and count < REFIT * before.fitted:
        return before
    some = vectors[:: -(-count // MOST_ROWS)].astype(np.float64)
    middle = some.mean(axis=0)
    _, _, found = np.linalg.svd(some - middle, full_matrices=False)
    axes = np.zeros((2, size))
    axes[: len(found[:2])] = found[:2]
    # the sign of a component is chance: the largest share of each is positive
    signs = np.sign(axes[[0, 1], np.abs(axes).argmax(axis=1)])
    axes *= np.where(signs == 0, 1.0, signs)[:, None]
    if before is None or before.axes.shape[1] != size:
        return Plane(middle=middle, axes=axes, fitted=count)
    now, then = (some - before.middle) @ axes.T, before.flat(vectors[:: -(-count // MOST_ROWS)])
    left, _, right = np.linalg.svd((now - now.mean(axis=0)).T @ (then - then.mean(axis=0)))
    return Plane(middle=before.middle, axes=(left @ right).T @ axes, fitted=count)


def outline(spots: Spots) -> Spots:
    """(K, 2): the corners of the convex hull of (M, 2) spots, in order; fewer than 3 as they are.

    The hull seen in the plane is the shadow of the real one: what lies outside of the shadow lies
    outside of the hull, what lies within may still be far above it.
    """
    if len(spots) < 3:
        return spots
    corners = cv2.convexHull(spots.astype(np.float32))
    return np.asarray(corners.reshape(-1, 2), dtype=np.float64)

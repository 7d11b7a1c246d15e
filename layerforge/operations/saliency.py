"""What stands out in a picture: a map of saliency from what is background.

Source: Zhu, Liang, Wei & Sun 2014, "Saliency optimization from robust background detection".  A
region belongs to the background as far as it holds on to the picture's border: a sky that runs
along the border does, a subject that touches it in one place does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.pixels import Pixels, Plane, to_oklab

Matrix = npt.NDArray[np.float64]
"""(N, N): something of every pair of regions."""

_LONG_EDGE_PX = 144
"""Size at which saliency is found, so that it is the same at every size."""
_REGIONS = 240
"""About how many regions a picture is split into."""
_LIKE = 0.09
"""Distance of colours, in Oklab with doubled a and b, at which they hardly count as alike."""
_NEAR = 0.4
"""Distance of regions at which they hardly count as near; the long edge is 1."""


@dataclass(frozen=True, slots=True)
class Regions:
    """A picture split into N small regions of about one colour each.

    number: (h, w), the region of every pixel.  color: (N, 3), Oklab with doubled a and b.
    place: (N, 2), x and y, the long edge is 1.  size: (N,), shares of the picture.  rim: (N,),
    whether a region touches the picture's border.
    """

    number: npt.NDArray[np.intp]
    color: Matrix
    place: Matrix
    size: npt.NDArray[np.float64]
    rim: npt.NDArray[np.bool_]


def saliency(picture: Pixels) -> Plane:
    """How much each place of ``picture`` (h, w, 4) stands out, (h, w), 0 to 1."""
    height, width = picture.shape[:2]
    scale = min(1.0, _LONG_EDGE_PX / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    lab = to_oklab(bled_rgb(small))
    lab[..., 1:] *= np.float32(2.0)
    regions = split(lab)
    values = _optimised(regions)
    # the few brightest regions do not say how bright the others are
    top = float(np.quantile(values[regions.number], 0.97))
    values = (values - values.min()) / max(top - float(values.min()), 1e-6)
    drawn = values.astype(np.float32)[regions.number]
    soft = cv2.GaussianBlur(drawn, (0, 0), 1.2, borderType=cv2.BORDER_REPLICATE)
    large = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(np.asarray(large, dtype=np.float32), np.float32(0.0), np.float32(1.0))


def split(lab: Pixels) -> Regions:
    """Regions of a picture of colours (h, w, 3).

    Source: Achanta et al. 2012, SLIC: k-means in place and colour, from a lattice.
    """
    height, width = lab.shape[:2]
    spacing = max(1.0, math.sqrt(height * width / _REGIONS))
    columns, rows = max(1, round(width / spacing)), max(1, round(height / spacing))
    xs, ys = np.arange(width), np.arange(height)
    column = np.minimum(xs * columns // width, columns - 1)
    row = np.minimum(ys * rows // height, rows - 1)
    number = row[:, None] * columns + column[None, :]
    # colours 0.1 apart count as much as two lattice points
    sheet = np.dstack([np.broadcast_to(xs, (height, width)), np.repeat(ys[:, None], width, axis=1)])
    features = np.concatenate([lab.astype(np.float64) * 10.0, sheet / (2 * spacing)], axis=-1)
    for _ in range(6):
        centers = _means(features, number, columns * rows)
        best = np.full((height, width), np.inf)
        nearest = number
        for step_y in (-1, 0, 1):
            for step_x in (-1, 0, 1):
                other = (
                    np.clip(row + step_y, 0, rows - 1)[:, None] * columns
                    + np.clip(column + step_x, 0, columns - 1)[None, :]
                )
                off = features - centers[other]
                apart = np.einsum("hwc,hwc->hw", off, off)
                nearest = np.where(apart < best, other, nearest)
                best = np.minimum(apart, best)
        number = nearest
    _, number = np.unique(number, return_inverse=True)
    number = number.reshape(height, width)
    count = int(number.max()) + 1
    means = _means(np.concatenate([lab, sheet / max(height, width)], axis=-1), number, count)
    rim = np.zeros(count, dtype=bool)
    for side in (number[0], number[-1], number[:, 0], number[:, -1]):
        rim[side] = True
    size = np.bincount(number.ravel(), minlength=count) / number.size
    return Regions(number=number, color=means[:, :3], place=means[:, 3:], size=size, rim=rim)


def _means(values: Matrix, number: npt.NDArray[np.intp], count: int) -> Matrix:
    """(count, C): the means of (h, w, C) over every region; 0 where one is empty."""
    flat = number.ravel()
    sizes = np.maximum(np.bincount(flat, minlength=count), 1)
    sums = [
        np.bincount(flat, values[..., channel].ravel(), minlength=count)
        for channel in range(values.shape[-1])
    ]
    return np.stack(sums, axis=-1) / sizes[:, None]


def _optimised(regions: Regions) -> npt.NDArray[np.float64]:
    """(N,): the saliency that agrees best with all cues.

    It wants to be 0 in the background, 1 in what contrasts with it, and alike in neighbours that
    look alike.
    """
    apart = _distances(regions.color)
    touching = _touching(regions)
    background = _background(regions, apart, touching)
    near = np.exp(-0.5 * (_distances(regions.place) / _NEAR) ** 2)
    weights = regions.size * background
    contrast = _product(apart * near, weights) / np.maximum(_product(near, weights), 1e-9)
    contrast *= _centered(regions)
    top = float(np.quantile(contrast[regions.number], 0.97))
    contrast = np.minimum(contrast / max(top, 1e-6), 1.0)
    alike = touching * (np.exp(-0.5 * (apart / _LIKE) ** 2) + 0.1)
    smooth = np.diag(alike.sum(axis=1)) - alike
    pull = 5.0 * background
    system = smooth + np.diag(pull + contrast) + np.eye(len(pull)) * 1e-9
    _, solved = cv2.solve(system, contrast[:, None], flags=cv2.DECOMP_CHOLESKY)
    return np.asarray(solved, dtype=np.float64).ravel()


def _product(matrix: Matrix, vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Their matrix product; not by BLAS, which brings its own threads."""
    product: npt.NDArray[np.float64] = np.einsum("ij,j->i", matrix, vector)
    return product


def _centered(regions: Regions) -> npt.NDArray[np.float64]:
    """(N,): 1 in the middle, down to about a half in the corners, where subjects lie less often."""
    off = regions.place - np.einsum("n,nc->c", regions.size, regions.place)
    squares = np.einsum("nc,nc->n", off, off)
    centered: npt.NDArray[np.float64] = np.exp(-1.5 * squares)
    return centered


def _distances(points: Matrix) -> Matrix:
    off = points[:, None, :] - points[None, :, :]
    apart: Matrix = np.sqrt(np.einsum("ijc,ijc->ij", off, off))
    return apart


def _touching(regions: Regions) -> Matrix:
    """1 where two regions are neighbours, or neighbours of a neighbour; else 0."""
    count = len(regions.size)
    next_to = np.zeros((count, count))
    number = regions.number
    for one, other in ((number[1:], number[:-1]), (number[:, 1:], number[:, :-1])):
        next_to[one.ravel(), other.ravel()] = 1.0
    next_to = np.maximum(next_to, next_to.T)
    ways = np.asarray(cv2.gemm(next_to, next_to, 1.0, next_to, 1.0))
    second = (ways > 0.0).astype(np.float64)
    np.fill_diagonal(second, 0.0)
    return second


def _background(regions: Regions, apart: Matrix, touching: Matrix) -> npt.NDArray[np.float64]:
    """(N,) in 0..1: how surely each region belongs to the background.

    Source: boundary connectivity: how much of the border a region's likes hold, over the square
    root of their area.  Likes are those that many small steps of colour lead to.
    """
    count = len(regions.size)
    # a step that is no larger than the picture's own grain counts as none
    steps = np.where(touching > 0.0, apart, np.inf)
    grain = float(np.median(steps.min(axis=1))) if count > 1 else 0.0
    ways = np.where(np.isfinite(steps), np.maximum(steps - grain, 0.0), np.inf)
    rim = regions.rim
    ways[np.ix_(rim, rim)] = np.minimum(
        ways[np.ix_(rim, rim)], np.maximum(apart[np.ix_(rim, rim)] - grain, 0.0)
    )
    np.fill_diagonal(ways, 0.0)
    for middle in range(count):  # all shortest ways, Floyd 1962 and Warshall 1962
        np.minimum(ways, ways[:, middle : middle + 1] + ways[middle], out=ways)
    likes = np.exp(-0.5 * (ways / _LIKE) ** 2)
    area = _product(likes, regions.size * count)
    held = _product(likes, rim.astype(np.float64))
    connected = held / np.sqrt(np.maximum(area, 1e-9))
    surely: npt.NDArray[np.float64] = 1.0 - np.exp(-0.5 * connected**2)
    return surely

"""Random fields over the canvas: smooth noise, sums of its octaves, and scattered cells.

A field is a function of the seed and of canvas coordinates alone, never of the pixel grid: its
random numbers are hashes of whole lattice coordinates.  `noise` is averaged exactly over every
pixel's area, so a large rendering shrunk by area equals a small one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Plane

Whole32 = npt.NDArray[np.uint32]

# The standard deviation of a cubic B-spline field over even random numbers in -1..1: the
# integral of the squared kernel is 151/315 along each axis, and such numbers have variance 1/3.
_SPREAD = (151 / 315) / math.sqrt(3.0)
_FINEST_CELL_PX = 0.125
"""A lattice finer than this averages out to nothing over a pixel."""
_STRIP_POINTS = 1 << 16
"""Noise read at points is worked out for so many at a time: it needs many times their room."""


def mixed_seed(seed: int, branch: int) -> int:
    """Another seed, for the ``branch``-th field of an operation."""
    return int(_hashed(np.array([seed ^ ((branch + 1) * 0x9E3779B9 & 0xFFFFFFFF)], np.uint32))[0])


def lattice(seed: int, columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> Plane:
    """Even random numbers in -1..1 at whole coordinates; shapes broadcast."""
    # the seed is mixed before it meets the columns, else near seeds only swap columns
    base = _hashed(np.array([seed & 0xFFFFFFFF], dtype=np.uint32))[0]
    across = _hashed(columns.astype(np.uint32) + base)
    both = _hashed(across + rows.astype(np.uint32) * np.uint32(0x85EBCA6B))
    return both.astype(np.float32) * np.float32(2.0 / 2**32) - np.float32(1.0)


def _hashed(values: Whole32) -> Whole32:
    """Mix the bits of whole numbers.  Source: Wellons 2018, "lowbias32"."""
    values = values ^ (values >> np.uint32(16))
    values = values * np.uint32(0x7FEB352D)
    values = values ^ (values >> np.uint32(15))
    values = values * np.uint32(0x846CA68B)
    return values ^ (values >> np.uint32(16))


def noise(
    at: RenderContext,
    *,
    seed: int,
    size: float,
    stretch: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Plane:
    """Smooth noise, (H, W), mean 0, standard deviation about 1 (area averages lower it).

    size: distance of the lattice's points, fraction of the short side; stretch multiplies it
    along x.  shift: how far right and down of each pixel the field is read.  Source: a cubic
    B-spline over a hashed lattice (value noise), box-averaged.
    """
    if size * min(1.0, stretch) * at.short_side < _FINEST_CELL_PX:
        return np.zeros((at.height, at.width), dtype=np.float32)
    columns, across = _taps(at.width, at.short_side, size * stretch, shift[0])
    rows, down = _taps(at.height, at.short_side, size, shift[1])
    first_column, first_row = int(columns[0]), int(rows[0])
    points = lattice(
        seed,
        np.arange(first_column, int(columns[-1]) + across.shape[1], dtype=np.int64)[:, None],
        np.arange(first_row, int(rows[-1]) + down.shape[1], dtype=np.int64)[None, :],
    )
    half_way = np.ascontiguousarray(_weighed(points, columns - first_column, across).T)
    field = _weighed(half_way, rows - first_row, down)
    field *= np.float32(1.0 / _SPREAD)
    return field


def _taps(
    pixels: int, short_side: float, size: float, shift: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The first lattice point in each pixel's reach, and the weights from it on, (pixels, taps).

    They are those of a spline averaged over the pixel.
    """
    cell_px = size * short_side
    centers = (np.arange(pixels, dtype=np.float64) + 0.5 - pixels / 2) / cell_px + shift / size
    half = 0.5 / cell_px
    lowest = np.ceil(centers - half - 2.0).astype(np.int64)
    points = lowest[:, None] + np.arange(math.ceil(4 + 2 * half))
    distance = centers[:, None] - points
    weights = (_spline_below(distance + half) - _spline_below(distance - half)) / (2 * half)
    return lowest, weights.astype(np.float32)


def _weighed(values: Plane, lowest: npt.NDArray[np.int64], weights: Plane) -> Plane:
    """Weighed sums of rows of ``values``: no matrix product, since BLAS brings its own threads."""
    total = values[lowest] * weights[:, :1]
    row = np.empty_like(total)
    for tap in range(1, weights.shape[1]):
        np.take(values, lowest + tap, axis=0, out=row, mode="clip")
        row *= weights[:, tap : tap + 1]
        total += row
    return total


def _spline_below(t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The integral of the cubic B-spline from minus infinity to ``t``."""
    near: npt.NDArray[np.float64] = np.minimum(np.abs(t), 2.0)
    inner = near * (2 / 3 - near**2 / 3 + near**3 / 8)
    outer = 0.5 - (2.0 - near) ** 4 / 24
    below: npt.NDArray[np.float64] = 0.5 + np.sign(t) * np.where(near < 1.0, inner, outer)
    return below


def noise_at(
    seed: int, across: npt.NDArray[np.floating[Any]], down: npt.NDArray[np.floating[Any]]
) -> Plane:
    """Smooth noise at any places, about -1..1; the lattice's points lie at whole numbers.

    Unlike `noise` it is read at points, so it should not be finer than a few pixels.  Source:
    value noise, bilinear with smoothed shares.
    """
    across, down = np.broadcast_arrays(across, down)
    field: Plane = np.empty(across.shape, dtype=np.float32)
    rows = max(1, _STRIP_POINTS * len(field) // max(1, field.size))
    for first in range(0, len(field), rows):
        strip = slice(first, first + rows)
        field[strip] = _noise_at(seed, across[strip], down[strip])
    return field


def _noise_at(
    seed: int, across: npt.NDArray[np.floating[Any]], down: npt.NDArray[np.floating[Any]]
) -> npt.NDArray[np.floating[Any]]:
    left, top = np.floor(across), np.floor(down)
    share_x, share_y = across - left, down - top
    share_x = share_x * share_x * (np.float32(3.0) - share_x - share_x)
    share_y = share_y * share_y * (np.float32(3.0) - share_y - share_y)
    column, row = left.astype(np.int64), top.astype(np.int64)
    upper = lattice(seed, column, row)
    upper += share_x * (lattice(seed, column + 1, row) - upper)
    lower = lattice(seed, column, row + 1)
    lower += share_x * (lattice(seed, column + 1, row + 1) - lower)
    field: npt.NDArray[np.floating[Any]] = upper + share_y * (lower - upper)
    return field


def clouds(
    at: RenderContext,
    *,
    seed: int,
    size: float,
    octaves: int = 6,
    gain: float = 0.5,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Plane:
    """Fractal noise, (H, W), mean 0, standard deviation about 1.

    size: the largest octave's lattice, fraction of the short side; each further octave is half
    as large and ``gain`` times as strong.  shift: as in `noise`.  Source: fractional Brownian
    motion, Mandelbrot & Van Ness 1968; Musgrave in Ebert et al., Texturing and Modeling.
    """
    total = np.zeros((at.height, at.width), dtype=np.float32)
    power = 0.0
    for octave in range(octaves):
        strength = gain**octave
        power += strength * strength
        cell = size / 2**octave
        if cell * at.short_side >= _FINEST_CELL_PX:
            field = noise(at, seed=mixed_seed(seed, octave), size=cell, shift=shift)
            total += np.float32(strength) * field
    total *= np.float32(1.0 / math.sqrt(power))
    return total


def _points(places: npt.NDArray[np.int64], moved: Plane) -> Plane:
    return np.asarray(places + 0.5 + moved, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Cells:
    """A Voronoi mosaic, all (H, W).

    first, second: the number of the nearest and of the second nearest cell, 0 to count - 1.
    gap: distance to the edge between the two, fraction of the short side.
    column, row: the whole coordinates of each cell, (count,): the same at every size.
    """

    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]
    gap: Plane
    column: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many cells there are, seen or not."""
        return len(self.column)


def cells(at: RenderContext, *, seed: int, size: float, jitter: float = 0.9) -> Cells:
    """Cells about ``size`` short sides wide around jittered points of a square lattice.

    Source: Worley 1996, "A cellular texture basis function"; the distance to the edge is that to
    the bisector of the two nearest points.
    """
    xs, ys = at.grid()
    across, down = xs[0] / np.float32(size), ys[:, :1] / np.float32(size)
    column0, row0 = np.floor(across).astype(np.int64), np.floor(down).astype(np.int64)
    left, top = int(column0[0]) - 1, int(row0[0, 0]) - 1
    wide, high = int(column0[-1]) + 2 - left, int(row0[-1, 0]) + 2 - top
    columns = np.arange(left, left + wide)[None, :]
    rows = np.arange(top, top + high)[:, None]
    reach = np.float32(jitter / 2)
    point_x = _points(columns, reach * lattice(mixed_seed(seed, 0), columns, rows))
    point_y = _points(rows, reach * lattice(mixed_seed(seed, 1), columns, rows))
    shape = (at.height, at.width)
    nearest = np.full(shape, np.inf, dtype=np.float32)
    runner_up = nearest.copy()
    first = np.zeros(shape, dtype=np.intp)
    second = np.zeros(shape, dtype=np.intp)
    for step_y in (0, -1, 1):
        for step_x in (0, -1, 1):
            number = (row0 + (step_y - top)) * wide + (column0 + (step_x - left))
            offset_x = point_x.ravel()[number] - across
            offset_y = point_y.ravel()[number] - down
            square = offset_x * offset_x + offset_y * offset_y
            closer = square < nearest
            second = np.where(closer, first, np.where(square < runner_up, number, second))
            runner_up = np.where(closer, nearest, np.minimum(square, runner_up))
            first = np.where(closer, number, first)
            nearest = np.where(closer, square, nearest)
    apart_x = point_x.ravel()[first] - point_x.ravel()[second]
    apart_y = point_y.ravel()[first] - point_y.ravel()[second]
    apart = np.sqrt(apart_x * apart_x + apart_y * apart_y)
    gap = (runner_up - nearest) / np.maximum(apart, np.float32(1e-6)) * np.float32(size / 2)
    column, row = np.broadcast_arrays(columns, rows)
    return Cells(first=first, second=second, gap=gap, column=column.ravel(), row=row.ravel())

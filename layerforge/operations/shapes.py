"""Shapes as signed distances, and where a layer is seen.

Source of the distances: Quilez, "2D distance functions", https://iquilezles.org/articles/.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Plane


@dataclass(frozen=True, slots=True)
class Extent:
    """The box in which something is seen, in canvas coordinates: its middle and half sizes."""

    x: float
    y: float
    half_width: float
    half_height: float

    @property
    def half_short(self) -> float:
        """Half of its short side."""
        return min(self.half_width, self.half_height)


def extent_of(coverage: Plane, at: RenderContext, *, share: float = 0.5) -> Extent:
    """The box in which ``coverage`` (H, W) is above a share of its maximum.

    Its sides lie between pixels as the covered share of the outermost ones says, so that the box
    is the same at every size.  The whole canvas where nothing is seen.
    """
    level = max(float(coverage.max(initial=0.0)) * share, 1e-4)
    columns, rows = coverage.max(axis=0, initial=0.0), coverage.max(axis=1, initial=0.0)
    unit = at.short_side
    if not (columns > level).any():
        return Extent(0.0, 0.0, at.width / 2 / unit, at.height / 2 / unit)
    left, right = _begin(columns, level), at.width - _begin(columns[::-1], level)
    top, bottom = _begin(rows, level), at.height - _begin(rows[::-1], level)
    return Extent(
        x=((left + right) - at.width) / 2 / unit,
        y=((top + bottom) - at.height) / 2 / unit,
        half_width=(right - left) / 2 / unit,
        half_height=(bottom - top) / 2 / unit,
    )


def _begin(profile: Plane, level: float) -> float:
    """Where ``profile`` (N,) first rises above ``level``, in pixels from its beginning."""
    first = int(np.argmax(profile > level))
    covered = float(profile[first])
    before = float(profile[first - 1]) if first > 0 else 0.0
    if before == 0.0 and covered >= float(profile.max()):
        return float(first)  # a hard edge between two pixels
    # on the line between the two pixels' centres, moved so that a hard edge stays where it is
    rise = max(covered - before, 1e-6)
    moved = (1.0 - level / float(profile.max())) - (covered - level) / rise
    return min(max(first + moved, 0.0), len(profile) - 1.0)


def ellipse(xs: Plane, ys: Plane, half_width: float, half_height: float) -> Plane:
    """Distance to an ellipse's edge to first order, positive inside."""
    across, down = xs / np.float32(half_width), ys / np.float32(half_height)
    radius = np.sqrt(across * across + down * down)
    slope = np.hypot(across / np.float32(half_width), down / np.float32(half_height))
    distance: Plane = (1.0 - radius) * radius / np.maximum(slope, np.float32(1e-6))
    return np.where(radius < 0.05, np.float32(min(half_width, half_height)), distance)


def rectangle(
    xs: Plane, ys: Plane, half_width: float, half_height: float, *, rounding: float = 0.0
) -> Plane:
    """Distance to the edge of a rectangle with corners of radius ``rounding``, positive inside."""
    across = np.abs(xs) - np.float32(half_width - rounding)
    down = np.abs(ys) - np.float32(half_height - rounding)
    outside = np.hypot(np.maximum(across, 0.0), np.maximum(down, 0.0))
    inside = np.minimum(np.maximum(across, down), np.float32(0.0))
    distance: Plane = np.float32(rounding) - outside - inside
    return distance


def star(xs: Plane, ys: Plane, radius: float, *, points: int, depth: float) -> Plane:
    """Distance to the edge of a star, positive inside.

    depth: 0 gives the regular polygon with its corners on the circle of ``radius``, 1 almost
    lines.
    """
    sector = math.pi / points
    # the inner corner lies on the polygon's side at depth 0, and moves inwards
    inner = radius * math.cos(sector) * (1.0 - depth)
    bearing: Plane = np.arctan2(xs, -ys)
    folded = np.abs(np.mod(bearing + np.float32(sector), np.float32(2 * sector)) - sector)
    length = np.hypot(xs, ys)
    across, up = length * np.sin(folded), length * np.cos(folded)
    corner_x, corner_y = inner * math.sin(sector), inner * math.cos(sector)
    edge_x, edge_y = corner_x, corner_y - radius
    size = math.hypot(edge_x, edge_y)
    distance: Plane = (across * edge_y - (up - np.float32(radius)) * edge_x) / np.float32(size)
    return distance

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

    The whole canvas where nothing is seen.
    """
    seen = coverage > max(float(coverage.max(initial=0.0)) * share, 1e-4)
    columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    unit = at.short_side
    if columns.size == 0:
        return Extent(0.0, 0.0, at.width / 2 / unit, at.height / 2 / unit)
    left, right = float(columns[0]), float(columns[-1]) + 1
    top, bottom = float(rows[0]), float(rows[-1]) + 1
    return Extent(
        x=((left + right) - at.width) / 2 / unit,
        y=((top + bottom) - at.height) / 2 / unit,
        half_width=(right - left) / 2 / unit,
        half_height=(bottom - top) / 2 / unit,
    )


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

"""Tessellation: the picture in plane pieces of one colour each."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.fields import cells, lattice, mixed_seed
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import ColorValue, Number, Seed, amount, length
from layerforge.operations.pixels import (
    Pixels,
    from_oklab,
    luma,
    smoothstep,
    straight_rgb,
    to_oklab,
    with_rgb,
)
from layerforge.operations.sampling import blurred
from layerforge.operations.stylize import cell_means

Rgb = tuple[float, float, float]
Points = npt.NDArray[np.float32]
"""(N, 2) float32: places, x and y."""

_ONE = np.float32(1.0)
_WORKING_SIDE_PX = 192
"""Short side on which corners are found, so that they are the same at every size."""


class LowPoly(Filter, tag="tessellation.low_poly", frozen=True):
    """Lay the picture in triangles of one colour each, with corners on its edges.

    Source: Delaunay 1934.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.8

    size: Annotated[float, length(0.03, 0.13), "size of the triangles"]
    follow: Annotated[float, amount(0.3, 1.0), "how strictly corners seek edges"]
    light: Annotated[
        float, amount(0.0, 0.5), "how much triangles differ in lightness, as facets do"
    ]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    seed: Annotated[int, Seed(), "which random corners and facets"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        if min(at.width, at.height) < 8:
            return pixels.copy()
        scale = min(1.0, _WORKING_SIDE_PX / at.short_side)
        size = max(8, round(at.width * scale)), max(8, round(at.height * scale))
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
        corners = self._corners(small, max(self.size * min(size), 4.0))
        triangles = _delaunay(corners, size)
        factor = 2 if at.short_side < 1024 else 1
        wide, high = at.width * factor, at.height * factor
        numbers = np.zeros((high, wide), dtype=np.int32)
        stretch = np.array([wide / size[0], high / size[1]])
        # sixteenths of a pixel; OpenCV's pixel centres are at whole numbers
        places = np.round((triangles * stretch - 0.5) * 16).astype(np.int32)
        for number, triangle in enumerate(places):
            cv2.fillConvexPoly(numbers, triangle, number, lineType=cv2.LINE_8, shift=4)
        means = _means(pixels, numbers[::factor, ::factor], len(triangles))
        middles = np.round(triangles.mean(axis=1) / max(self.size * min(size), 1.0) * 8)
        facet = lattice(
            mixed_seed(self.seed, 3),
            middles[:, 0].astype(np.int64),
            middles[:, 1].astype(np.int64),
        )
        means[:, :3] *= (_ONE + np.float32(0.35 * self.light) * facet)[:, None]
        laid = means[numbers]
        if factor > 1:
            shrunk = cv2.resize(laid, (at.width, at.height), interpolation=cv2.INTER_AREA)
            laid = np.asarray(shrunk, dtype=np.float32)
        # the outline stays that of the picture
        rgb = straight_rgb(pixels)
        flat = straight_rgb(laid)
        return with_rgb(pixels, rgb + (flat - rgb) * np.float32(self.strength))

    def _corners(self, small: Pixels, cell: float) -> Points:
        """One corner in every square of a lattice: on the strongest edge there, or by chance."""
        height, width = small.shape[:2]
        tone = blurred(luma(small[..., :3]) + small[..., 3], 1.0)
        steep = np.zeros_like(tone)
        for way in ((1, 0), (0, 1)):
            slope = np.asarray(cv2.Sobel(tone, cv2.CV_32F, way[0], way[1]), dtype=np.float32)
            steep += np.abs(slope)
        columns = (np.arange(width) / cell).astype(np.int64)
        rows = (np.arange(height) / cell).astype(np.int64)
        square = (rows[:, None] * (columns[-1] + 1) + columns[None, :]).ravel()
        # chance decides where nothing is steep
        places = np.arange(height)[:, None], np.arange(width)[None, :]
        chance = lattice(mixed_seed(self.seed, 0), places[1], places[0])
        score = np.minimum(steep, 1.0) * np.float32(self.follow * 4.0) + chance * np.float32(0.6)
        order = np.lexsort((score.ravel(), square))
        last = np.flatnonzero(np.diff(square[order], append=-1))
        best = order[last]
        return np.column_stack([best % width + 0.5, best // width + 0.5]).astype(np.float32)


def _delaunay(corners: Points, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """(N, 3, 2): triangles over the whole sheet, whose own corners are added."""
    width, height = size
    across = np.linspace(0.0, width, max(2, round(math.sqrt(len(corners)))))
    down = np.linspace(0.0, height, max(2, round(math.sqrt(len(corners)))))
    rim = [(x, y) for x in across for y in (0.0, float(height))]
    rim += [(x, y) for x in (0.0, float(width)) for y in down[1:-1]]
    division = cv2.Subdiv2D((-1, -1, width + 3, height + 3))
    for x, y in [*rim, *corners.tolist()]:
        division.insert((float(x), float(y)))
    triangles = np.asarray(division.getTriangleList(), dtype=np.float64).reshape(-1, 3, 2)
    inside = (triangles >= -0.5) & (triangles <= np.array([width, height]) + 0.5)
    kept = triangles[inside.all(axis=(1, 2))]
    # in an order of their own, whatever the order in which they were found
    middles = kept.mean(axis=1)
    return kept[np.lexsort((middles[:, 0], middles[:, 1]))]


def _means(pixels: Pixels, numbers: npt.NDArray[np.int32], count: int) -> Pixels:
    """(count, 4): the mean of ``pixels`` over every piece."""
    flat = numbers.ravel()
    sizes = np.maximum(np.bincount(flat, minlength=count), 1)
    sums = [
        np.bincount(flat, np.ravel(pixels[..., channel]), minlength=count) / sizes
        for channel in range(4)
    ]
    return np.stack(sums, axis=-1).astype(np.float32)


class StainedGlass(Filter, tag="tessellation.stained_glass", frozen=True):
    """Set the picture in panes of coloured glass between strips of lead.

    Source: Voronoi cells, Worley 1996.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.7

    size: Annotated[float, length(0.045, 0.15), "about as wide as a pane"]
    lead: Annotated[float, Number(0.04, 0.12), "width of the strips, as a share of a pane"]
    color: Annotated[Rgb, ColorValue((0.08, 0.2), 0.02), "colour of the lead"]
    vivid: Annotated[float, amount(0.2, 1.0), "how pure the glass is"]
    seed: Annotated[int, Seed(), "which random panes"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        panes = cells(at, seed=self.seed, size=self.size)
        means = cell_means(pixels, panes)
        rgb = straight_rgb(means[None])
        lab = to_oklab(np.ascontiguousarray(rgb))
        draw = lattice(mixed_seed(self.seed, 2), panes.column, panes.row)
        lab[0, :, 0] += np.float32(0.08) * draw
        lab[..., 1:] *= np.float32(1.0 + self.vivid)
        glass = from_oklab(lab)[0][panes.first]
        # light falls through the middle of a pane more than along its rim
        depth = smoothstep(panes.gap, 0.0, self.size * 0.45)
        glass *= (np.float32(0.82) + np.float32(0.3) * depth)[..., None]
        line = np.float32(self.size * self.lead / 2)
        half = np.float32(0.6 / at.short_side)
        strip = _ONE - smoothstep(panes.gap - line, -float(half), float(half))
        round_ = np.float32(0.6) + np.float32(0.6) * panes.gap / np.maximum(line, half)
        lead = np.array(self.color, dtype=np.float32) * np.clip(round_, 0.0, 1.2)[..., None]
        # the outline stays that of the picture
        return with_rgb(pixels, glass + (lead - glass) * strip[..., None])

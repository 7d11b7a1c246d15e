"""Flow: which way edges and grain run at each place of a picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane
from layerforge.operations.sampling import blurred, blurred_wide

_FLAT = 0.05
"""The slope, in tones a short side, below which a place counts as flat."""


@dataclass(frozen=True, slots=True)
class Flow:
    """All (H, W).

    x, y: a unit vector along the edge; its sign means nothing.  strength: 0 where the picture is
    flat or runs no way more than another, 1 at a straight edge.
    """

    x: Plane
    y: Plane
    strength: Plane


def flow_of(
    pixels: Pixels, at: RenderContext, *, detail: float, reach: float, lean: tuple[float, float]
) -> Flow:
    """The flow of ``pixels``, averaged over ``reach``; where they are flat it runs along ``lean``.

    detail: of the edges that are followed; both in short sides.  lean: a unit vector.
    Source: the structure tensor, Bigün & Granlund 1987; Kyprianidis, Kang & Döllner 2009.
    """
    unit = at.short_side
    soft = blurred(pixels, detail * unit)
    # slopes in tones a short side, the same at every size; both sides of a pixel count
    ahead_x, ahead_y = (
        np.asarray(cv2.Sobel(soft, cv2.CV_32F, *way, ksize=3, borderType=cv2.BORDER_REFLECT_101))
        * np.float32(unit / 8.0)
        for way in ((1, 0), (0, 1))
    )
    products = [
        np.einsum("hwc,hwc->hw", one, other)
        for one, other in ((ahead_x, ahead_x), (ahead_x, ahead_y), (ahead_y, ahead_y))
    ]
    del soft, ahead_x, ahead_y  # the most that is held here
    across, mixed, down = (blurred_wide(plane, reach * unit) for plane in products)
    level = np.float32(_FLAT * _FLAT)
    # a faint grating that runs along ``lean`` lies under everything
    across += level * np.float32(lean[1] ** 2)
    mixed -= level * np.float32(lean[0] * lean[1])
    down += level * np.float32(lean[0] ** 2)
    apart, twice = across - down, np.float32(2.0) * mixed
    long = np.sqrt(apart * apart + twice * twice)
    # the tangent is at right angles to the strongest slope, whose doubled angle is (apart, twice)
    share = apart / np.maximum(long, np.float32(1e-12))
    x = np.sqrt(np.clip((np.float32(1.0) - share) / 2, 0.0, 1.0))
    y = np.sqrt(np.clip((np.float32(1.0) + share) / 2, 0.0, 1.0))
    y = np.where(twice > 0.0, -y, y)
    total = across + down
    return Flow(x, y, np.maximum(long - level, np.float32(0.0)) / (total + level))

"""How alike two renderings of the same thing are, a small one and a large one shrunk to it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from layerforge.operations.pixels import Pixels, Plane, flatten, luma

SMOOTH_LIMIT, TEXTURE_LIMIT, SSIM_LIMIT = 2.0, 6.0, 0.95
"""The most that smooth filters and texture-like ones may differ, and the least SSIM of the
smooth ones."""


@dataclass(frozen=True)
class Likeness:
    """apart: mean absolute difference in 1/255; ssim: of the luma over white."""

    apart: float
    ssim: float

    def holds(self, *, texture_like: bool) -> bool:
        """Whether that is alike enough for such a filter."""
        if texture_like:
            return self.apart <= TEXTURE_LIMIT
        return self.apart <= SMOOTH_LIMIT and self.ssim >= SSIM_LIMIT


def likeness(small: Pixels, large: Pixels) -> Likeness:
    """Of a small rendering and a large one shrunk by area to its size, both (H, W, 4)."""
    down = shrunk(large, small.shape[1], small.shape[0])
    apart = float(np.abs(down - small).mean()) * 255
    return Likeness(apart, ssim(luma(flatten(down)), luma(flatten(small))))


def shrunk(pixels: Pixels, width: int, height: int) -> Pixels:
    """``pixels`` averaged by area; read-only."""
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    small.flags.writeable = False
    return np.asarray(small, dtype=np.float32)


def ssim(one: Plane, other: Plane) -> float:
    """Mean structural similarity of two (H, W).  Source: Wang et al. 2004, sigma 1.5."""

    def mean(values: Plane) -> Plane:
        return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), dtype=np.float32)

    mean_a, mean_b = mean(one), mean(other)
    var_a, var_b = mean(one * one) - mean_a**2, mean(other * other) - mean_b**2
    both = mean(one * other) - mean_a * mean_b
    light = (2 * mean_a * mean_b + 1e-4) / (mean_a**2 + mean_b**2 + 1e-4)
    rest = (2 * both + 9e-4) / (var_a + var_b + 9e-4)
    return float((light * rest)[5:-5, 5:-5].mean())

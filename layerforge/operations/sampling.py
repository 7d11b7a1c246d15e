"""Reading pixels at other places than their own: what warps, glitches and symmetries share."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, legal, straight_rgb, with_rgb

Matrix = npt.NDArray[np.float64]
"""(2, 3): a linear map and a shift, from canvas coordinates to canvas coordinates."""

MIRROR = cv2.BORDER_REFLECT_101
EMPTY = cv2.BORDER_CONSTANT
EDGE = cv2.BORDER_REPLICATE


def sampled_at(
    pixels: Pixels, xs: Plane, ys: Plane, at: RenderContext, *, border: int = MIRROR
) -> Pixels:
    """``pixels`` read at canvas coordinates (H, W) each, with cubic interpolation.

    Beyond the edge the picture goes on mirrored, or as ``border`` says.
    """
    unit = np.float32(at.short_side)
    map_x = np.asarray(xs * unit + np.float32(at.width / 2 - 0.5), dtype=np.float32)
    map_y = np.asarray(ys * unit + np.float32(at.height / 2 - 0.5), dtype=np.float32)
    if border == MIRROR:  # OpenCV loops once a fold, so fold far-off places here
        map_x, map_y = _folded(map_x, at.width), _folded(map_y, at.height)
        if min(at.width, at.height) < 4:  # OpenCV 5 never returns from mirroring one pixel
            border = EDGE
    read = cv2.remap(
        pixels,
        np.ascontiguousarray(map_x),
        np.ascontiguousarray(map_y),
        interpolation=cv2.INTER_CUBIC,
        borderMode=border,
        borderValue=(0, 0, 0, 0),
    )
    return legal(np.asarray(read, dtype=np.float32))


def _folded(places: Plane, pixels: int) -> Plane:
    if pixels == 1:
        return np.zeros_like(places)
    period = np.float32(2 * (pixels - 1))
    wrapped = np.mod(places, period)
    folded: Plane = np.minimum(wrapped, period - wrapped)
    return folded


def turned(*, angle_deg: float = 0.0, scale: float = 1.0, x: float = 0.0, y: float = 0.0) -> Matrix:
    """Scale and turn about the place (x, y), clockwise."""
    radians = math.radians(angle_deg)
    cos, sin = scale * math.cos(radians), scale * math.sin(radians)
    linear = np.array([[cos, -sin], [sin, cos]])
    middle = np.array([x, y])
    return np.column_stack([linear, middle - linear @ middle])


def transformed(pixels: Pixels, matrix: Matrix, *, unit_px: float, border: int = MIRROR) -> Pixels:
    """``pixels`` moved by ``matrix`` about their middle, with linear interpolation.

    unit_px: the pixels in one unit of ``matrix``'s coordinates.
    """
    height, width = pixels.shape[:2]
    linear, shift = matrix[:, :2], matrix[:, 2] * unit_px
    middle = np.array([width / 2 - 0.5, height / 2 - 0.5])
    in_pixels = np.column_stack([linear, shift + middle - linear @ middle])
    moved = cv2.warpAffine(
        pixels,
        in_pixels,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=border,
        borderValue=(0, 0, 0, 0),
    )
    return np.asarray(moved, dtype=np.float32)


def smeared(
    pixels: Pixels, path: Callable[[float], Matrix], at: RenderContext, *, travel_px: float
) -> Pixels:
    """The average of ``pixels`` along ``path``, a one-parameter group, over shares -1/2 to 1/2.

    travel_px: the longest way a pixel goes.  Each pass averages what the passes before it
    averaged with a moved copy of it, so n passes average 2^n places.
    """
    if travel_px < 0.5:
        return pixels.copy()
    doublings = min(9, max(2, math.ceil(math.log2(travel_px))))
    margin = math.ceil(travel_px / 2) + 1
    wide = np.asarray(
        cv2.copyMakeBorder(pixels, margin, margin, margin, margin, MIRROR), dtype=np.float32
    )
    step = 1.0 / 2**doublings
    total = transformed(wide, path((step - 1.0) / 2), unit_px=at.short_side)
    for doubling in range(doublings):
        moved = transformed(total, path(step * 2**doubling), unit_px=at.short_side)
        cv2.addWeighted(total, 0.5, moved, 0.5, 0.0, dst=total)
    return legal(np.ascontiguousarray(total[margin:-margin, margin:-margin]))


def supersampled(
    pixels: Pixels, at: RenderContext, *, detail_px: float, paint: Callable[..., Pixels]
) -> Pixels:
    """``paint(pixels, at)`` done at two to four times the size where its detail is too fine.

    detail_px: size of the finest detail; below three pixels it is painted larger and averaged by
    area.  Alpha stays that of ``pixels``.
    """
    factor = min(4, math.ceil(3.0 / max(detail_px, 0.75)))
    if factor == 1:
        return paint(pixels, at)
    fine = RenderContext(at.width * factor, at.height * factor, at.source)
    large = cv2.resize(pixels, (fine.width, fine.height), interpolation=cv2.INTER_LINEAR)
    painted = paint(np.asarray(large, dtype=np.float32), fine)
    shrunk = cv2.resize(painted, (at.width, at.height), interpolation=cv2.INTER_AREA)
    return with_rgb(pixels, straight_rgb(np.asarray(shrunk, dtype=np.float32)))


def blurred(values: npt.NDArray[np.float32], sigma_px: float) -> npt.NDArray[np.float32]:
    """Gaussian blur of (H, W) or (H, W, C), mirrored beyond the edge; a copy where it is 0."""
    if sigma_px < 0.05:
        return values.copy()
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma_px, borderType=MIRROR), np.float32)


def box_mean(values: npt.NDArray[np.float32], radius_px: float) -> npt.NDArray[np.float32]:
    """Mean over a square of (H, W) or (H, W, C) about 2 radii wide, mirrored beyond the edge."""
    side = 2 * max(0, round(radius_px)) + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=MIRROR), dtype=np.float32)


def edge_px(distance_px: Plane) -> Plane:
    """Coverage of an antialiased edge from signed distances in pixels, positive inside."""
    covered: Plane = np.clip(distance_px + np.float32(0.5), np.float32(0.0), np.float32(1.0))
    return covered

"""Reading pixels at other places than their own: what warps, glitches and symmetries share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, legal, straight_rgb, with_rgb

Matrix = npt.NDArray[np.float64]
"""(2, 3): a linear map and a shift, from canvas coordinates to canvas coordinates."""

MIRROR = cv2.BORDER_REFLECT_101
EMPTY = cv2.BORDER_CONSTANT
EDGE = cv2.BORDER_REPLICATE

_SEAM_PX = 6.0
"""A step this long between neighbouring pixels is a seam between pieces, not a shrunk picture."""
_DETAIL = 0.002
"""The finest detail that is split at a level, fraction of the short side."""


def sampled_at(
    pixels: Pixels, xs: Plane, ys: Plane, at: RenderContext, *, border: int = MIRROR
) -> Pixels:
    """``pixels`` read at canvas coordinates (H, W) each, with cubic interpolation.

    Beyond the edge the picture goes on mirrored, or as ``border`` says.  Where much of the
    picture is shrunk, every pixel is the mean of several places.
    """
    unit = np.float32(at.short_side)
    map_x = np.asarray(xs * unit + np.float32(at.width / 2 - 0.5), dtype=np.float32)
    map_y = np.asarray(ys * unit + np.float32(at.height / 2 - 0.5), dtype=np.float32)
    fine = _fineness(map_x, map_y)
    if fine == 1:
        return legal(_read(pixels, map_x, map_y, border))
    slopes = _slopes(map_x, map_y)
    total = np.zeros(pixels.shape, dtype=np.float32)
    shares = (np.arange(fine) + 0.5) / fine - 0.5
    for share_y in shares:
        for share_x in shares:
            places = [
                base + across * np.float32(share_x) + down * np.float32(share_y)
                for base, (across, down) in zip((map_x, map_y), slopes, strict=True)
            ]
            total += _read(pixels, places[0], places[1], border)
    total *= np.float32(1.0 / fine**2)
    return legal(total)


def _fineness(map_x: Plane, map_y: Plane) -> int:
    """How many places a pixel must read each way, so that what is shrunk does not alias."""
    shrunk = []
    for axis in (0, 1):
        lines = np.s_[:, ::8] if axis == 0 else np.s_[::8]
        steps = np.hypot(*(np.diff(plane[lines], axis=axis) for plane in (map_x, map_y)))
        if steps.size:
            shrunk.append(float(np.quantile(steps, 0.75)))
    most = max(shrunk, default=1.0)
    return 1 if most < 1.3 else 2 if most < 2.5 else 3


def _slopes(map_x: Plane, map_y: Plane) -> tuple[tuple[Plane, Plane], tuple[Plane, Plane]]:
    """How far the place read moves from pixel to pixel: of x across and down, then of y."""
    slopes = []
    for plane in (map_x, map_y):
        steps = [
            np.gradient(plane, axis=axis) if plane.shape[axis] > 1 else np.zeros_like(plane)
            for axis in (1, 0)
        ]
        slopes.append(steps)
    for axis in (0, 1):  # a step over a seam leads nowhere
        seam = np.maximum(np.abs(slopes[0][axis]), np.abs(slopes[1][axis])) > _SEAM_PX
        slopes[0][axis][seam] = slopes[1][axis][seam] = 0.0
    return (slopes[0][0], slopes[0][1]), (slopes[1][0], slopes[1][1])


def _read(pixels: Pixels, map_x: Plane, map_y: Plane, border: int) -> Pixels:
    """``pixels`` at places in pixels, with cubic interpolation."""
    height, width = pixels.shape[:2]
    if border == MIRROR:  # OpenCV loops once a fold, so fold far-off places here
        map_x, map_y = _folded(map_x, width), _folded(map_y, height)
        if min(width, height) < 4:  # OpenCV 5 never returns from mirroring one pixel
            border = EDGE
    read = cv2.remap(
        pixels,
        np.ascontiguousarray(map_x),
        np.ascontiguousarray(map_y),
        interpolation=cv2.INTER_CUBIC,
        borderMode=border,
        borderValue=(0, 0, 0, 0),
    )
    return np.asarray(read, dtype=np.float32)


def _folded(places: Plane, pixels: int) -> Plane:
    if pixels == 1:
        return np.zeros_like(places)
    if places.min() > -pixels and places.max() < 2 * pixels - 2:
        return places  # OpenCV folds once as quickly
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


def transformed(
    pixels: Pixels, matrix: Matrix, *, unit_px: float, border: int = MIRROR, crisp: bool = False
) -> Pixels:
    """``pixels`` moved by ``matrix`` about their middle.

    unit_px: the pixels in one unit of ``matrix``'s coordinates.  crisp: with cubic interpolation,
    which blurs less than linear but overshoots, so that the result may need `legal`.
    """
    height, width = pixels.shape[:2]
    linear, shift = matrix[:, :2], matrix[:, 2] * unit_px
    middle = np.array([width / 2 - 0.5, height / 2 - 0.5])
    in_pixels = np.column_stack([linear, shift + middle - linear @ middle])
    if border == MIRROR and min(width, height) < 4:  # as in `_read`
        border = EDGE
    moved = cv2.warpAffine(
        pixels,
        in_pixels,
        (width, height),
        flags=cv2.INTER_CUBIC if crisp else cv2.INTER_LINEAR,
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


def enlargement(detail_px: float) -> int:
    """How many times as large `supersampled` paints."""
    return min(4, math.ceil(3.0 / max(detail_px, 0.75)))


def supersampled(
    pixels: Pixels, at: RenderContext, *, detail_px: float, paint: Callable[..., Pixels]
) -> Pixels:
    """``paint(pixels, at)`` done at two to four times the size where its detail is too fine.

    detail_px: size of the finest detail; below three pixels it is painted larger and averaged by
    area.  It is given an opaque sheet, on which colours go on under transparency; alpha stays
    that of ``pixels``.
    """
    factor = enlargement(detail_px)
    sheet = bled(pixels)
    if factor == 1:
        return with_rgb(pixels, straight_rgb(paint(sheet, at)))
    fine = replace(at, width=at.width * factor, height=at.height * factor)
    large = cv2.resize(sheet, (fine.width, fine.height), interpolation=cv2.INTER_LINEAR)
    painted = paint(np.asarray(large, dtype=np.float32), fine)
    shrunk = cv2.resize(painted, (at.width, at.height), interpolation=cv2.INTER_AREA)
    return with_rgb(pixels, straight_rgb(np.asarray(shrunk, dtype=np.float32)))


def blurred(values: npt.NDArray[np.float32], sigma_px: float) -> npt.NDArray[np.float32]:
    """Gaussian blur of (H, W) or (H, W, C), mirrored beyond the edge; a copy where it is 0."""
    if sigma_px < 0.05:
        return values.copy()
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma_px, borderType=MIRROR), np.float32)


def blurred_wide(values: npt.NDArray[np.float32], sigma_px: float) -> npt.NDArray[np.float32]:
    """As `blurred`, for wide blurs of (H, W) or (H, W, C ≤ 4): worked out on a smaller sheet."""
    shrink = int(sigma_px / 3.0)
    height, width = values.shape[:2]
    if shrink < 2 or min(height, width) < 2 * shrink:
        return blurred(values, sigma_px)
    size = (math.ceil(width / shrink), math.ceil(height / shrink))
    small = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    # averaging and interpolating blur a little themselves
    rest = math.sqrt(max((sigma_px / shrink) ** 2 - 0.25, 0.01))
    soft = cv2.resize(blurred(small, rest), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(soft, dtype=np.float32)


def resolved(pixels: Pixels, at: RenderContext) -> Pixels:
    """``pixels`` without detail that only large renderings show.

    What splits tones at a level, splits these, so that it draws the same shapes at every size
    and no speckles.
    """
    # a pixel's own square already blurs, with variance 1/12
    variance = (_DETAIL * at.short_side) ** 2 - 1 / 12
    return blurred(pixels, math.sqrt(variance)) if variance > 0.0 else pixels


def box_mean(values: npt.NDArray[np.float32], radius_px: float) -> npt.NDArray[np.float32]:
    """Mean over a square of (H, W) or (H, W, C) about 2 radii wide, mirrored beyond the edge."""
    side = 2 * max(0, round(radius_px)) + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=MIRROR), dtype=np.float32)


def averaged(
    values: npt.NDArray[np.float32],
    edges: npt.NDArray[np.float64],
    wanted: npt.NDArray[np.float64],
    *,
    axis: int,
) -> npt.NDArray[np.float32]:
    """Means over the intervals between ``wanted`` of what is constant on those of ``edges``.

    values: (H, W, C); both ascend.  What lies beyond the outermost edges does not count.
    """
    rows = np.moveaxis(values, axis, 0)
    widths = np.diff(edges)
    sums = np.zeros((len(edges), *rows.shape[1:]))
    np.cumsum(rows * widths[:, None, None], axis=0, out=sums[1:])
    ends = np.clip(wanted, edges[0], edges[-1])
    below = np.clip(np.searchsorted(edges, ends, side="right") - 1, 0, len(widths) - 1)
    share = (ends - edges[below]) / widths[below]
    at_ends = sums[below] + (sums[below + 1] - sums[below]) * share[:, None, None]
    means = np.diff(at_ends, axis=0) / np.maximum(np.diff(ends), 1e-12)[:, None, None]
    return np.ascontiguousarray(np.moveaxis(means, 0, axis), dtype=np.float32)


def edge_px(distance_px: Plane) -> Plane:
    """Coverage of an antialiased edge from signed distances in pixels, positive inside."""
    covered: Plane = np.clip(distance_px + np.float32(0.5), np.float32(0.0), np.float32(1.0))
    return covered

"""Content onto a canvas: pictures resampled to where they lie, and fills."""

from __future__ import annotations

import math

import cv2
import numpy as np

from layerforge.model.layer import Fill, Placement
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, legal

_FINE_UP_TO_PX = 1024
"""Renderings up to this short side are placed at twice their size and averaged."""
_FINER = 1.2
"""How much larger than it is placed a picture must come for that, so that nothing blurs."""
_SPARE = 1.5
"""How much larger than it is placed a picture may come without being shrunk first."""


def placed_size(placement: Placement, *, aspect: float, at: RenderContext) -> tuple[float, float]:
    """Width and height in pixels of a picture of that ``aspect`` (width/height) as placed."""
    ratios = at.width / aspect, float(at.height)
    height = max(ratios) if placement.fit == "cover" else min(ratios)
    return height * aspect * placement.scale, height * placement.scale


def needed_px(placement: Placement, *, aspect: float, at: RenderContext) -> int:
    """The long edge in pixels that a picture should have to be placed well."""
    longest = max(placed_size(placement, aspect=aspect, at=at))
    return math.ceil(longest * (_SPARE if at.short_side <= _FINE_UP_TO_PX else 1.0))


def place(picture: Pixels, placement: Placement, *, aspect: float, at: RenderContext) -> Pixels:
    """``picture`` (h, w, 4) resampled onto a transparent canvas of ``at``'s size.

    aspect: width over height of the full picture, of which ``picture`` may be a smaller version.

    Shrinks by area averages, so that nothing aliases, then turns and moves with cubic
    interpolation; small renderings do that at twice the size, where linear blurs as little.
    """
    height, width = picture.shape[:2]
    wide, high = placed_size(placement, aspect=aspect, at=at)
    fine = 2 if wide * _FINER <= width and at.short_side <= _FINE_UP_TO_PX else 1
    shrunk_width = max(1, min(width, round(wide * fine)))
    shrunk_height = max(1, min(height, round(high * fine)))
    if fine > 1 and width <= _SPARE * shrunk_width and height <= _SPARE * shrunk_height:
        shrunk_width, shrunk_height = width, height  # averaging twice the size is enough
    if (shrunk_width, shrunk_height) != (width, height):
        shrunk = cv2.resize(picture, (shrunk_width, shrunk_height), interpolation=cv2.INTER_AREA)
        picture = np.asarray(shrunk, dtype=np.float32)
    if placement.flip_horizontal:
        picture = picture[:, ::-1]
    if placement.flip_vertical:
        picture = picture[::-1]
    radians = math.radians(placement.angle_deg)
    cos, sin = math.cos(radians), math.sin(radians)
    scale_x, scale_y = wide * fine / shrunk_width, high * fine / shrunk_height
    center_x = at.width / 2 + placement.x * at.short_side
    center_y = at.height / 2 + placement.y * at.short_side
    # pixel centres are at +0.5; OpenCV's are at whole numbers
    matrix = np.array([[cos * scale_x, -sin * scale_y, 0.0], [sin * scale_x, cos * scale_y, 0.0]])
    middle = np.array([shrunk_width / 2 - 0.5, shrunk_height / 2 - 0.5])
    center = np.array([center_x, center_y]) * fine - 0.5
    matrix[:, 2] = center - (matrix[:, :1] * middle[0] + matrix[:, 1:2] * middle[1]).ravel()
    placed = cv2.warpAffine(
        np.ascontiguousarray(picture),
        matrix,
        (at.width * fine, at.height * fine),
        flags=cv2.INTER_CUBIC if fine == 1 else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if fine > 1:
        placed = cv2.resize(placed, (at.width, at.height), interpolation=cv2.INTER_AREA)
    pixels = legal(np.asarray(placed, dtype=np.float32))
    # interpolating with nothing outside would fade the border over a whole source pixel
    frame = _frame(center_x, center_y, wide, high, radians, at)
    if frame is not None:
        pixels *= frame[..., None]
    return pixels


def _frame(
    center_x: float, center_y: float, wide: float, high: float, radians: float, at: RenderContext
) -> Plane | None:
    """How much of each pixel a turned rectangle covers, all in pixels; None where it is all."""
    xs = np.arange(at.width, dtype=np.float32) + np.float32(0.5 - center_x)
    ys = (np.arange(at.height, dtype=np.float32) + np.float32(0.5 - center_y))[:, None]
    cos, sin = np.float32(math.cos(radians)), np.float32(math.sin(radians))
    ends_x, ends_y = xs[[0, -1]], ys[[0, -1]]  # the corners lie furthest out
    if (
        np.abs(cos * ends_x + sin * ends_y).max() <= wide / 2 - 0.5
        and np.abs(cos * ends_y - sin * ends_x).max() <= high / 2 - 0.5
    ):
        return None
    across, down = np.abs(cos * xs + sin * ys), np.abs(cos * ys - sin * xs)
    inside_x = np.clip(np.float32(wide / 2 + 0.5) - across, 0.0, 1.0)
    inside_y = np.clip(np.float32(high / 2 + 0.5) - down, 0.0, 1.0)
    covered: Plane = inside_x * inside_y
    return covered


def fill(content: Fill, *, at: RenderContext) -> Pixels:
    """A canvas of one colour, or of a gradient from ``color`` to ``end`` across it."""
    pixels = np.ones((at.height, at.width, 4), dtype=np.float32)
    start = np.asarray(content.color, dtype=np.float32)
    if content.end is None:
        pixels[..., :3] = start
        return pixels
    xs, ys = at.grid()
    radians = math.radians(content.angle_deg)
    along = math.cos(radians) * xs + math.sin(radians) * ys
    reach = (abs(math.cos(radians)) * at.width + abs(math.sin(radians)) * at.height) / (
        2 * at.short_side
    )
    share = np.clip(along / np.float32(2 * reach) + np.float32(0.5), 0.0, 1.0)[..., None]
    pixels[..., :3] = start + (np.asarray(content.end, dtype=np.float32) - start) * share
    return pixels

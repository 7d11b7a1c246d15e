"""Content onto a canvas: pictures resampled to where they lie, and fills."""

from __future__ import annotations

import math

import cv2
import numpy as np

from layerforge.model.layer import Fill, Placement
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, legal


def placed_size(placement: Placement, *, aspect: float, at: RenderContext) -> tuple[float, float]:
    """Width and height in pixels of a picture of that ``aspect`` (width/height) as placed."""
    ratios = at.width / aspect, float(at.height)
    height = max(ratios) if placement.fit == "cover" else min(ratios)
    return height * aspect * placement.scale, height * placement.scale


def place(picture: Pixels, placement: Placement, *, aspect: float, at: RenderContext) -> Pixels:
    """``picture`` (h, w, 4) resampled onto a transparent canvas of ``at``'s size.

    aspect: width over height of the full picture, of which ``picture`` may be a smaller version.

    Shrinks by area averages, then turns and moves with linear interpolation (cubic where it
    enlarges), so that nothing aliases.
    """
    height, width = picture.shape[:2]
    wide, high = placed_size(placement, aspect=aspect, at=at)
    shrunk_width = max(1, min(width, round(wide)))
    shrunk_height = max(1, min(height, round(high)))
    if (shrunk_width, shrunk_height) != (width, height):
        shrunk = cv2.resize(picture, (shrunk_width, shrunk_height), interpolation=cv2.INTER_AREA)
        picture = np.asarray(shrunk, dtype=np.float32)
    if placement.flip_horizontal:
        picture = picture[:, ::-1]
    if placement.flip_vertical:
        picture = picture[::-1]
    radians = math.radians(placement.angle_deg)
    cos, sin = math.cos(radians), math.sin(radians)
    scale_x, scale_y = wide / shrunk_width, high / shrunk_height
    center_x = at.width / 2 + placement.x * at.short_side
    center_y = at.height / 2 + placement.y * at.short_side
    # pixel centres are at +0.5; OpenCV's are at whole numbers
    matrix = np.array([[cos * scale_x, -sin * scale_y, 0.0], [sin * scale_x, cos * scale_y, 0.0]])
    middle = np.array([shrunk_width / 2 - 0.5, shrunk_height / 2 - 0.5])
    matrix[:, 2] = np.array([center_x - 0.5, center_y - 0.5]) - matrix[:, :2] @ middle
    enlarges = scale_x > 1.01 or scale_y > 1.01
    placed = cv2.warpAffine(
        np.ascontiguousarray(picture),
        matrix,
        (at.width, at.height),
        flags=cv2.INTER_CUBIC if enlarges else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE if enlarges else cv2.BORDER_CONSTANT,
        borderValue=(0, 0, 0, 0),
    )
    pixels = legal(np.asarray(placed, dtype=np.float32))
    if enlarges:
        # interpolating with nothing outside would fade the border over a whole source pixel
        pixels *= _frame(center_x, center_y, wide, high, radians, at)[..., None]
    return pixels


def _frame(
    center_x: float, center_y: float, wide: float, high: float, radians: float, at: RenderContext
) -> Plane:
    """How much of each pixel a turned rectangle covers, all in pixels."""
    xs = np.arange(at.width, dtype=np.float32) + np.float32(0.5 - center_x)
    ys = (np.arange(at.height, dtype=np.float32) + np.float32(0.5 - center_y))[:, None]
    cos, sin = np.float32(math.cos(radians)), np.float32(math.sin(radians))
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

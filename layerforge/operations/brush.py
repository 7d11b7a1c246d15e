"""The picture painted anew in oil: strokes, coarse ones first, and the furrows of the bristles."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.fields import mixed_seed, noise_at
from layerforge.operations.flow import flow_of
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, with_rgb
from layerforge.operations.sampling import blurred, blurred_wide
from layerforge.operations.strokes import BRUSHES, Strokes, laid, topmost

_FINEST_PX = 2.0
"""No brush is asked for that is thinner than that to each side."""
_BRISTLES = 9
"""How many bristles lie side by side on half a brush."""
_ONE = np.float32(1.0)


def painted(
    pixels: Pixels, at: RenderContext, *, radius: float, relief: float, seed: int
) -> Pixels:
    """``pixels`` painted in strokes about ``radius`` wide to each side; alpha stays.

    relief: how deep the furrows of the bristles look, 0 to 1.
    """
    unit = at.short_side
    radius = max(radius, _FINEST_PX / unit)
    guides = [colors(pixels, 0.5 * share * radius * unit) for share in BRUSHES]
    bearing = math.pi * (seed % 997) / 997.0
    flow = flow_of(
        pixels,
        at,
        detail=0.3 * radius,
        reach=1.5 * radius,
        lean=(math.cos(bearing), math.sin(bearing)),
    )
    strokes = laid(guides, flow, at, radius=radius, seed=seed)
    top = topmost(strokes, at, fine=2)
    sheet = np.take(np.concatenate([np.zeros((1, 3), np.float32), strokes.rgb]), top, axis=0)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        bare = top[row::2, column::2] == 0
        sheet[row::2, column::2][bare] = guides[0][bare]
    rgb = np.asarray(
        cv2.resize(sheet, (at.width, at.height), interpolation=cv2.INTER_AREA), dtype=np.float32
    )
    seen = np.ascontiguousarray(top[::2, ::2])
    del guides, flow, sheet, top  # a large picture has no room for them beside the furrows
    shade, tint = _furrows(strokes, seen, at, radius=radius, seed=seed)
    # paint in full light gleams less against its own shade
    gleam = (shade * np.float32(relief))[..., None] * (np.float32(0.12) + np.float32(0.4) * rgb)
    return with_rgb(pixels, rgb * (_ONE + np.float32(0.1) * tint)[..., None] + gleam)


def colors(pixels: Pixels, sigma_px: float) -> Pixels:
    """(H, W, 3): the mean colour of what is seen near each place."""
    soft = blurred_wide(pixels, sigma_px)
    return np.minimum(soft[..., :3] / np.maximum(soft[..., 3:], np.float32(1e-4)), _ONE)


def _furrows(
    strokes: Strokes, top: npt.NDArray[np.int32], at: RenderContext, *, radius: float, seed: int
) -> tuple[Plane, Plane]:
    """How the strokes catch the light from the upper left, and their bristles' tint: about -1..1.

    top: the number of the stroke seen at each place, from 1, (H, W).
    """
    xs, ys = at.grid()
    number = np.maximum(top - 1, 0)  # where there is none, the height is none either
    dx, dy = xs - strokes.x[number], ys - strokes.y[number]
    along_x, along_y = strokes.along_x[number], strokes.along_y[number]
    u = dx * along_x + dy * along_y
    v = dy * along_x - dx * along_y - strokes.bend[number] * u * u / 2
    half_width = strokes.half_width[number]
    across = v / half_width
    apart = strokes.chance[number] * np.float32(900.0)
    reach = u / np.float32(3.0 * radius) + apart
    furrows = noise_at(seed, reach, across * 3 + apart)
    height = half_width * (np.float32(0.6) * (_ONE - across * across) + np.float32(0.4) * furrows)
    height[top == 0] = 0.0
    even = blurred(height, 0.2 * radius * at.short_side)
    slope_x, slope_y = (
        np.asarray(cv2.Sobel(even, cv2.CV_32F, *way, ksize=3, borderType=cv2.BORDER_REPLICATE))
        for way in ((1, 0), (0, 1))
    )
    slope = (slope_x + slope_y) * np.float32(at.short_side / 8.0 * math.sqrt(0.5))
    # a bristle comes into view where it is wider than a pixel
    bristle_px = half_width * np.float32(at.short_side / _BRISTLES)
    seen = np.clip((bristle_px - np.float32(0.7)) / np.float32(1.8), np.float32(0.0), _ONE)
    seen[top == 0] = 0.0
    tint = seen * noise_at(mixed_seed(seed, 1), reach, across * _BRISTLES + apart)
    return np.tanh(np.float32(0.6) * slope), tint

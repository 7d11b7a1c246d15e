"""Copies of what is seen of a layer, laid on an empty sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, legal
from layerforge.operations.shapes import extent_of

_FINE_BELOW = 0.8
"""Copies shrunk further than this have detail to spare."""
_FINE_UP_TO_PX = 1024


@dataclass(frozen=True, slots=True)
class Stamp:
    """One copy: the place of its middle in canvas coordinates, its size and its turn.

    size: the side of a square as large as the copy, fraction of the short side.
    """

    x: float
    y: float
    size: float
    angle_deg: float = 0.0


def piece_of(pixels: Pixels, at: RenderContext) -> Pixels:
    """What is seen of ``pixels``, cut out along its bounding box."""
    box = extent_of(pixels[..., 3], at, share=0.01)
    left = round((box.x - box.half_width) * at.short_side + at.width / 2)
    top = round((box.y - box.half_height) * at.short_side + at.height / 2)
    wide = max(1, round(2 * box.half_width * at.short_side))
    high = max(1, round(2 * box.half_height * at.short_side))
    return pixels[top : top + high, left : left + wide]


def stamped(pixels: Pixels, stamps: list[Stamp], at: RenderContext) -> Pixels:
    """An empty sheet with a copy of what is seen of ``pixels`` at every stamp, in order."""
    sheet = np.zeros_like(pixels)
    piece = piece_of(pixels, at)
    for stamp in stamps:
        _lay(sheet, piece, stamp, at)
    return legal(sheet)


def _lay(sheet: Pixels, piece: Pixels, stamp: Stamp, at: RenderContext) -> None:
    """Lay one copy of ``piece`` over ``sheet``, in place.

    Where it shrinks in a small rendering, the copy is read at twice the size and averaged, so
    that little blurs or aliases.
    """
    height, width = piece.shape[:2]
    scale = stamp.size * at.short_side / math.sqrt(width * height)
    fine = 2 if scale < _FINE_BELOW and at.short_side <= _FINE_UP_TO_PX else 1
    wide = max(1, min(width, round(width * scale * fine)))
    high = max(1, min(height, round(height * scale * fine)))
    if (wide, high) != (width, height):
        shrunk = cv2.resize(piece, (wide, high), interpolation=cv2.INTER_AREA)
        piece = np.asarray(shrunk, dtype=np.float32).reshape(high, wide, 4)
    radians = math.radians(stamp.angle_deg)
    cos, sin = math.cos(radians), math.sin(radians)
    scale_x, scale_y = width * scale / wide, height * scale / high
    linear = np.array([[cos * scale_x, -sin * scale_y], [sin * scale_x, cos * scale_y]])
    center = np.array(
        [at.width / 2 + stamp.x * at.short_side, at.height / 2 + stamp.y * at.short_side]
    )
    reach = np.abs(linear) @ np.array([wide / 2, high / 2]) + 1.0
    left, top = (max(0, math.floor(value)) for value in center - reach)
    right = min(at.width, math.ceil(center[0] + reach[0]))
    bottom = min(at.height, math.ceil(center[1] + reach[1]))
    if right <= left or bottom <= top:
        return
    middle = np.array([wide / 2 - 0.5, high / 2 - 0.5])
    shift = (center - np.array([left, top])) * fine - 0.5 - fine * linear @ middle
    size = right - left, bottom - top
    copy = cv2.warpAffine(
        np.ascontiguousarray(piece),
        np.column_stack([fine * linear, shift]),
        (size[0] * fine, size[1] * fine),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(0, 0, 0, 0),
    )
    if fine > 1:
        copy = cv2.resize(copy, size, interpolation=cv2.INTER_AREA)
    laid = np.asarray(copy, dtype=np.float32).reshape(size[1], size[0], 4)
    below = sheet[top:bottom, left:right]
    below *= np.float32(1.0) - laid[..., 3:]
    below += laid

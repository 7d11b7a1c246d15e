"""Pixels to the samples of a file: straight alpha, 8 or 16 bits."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from layerforge.operations.pixels import Pixels, straight_rgb, to_uint8, to_uint16

Depth = Literal[8, 16]
"""Bits a channel."""

Samples = npt.NDArray[np.integer[Any]]
"""(H, W, 3 or 4) straight RGB or RGBA of 8 or 16 bits, sRGB."""


def samples_of(pixels: Pixels, *, depth: Depth, alpha: bool | None = None) -> Samples:
    """``pixels`` as straight samples; with alpha where they are not opaque, or as ``alpha`` says.

    Colour under full transparency is black.
    """
    convert = to_uint8 if depth == 8 else to_uint16
    coverage = convert(pixels[..., 3])
    opaque = coverage.min(initial=255 if depth == 8 else 65535) == (255 if depth == 8 else 65535)
    rgb = convert(straight_rgb(pixels))
    if alpha is False or (alpha is None and opaque):
        return rgb
    return np.dstack([rgb, coverage])

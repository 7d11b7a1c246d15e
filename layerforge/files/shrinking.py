"""Pictures made smaller while they are converted, by area averages of premultiplied colour."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.files.converting import Bands, StraightPixels
from layerforge.operations.pixels import Pixels, from_uint8, premultiply, straight_rgb, to_uint8


def size_within(width: int, height: int, *, long_edge: int) -> tuple[int, int]:
    """The size of a picture that is at most ``long_edge`` long."""
    scale = min(1.0, long_edge / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def shrunk(bands: Bands, *, width: int, height: int) -> Pixels:
    """(height, width, 4) premultiplied floats; of what is no larger than that, all pixels."""
    if bands.width <= width or bands.height <= height:
        width, height = min(width, bands.width), min(height, bands.height)
    out = np.zeros((height, width, 4), np.float32)
    top = 0
    for band in bands.rows:
        pixels = premultiply(from_uint8(band))
        if width < bands.width:
            narrow = cv2.resize(pixels, (width, len(band)), interpolation=cv2.INTER_AREA)
            pixels = np.asarray(narrow, np.float32)
        if height == bands.height:
            out[top : top + len(band)] = pixels
        else:
            _add_rows(out, pixels, top=top, scale=bands.height / height)
        top += len(band)
    return np.clip(out, 0.0, 1.0, out=out)


def _add_rows(out: Pixels, pixels: Pixels, *, top: int, scale: float) -> None:
    """Add to each row of ``out`` its share of rows that begin at ``top``; it covers ``scale``."""
    first = int(top / scale)
    last = min(len(out), int(np.ceil((top + len(pixels)) / scale)))
    begins = np.arange(first, last)[:, None] * scale
    rows = top + np.arange(len(pixels))[None, :]
    covered = np.minimum(begins + scale, rows + 1) - np.maximum(begins, rows)
    shares: npt.NDArray[np.float32] = (np.maximum(covered, 0.0) / scale).astype(np.float32)
    flat = pixels.reshape(len(pixels), -1)
    out[first:last] += (shares @ flat).reshape(last - first, *out.shape[1:])


def straight(pixels: Pixels) -> StraightPixels:
    """Premultiplied floats as straight 8 bits."""
    return np.dstack([to_uint8(straight_rgb(pixels)), to_uint8(pixels[..., 3:])])

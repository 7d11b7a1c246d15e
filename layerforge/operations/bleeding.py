"""Colours that go on under transparency ("alpha bleeding"), for filters that look around.

Where nothing is seen there is no colour.  What compares a pixel with its surroundings must not
take that for black, else it draws the cut-out's edge as an edge of light: a fringe.
"""

from __future__ import annotations

import cv2
import numpy as np

from layerforge.operations.pixels import Pixels, straight_rgb

_ONE = np.float32(1.0)
_SURE = np.float32(64.0)
"""Up to 1/64 of coverage the colours of the surroundings join a pixel's own: so thin a trace
tells little of a colour, and what is changed of it is less than 1/255 of what is seen."""


def bled_rgb(pixels: Pixels) -> Pixels:
    """The straight colours of ``pixels`` (H, W, 3), with those nearby where nothing is seen.

    Where all is clear, black.  Source: pull-push, Gortler et al. 1996, "The lumigraph": means
    over ever larger areas fill what smaller ones leave open.
    """
    if pixels[..., 3].min(initial=1.0) >= 1.0:
        return straight_rgb(pixels)
    pyramid = [pixels]
    height, width = pixels.shape[:2]
    # long sides of powers of two, so that large and small renderings have the same levels
    side = 1 << (max(width, height) - 1).bit_length()
    while side > 1 and pyramid[-1][..., 3].min() * _SURE < _ONE:
        side //= 2
        scale = side / max(width, height)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        smaller = cv2.resize(pyramid[-1], size, interpolation=cv2.INTER_AREA)
        pyramid.append(np.asarray(smaller, dtype=np.float32))
    filled = straight_rgb(pyramid.pop())
    for level in reversed(pyramid):
        height, width = level.shape[:2]
        large = cv2.resize(filled, (width, height), interpolation=cv2.INTER_LINEAR)
        filled = np.asarray(large, dtype=np.float32)
        own = np.minimum(level[..., 3:] * _SURE, _ONE)
        filled += (straight_rgb(level) - filled) * own
    return filled


def bled(pixels: Pixels) -> Pixels:
    """`bled_rgb` as an opaque sheet, (H, W, 4)."""
    rgb = bled_rgb(pixels)
    return np.dstack([rgb, np.ones(rgb.shape[:2], dtype=np.float32)])

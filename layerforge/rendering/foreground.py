"""The colours of what was cut out, without those of the background that its edge is mixed with."""

from __future__ import annotations

import cv2
import numpy as np

from layerforge.operations.pixels import Pixels, Plane, straight_rgb

_WORKING_EDGE_PX = 1024
"""Long edge at which the colours on either side are spread over the edge."""
_WIDE, _NARROW = 0.08, 0.006
"""Half sides of the squares over which they are: fractions of the long edge."""
_ONE = np.float32(1.0)


def foreground(pixels: Pixels, matte: Plane) -> Pixels:
    """``pixels`` (H, W, 4) seen through ``matte``, (H, W) in 0..1, in the subject's own colours.

    Where the matte is neither 0 nor 1 a pixel shows subject and background mixed; laid on
    another picture, the background would shine as a fringe.  Source: blur fusion in two passes,
    Forte & Pitié 2021, "Approximate fast foreground colour estimation".
    """
    out = np.empty_like(pixels)
    np.multiply(pixels[..., 3], matte, out=out[..., 3])
    if not ((matte > 0.0) & (matte < 1.0)).any():
        np.multiply(pixels[..., :3], matte[..., None], out=out[..., :3])
        return out
    subject, background = _both_sides(pixels, matte)
    size = (pixels.shape[1], pixels.shape[0])
    alpha = np.where(pixels[..., 3] > 0.0, pixels[..., 3], _ONE)
    for channel in range(3):  # one after another: a large sheet needs much memory
        seen = pixels[..., channel] / alpha
        inner, outer = (
            np.asarray(cv2.resize(side[..., channel], size, interpolation=cv2.INTER_LINEAR))
            for side in (subject, background)
        )
        color = inner + matte * (seen - matte * inner - (_ONE - matte) * outer)
        np.multiply(np.clip(color, 0.0, 1.0), out[..., 3], out=out[..., channel])
    return out


def _both_sides(pixels: Pixels, matte: Plane) -> tuple[Pixels, Pixels]:
    """The colours of subject and background, (h, w, 3) each, going on over the edge."""
    height, width = matte.shape
    scale = min(1.0, _WORKING_EDGE_PX / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    share = np.asarray(cv2.resize(matte, size, interpolation=cv2.INTER_AREA), np.float32)
    seen = small[..., 3]
    color = inner = outer = straight_rgb(small)
    subject, background = color, color
    for reach in (_WIDE, _NARROW):
        subject = _spread(inner, share * seen, reach)
        background = _spread(outer, (_ONE - share) * seen, reach)
        rest = color - share[..., None] * subject - (_ONE - share)[..., None] * background
        inner = np.clip(subject + share[..., None] * rest, 0.0, 1.0)
        outer = np.clip(background + (_ONE - share)[..., None] * rest, 0.0, 1.0)
    return subject, background


def _spread(color: Pixels, weight: Plane, reach: float) -> Pixels:
    """The weighed mean of ``color`` (h, w, 3) over squares; itself where nothing weighs."""
    side = 2 * max(1, round(reach * max(weight.shape))) + 1
    weighed = np.dstack([color * weight[..., None], weight])
    sums = np.asarray(cv2.blur(weighed, (side, side), borderType=cv2.BORDER_REPLICATE), np.float32)
    total = sums[..., 3:]
    # less is rounding: running sums of squares leave some where there is nothing
    known = total > 1e-4
    return np.where(known, sums[..., :3] / np.where(known, total, _ONE), color)

"""How an adjustment layer joins: it takes the place of what it was made from."""

from __future__ import annotations

import numpy as np

from layerforge.model.layer import BlendMode
from layerforge.operations.pixels import Pixels, legal, straight_rgb
from layerforge.rendering.blend import composite

_ONE = np.float32(1.0)


def adjusted(below: Pixels, changed: Pixels, *, mode: BlendMode, opacity: float) -> Pixels:
    """``changed``, made from ``below``, in its place; both (H, W, 4) premultiplied.

    The two cover the same part of every pixel, so a half-covered edge of a transparent canvas
    stays half covered, and only what ``changed`` no longer covers lets ``below`` through.
    Source: the "conjoint over" operator of the X Rendering Extension.
    """
    sheet = changed
    if mode != "normal":
        blended = composite(_opaque(below), _opaque(changed), mode=mode, opacity=1.0)
        known = below[..., 3:] > 0.0
        rgb = np.where(known, blended[..., :3], straight_rgb(changed))
        sheet = np.dstack([rgb * changed[..., 3:], changed[..., 3]])
    sheet = sheet * np.float32(opacity)
    alpha = below[..., 3:]
    safe = np.where(alpha > 0.0, alpha, _ONE)
    left = np.maximum(_ONE - sheet[..., 3:] / safe, np.float32(0.0))
    return legal(sheet + below * left)


def _opaque(pixels: Pixels) -> Pixels:
    rgb = straight_rgb(pixels)
    return np.dstack([rgb, np.ones(rgb.shape[:2], dtype=np.float32)])

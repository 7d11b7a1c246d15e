"""The anisotropic Kuwahara filter."""

from __future__ import annotations

import math

import cv2
import numpy as np

from layerforge.operations.flow import flow_of
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, legal
from layerforge.operations.sampling import MIRROR, blurred

_SECTORS = 8
_OFF, _SPREAD = 0.8, 0.4
"""How far off a neighbourhood lies, and its standard deviation, in radii."""
_ONE = np.float32(1.0)


def kuwahara(pixels: Pixels, at: RenderContext, *, radius: float, sharpness: float) -> Pixels:
    """Every place takes on the calmest of eight neighbourhoods around it, mostly.

    radius: of the ellipse they lie in, in short sides; it is drawn out along edges.  sharpness:
    how strictly the calmest wins.  Source: Papari, Petkov & Campisi 2007; Kyprianidis, Kang &
    Döllner 2009, "Image and video abstraction by anisotropic Kuwahara filtering"; a neighbourhood
    is a Gaussian here.
    """
    radius_px = radius * at.short_side
    flow = flow_of(pixels, at, detail=radius / 4, reach=radius, lean=(1.0, 0.0))
    long = (_ONE + flow.strength) * np.float32(_OFF * radius_px)
    short = np.float32(_OFF * radius_px) / (_ONE + flow.strength)
    soft = blurred(pixels, _SPREAD * radius_px)
    power = blurred(np.einsum("hwc,hwc->hw", pixels, pixels), _SPREAD * radius_px)
    total = np.zeros_like(pixels)
    weights = np.zeros(pixels.shape[:2], dtype=np.float32)
    for sector in range(_SECTORS // 2):
        bearing = 2.0 * math.pi * sector / _SECTORS
        along = np.float32(math.cos(bearing)) * long
        beside = np.float32(math.sin(bearing)) * short
        off_x = flow.x * along - flow.y * beside
        off_y = flow.y * along + flow.x * beside
        for way_x, way_y in ((off_x, off_y), (-off_x, -off_y)):  # neighbourhoods lie in pairs
            near, spread = _read(soft, way_x, way_y), _read(power, way_x, way_y)
            spread -= np.einsum("hwc,hwc->hw", near, near)
            calm = _calm(spread, sharpness)
            near *= calm[..., None]
            total += near
            weights += calm
    total /= weights[..., None]
    return legal(total)


def _read(values: Pixels | Plane, off_x: Plane, off_y: Plane) -> Pixels:
    """``values`` as they lie off each place, in pixels."""
    height, width = values.shape[:2]
    xs = off_x + np.arange(width, dtype=np.float32)[None, :]
    ys = off_y + np.arange(height, dtype=np.float32)[:, None]
    border = MIRROR if min(values.shape[:2]) >= 4 else cv2.BORDER_REPLICATE
    read = cv2.remap(values, xs, ys, interpolation=cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(read, dtype=np.float32)


def _calm(spread: Plane, sharpness: float) -> Plane:
    """The weight of a neighbourhood with that variance, at most 1."""
    least = 1e-4
    relative = np.maximum(spread, np.float32(0.0)) * np.float32(1.0 / least) + _ONE
    return np.asarray(cv2.pow(relative, -sharpness / 2), dtype=np.float32)

"""Pictures cut out of their background."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

from layerforge.model.values import to_json
from layerforge.operations.foreign import matted
from layerforge.operations.operation import Cutout
from layerforge.operations.pixels import Pixels, Plane, luma, with_coverage
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.foreground import foreground

if TYPE_CHECKING:
    from layerforge.rendering.renderer import SourceProvider

WORKING_EDGE_PX = 256
"""Long edge at which the cut is found, whatever the size of the rendering."""

_mattes = RenderCache(64 * 1024 * 1024)


def cut_out(pixels: Pixels, source_id: str, cutout: Cutout, *, sources: SourceProvider) -> Pixels:
    """``pixels`` (h, w, 4), a version of the source, without its background."""
    matte = _matte(source_id, cutout, sources=sources)
    drawn = fitted(matte, pixels)
    return foreground(pixels, drawn) if cutout.mixes else with_coverage(pixels, drawn)


def _matte(source_id: str, cutout: Cutout, *, sources: SourceProvider) -> Plane:
    source = sources.pixels(source_id, WORKING_EDGE_PX)
    # one source may stand for another in tests and plug-ins, so its pixels count, not its id
    seen = hashlib.blake2b(source.tobytes(), digest_size=16).digest()
    key = to_json(cutout.call()) + seen
    held = _mattes.get(key)
    if held is not None:
        return held
    height, width = source.shape[:2]
    scale = min(1.0, WORKING_EDGE_PX / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = np.asarray(cv2.resize(source, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    small.flags.writeable = False
    matte = matted(cutout, small)
    _mattes.put(key, matte)
    return matte


def fitted(matte: Plane, pixels: Pixels) -> Plane:
    """``matte`` at the size of ``pixels``, its edge drawn along theirs.

    Source: joint upsampling with the guided filter, He, Sun & Tang 2010.
    """
    height, width = pixels.shape[:2]
    if matte.shape == (height, width):
        return matte
    if width < matte.shape[1]:
        shrunk = cv2.resize(matte, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(shrunk, dtype=np.float32)
    # the linear model from luma to matte, found small and applied large
    guide = luma(np.ascontiguousarray(pixels[..., :3]))
    size = (matte.shape[1], matte.shape[0])
    small = np.asarray(cv2.resize(guide, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    slope, rest = _linear_model(small, matte)
    large = (width, height)
    slope = np.asarray(cv2.resize(slope, large, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    rest = np.asarray(cv2.resize(rest, large, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    drawn: Plane = np.clip(slope * guide + rest, np.float32(0.0), np.float32(1.0))
    return drawn


def _linear_model(guide: Plane, matte: Plane) -> tuple[Plane, Plane]:
    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (5, 5)), dtype=np.float32)

    middle, level = mean(guide), mean(matte)
    spread: Plane = np.maximum(mean(guide * guide) - middle * middle, np.float32(0.0))
    slope: Plane = (mean(guide * matte) - middle * level) / (spread + np.float32(1e-3))
    return mean(slope), mean(level - slope * middle)

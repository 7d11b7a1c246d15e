"""Pictures that are the same every time, for measuring and warming up."""

from __future__ import annotations

import numpy as np

from layerforge.scoring.scorer import Pictures


def coloured_waves(count: int, side_px: int) -> Pictures:
    """(count, side_px, side_px, 3) uint8: coloured waves."""
    y, x = np.mgrid[0:side_px, 0:side_px] / side_px
    waves = [
        np.sin(2 * np.pi * ((index + 1) * x * (channel + 1) / 3 + index * y) + channel)
        for index in range(count)
        for channel in range(3)
    ]
    stacked = np.stack(waves).reshape(count, 3, side_px, side_px).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(stacked * 120.0 + 128.0).astype(np.uint8)

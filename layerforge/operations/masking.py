"""Masking: what is seen of a layer."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from layerforge.operations.operation import Mask, RenderContext
from layerforge.operations.parameters import angle, length, offset
from layerforge.operations.pixels import Pixels, Plane


class GradientMask(Mask, tag="masking.gradient", frozen=True):
    """Fade a layer out along a line: seen on one side, gone on the other.

    offset: where the middle of the fade lies, from the canvas's centre along the line.
    """

    angle: Annotated[float, angle()]
    offset: Annotated[float, offset(0.4)]
    softness: Annotated[float, length(0.02, 1.0)]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        radians = math.radians(self.angle)
        along = math.cos(radians) * xs + math.sin(radians) * ys - np.float32(self.offset)
        share = np.clip(along / np.float32(self.softness) + np.float32(0.5), 0.0, 1.0)
        faded: Plane = coverage * (share * share * (3.0 - 2.0 * share))
        return faded

"""Blurring and sharpening."""

from __future__ import annotations

from typing import Annotated

import cv2
import numpy as np

from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import length
from layerforge.operations.pixels import Pixels, legal


class GaussianBlur(Filter, tag="blur.gaussian", frozen=True):
    """Blur with a Gaussian kernel.

    radius: standard deviation.  Source: separable convolution, cv2.GaussianBlur.
    """

    radius: Annotated[float, length(0.002, 0.06)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        sigma = self.radius * at.short_side
        blurred = cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101)
        return legal(np.asarray(blurred, dtype=np.float32))

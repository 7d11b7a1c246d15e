"""Fragility: how much of a picture's value hangs on its exact pixels.

A picture that is worth something stays so when it is mirrored, trimmed, saved as a JPEG or seen
slightly out of focus.  One that fools a voter by chance or by fine noise does not.  Source: the
idea of input transformations, Guo et al. 2018, "Countering adversarial images using input
transformations".
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.scoring.scorer import Pictures

VARIATIONS: tuple[str, ...] = ("flip", "crop", "jpeg", "blur")
"""What is done to a picture, in the order of ``varied``."""

TRIMMED = 0.04
"""The share of each side that the small crop takes away."""

BLUR_SIGMA = 0.003
"""The slight blur's sigma, a fraction of the short side."""

_JPEG = [cv2.IMWRITE_JPEG_QUALITY, 60]


def varied(picture: npt.NDArray[np.uint8]) -> Pictures:
    """(4, H, W, 3) uint8: ``picture`` ((H, W, 3) uint8) under each of `VARIATIONS`.

    Mirrored left to right; trimmed by 4 % a side and resized back; saved as a JPEG of quality 60;
    blurred by a Gaussian of 0.3 % of the short side.
    """
    height, width = picture.shape[:2]
    across, down = round(width * TRIMMED), round(height * TRIMMED)
    inner = picture[down : height - down, across : width - across]
    cropped = cv2.resize(inner, (width, height), interpolation=cv2.INTER_CUBIC)
    encoded = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), _JPEG)[1]
    saved = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR))[..., ::-1]
    blurred = cv2.GaussianBlur(picture, (0, 0), max(0.3, BLUR_SIGMA * min(height, width)))
    made = np.stack([picture[:, ::-1], cropped, saved, blurred])
    return np.asarray(made, dtype=np.uint8)


def lower_quartile(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(N,): the lower quartile of ``values`` over their first axis, (5, N): the second least."""
    return np.asarray(np.quantile(values, 0.25, axis=0), dtype=np.float64)

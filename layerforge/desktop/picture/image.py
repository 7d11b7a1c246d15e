"""Arrays to pictures for the screen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage


def to_qimage(pixels: npt.NDArray[np.uint8]) -> QImage:
    """(H, W, 3) or (H, W, 4) uint8 sRGB, straight alpha, as an image that owns its pixels."""
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or pixels.size == 0:
        raise ValueError(f"pixels must be (H, W, 3) or (H, W, 4) and not empty, got {pixels.shape}")
    height, width, channels = pixels.shape
    packed = np.ascontiguousarray(pixels)
    form = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
    # the stride is named, since Qt would pad odd widths to four bytes; copy() lets go of the array
    return QImage(packed.data, width, height, channels * width, form).copy()

"""Thumbnails: small WebP pictures of branches."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

THUMBNAIL_EDGE_PX = 256


def encode_thumbnail(picture: npt.NDArray[np.uint8]) -> bytes:
    """``picture`` (H, W, 3) uint8 sRGB as WebP, at most 256 px long."""
    image = Image.fromarray(picture)
    image.thumbnail((THUMBNAIL_EDGE_PX, THUMBNAIL_EDGE_PX), Image.Resampling.BOX)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()

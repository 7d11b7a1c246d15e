"""WebP out: sRGB profile, the recipe inside as XMP."""

from __future__ import annotations

import io

from PIL import Image

from layerforge.files.color_profiles import srgb_profile
from layerforge.files.flat import samples_of
from layerforge.files.xmp import xmp_packet
from layerforge.model.recipe import Recipe
from layerforge.operations.pixels import Pixels

QUALITY = 92
MAX_SIDE_PX = 16_383
"""Source: RFC 9649, 2.7.1.1: 14 bits hold a side."""


def encode_webp(pixels: Pixels, *, recipe: Recipe | None = None) -> bytes:
    """``pixels`` (H, W, 4) as a WebP file, RGB where they are opaque, else straight RGBA."""
    out = io.BytesIO()
    Image.fromarray(samples_of(pixels, depth=8)).save(
        out,
        "WEBP",
        quality=QUALITY,
        method=4,
        icc_profile=srgb_profile(),
        xmp=b"" if recipe is None else xmp_packet(recipe),
    )
    return out.getvalue()

"""PNG out: 8 bits a channel, sRGB profile, the recipe inside.

The recipe stands in a compressed ``iTXt`` chunk with the keyword ``layerforge:recipe``.
Source: PNG specification, third edition, 11.3.3.4 (iTXt) and 11.3.2.3 (iCCP).
"""

from __future__ import annotations

import functools
import io

import numpy as np
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from layerforge.model.recipe import Recipe, encode_recipe
from layerforge.operations.pixels import Pixels, straight_rgb, to_uint8

RECIPE_KEY = "layerforge:recipe"


def encode_png(pixels: Pixels, *, recipe: Recipe | None = None) -> bytes:
    """``pixels`` (H, W, 4) as a PNG file, RGB where they are opaque, else straight RGBA."""
    rgb = to_uint8(straight_rgb(pixels))
    alpha = to_uint8(pixels[..., 3])
    image = Image.fromarray(rgb if alpha.min(initial=255) == 255 else np.dstack([rgb, alpha]))
    text = PngInfo()
    if recipe is not None:
        text.add_itxt(RECIPE_KEY, encode_recipe(recipe).decode(), zip=True)
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=text, icc_profile=srgb_profile(), compress_level=6)
    return out.getvalue()


@functools.cache
def srgb_profile() -> bytes:
    """An sRGB ICC profile, the same bytes every time.

    The header's date (bytes 24 to 35) is set to zero, which ICC.1:2010, 7.2.8 allows for unknown.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    return bytes(profile)

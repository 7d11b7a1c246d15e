"""PNG out: 8 or 16 bits a channel, sRGB profile, the recipe inside.

The recipe stands in a compressed ``iTXt`` chunk with the keyword ``layerforge:recipe``.
Source: PNG specification, third edition, 11.3.3.4 (iTXt) and 11.3.2.3 (iCCP).
"""

from __future__ import annotations

import io
import zlib

import cv2
import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from layerforge.files.color_profiles import srgb_profile
from layerforge.files.flat import Depth, Samples, samples_of
from layerforge.files.png_chunks import (
    RECIPE_KEY,
    SIGNATURE,
    BadPng,
    chunk_bytes,
    chunks,
    inflated,
)
from layerforge.model.recipe import Recipe, encode_recipe
from layerforge.operations.pixels import Pixels


def encode_png(pixels: Pixels, *, recipe: Recipe | None = None, depth: Depth = 8) -> bytes:
    """``pixels`` (H, W, 4) as a PNG file, RGB where they are opaque, else straight RGBA."""
    return png_file(samples_of(pixels, depth=depth), recipe=recipe)


def png_file(samples: Samples, *, recipe: Recipe | None = None) -> bytes:
    """Straight RGB or RGBA samples (H, W, 3 or 4) of 8 or 16 bits as a PNG file."""
    if samples.dtype == np.uint16:
        return _deep_png_file(samples, recipe)
    text = PngInfo()
    if recipe is not None:
        text.add_itxt(RECIPE_KEY, encode_recipe(recipe).decode(), zip=True)
    out = io.BytesIO()
    image = Image.fromarray(samples)
    image.save(out, "PNG", pnginfo=text, icc_profile=srgb_profile(), compress_level=6)
    return out.getvalue()


def _deep_png_file(samples: Samples, recipe: Recipe | None) -> bytes:
    order = [2, 1, 0, 3][: samples.shape[2]]
    done, encoded = cv2.imencode(".png", samples[..., order])
    if not done:
        raise ValueError("the picture could not be encoded as a 16-bit PNG")
    content = encoded.tobytes()
    profile = b"sRGB\0\0" + zlib.compress(srgb_profile())
    more = chunk_bytes(b"iCCP", profile)
    if recipe is not None:
        packed = zlib.compress(encode_recipe(recipe))
        more += chunk_bytes(b"iTXt", RECIPE_KEY.encode() + b"\0\1\0\0\0" + packed)
    header = next(chunks(content))
    return SIGNATURE + content[len(SIGNATURE) : header.end] + more + content[header.end :]


def recipe_in_png(content: bytes, *, limit: int) -> bytes | None:
    """The recipe's JSON in a PNG file, or None.  Raises BadPng where its text is damaged."""
    begin = RECIPE_KEY.encode() + b"\0"
    for chunk in chunks(content):
        data = content[chunk.start : chunk.start + chunk.length]
        if chunk.kind == b"iTXt" and data.startswith(begin):
            if not chunk.intact:
                raise BadPng("the checksum of its recipe is wrong")
            compressed = data[len(begin) : len(begin) + 1] == b"\1"
            # flag, method, language and translated keyword, each of the last two ended by 0
            text = data[len(begin) + 2 :].split(b"\0", 2)[-1]
            return inflated(text, limit=limit) if compressed else text[: limit + 1]
    return None

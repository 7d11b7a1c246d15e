"""Large JPEGs at an eighth, a quarter or half of their size, as the decoder gives them at once.

It leaves out fine waves of each block instead of averaging pixels, and so saves their memory.
"""

from __future__ import annotations

from PIL import Image, JpegImagePlugin

FROM_PIXELS = 16_000_000
"""Smaller pictures are decoded whole and averaged, which is a little better."""

_SPARE = 2
"""So many times the size that is needed is asked for: the rest is averaged."""


def ask_for_less(image: Image.Image, long_edge: int) -> None:
    """Have ``image``, just opened, decoded smaller where it is a large JPEG; see `FROM_PIXELS`."""
    is_jpeg = isinstance(image, JpegImagePlugin.JpegImageFile)
    if is_jpeg and image.width * image.height > FROM_PIXELS:
        scale = _SPARE * long_edge / max(image.size)
        image.draft(None, (max(1, round(image.width * scale)), max(1, round(image.height * scale))))

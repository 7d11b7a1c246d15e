"""What a picture from a stranger may cost: pixels, bytes, and what to set to raise it."""

from __future__ import annotations

import math
import os

from layerforge.model.errors import InvalidValue

MAX_PIXELS = 256_000_000
"""Pixels of one picture, unless `SETTING` says otherwise."""

SETTING = "LAYERFORGE_MAX_MEGAPIXELS"
"""The environment variable that raises or lowers the limit, in millions of pixels."""

MAX_SIDE_PX = 1_000_000
"""Longest side of one picture."""

MAX_FILE_BYTES = 1024 * 1024 * 1024
"""Bytes of one picture's file."""

MAX_PROFILE_BYTES = 16 * 1024 * 1024
"""Bytes of an ICC profile; real ones of printers take about 3 MiB."""

MAX_TEXT_CHUNK_BYTES = 64 * 1024
"""Bytes of a text chunk that is handed to the decoder; a larger one is left out."""


def max_pixels() -> int:
    """The limit in force.  Raises InvalidValue where the setting is no positive number."""
    text = os.environ.get(SETTING, "")
    if not text:
        return MAX_PIXELS
    try:
        megapixels = float(text)
    except ValueError:
        megapixels = math.nan
    if not 0.0 < megapixels < 1e6:
        raise InvalidValue(f"{SETTING} must be a number of megapixels above 0, got {text!r}")
    return max(1, round(megapixels * 1e6))


def limit_words() -> str:
    """The limit in force, and how to raise it."""
    return f"{max_pixels() / 1e6:g} megapixels (set {SETTING} to raise the limit)"


def size_refusal(width: int, height: int) -> str | None:
    """Why a picture of that size is refused, or None where it is not."""
    if width < 1 or height < 1:
        return f"it has no pixels ({width}x{height})"
    if width * height > max_pixels():
        return f"{width}x{height} is more than {limit_words()}"
    if max(width, height) > MAX_SIDE_PX:
        return f"{width}x{height} is longer than {MAX_SIDE_PX} pixels"
    return None

"""How much memory a rendering needs, and the limit that it may not pass."""

from __future__ import annotations

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, TooLarge

DEFAULT_MAX_BYTES = 24 * 1024**3

_BYTES_PER_PIXEL = 16
_SHEETS = 8
"""Sheets held at once while one operation works: what is below, its layer, and its own planes."""


def needed_bytes(canvas: Canvas, *, width: int, height: int) -> int:
    """About the most memory that rendering ``canvas`` at that size holds at once.

    Every nesting holds one sheet of its own while what it nests is rendered.
    """
    return width * height * _BYTES_PER_PIXEL * (_SHEETS + canvas.depth())


def check_memory(canvas: Canvas, *, width: int, height: int, max_bytes: int) -> None:
    """Raise TooLarge where rendering would need more than ``max_bytes``."""
    if width < 1 or height < 1:
        raise InvalidValue(f"a rendering must be at least 1x1 pixels, got {width}x{height}")
    needed = needed_bytes(canvas, width=width, height=height)
    if needed > max_bytes:
        raise TooLarge(
            f"rendering {width}x{height} pixels needs about {_told(needed)} of memory, more than "
            f"the limit of {_told(max_bytes)}: choose a smaller size"
        )


def _told(count: int) -> str:
    gib = count / 1024**3
    return f"{gib:.1f} GiB" if gib >= 0.1 else f"{count / 1024**2:.1f} MiB"

"""How much memory a rendering needs, and the limit that it may not pass."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager

import cv2

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, TooLarge
from layerforge.model.layer import Nested
from layerforge.operations.earlier import todays
from layerforge.operations.operation import Operation
from layerforge.operations.references import calls_on, looked_at
from layerforge.operations.registry import build, toolbox
from layerforge.rendering.memory import machine_bytes

SETTING = "LAYERFORGE_MAX_MEMORY_GIB"
"""The environment variable that sets the limit, in GiB."""

SHARE = 0.75
"""The share of the machine's memory that is the limit where nothing sets one.

The rest is for the program itself, for sources and for what its caches hold.
"""

_GIB = 1024**3
_BYTES_PER_PIXEL = 16


def allowed_bytes() -> int:
    """The limit in force.  Raises InvalidValue where the setting is no positive number."""
    text = os.environ.get(SETTING, "")
    if not text:
        return int(machine_bytes() * SHARE)
    try:
        gib = float(text)
    except ValueError:
        gib = math.nan
    if not 0.0 < gib < 1e6:
        raise InvalidValue(f"{SETTING} must be a number of GiB above 0, got {text!r}")
    return max(1, round(gib * _GIB))


def needed_bytes(canvas: Canvas, *, width: int, height: int) -> int:
    """About the most memory that rendering ``canvas`` at that size holds at once."""
    sheets = _hungriest(canvas, short_side_px=min(width, height)) + _held(canvas)
    return math.ceil(width * height * _BYTES_PER_PIXEL * sheets)


def check_memory(
    canvas: Canvas, *, width: int, height: int, max_bytes: int, more_bytes: int = 0
) -> None:
    """Raise TooLarge where rendering would need more than ``max_bytes``.

    more_bytes: what is made of it and held besides.
    """
    if width < 1 or height < 1:
        raise InvalidValue(f"a rendering must be at least 1x1 pixels, got {width}x{height}")
    needed = needed_bytes(canvas, width=width, height=height) + more_bytes
    if needed > max_bytes:
        raise TooLarge(
            f"rendering {width}x{height} pixels needs about {_told(needed)} of memory, more than "
            f"the limit of {_told(max_bytes)}: choose a smaller size, or set {SETTING} to raise "
            "the limit"
        )


@contextmanager
def told_when_out_of_memory(*, width: int, height: int) -> Iterator[None]:
    """TooLarge where the machine has less memory to give than the limit lets a rendering take."""
    try:
        yield
    except (MemoryError, cv2.error) as error:
        if isinstance(error, cv2.error) and error.code != cv2.Error.StsNoMem:
            raise
        raise TooLarge(
            f"the machine ran out of memory while rendering {width}x{height} pixels: choose a "
            "smaller size, or close other programs"
        ) from error


def _told(count: int) -> str:
    """A number of bytes for people."""
    gib = count / _GIB
    return f"{gib:.1f} GiB" if gib >= 0.1 else f"{count / 1024**2:.1f} MiB"


def _hungriest(canvas: Canvas, *, short_side_px: float) -> float:
    """The sheets that the hungriest operation on ``canvas`` works with.

    Joining layers takes no more than an ordinary operation.
    """
    known = toolbox().operations
    own = (
        build(call).sheets_at(short_side_px)
        for call in calls_on(canvas)
        if todays(call).name in known
    )
    return max([Operation.sheets, *own])


def _held(canvas: Canvas) -> int:
    """The sheets held while one operation works.

    They are what lies below, the layer that it works on, those that this one looks at with what
    lies below them, and for a layer that is a canvas itself what is held there in turn.
    """
    return 1 + 2 * len(looked_at(canvas)) + max(map(_held, _nested(canvas)), default=1)


def _nested(canvas: Canvas) -> Iterator[Canvas]:
    for layer in canvas.layers:
        if isinstance(layer.content, Nested):
            yield layer.content.canvas

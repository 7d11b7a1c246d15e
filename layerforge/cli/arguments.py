"""Argument types that several commands share; what is out of range is wrong usage (exit 2)."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable

from layerforge.model.canvas import MAX_SIDE_PX


def whole(low: int, high: int) -> Callable[[str], int]:
    """An integer in [low, high]."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be {low} to {high}, got {value}")
        return value

    return parse


def real(low: float, high: float) -> Callable[[str], float]:
    """A number in [low, high]."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
        if not math.isfinite(value) or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be {low:g} to {high:g}, got {text}")
        return value

    return parse


def size(text: str) -> tuple[int, int]:
    """A canvas size such as 1024x768."""
    found = re.fullmatch(r"(\d{1,9})[x×](\d{1,9})", text.strip().lower())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1024x768")
    width, height = int(found[1]), int(found[2])
    if not (1 <= width <= MAX_SIDE_PX and 1 <= height <= MAX_SIDE_PX):
        raise argparse.ArgumentTypeError(
            f"each side must be 1 to {MAX_SIDE_PX} pixels, got {width}x{height}"
        )
    return width, height

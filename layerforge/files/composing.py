"""Animations: each frame changes a part of the picture before it, and may be taken away after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Rgba = npt.NDArray[np.uint8]

Disposal = Literal["keep", "clear", "restore"]
"""What becomes of a frame's part before the next one: it stays, is made clear (as browsers and
ImageMagick do, whatever background colour a file names), or shows again what was there before."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one frame changes.

    decode: gives (H, W, 4) uint8, straight alpha.  over: laid over what is there; else in its
    place.
    """

    x: int
    y: int
    disposal: Disposal
    over: bool
    decode: Callable[[], Rgba]


class Animation:
    """Composes frames in the order they are asked for; going back begins anew."""

    def __init__(self, width: int, height: int, parts: Sequence[Part]) -> None:
        self.width, self.height = width, height
        self._parts = parts
        self._begin()

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self._parts)

    def _begin(self) -> None:
        self._shown = np.zeros((self.height, self.width, 4), np.uint8)
        self._after: Callable[[], None] = lambda: None
        self._next = 0

    def frame(self, number: int) -> Rgba:
        """The frame of that number, from 0, as it is to be seen: (H, W, 4), straight alpha.

        What lies outside of the picture is left out.  Raises what a part's ``decode`` does.
        """
        if number < self._next - 1:
            self._begin()
        while self._next <= number:
            self._after()
            self._draw(self._parts[self._next])
            self._next += 1
        return self._shown.copy()

    def _draw(self, part: Part) -> None:
        patch = part.decode()
        place = self._shown[part.y :, part.x :][: patch.shape[0], : patch.shape[1]]
        patch = patch[: place.shape[0], : place.shape[1]]
        before = place.copy() if part.disposal == "restore" else np.uint8(0)
        place[...] = _over(patch, place) if part.over else patch

        def after() -> None:
            if part.disposal != "keep":
                place[...] = before

        self._after = after


def _over(patch: Rgba, below: Rgba) -> Rgba:
    """Straight ``patch`` over straight ``below``.  Source: Porter & Duff 1984, "over"."""
    alpha = patch[..., 3:]
    if np.isin(alpha, (0, 255)).all():
        return np.where(alpha > 0, patch, below)
    upper = alpha / np.float32(255.0)
    lower = below[..., 3:] / np.float32(255.0) * (1 - upper)
    whole = upper + lower
    color = (patch[..., :3] * upper + below[..., :3] * lower) / np.maximum(whole, 1e-6)
    joined: Rgba = np.rint(np.concatenate([color, whole * 255.0], axis=-1)).astype(np.uint8)
    return joined

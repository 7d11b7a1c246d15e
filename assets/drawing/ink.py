"""Antialiased lines, polygons and discs on a clear sheet, drawn at twice the size."""

import cv2
import numpy as np

from drawing.color import Array, half_size
from drawing.noise import blur


class Sheet:
    """A clear sheet to draw on in pixels; ``picture`` gives its colours and its cover."""

    def __init__(self, height: int, width: int) -> None:
        self._color = np.zeros((height * 2, width * 2, 3), np.uint8)
        self._cover = np.zeros((height * 2, width * 2), np.uint8)

    def line(self, start: Array, end: Array, tone: Array, thickness: int) -> None:
        """Draw a line; ``thickness`` in half pixels."""
        first, last = (_fixed(point).tolist() for point in (start, end))
        cv2.line(self._cover, first, last, 255, thickness, cv2.LINE_AA, 4)
        cv2.line(self._color, first, last, _bytes(tone), thickness, cv2.LINE_AA, 4)

    def polygon(self, outline: Array, tone: Array) -> None:
        """Fill an outline ``(N, 2)``."""
        points = [_fixed(outline)]
        cv2.fillPoly(self._cover, points, 255, cv2.LINE_AA, 4)
        cv2.fillPoly(self._color, points, _bytes(tone), cv2.LINE_AA, 4)

    def disc(self, center: Array, radius: float, tone: Array) -> None:
        """Fill a disc."""
        place, size = _fixed(center).tolist(), int(radius * 32)
        cv2.circle(self._cover, place, size, 255, -1, cv2.LINE_AA, 4)
        cv2.circle(self._color, place, size, _bytes(tone), -1, cv2.LINE_AA, 4)

    def picture(self) -> tuple[Array, Array]:
        """Give colours ``(H, W, 3)`` and cover ``(H, W)``; edges lose the black drawn onto."""
        alpha = half_size(self._cover.astype(np.float32) / 255)
        color = half_size(self._color.astype(np.float32) / 255)
        return np.clip(color / np.maximum(alpha, 0.02)[..., None], 0, 1), alpha


def over(below: Array, below_alpha: Array, above: Array, cover: Array) -> tuple[Array, Array]:
    """Lay one cut-out on another: Porter & Duff's "over" on straight colours."""
    alpha = cover + below_alpha * (1 - cover)
    color = above * cover[..., None] + below * (below_alpha * (1 - cover))[..., None]
    seen = alpha[..., None] > 1e-4
    return np.where(seen, color / np.maximum(alpha, 1e-4)[..., None], above), alpha


def drop_shadow(cover: Array, *, right: int, down: int, softness: float) -> Array:
    """Give the shadow a cut-out casts on the sheet below, 0 to 1."""
    return blur(np.roll(cover, (down, right), (0, 1)), softness)


def _fixed(points: Array) -> Array:
    """Convert pixels to the double-size sheet's 1/16 pixels."""
    return np.round(np.asarray(points) * 32).astype(np.int32)


def _bytes(tone: Array) -> list[float]:
    return (np.clip(tone, 0, 1) * 255).tolist()

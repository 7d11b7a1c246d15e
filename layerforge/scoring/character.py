"""Two cheap measures that say what kind of picture it is, not how good: the atlas's axes."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.scoring import figures
from layerforge.scoring.figures import Picture

Character = tuple[float, float]
"""Colourfulness (Hasler & Süsstrunk 2003, of sRGB in 0..1) and complexity (JPEG bytes a sample)."""

NAMES = ("colourfulness", "complexity")

RANGES = ((0.0, 0.48), (0.06, 0.3))
"""What collages lie within, but for a few in a hundred: the ends of the atlas's axes."""

CELLS = (8, 8)
"""Into how many cells each axis of the atlas is parted."""

_SIDE = 64


def character(picture: Picture) -> Character:
    """The character of ``picture``, (H, W, 3) uint8 sRGB, seen at 64 x 64 pixels.

    So small, both tell of the composition rather than of the grain: complexity is how well the
    small picture can be compressed (Machado & Cardoso 1998, "Computing aesthetics").
    """
    small = figures.shrink(picture, side=_SIDE)
    return figures.colourfulness(small), figures.jpeg_bytes(small)


def character_of_thumbnail(webp: bytes) -> Character | None:
    """The character of a kept branch's thumbnail; None where it can't be read.

    A thumbnail's differ a little from those of the picture it was made of.
    """
    decoded = cv2.imdecode(np.frombuffer(webp, dtype=np.uint8), cv2.IMREAD_COLOR_RGB)
    if decoded is None:
        return None
    picture: npt.NDArray[np.uint8] = np.ascontiguousarray(decoded, dtype=np.uint8)
    return character(picture)


def cells_of(characters: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """(N, 2): the cell of the atlas that each of (N, 2) characters lies in, counted from 0.

    What lies beyond an end of an axis is in the last cell.
    """
    lows, highs = np.array(RANGES).T
    shares = (characters - lows) / (highs - lows)
    return np.asarray(np.clip(np.floor(shares * CELLS), 0, np.array(CELLS) - 1), dtype=np.int64)

"""Values as colours: from dark blue over grey to yellow, told apart by everyone.

Lightness grows with the value, so that it is read without seeing colours at all; blue to yellow
is the axis that the usual kinds of colour blindness leave.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

STEPS = 16

_STOPS = np.array(
    [(38, 66, 122), (86, 104, 140), (134, 138, 140), (186, 174, 112), (250, 226, 92)], dtype=float
)


def ramp() -> list[QColor]:
    """The colours from low to high."""
    places = np.linspace(0.0, len(_STOPS) - 1.0, STEPS)
    channels = [np.interp(places, np.arange(len(_STOPS)), _STOPS[:, band]) for band in range(3)]
    return [QColor(*(round(float(one)) for one in color)) for color in zip(*channels, strict=True)]


def ramp_places(values: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """(N,): the place of each value in the ramp, by rank, so that a few outliers take no room.

    Equals have one colour; NaN, where a value is not known, has the lowest.
    """
    known = np.isfinite(values)
    places = np.zeros(len(values), dtype=np.intp)
    _, level = np.unique(values[known], return_inverse=True)
    if len(level):
        places[known] = level * (STEPS - 1) // max(int(level.max()), 1)
    return places

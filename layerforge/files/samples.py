"""Samples of any depth to 8 bits, scaled by their true range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

_WHOLE_RANGES = {"uint16": 65535.0, "uint32": 4294967295.0}
_RANGES = (255.0, 65535.0)


def to_8bit(values: npt.NDArray[np.generic], note: Callable[[str], None]) -> npt.NDArray[np.uint8]:
    """Whole or real samples of any shape to 0..255, rounded.

    uint8 stays, uint16 and uint32 have their whole range, and real samples up to 1 have 0..1.
    Others have 0..255 or 0..65535 where their largest value lies in its upper half; else their
    largest value becomes white, with a note.  What is not a finite number becomes 0, with a note;
    what is below 0 becomes 0.
    """
    if values.dtype == np.uint8:
        return values.astype(np.uint8, copy=False)
    real = values.astype(np.float64)
    whole_range = _WHOLE_RANGES.get(values.dtype.name)
    if whole_range is not None:
        return _scaled(real, whole_range)
    finite = np.isfinite(real)
    if not finite.all():
        note("samples that are not numbers were taken as 0")
        real = np.where(finite, real, 0.0)
    largest = float(real.max(initial=0.0))
    if largest <= 0.0 or (np.issubdtype(values.dtype, np.floating) and largest <= 1.0):
        return _scaled(real, 1.0)
    for top in _RANGES:
        if top / 2 < largest <= top:
            return _scaled(real, top)
    note(f"its samples reach {largest:g}, which was taken as white")
    return _scaled(real, largest)


def _scaled(real: npt.NDArray[np.float64], top: float) -> npt.NDArray[np.uint8]:
    return np.clip(np.rint(real * (255.0 / top)), 0.0, 255.0).astype(np.uint8)

"""Samples of any depth to 8 bits, scaled by their true range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

_WHOLE_RANGES = {"uint16": 65535.0, "uint32": 4294967295.0}
_RANGES = (255.0, 65535.0)
_FEW = 100
_ASKED = 4_000_000
_FAR_BELOW = 32.0


def to_8bit(values: npt.NDArray[np.generic], note: Callable[[str], None]) -> npt.NDArray[np.uint8]:
    """Whole or real samples of any shape to 0..255, rounded.

    uint8 stays, uint16 and uint32 have their whole range.  Real samples have 0..1, as is usual
    for them: single ones above 1, such as the glint of a lamp, are white and darken nothing.
    Where more than a hundredth lie above 1, and for signed whole samples, the range is 0..255 or
    0..65535 where the largest value lies in its upper half and most are not far below; else the
    value that a hundredth surpass (of whole samples the largest) becomes white, with a note.
    What is not a finite number becomes 0, with a note; what is below 0 becomes 0.
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
    white = largest
    if np.issubdtype(values.dtype, np.floating) and largest > 1.0:
        white = _surpassed_by_few(real)
        if white <= 1.0:
            note(f"its brightest samples, up to {largest:g}, were taken as white, which is 1")
    if white <= 1.0:
        return _scaled(real, 1.0)
    for top in _RANGES:
        if top / 2 < largest <= top and white * _FAR_BELOW >= top:
            return _scaled(real, top)
    note(f"its samples reach {largest:g}; {white:g} was taken as white")
    return _scaled(real, white)


def _surpassed_by_few(real: npt.NDArray[np.float64]) -> float:
    """The value that at most a hundredth of the samples surpass; of very many, some are asked."""
    step = max(1, real.size // _ASKED)
    asked = real.reshape(-1)[:: step + (step % 3 == 0)]  # of every channel of RGB
    place = asked.size - 1 - asked.size // _FEW
    return float(np.partition(asked, place)[place])


def _scaled(real: npt.NDArray[np.float64], top: float) -> npt.NDArray[np.uint8]:
    return np.clip(np.rint(real * (255.0 / top)), 0.0, 255.0).astype(np.uint8)

"""Which way up: EXIF orientation, applied once.

Source: EXIF 2.3, 4.6.4 (tag 274).
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image

_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED_BY_DECODER = frozenset({"TIFF", "HEIF", "JXL"})
"""Formats whose decoder turns the picture itself.

In HEIF and JPEG XL the container's own orientation counts and the one in EXIF is to be ignored
(ISO/IEC 23008-12, 7.2; ISO/IEC 18181-2, 3.4); Pillow's AVIF decoder gives the container's as EXIF.
"""

_BROKEN = (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error)


def upright(image: Image.Image, note: Callable[[str], None]) -> Image.Image:
    """``image`` (loaded) as it is to be seen; a broken or impossible orientation is ignored."""
    try:
        value = _orientation(image)
    except _BROKEN:
        note("its EXIF data is damaged and was ignored")
        return image
    turn = _TURNS.get(value) if isinstance(value, int) else None
    return image if turn is None else image.transpose(turn)


def lies_sideways(image: Image.Image) -> bool:
    """Whether `upright` makes the width of ``image`` its height."""
    try:
        return _orientation(image) in (5, 6, 7, 8)
    except _BROKEN:
        return False


def _orientation(image: Image.Image) -> object:
    """What EXIF says, or None where the decoder heeded it.  Raises what `_BROKEN` lists."""
    # the plug-in gives a JPEG that JPEG XL holds as it is as that JPEG says it lies
    as_jpeg = image.format == "JXL" and getattr(image, "jpeg", False)
    if image.format in _TURNED_BY_DECODER and not as_jpeg:
        return None
    return image.getexif().get(_TAG)


def upright_samples(samples: npt.NDArray[np.generic], value: object) -> npt.NDArray[np.generic]:
    """(H, W, C) samples as they are to be seen, turned as the value of the tag says."""
    if value in (5, 7):
        samples = samples.transpose(1, 0, 2)
    turned = {2: (1,), 3: (0, 1), 4: (0,), 7: (0, 1)}.get(value if isinstance(value, int) else 1)
    if turned is not None:
        return np.flip(samples, turned)
    return np.rot90(samples, {6: -1, 8: 1}.get(value if isinstance(value, int) else 1, 0))

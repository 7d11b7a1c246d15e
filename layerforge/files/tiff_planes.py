"""TIFF pictures whose samples neither Pillow nor OpenCV reads rightly: read as grey pictures.

A picture whose channels lie apart is as many grey pictures, each with strips or tiles of its own;
one whose samples lie side by side is a grey picture that is wider by the number of channels.  So
the file is given another directory that says so, and Pillow reads the samples, packed or not.
Source: TIFF 6.0, "PlanarConfiguration", and section 18, "Associated Alpha Handling".
"""

from __future__ import annotations

import io
import struct

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from layerforge.files.refusals import Damaged

WIDTH, HEIGHT, BITS, PHOTOMETRIC, ORIENTATION, CHANNELS = 256, 257, 258, 262, 274, 277
PLANAR, PREDICTOR, EXTRA, SAMPLE_FORMAT = 284, 317, 338, 339
_COMPRESSION, _FILL_ORDER, _ROWS_PER_STRIP = 259, 266, 278
_STRIPS, _STRIP_BYTES, _TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES = 273, 279, 322, 323, 324, 325
_APART = 2
_BLACK_IS_ZERO = 1
_KEPT = (HEIGHT, _COMPRESSION, _FILL_ORDER, _ROWS_PER_STRIP, _TILE_HEIGHT)
_MOST_CHANNELS = 5  # colour, alpha, and another one
_LONG = 4
_UNSIGNED, _REAL = 1, 3


def lies_apart(directory: ImageFileDirectory_v2) -> bool:
    """Whether each channel of the picture lies apart from the others."""
    return directory.get(PLANAR, 1) == _APART and _number(directory, CHANNELS) > 1


def samples_in(content: bytes, directory: ImageFileDirectory_v2) -> npt.NDArray[np.generic] | None:
    """(H, W, C) samples as the file says them, not turned; None where they can't be read.

    Raises what Pillow raises for damaged files.
    """
    channels = _number(directory, CHANNELS)
    if channels > _MOST_CHANNELS:
        return None
    if lies_apart(directory):
        planes = [_grey(content, directory, part=place, of=channels) for place in range(channels)]
        found = [plane for plane in planes if plane is not None]
        return np.dstack(found) if len(found) == channels else None
    if _number(directory, PREDICTOR) != 1:
        return None  # which counts in channels, or mixes the bytes of real numbers
    wide = _grey(content, directory, wider=channels)
    return None if wide is None else wide.reshape(wide.shape[0], -1, channels)


def _grey(
    content: bytes, directory: ImageFileDirectory_v2, *, part: int = 0, of: int = 1, wider: int = 1
) -> npt.NDArray[np.generic] | None:
    """One of ``of`` grey pictures in the file, or all of it as a wider one."""
    bits, kind = directory[BITS][0], directory.get(SAMPLE_FORMAT, (_UNSIGNED,))[0]
    half = (bits, kind) == (16, _REAL)
    if half:  # which Pillow does not know; their bits it does
        kind = _UNSIGNED
    width, height = _number(directory, WIDTH) * wider, _number(directory, HEIGHT)
    tags: dict[int, tuple[int, ...]] = {
        tag: (_number(directory, tag),) for tag in _KEPT if tag in directory
    }
    tags |= {WIDTH: (width,), BITS: (bits,), SAMPLE_FORMAT: (kind,), CHANNELS: (1,), PLANAR: (1,)}
    tags[PHOTOMETRIC] = (_BLACK_IS_ZERO,)
    if of > 1 and PREDICTOR in directory:
        tags[PREDICTOR] = (_number(directory, PREDICTOR),)
    if _TILE_WIDTH in directory:
        tags[_TILE_WIDTH] = (_number(directory, _TILE_WIDTH) * wider,)
    for tag in (_STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES):
        if tag in directory:
            count = len(directory[tag]) // of
            tags[tag] = tuple(directory[tag][part * count : (part + 1) * count])
    for starts, sizes in ((_STRIPS, _STRIP_BYTES), (_TILES, _TILE_BYTES)):
        for start, size in zip(tags.get(starts, ()), tags.get(sizes, ()), strict=True):
            if start + size > len(content):
                raise Damaged("a part of it is missing")
    data = _with_directory(content, tags)
    samples = by_cv2(data) if bits == 64 else _by_pillow(data)
    if samples is None:
        return None
    if samples.dtype.kind == "i" and kind == _UNSIGNED:
        samples = samples.view(np.uint32)
    if samples.shape != (height, width):
        raise Damaged("its samples are of an unknown kind")
    if samples.dtype.kind == "u" and samples.dtype.itemsize * 8 != bits:
        return None
    return samples.view(np.float16) if half else samples


def _by_pillow(data: bytes) -> npt.NDArray[np.generic]:
    with Image.open(io.BytesIO(data), formats=("TIFF",)) as image:
        image.load()
        return np.asarray(image)


def by_cv2(data: bytes) -> npt.NDArray[np.generic] | None:
    """The samples that OpenCV finds, BGR, turned upright; None where it can't read them."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        samples = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise Damaged("its samples are of an unknown kind") from error
    return None if samples is None else np.asarray(samples)


def _with_directory(content: bytes, tags: dict[int, tuple[int, ...]]) -> bytes:
    """The file with another directory at its end, which counts instead of its own."""
    prefix = content[:2]
    order = "<" if prefix == b"II" else ">"
    place = len(content) + len(content) % 2
    after = place + 2 + 12 * len(tags) + 4
    entries, more = b"", b""
    for tag, values in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(values)}I", *values)
        if len(values) > 1:
            more, packed = more + packed, struct.pack(f"{order}I", after + len(more))
        entries += struct.pack(f"{order}HHI", tag, _LONG, len(values)) + packed
    head = prefix + struct.pack(f"{order}HI", 42, place)
    start = struct.pack(f"{order}H", len(tags)) + entries + bytes(4)
    return head + content[len(head) :] + bytes(place - len(content)) + start + more


def _number(directory: ImageFileDirectory_v2, tag: int) -> int:
    value = directory.get(tag, 1)
    if not isinstance(value, int) or value < 1:
        raise Damaged("its header is damaged")
    return value

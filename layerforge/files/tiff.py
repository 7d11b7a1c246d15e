"""TIFF out: 8 or 16 bits a channel, packed, sRGB profile, resolution, the recipe inside.

Source: TIFF 6.0; its supplements of 1995 and 2002 (deflate, predictor); the XMP specification,
part 3, for tag 700; ICC.1:2010, B.4, for tag 34675.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np

from layerforge.files.color_profiles import srgb_profile
from layerforge.files.flat import Depth, Samples, samples_of
from layerforge.files.xmp import xmp_packet
from layerforge.model.errors import InvalidValue
from layerforge.model.recipe import Recipe
from layerforge.operations.pixels import Pixels

PIXELS_PER_INCH = 300
MAX_BYTES = 2**32 - 1

_STRIP_BYTES = 1 << 20
_SHORT, _LONG, _RATIONAL, _UNDEFINED, _BYTE = 3, 4, 5, 7, 1
_LETTERS = {_SHORT: "H", _LONG: "I", _RATIONAL: "I"}


def encode_tiff(pixels: Pixels, *, recipe: Recipe | None = None, depth: Depth = 16) -> bytes:
    """``pixels`` (H, W, 4) as a TIFF file, RGB where they are opaque, else straight RGBA.

    Raises InvalidValue where the file would be larger than 4 GiB, which TIFF can't hold.
    """
    samples = samples_of(pixels, depth=depth)
    height, width, channels = samples.shape
    rows = max(1, min(height, _STRIP_BYTES // (width * channels * samples.itemsize)))
    strips = [_packed(samples[top : top + rows]) for top in range(0, height, rows)]
    offsets, place = [], 8
    for strip in strips:
        offsets.append(place)
        place += len(strip) + len(strip) % 2
    entries: dict[int, tuple[int, list[int] | bytes]] = {
        256: (_LONG, [width]),
        257: (_LONG, [height]),
        258: (_SHORT, [depth] * channels),
        259: (_SHORT, [8]),  # deflate
        262: (_SHORT, [2]),  # RGB
        273: (_LONG, offsets),
        277: (_SHORT, [channels]),
        278: (_LONG, [rows]),
        279: (_LONG, [len(strip) for strip in strips]),
        282: (_RATIONAL, [PIXELS_PER_INCH, 1]),
        283: (_RATIONAL, [PIXELS_PER_INCH, 1]),
        284: (_SHORT, [1]),  # one plane
        296: (_SHORT, [2]),  # inches
        317: (_SHORT, [2]),  # horizontal differences
    }
    if channels == 4:
        entries[338] = (_SHORT, [2])  # alpha that colour is not multiplied by
    if recipe is not None:
        entries[700] = (_BYTE, xmp_packet(recipe))
    entries[34675] = (_UNDEFINED, srgb_profile())
    content = bytearray(struct.pack("<2sHI", b"II", 42, place))
    for strip in strips:
        content += strip + bytes(len(strip) % 2)
    content += _directory(entries, place)
    if len(content) > MAX_BYTES:
        raise InvalidValue("the picture is too large for TIFF, which holds 4 GiB: export PNG")
    return bytes(content)


def _packed(rows: Samples) -> bytes:
    """Rows as differences from the sample to the left, deflated."""
    differences = rows.copy()
    differences[:, 1:] -= rows[:, :-1]
    little = differences.astype(differences.dtype.newbyteorder("<"), copy=False)
    return zlib.compress(np.ascontiguousarray(little).tobytes(), 6)


def _directory(entries: dict[int, tuple[int, list[int] | bytes]], place: int) -> bytes:
    """The image file directory that stands at ``place``, with the values that it points to."""
    after = place + 2 + 12 * len(entries) + 4
    table, values = struct.pack("<H", len(entries)), b""
    for tag, (kind, value) in sorted(entries.items()):
        if isinstance(value, bytes):
            raw, count = value, len(value)
        else:
            raw = struct.pack(f"<{len(value)}{_LETTERS[kind]}", *value)
            count = len(value) // 2 if kind == _RATIONAL else len(value)
        if len(raw) <= 4:
            field = raw.ljust(4, b"\0")
        else:
            field = struct.pack("<I", after + len(values))
            values += raw + bytes(len(raw) % 2)
        table += struct.pack("<HHI", tag, kind, count) + field
    return table + bytes(4) + values

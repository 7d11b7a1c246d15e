"""Animated PNG in: its frames apart, each decoded as a PNG of its own.

Pillow composes them on a picture of the file's own kind, which without alpha can't be clear.
Source: Portable Network Graphics (PNG) Specification, Third Edition, 11.3.6 and 13.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from layerforge.files.composing import Animation, Disposal, Part, Rgba
from layerforge.files.png_chunks import SIGNATURE, chunk_bytes, chunks

_ANIMATION, _CONTROL, _DATA, _FRAME_DATA = b"acTL", b"fcTL", b"IDAT", b"fdAT"
_SHARED = frozenset({b"PLTE", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT"})
_CONTROL_BYTES = 26
_DISPOSALS: dict[int, Disposal] = {1: "clear", 2: "restore"}
_OVER = 1


@dataclass(slots=True)
class _Frame:
    width: int
    height: int
    x: int = 0
    y: int = 0
    disposal: Disposal = "clear"
    over: bool = False
    data: list[memoryview] = field(default_factory=list)


def read_apng(content: bytes, *, decode: Callable[[bytes], Rgba]) -> Animation | None:
    """The frames of a PNG whose chunks are intact; a still picture that is none comes first.

    None where it is no animation, or where what says so is damaged: its still picture is good.

    decode: from a PNG file to its pixels.
    """
    view = memoryview(content)
    head, shared, frames = b"", b"", list[_Frame]()
    promised = controls = 0
    for chunk in chunks(content):
        data = view[chunk.start : chunk.start + chunk.length]
        if chunk.kind == b"IHDR":
            head = bytes(data)
        elif chunk.kind in _SHARED and not frames:
            shared += bytes(view[chunk.start - 8 : chunk.end])
        elif chunk.kind == b"eXIf":
            return None  # it may lie on its side, frames and all
        elif chunk.kind == _ANIMATION and chunk.length >= 4:
            (promised,) = struct.unpack_from(">I", data)
        elif chunk.kind == _CONTROL:
            if not promised or chunk.length < _CONTROL_BYTES:
                return None
            controls += 1
            frames.append(_controlled(data))
        elif chunk.kind == _DATA and promised:
            if not frames:
                frames.append(_Frame(*struct.unpack_from(">II", head)))
            frames[-1].data.append(data)
        elif chunk.kind == _FRAME_DATA and frames and chunk.length > 4:
            frames[-1].data.append(data[4:])
    if promised < 2 or controls != promised:
        return None
    width, height = struct.unpack_from(">II", head)
    for one in frames:
        if not one.data or one.x + one.width > width or one.y + one.height > height:
            return None

    def png(one: _Frame) -> Rgba:
        own = struct.pack(">II", one.width, one.height) + head[8:]
        pixels = chunk_bytes(b"IHDR", own), shared, chunk_bytes(_DATA, b"".join(one.data))
        return decode(SIGNATURE + b"".join(pixels) + chunk_bytes(b"IEND", b""))

    parts = [
        Part(one.x, one.y, one.disposal, one.over, functools.partial(png, one)) for one in frames
    ]
    return Animation(width, height, parts)


def _controlled(data: memoryview) -> _Frame:
    width, height, x, y = struct.unpack_from(">4I", data, 4)
    disposal = _DISPOSALS.get(data[24], "keep")
    return _Frame(width, height, x, y, disposal, data[25] == _OVER)

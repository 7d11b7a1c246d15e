"""The size of a JPEG XL picture, and whether it is an animation, from its header.

Pillow's plug-in decodes a file when it opens it; so the size is read here first.
Source: ISO/IEC 18181-1, Annex D.2 (SizeHeader) and D.3 (ImageMetadata), and 18181-2, 9 (boxes).
"""

from __future__ import annotations

import struct

from layerforge.files.refusals import Damaged

CODESTREAM = b"\xff\x0a"
CONTAINER = b"\x00\x00\x00\x0cJXL \r\n\x87\n"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_LENGTHS = (9, 13, 18, 30)
_HEADER_BYTES = 32


class BadJpegXl(Damaged):
    """A JPEG XL file whose header is damaged."""


def is_jpeg_xl(content: bytes) -> bool:
    """Whether ``content`` starts as a JPEG XL file does."""
    return content.startswith((CODESTREAM, CONTAINER))


def jpeg_xl_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels that the header claims.  Raises BadJpegXl."""
    return _size(_header(content))


def is_animated(content: bytes) -> bool:
    """Whether the header says that it is an animation; False where that can't be told."""
    bits = _header(content)
    _size(bits)
    if bits.take(1):  # all as usual
        return False
    if not bits.take(1):  # no more to say
        return False
    bits.take(3)  # orientation
    if bits.take(1):  # an intrinsic size
        _size(bits)
    return not bits.take(1) and bits.take(1) == 1  # with a preview it stands further on


def _header(content: bytes) -> _Bits:
    start = content[:_HEADER_BYTES] if content.startswith(CODESTREAM) else _codestream(content)
    if not start.startswith(CODESTREAM) or len(start) < 12:
        raise BadJpegXl("its header is damaged")
    return _Bits(int.from_bytes(start[2:], "little"))


def _size(bits: _Bits) -> tuple[int, int]:
    small = bits.take(1) == 1
    height = (bits.take(5) + 1) * 8 if small else bits.take(_LENGTHS[bits.take(2)]) + 1
    ratio = bits.take(3)
    if ratio:
        over, under = _RATIOS[ratio - 1]
        return height * over // under, height
    width = (bits.take(5) + 1) * 8 if small else bits.take(_LENGTHS[bits.take(2)]) + 1
    return width, height


class _Bits:
    def __init__(self, value: int) -> None:
        self._value = value

    def take(self, count: int) -> int:
        taken = self._value & ((1 << count) - 1)
        self._value >>= count
        return taken


def _codestream(content: bytes) -> bytes:
    """The first bytes of the codestream inside a container."""
    place = len(CONTAINER)
    for _ in range(1000):
        if place + 8 > len(content):
            break
        length, kind = struct.unpack_from(">I4s", content, place)
        head = 8
        if length == 1 and place + 16 <= len(content):
            (length,) = struct.unpack_from(">Q", content, place + 8)
            head = 16
        if kind in (b"jxlc", b"jxlp"):
            begin = place + head + (4 if kind == b"jxlp" else 0)
            return content[begin : begin + _HEADER_BYTES]
        if length < head:
            break
        place += length
    raise BadJpegXl("it holds no codestream")

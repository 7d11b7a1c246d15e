"""WebP in: what its decoder must be told.  Source: RFC 9649, 2.7."""

from __future__ import annotations

import struct

from layerforge.files.refusals import Damaged

_FLAGS_AT = 20
_ANIMATED, _ALPHA = 0x02, 0x10


def with_clear_parts(content: bytes) -> bytes:
    """``content`` as its decoder is to read it.

    An animation of opaque pictures can leave parts of its canvas clear.  Its header need not say
    so, since the flag means the pictures' alpha; but then the decoder drops the canvas's.
    """
    extended = content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X"
    if not extended or len(content) <= _FLAGS_AT or not content[_FLAGS_AT] & _ANIMATED:
        return content
    flags = bytes([content[_FLAGS_AT] | _ALPHA])
    return content[:_FLAGS_AT] + flags + content[_FLAGS_AT + 1 :]


def xmp_in_webp(content: bytes) -> bytes | None:
    """The XMP packet, or None where there is none; no decoder is asked.  Raises Damaged."""
    place = 12
    while place + 8 <= len(content):
        kind, length = struct.unpack_from("<4sI", content, place)
        place += 8
        if place + length > len(content):
            raise Damaged("a part of it is missing")
        if kind == b"XMP ":
            return content[place : place + length]
        place += length + length % 2
    return None

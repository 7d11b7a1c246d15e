"""The size that a WebP file says it has, for thumbnails that nobody has decoded yet.

Source: developers.google.com/speed/webp/docs/riff_container
"""

from __future__ import annotations


def webp_size(file_bytes: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where it is no WebP file."""
    if len(file_bytes) < 30 or file_bytes[:4] != b"RIFF" or file_bytes[8:12] != b"WEBP":
        return None
    kind, body = file_bytes[12:16], file_bytes[20:30]
    if kind == b"VP8X":
        return _int(body[4:7]) + 1, _int(body[7:10]) + 1
    if kind == b"VP8L" and body[0] == 0x2F:
        bits = _int(body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return _int(body[6:8]) & 0x3FFF, _int(body[8:10]) & 0x3FFF
    return None


def _int(part: bytes) -> int:
    return int.from_bytes(part, "little")

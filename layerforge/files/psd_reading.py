"""The size and the resources of a PSD or PSB from a stranger, such as its XMP packet.

Source: Adobe Photoshop File Formats Specification, November 2019, "Image Resources Section".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from layerforge.files.refusals import Damaged

SIGNATURE = b"8BPS"
MAX_RESOURCES = 10_000

_HEADER_BYTES = 26
_XMP = 1060


class BadPsd(Damaged):
    """A PSD whose resources are damaged; says how."""


def psd_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels.  Raises BadPsd."""
    if len(content) < _HEADER_BYTES:
        raise BadPsd("its header is cut off")
    height, width = struct.unpack_from(">II", content, 14)
    return width, height


def xmp_in_psd(content: bytes) -> bytes | None:
    """The packet, or None where the file has none.  Raises BadPsd."""
    return next((data for number, data in resources_in(content) if number == _XMP), None)


def resources_in(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the data of each image resource.  Raises BadPsd."""
    try:
        (palette_bytes,) = struct.unpack_from(">I", content, _HEADER_BYTES)
        place = _HEADER_BYTES + 4 + palette_bytes
        (length,) = struct.unpack_from(">I", content, place)
        place += 4
        end = place + length
        for _ in range(MAX_RESOURCES):
            if place >= end:
                return
            signature, number, name_bytes = struct.unpack_from(">4sHB", content, place)
            if signature != b"8BIM":
                break
            place += 6 + (1 + name_bytes) + (1 + name_bytes) % 2
            (size,) = struct.unpack_from(">I", content, place)
            place += 4
            yield number, content[place : place + size]
            place += size + size % 2
    except struct.error as error:
        raise BadPsd("its resources are cut off") from error
    raise BadPsd("its resources are damaged")

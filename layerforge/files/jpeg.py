"""JPEG out: over white, sRGB profile, the recipe inside.

A packet larger than one segment goes into several, as extended XMP.
Source: XMP specification, part 3, 1.1.3.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct

from PIL import Image

from layerforge.files.color_profiles import srgb_profile
from layerforge.files.xmp import xmp_packet
from layerforge.model.recipe import Recipe
from layerforge.operations.pixels import Pixels, flatten, to_uint8

QUALITY = 95
MAX_SIDE_PX = 65_500

_MAIN = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_SEGMENT_BYTES = 65_000
_POINTER = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" '
    'xmpNote:HasExtendedXMP="{digest}"/></rdf:RDF></x:xmpmeta>'
)
_POINTS = re.compile(rb'HasExtendedXMP\s*(?:=\s*["\']|>)([0-9A-F]{32})')


def encode_jpeg(pixels: Pixels, *, recipe: Recipe | None = None) -> bytes:
    """``pixels`` (H, W, 4) over white as a JPEG file, colour at full resolution."""
    out = io.BytesIO()
    image = Image.fromarray(to_uint8(flatten(pixels)))
    image.save(out, "JPEG", quality=QUALITY, subsampling=0, icc_profile=srgb_profile())
    content = out.getvalue()
    if recipe is None:
        return content
    place = 2 + (2 + int.from_bytes(content[4:6]) if content[2:4] == b"\xff\xe0" else 0)
    return content[:place] + _segments(xmp_packet(recipe)) + content[place:]


def _segments(packet: bytes) -> bytes:
    if len(packet) <= _SEGMENT_BYTES:
        return _segment(_MAIN + packet)
    digest = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper()
    out = _segment(_MAIN + _POINTER.format(digest=digest).encode())
    for place in range(0, len(packet), _SEGMENT_BYTES):
        head = _EXTENSION + digest.encode() + struct.pack(">II", len(packet), place)
        out += _segment(head + packet[place : place + _SEGMENT_BYTES])
    return out


def _segment(data: bytes) -> bytes:
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data


def xmp_in_jpeg(content: bytes, *, limit: int) -> bytes | None:
    """The XMP packet of a JPEG file, the extended one where it has one; None where there is none.

    limit: bytes of an extended packet that are taken.
    """
    main: bytes | None = None
    parts: dict[int, bytes] = {}
    place = 2
    while content[place : place + 1] == b"\xff" and place + 4 <= len(content):
        marker = content[place + 1]
        length = int.from_bytes(content[place + 2 : place + 4])
        if marker == 0xDA or length < 2:
            break
        data = content[place + 4 : place + 2 + length]
        if marker == 0xE1 and data.startswith(_MAIN):
            main = data[len(_MAIN) :]
        elif marker == 0xE1 and data.startswith(_EXTENSION) and main is not None:
            found = _POINTS.search(main)
            head = data[len(_EXTENSION) :]
            if found is not None and head.startswith(found[1]) and len(head) >= 40:
                parts[int.from_bytes(head[36:40])] = head[40:]
        place += 2 + length
    if not parts:
        return main
    whole = b""
    for offset, part in sorted(parts.items()):
        if offset != len(whole) or len(whole) > limit:
            return main
        whole += part
    return whole

"""OpenRaster documents from strangers: single members, by name, bounded; nothing is unpacked.

The layer stack (XML) is never parsed: LayerForge needs only the merged image and its recipe.
Source: OpenRaster specification, "File layout", https://www.openraster.org; and PKWARE's
APPNOTE 4.3 for the zip structures.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MIMETYPE = b"image/openraster"
MERGED = "mergedimage.png"
RECIPE = "layerforge/recipe.json"
MAX_MEMBERS = 10_000
MAX_MERGED_BYTES = 1024 * 1024 * 1024

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_STORED, _DEFLATED = 0, 8
_LOCAL_BYTES, _CENTRAL_BYTES, _END_BYTES = 30, 46, 22


class BadOra(ValueError):
    """An OpenRaster document that is damaged or hostile; says how."""


@dataclass(frozen=True, slots=True)
class _Member:
    name: bytes
    encrypted: bool
    method: int
    checksum: int
    packed_bytes: int
    offset: int


def is_ora(content: bytes) -> bool:
    """Whether ``content`` is an OpenRaster document: a zip whose first file says so, unpacked."""
    named = content[:4] == _LOCAL and content[30:38] == b"mimetype"
    return named and MIMETYPE in content[38 : 38 + 64]


def merged_image(content: bytes) -> bytes:
    """The PNG of the document's final look.  Raises BadOra."""
    found = _read(content, MERGED, limit=MAX_MERGED_BYTES)
    if found is None:
        raise BadOra(f"it holds no {MERGED}")
    return found


def ora_recipe(content: bytes, *, limit: int) -> bytes | None:
    """The recipe's JSON, or None where the document has none.  Raises BadOra."""
    return _read(content, RECIPE, limit=limit)


def _read(content: bytes, name: str, *, limit: int) -> bytes | None:
    for member in _members(content):
        if member.name == name.encode():
            return _unpacked(content, member, name=name, limit=limit)
    return None


def _members(content: bytes) -> Iterator[_Member]:
    end = content.rfind(_END)
    if end < 0 or end + _END_BYTES > len(content):
        raise BadOra("its table of contents is missing")
    count, _, place = struct.unpack_from("<HII", content, end + 10)
    if count > MAX_MEMBERS:
        raise BadOra(f"it has more than {MAX_MEMBERS} files inside")
    for _ in range(count):
        if content[place : place + 4] != _CENTRAL or place + _CENTRAL_BYTES > len(content):
            raise BadOra("its table of contents is damaged")
        flags, method, checksum, packed = struct.unpack_from("<HH4xII", content, place + 8)
        name_bytes, extra_bytes, comment_bytes = struct.unpack_from("<HHH", content, place + 28)
        (offset,) = struct.unpack_from("<I", content, place + 42)
        name_at = place + _CENTRAL_BYTES
        yield _Member(
            name=content[name_at : name_at + name_bytes],
            encrypted=bool(flags & 1),
            method=method,
            checksum=checksum,
            packed_bytes=packed,
            offset=offset,
        )
        place = name_at + name_bytes + extra_bytes + comment_bytes


def _unpacked(content: bytes, member: _Member, *, name: str, limit: int) -> bytes:
    head = content[member.offset : member.offset + _LOCAL_BYTES]
    if len(head) < _LOCAL_BYTES or head[:4] != _LOCAL:
        raise BadOra(f"its {name} is missing")
    name_bytes, extra_bytes = struct.unpack_from("<HH", head, 26)
    start = member.offset + _LOCAL_BYTES + name_bytes + extra_bytes
    packed = memoryview(content)[start : start + member.packed_bytes]
    if len(packed) != member.packed_bytes:
        raise BadOra(f"its {name} is cut off")
    if member.encrypted or member.method not in (_STORED, _DEFLATED):
        raise BadOra(f"its {name} is encrypted or packed in an unknown way")
    if member.method == _STORED:
        out = bytes(packed[: limit + 1])
    else:
        try:
            out = zlib.decompressobj(wbits=-15).decompress(packed, limit + 1)
        except zlib.error as error:
            raise BadOra(f"its {name} is damaged ({error})") from error
    if len(out) > limit:
        raise BadOra(f"its {name} is larger than {limit >> 20} MiB")
    if zlib.crc32(out) != member.checksum:
        raise BadOra(f"the checksum of its {name} is wrong")
    return out

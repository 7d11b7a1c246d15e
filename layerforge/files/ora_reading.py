"""OpenRaster documents from strangers: single members, by name, bounded; nothing is unpacked.

The layer stack (XML) is never parsed: LayerForge needs only the merged image and its recipe.
Source: OpenRaster specification, "File layout", https://www.openraster.org; and PKWARE's
APPNOTE 4.3 for the zip structures.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from layerforge.files.png_chunks import SIGNATURE
from layerforge.files.refusals import Damaged

MIMETYPE = b"image/openraster"
MERGED = "mergedimage.png"
RECIPE = "layerforge/recipe.json"
MAX_MEMBERS = 10_000
MAX_MERGED_BYTES = 1024 * 1024 * 1024
MERGED_BYTES_A_PIXEL = 10
"""16 bits a channel take 8, the rest is for what does not compress."""

MERGED_BYTES_MORE = 32 * 1024 * 1024
"""For a colour profile and other things in the merged image beside its pixels."""

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_STORED, _DEFLATED = 0, 8
_LOCAL_BYTES, _CENTRAL_BYTES, _END_BYTES = 30, 46, 22
_PNG_HEADER_BYTES = 24


class BadOra(Damaged):
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


def merged_size(content: bytes) -> tuple[int, int]:
    """Width and height of the document's final look; its header alone is unpacked.  BadOra."""
    head = _start(content, MERGED, count=_PNG_HEADER_BYTES)
    if head is None:
        raise BadOra(f"it holds no {MERGED}")
    if len(head) < _PNG_HEADER_BYTES or not head.startswith(SIGNATURE):
        raise BadOra(f"its {MERGED} is no PNG")
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def merged_image(content: bytes, *, check: Callable[[int, int], None]) -> bytes:
    """The PNG of the document's final look.  Raises BadOra.

    check: is given width and height before anything but the header is unpacked, and raises where
    they are too large.  No more is unpacked than a picture of that size can need.
    """
    width, height = merged_size(content)
    check(width, height)
    limit = min(MAX_MERGED_BYTES, width * height * MERGED_BYTES_A_PIXEL + MERGED_BYTES_MORE)
    found = _read(content, MERGED, limit=limit)
    if found is None:
        raise BadOra(f"it holds no {MERGED}")
    return found


def ora_recipe(content: bytes, *, limit: int) -> bytes | None:
    """The recipe's JSON, or None where the document has none.  Raises BadOra."""
    return _read(content, RECIPE, limit=limit)


def check_members(content: bytes) -> None:
    """Raises BadOra where any file inside is cut off, damaged or larger than the limit."""
    for member in list(_members(content)):
        _checked(
            content, member, name=member.name.decode("ascii", "replace"), limit=MAX_MERGED_BYTES
        )


def _read(content: bytes, name: str, *, limit: int) -> bytes | None:
    member = _member(content, name)
    if member is None:
        return None
    return _checked(content, member, name=name, limit=limit)


def _checked(content: bytes, member: _Member, *, name: str, limit: int) -> bytes:
    out = _unpacked(content, member, name=name, most=limit + 1)
    if len(out) > limit:
        raise BadOra(f"its {name} is larger than {limit >> 20} MiB")
    if zlib.crc32(out) != member.checksum:
        raise BadOra(f"the checksum of its {name} is wrong")
    return out


def _start(content: bytes, name: str, *, count: int) -> bytes | None:
    """The first ``count`` bytes of a member, unchecked."""
    member = _member(content, name)
    return None if member is None else _unpacked(content, member, name=name, most=count)


def _member(content: bytes, name: str) -> _Member | None:
    return next((one for one in _members(content) if one.name == name.encode()), None)


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


def _unpacked(content: bytes, member: _Member, *, name: str, most: int) -> bytes:
    """The first ``most`` bytes of a member, or all where it has fewer."""
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
        return bytes(packed[:most])
    try:
        return zlib.decompressobj(wbits=-15).decompress(packed, most)
    except zlib.error as error:
        raise BadOra(f"its {name} is damaged") from error

"""The chunks of a PNG file, read and written.

Source: PNG specification, third edition, 5.3 (chunk layout) and 5.4 (naming).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from layerforge.files.refusals import Damaged

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS = 1_000_000

RECIPE_KEY = "layerforge:recipe"
"""The keyword of the text chunk that holds a picture's recipe."""


class BadPng(Damaged):
    """A PNG file whose chunks are damaged; says how."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its type, where its data lies in the file, and whether its checksum holds."""

    kind: bytes
    start: int
    length: int
    intact: bool

    @property
    def critical(self) -> bool:
        """Whether the picture can't be shown without it: its first letter is a capital."""
        return self.kind[:1].isupper()

    @property
    def end(self) -> int:
        """Where the next chunk begins."""
        return self.start + self.length + 4


def chunks(content: bytes) -> Iterator[Chunk]:
    """The chunks of ``content``, up to the end chunk or the end of the file.

    Raises BadPng where a chunk is cut off, or where there are more than a million.
    """
    view = memoryview(content)
    place = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if place == len(content):
            return
        if place + 12 > len(content):
            raise BadPng("the file ends inside a chunk")
        length, kind = struct.unpack_from(">I4s", content, place)
        start = place + 8
        if start + length + 4 > len(content):
            shown = kind.decode("ascii", "replace")
            raise BadPng(f"the file ends inside its {shown} chunk")
        (checksum,) = struct.unpack_from(">I", content, start + length)
        intact = zlib.crc32(view[place + 4 : start + length]) == checksum
        chunk = Chunk(kind=kind, start=start, length=length, intact=intact)
        yield chunk
        if kind == b"IEND":
            return
        place = chunk.end
    raise BadPng(f"it has more than {MAX_CHUNKS} chunks")


def chunk_bytes(kind: bytes, data: bytes) -> bytes:
    """A chunk as it stands in a file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def inflated(data: bytes, *, limit: int) -> bytes:
    """Unpacked zlib ``data``.  Raises BadPng where it is damaged or gives more than ``limit``."""
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise BadPng("its compressed text is damaged") from error
    if len(out) > limit:
        raise BadPng(f"its compressed text is larger than {limit >> 20} MiB")
    if not unpacker.eof:
        raise BadPng("its compressed text is cut off")
    return out

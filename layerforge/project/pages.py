"""Rows out of the pages of a SQLite file, without SQLite: what is left where the file is broken.

Every page that holds rows is read by itself, whatever led to it.  So nothing depends on the head
of the file, on the pages that only point at others, or on those that are gone.
Source: sqlite.org/fileformat2.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

HEADER = b"SQLite format 3\0"
PAGE_SIZES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
"""Ours is the first one; the others are tried where it gives nothing."""

MOST_COLUMNS = 16

_LEAF = 0x0D
_HEAD_BYTES = 100
_LEAST_CELL_BYTES = 4
_SOME_BYTES = 4 * 1024 * 1024
"""As much of a file is looked at to find the size of its pages."""

_MOST_TIMES = 2
"""All rows together take at most so many times the file: where pages overlap, it is broken."""

_FLOAT = struct.Struct(">d")
_NUMBER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Value = None | int | float | str | bytes
RawRow = tuple[int, tuple[Value, ...]]
"""SQLite's row number, and the columns; a column that is the row number holds None."""


class Pages:
    """The pages of one file, of ``page_bytes`` each.

    data: the file's bytes.
    """

    def __init__(self, data: bytes | mmap, *, page_bytes: int) -> None:
        self._data = data
        self._page_bytes = page_bytes
        self._count = len(data) // page_bytes
        self._room = _MOST_TIMES * len(data)
        self._free = self._free_pages()

    def rows(self) -> Iterator[RawRow]:
        """All rows, those of free pages last: they may be older than others of the same number."""
        for number in range(1, self._count + 1):
            if number not in self._free:
                yield from self._rows_of(number)
        for number in sorted(self._free):
            yield from self._rows_of(number)

    def _page(self, number: int) -> bytes:
        start = (number - 1) * self._page_bytes
        return self._data[start : start + self._page_bytes]

    def _rows_of(self, number: int) -> Iterator[RawRow]:
        page = self._page(number)
        start = _HEAD_BYTES if number == 1 else 0
        if page[start] != _LEAF:
            return
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        if cells > len(page) // _LEAST_CELL_BYTES:
            return
        for at in range(start + 8, start + 8 + 2 * cells, 2):
            place = int.from_bytes(page[at : at + 2], "big")
            try:
                row = self._row(page, place)
            except (IndexError, ValueError, struct.error):
                continue  # this cell is broken, others need not be
            if row is not None:
                yield row

    def _row(self, page: bytes, place: int) -> RawRow | None:
        size, place = _varint(page, place)
        row, place = _varint(page, place)
        row = row - (1 << 64) if row >= 1 << 63 else row
        self._room -= size
        if size < 1 or self._room < 0:
            return None
        local = self._local_bytes(size)
        payload = page[place : place + local]
        if len(payload) < local:
            return None
        if local < size:
            following = int.from_bytes(page[place + local : place + local + 4], "big")
            rest = self._overflow(following, size - local)
            if rest is None:
                return None
            payload += rest
        columns = _columns(payload)
        return None if columns is None else (row, columns)

    def _local_bytes(self, size: int) -> int:
        """How many bytes of a row lie on its own page."""
        usable = self._page_bytes
        if size <= usable - 35:
            return size
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (size - least) % (usable - 4)
        return fitting if fitting <= usable - 35 else least

    def _overflow(self, number: int, size: int) -> bytes | None:
        """The rest of a row, from the pages that it goes on on; None where one is not there."""
        parts: list[bytes] = []
        while size > 0:
            if not 1 < number <= self._count:
                return None
            page = self._page(number)
            part = page[4 : 4 + size]
            parts.append(part)
            size -= len(part)
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)

    def _free_pages(self) -> set[int]:
        """The pages that are free, as far as the file still says."""
        if bytes(self._data[:16]) != HEADER:
            return set()
        free: set[int] = set()
        trunk = int.from_bytes(self._data[32:36], "big")
        while 1 < trunk <= self._count and trunk not in free:
            free.add(trunk)
            page = self._page(trunk)
            leaves = int.from_bytes(page[4:8], "big")
            if leaves > len(page) // 4 - 2:
                break
            places = range(8, 8 + 4 * leaves, 4)
            free.update(int.from_bytes(page[at : at + 4], "big") for at in places)
            trunk = int.from_bytes(page[:4], "big")
        return {one for one in free if 1 < one <= self._count}


def rows_in(path: Path) -> Iterator[RawRow]:
    """All rows in the pages of the file at ``path``, of whatever tables.  Raises OSError."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            yield from rows_of(data)


def rows_of(data: bytes | mmap) -> Iterator[RawRow]:
    """All rows in the pages of a file with these bytes."""
    yield from Pages(data, page_bytes=_page_bytes(data)).rows()


def _page_bytes(data: bytes | mmap) -> int:
    """The size of the pages: what the file says, else that by which most rows are found."""
    said = int.from_bytes(data[16:18], "big")
    said = 65536 if said == 1 else said
    if bytes(data[:16]) == HEADER and said == PAGE_SIZES[0]:
        return said
    some = bytes(data[:_SOME_BYTES])

    def rows(page_bytes: int) -> int:
        return sum(1 for _ in Pages(some, page_bytes=page_bytes).rows())

    return max(PAGE_SIZES, key=rows)


def _columns(payload: bytes) -> tuple[Value, ...] | None:
    """The columns of a row; None where there are more than any of our tables has."""
    size, place = _varint(payload, 0)
    kinds: list[int] = []
    while place < size:
        kind, place = _varint(payload, place)
        kinds.append(kind)
        if len(kinds) > MOST_COLUMNS:
            return None
    values: list[Value] = []
    place = size
    for kind in kinds:
        value, place = _value(payload, place, kind)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, place
    if kind in (8, 9):
        return kind - 8, place
    size = _NUMBER_BYTES.get(kind, 8 if kind == 7 else (kind - 12) // 2)
    if kind in (10, 11) or place + size > len(payload):
        raise ValueError("no such value")
    content = payload[place : place + size]
    if kind < 7:
        return int.from_bytes(content, "big", signed=True), place + size
    if kind == 7:
        return float(_FLOAT.unpack(content)[0]), place + size
    return (content if kind % 2 == 0 else content.decode("utf-8")), place + size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """SQLite's number of 1 to 9 bytes at ``place``, and where the next thing begins."""
    value = 0
    for at in range(place, place + 8):
        byte = data[at]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + 1
    return value << 8 | data[place + 8], place + 9

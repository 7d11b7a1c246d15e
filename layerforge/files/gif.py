"""GIF in: its frames apart, each decoded by Pillow, composed after the specification.

Source: GIF89a Specification, CompuServe 1990, sections 18 to 23.
"""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from layerforge.files.composing import Animation, Disposal, Part, Rgba
from layerforge.files.refusals import Damaged

_SIGNATURES = (b"GIF87a", b"GIF89a")
_EXTENSION, _IMAGE, _CONTROL = 0x21, 0x2C, 0xF9
_DISPOSALS: dict[int, Disposal] = {2: "clear", 3: "restore"}
_HAS_TABLE, _INTERLACED, _TABLE_SIZE = 0x80, 0x40, 0x07


@dataclass(frozen=True, slots=True)
class _Control:
    disposal: Disposal = "keep"
    clear_index: int | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    x: int
    y: int
    width: int
    height: int
    flags: int
    table: bytes
    data: memoryview
    control: _Control


def is_gif(content: bytes) -> bool:
    """Whether ``content`` begins as a GIF."""
    return content.startswith(_SIGNATURES)


def read_gif(content: bytes, *, check: Callable[[int, int], None]) -> Animation:
    """The frames of a GIF, nothing decoded yet.  Raises Damaged.

    check: is given every size that is to be decoded, before it is, and raises where it is too
    large.  A first frame that leaves the screen makes it larger, as in browsers.
    """
    reader = _Reader(content)
    width, height, frames = reader.frames()
    if not frames:
        raise Damaged("it holds no picture")
    width = max(width, frames[0].x + frames[0].width)
    height = max(height, frames[0].y + frames[0].height)
    check(width, height)
    for one in frames:
        if one.width and one.height:
            check(one.width, one.height)
    parts = [
        Part(
            x=one.x,
            y=one.y,
            disposal=one.control.disposal,
            over=True,
            decode=functools.partial(_decoded, one),
        )
        for one in frames
    ]
    return Animation(width, height, parts)


def _decoded(frame: _Frame) -> Rgba:
    """A frame on its own: Pillow is given a GIF of nothing else and gives the colours' numbers."""
    if not frame.width or not frame.height:
        return np.zeros((frame.height, frame.width, 4), np.uint8)
    bits = (len(frame.table) // 3).bit_length() - 2
    flags = (_HAS_TABLE | bits if frame.table else 0) | frame.flags & _INTERLACED
    alone = b"".join(
        [
            struct.pack("<6sHHBBB", b"GIF89a", frame.width, frame.height, 0, 0, 0),
            struct.pack("<BHHHHB", _IMAGE, 0, 0, frame.width, frame.height, flags),
            frame.table,
            frame.data,
            b";",
        ]
    )
    with Image.open(io.BytesIO(alone), formats=("GIF",)) as image:
        image.load()
        numbers = np.asarray(image)
    colors = np.zeros((256, 4), np.uint8)
    if frame.table:
        known = np.frombuffer(frame.table, np.uint8).reshape(-1, 3)
        colors[: len(known), :3] = known
    else:  # the specification leaves it to the reader
        colors[:, :3] = np.arange(256)[:, None]
    colors[:, 3] = 255
    if frame.control.clear_index is not None:
        colors[frame.control.clear_index] = 0
    return np.asarray(colors[numbers])


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._view = memoryview(content)
        self._place = len(_SIGNATURES[0])

    def frames(self) -> tuple[int, int, list[_Frame]]:
        """The screen's width and height, and the frames, the last one perhaps cut off."""
        width, height, flags, _, _ = struct.unpack("<HHBBB", self._take(7))
        shared = self._table(flags)
        control = _Control()
        found: list[_Frame] = []
        while self._place < len(self._view):
            kind = self._take(1)[0]
            if kind == _EXTENSION:
                control = self._extension() or control
            elif kind == _IMAGE:
                found.append(self._image(shared, control))
                control = _Control()
            elif kind:  # the end, or what no longer is GIF; some files have zeros between
                break
        return width, height, found

    def _take(self, count: int) -> memoryview:
        taken = self._view[self._place : self._place + count]
        if len(taken) < count:
            raise Damaged("a part of it is missing")
        self._place += count
        return taken

    def _table(self, flags: int) -> bytes:
        return bytes(self._take(3 * (2 << (flags & _TABLE_SIZE)))) if flags & _HAS_TABLE else b""

    def _extension(self) -> _Control | None:
        label = self._take(1)[0]
        start = self._place
        self._skip_blocks()
        block = self._view[start : self._place]
        if label != _CONTROL or len(block) < 5 or block[0] < 4:
            return None
        flags, clear = block[1], block[4]
        disposal = _DISPOSALS.get(flags >> 2 & 7, "keep")
        return _Control(disposal=disposal, clear_index=clear if flags & 1 else None)

    def _image(self, shared: bytes, control: _Control) -> _Frame:
        x, y, width, height, flags = struct.unpack("<HHHHB", self._take(9))
        table = self._table(flags) or shared
        start = self._place
        self._take(1)  # how many bits a number has
        self._skip_blocks()
        data = self._view[start : self._place]
        return _Frame(x, y, width, height, flags, table, data, control)

    def _skip_blocks(self) -> None:
        """To the end of a chain of blocks, or of the file."""
        view, place = self._view, self._place
        while place < len(view) and view[place]:
            place += 1 + view[place]
        self._place = min(place + 1, len(view))

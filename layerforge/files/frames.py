"""Which pictures of a file that holds several, an animation or a document with pages, are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from layerforge.files.decoding import Decoded, decode_frames, decode_image

FrameChoice = int | Literal["all"] | None
"""The number of one, from 1; all; or None for the first one."""

MOST_FRAMES = 64
"""So many pictures of one file are used; of more, some from beginning to end."""


@dataclass(frozen=True, slots=True)
class FrameRead:
    """One picture of a file.  number: from 1; None where the file holds no other."""

    number: int | None
    decoded: Decoded
    notes: tuple[str, ...]


def read_frames(
    file_bytes: bytes, *, name: str, frame: FrameChoice = None, long_edge: int | None = None
) -> Iterator[FrameRead]:
    """The chosen pictures of a file, one at a time.

    A file that holds one picture only gives that, whatever is chosen.  long_edge: at most so many
    pixels are wanted.  Raises ImageRefused, also where the file has several, but not the one of
    that number.
    """
    if frame is None:
        first = decode_image(file_bytes, name=name, long_edge=long_edge)
        notes = first.notes
        if first.frames > 1:
            notes += (f"it holds {first.frames} pictures; the first one is used",)
        yield FrameRead(number=None, decoded=first, notes=notes)
        return
    told: set[str] = set()
    numbers: list[int] = []

    def choose(count: int) -> list[int]:
        if frame == "all":
            spread = np.linspace(0, count - 1, min(count, MOST_FRAMES))
            numbers[:] = spread.round().astype(int).tolist()
        else:
            numbers[:] = [0 if count == 1 else frame - 1]
        return numbers

    for place, one in enumerate(
        decode_frames(file_bytes, name=name, choose=choose, long_edge=long_edge)
    ):
        notes = tuple(line for line in one.notes if line not in told)
        told.update(notes)
        if place == 0 and frame == "all" and one.frames > MOST_FRAMES:
            notes += (f"it holds {one.frames} pictures; {MOST_FRAMES} from all over it are used",)
        number = numbers[place] + 1 if one.frames > 1 else None
        yield FrameRead(number=number, decoded=one, notes=notes)

"""Images in: one loader for every entrance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from layerforge.files.decoding import Decoded, StraightPixels, decode_image
from layerforge.files.limits import MAX_FILE_BYTES, MAX_PIXELS
from layerforge.files.names import printable
from layerforge.files.refusals import ImageRefused
from layerforge.model.source import Source, source_id_of

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_PIXELS",
    "Decoded",
    "Frames",
    "ImageRefused",
    "SourceFile",
    "StraightPixels",
    "decode",
    "decode_image",
    "find_images",
    "frames_of",
    "read_bytes",
    "read_source",
    "source_from_bytes",
]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source with its file's bytes, checked to decode.

    notes: one line for each thing about the file that the user should know.
    """

    source: Source
    file_bytes: bytes
    notes: tuple[str, ...] = ()


def find_images(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that ``paths`` name, folders opened all the way down, sorted, hidden ones left out.

    Raises ImageRefused for a path that does not exist.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                if file.is_file() and not hidden:
                    yield file
        elif path.exists():
            yield path
        else:
            raise ImageRefused(str(path), "no such file or folder")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.  Raises ImageRefused where it can't be read or is larger than 1 GiB."""
    try:
        if not path.is_file():
            raise ImageRefused(path.name, "not a file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ImageRefused(path.name, f"the file is larger than {MAX_FILE_BYTES >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise ImageRefused(path.name, f"can't be read ({error.strerror})") from error


def read_source(path: Path) -> SourceFile:
    """Read and decode one file.  Raises ImageRefused with the reason."""
    return source_from_bytes(read_bytes(path), name=path.name)


def source_from_bytes(file_bytes: bytes, *, name: str) -> SourceFile:
    """A source from its file's bytes.  Raises ImageRefused where they don't decode."""
    decoded = decode_image(file_bytes, name=name)
    height, width = decoded.pixels.shape[:2]
    notes = decoded.notes
    if decoded.frames > 1:
        notes = (*notes, f"it holds {decoded.frames} pictures; the first one is used")
    source = Source(id=source_id_of(file_bytes), name=printable(name), width=width, height=height)
    return SourceFile(source=source, file_bytes=file_bytes, notes=notes)


def decode(file_bytes: bytes, *, name: str, frame: int = 0) -> StraightPixels:
    """File bytes to (H, W, 4) uint8 straight-alpha sRGB, upright.

    `decode_image` tells also what is to be said about the file.  Raises ImageRefused.
    """
    return decode_image(file_bytes, name=name, frame=frame).pixels


class Frames(Sequence[StraightPixels]):
    """The frames of an animation, or the pages of a document, each decoded when it is asked for."""

    def __init__(self, file_bytes: bytes, *, name: str) -> None:
        self._file_bytes = file_bytes
        self._name = name
        self._count = decode_image(file_bytes, name=name).frames

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> StraightPixels: ...

    @overload
    def __getitem__(self, index: slice) -> list[StraightPixels]: ...

    def __getitem__(self, index: int | slice) -> StraightPixels | list[StraightPixels]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(self._count))]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(f"{self._name} has {self._count} frames, not one with number {index}")
        return decode(self._file_bytes, name=self._name, frame=place)


def frames_of(file_bytes: bytes, *, name: str) -> Frames:
    """All pictures that a file holds, composed as they are to be seen.  Raises ImageRefused."""
    return Frames(file_bytes, name=name)

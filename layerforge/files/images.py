"""Images in: one loader for every entrance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from layerforge.files.converting import StraightPixels
from layerforge.files.decoding import Decoded, decode_image
from layerforge.files.frames import FrameChoice, read_frames
from layerforge.files.limits import MAX_FILE_BYTES, MAX_PIXELS
from layerforge.files.names import printable
from layerforge.files.png import png_file
from layerforge.files.refusals import ImageRefused
from layerforge.model.source import Source, source_id_of

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_PIXELS",
    "Decoded",
    "FrameChoice",
    "ImageRefused",
    "SourceFile",
    "StraightPixels",
    "decode",
    "decode_image",
    "find_images",
    "read_bytes",
    "read_source",
    "source_from_bytes",
    "sources_from_bytes",
]


_CHECKED_PX = 512


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source with its file's bytes, checked to decode.

    notes: one line for each thing about the file that the user should know.  frames: how many
    pictures ``file_bytes`` hold.
    """

    source: Source
    file_bytes: bytes
    notes: tuple[str, ...] = ()
    frames: int = 1


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
    """Read and decode one file, its first picture.  Raises ImageRefused with the reason."""
    return source_from_bytes(read_bytes(path), name=path.name)


def source_from_bytes(file_bytes: bytes, *, name: str) -> SourceFile:
    """A source from its file's bytes, of the first picture in them.

    Raises ImageRefused where they don't decode.
    """
    return next(sources_from_bytes(file_bytes, name=name))


def sources_from_bytes(
    file_bytes: bytes, *, name: str, frame: FrameChoice = None
) -> Iterator[SourceFile]:
    """A source for each chosen picture in a file's bytes.  Raises ImageRefused.

    The first picture's source is the file itself.  A source stands for one picture, so that
    another one becomes a PNG of its own, ``photo.gif frame 3``.
    """
    # of the first one nothing is kept but that it decodes
    long_edge = _CHECKED_PX if frame is None else None
    for one in read_frames(file_bytes, name=name, frame=frame, long_edge=long_edge):
        width, height = one.decoded.full
        own, shown, held = file_bytes, name, one.decoded.frames
        if one.number is not None and one.number > 1:
            own, shown, held = png_file(one.decoded.pixels), f"{name} frame {one.number}", 1
        source = Source(id=source_id_of(own), name=printable(shown), width=width, height=height)
        yield SourceFile(source=source, file_bytes=own, notes=one.notes, frames=held)


def decode(file_bytes: bytes, *, name: str, frame: int = 0) -> StraightPixels:
    """File bytes to (H, W, 4) uint8 straight-alpha sRGB, upright.

    `decode_image` tells also what is to be said about the file.  Raises ImageRefused.
    """
    return decode_image(file_bytes, name=name, frame=frame).pixels

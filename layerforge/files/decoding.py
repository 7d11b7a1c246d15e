"""One file's bytes to straight-alpha sRGB, whatever its format; damage and bombs are refused.

The content decides the format.  The size that the header claims is checked before anything is
decoded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PIL import Image

from layerforge.files.composing import Animation
from layerforge.files.converting import Bands, StraightPixels, bands_of, converted
from layerforge.files.damage import jpeg_without_end
from layerforge.files.decoder_warnings import warnings_noted
from layerforge.files.deep_tiff import with_signed_grey
from layerforge.files.jpeg_drafts import ask_for_less
from layerforge.files.opening import Note, Opened, check_size, open_picture
from layerforge.files.orientation import lies_sideways, upright
from layerforge.files.refusals import ImageRefused, refusing
from layerforge.files.shrinking import shrunk, size_within, straight
from layerforge.files.transparency import with_deep_key
from layerforge.operations.pixels import Pixels

_Array = TypeVar("_Array", Pixels, StraightPixels)

_PAGES_ARE_LAYERS = frozenset({"PSD", "ICO", "CUR", "ICNS"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture, with one line for each thing about the file that the user should know.

    frames: how many pictures the file holds: an animation's frames, a document's pages.  full: its
    width and height in pixels, of which ``pixels`` may be a smaller version.
    """

    pixels: StraightPixels
    notes: tuple[str, ...]
    frames: int
    full: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A picture's smaller version, and its full width and height in pixels."""

    pixels: Pixels
    full: tuple[int, int]


def decode_image(
    file_bytes: bytes, *, name: str, frame: int = 0, long_edge: int | None = None
) -> Decoded:
    """File bytes to pixels, upright.  ``frame`` counts from 0.  Raises ImageRefused.

    long_edge: see `decode_frames`.
    """
    return next(
        decode_frames(file_bytes, name=name, choose=lambda _: (frame,), long_edge=long_edge)
    )


def decode_frames(
    file_bytes: bytes,
    *,
    name: str,
    choose: Callable[[int], Sequence[int]],
    long_edge: int | None = None,
) -> Iterator[Decoded]:
    """Some of a file's pictures one after another, each composed as it is to be seen, upright.

    choose: is given how many there are, and gives the numbers wanted, from 0, ascending.
    long_edge: at most so many pixels are wanted; for a large picture this takes less memory.
    Raises ImageRefused, also where there is no picture of that number.
    """

    def finish(bands: Bands, full: tuple[int, int]) -> StraightPixels:
        width, height = size_within(*full, long_edge=long_edge or max(full))
        if bands.width <= width and bands.height <= height:
            return bands.whole()
        return straight(shrunk(bands, width=width, height=height))

    for one in _decoded(file_bytes, name, choose, long_edge, finish):
        yield Decoded(pixels=one.pixels, notes=one.notes, frames=one.frames, full=one.full)


def decode_shrunk(file_bytes: bytes, *, name: str, long_edge: int | None) -> Shrunk:
    """A file's first picture, at most ``long_edge`` pixels long, upright.  Raises ImageRefused."""

    def finish(bands: Bands, full: tuple[int, int]) -> Pixels:
        width, height = size_within(*full, long_edge=long_edge or max(full))
        return shrunk(bands, width=width, height=height)

    one = next(_decoded(file_bytes, name, lambda _: (0,), long_edge, finish))
    return Shrunk(pixels=one.pixels, full=one.full)


@dataclass(frozen=True, slots=True)
class _Made(Generic[_Array]):
    pixels: _Array
    notes: tuple[str, ...]
    frames: int
    full: tuple[int, int]


def _decoded(
    file_bytes: bytes,
    name: str,
    choose: Callable[[int], Sequence[int]],
    long_edge: int | None,
    finish: Callable[[Bands, tuple[int, int]], _Array],
) -> Iterator[_Made[_Array]]:
    """What ``finish`` makes of each picture chosen, given its rows and its full size."""
    notes: list[str] = []

    def note(line: str) -> None:
        if line not in notes:
            notes.append(line)

    with refusing(name), warnings_noted(note):
        opened = open_picture(file_bytes, name, note)
        frames = _frames_in(opened)
    with contextlib.ExitStack() as held:
        if isinstance(opened, Opened):
            held.enter_context(opened.image)
        for wanted in choose(frames):
            _check_frame(name, wanted, frames)
            with refusing(name), warnings_noted(note):
                if isinstance(opened, Animation):
                    bands = bands_of(opened.frame(wanted))
                    full = bands.width, bands.height
                elif isinstance(opened, Opened):
                    bands, full = _bands(opened, wanted, name, note, long_edge)
                else:
                    bands = bands_of(opened)
                    full = bands.width, bands.height
                pixels = finish(bands, full)
            yield _Made(pixels=pixels, notes=tuple(notes), frames=frames, full=full)


def _bands(
    opened: Opened, wanted: int, name: str, note: Note, long_edge: int | None
) -> tuple[Bands, tuple[int, int]]:
    image = opened.image
    if wanted:
        image.seek(wanted)
        check_size(name, image.width, image.height)
    full = image.size
    if not wanted and long_edge is not None:
        ask_for_less(image, long_edge)
    loaded = _loaded(image, opened.content, note)
    if opened.bits == 16:
        loaded = with_deep_key(loaded, opened.content)
    turned = upright(with_signed_grey(loaded, note), note)
    if lies_sideways(image):
        full = full[::-1]
    return converted(turned, note, bits=opened.bits), full


def _frames_in(opened: Opened | Animation | StraightPixels) -> int:
    if isinstance(opened, Animation):
        return opened.frames
    if not isinstance(opened, Opened):
        return 1
    image = opened.image
    return 1 if image.format in _PAGES_ARE_LAYERS else max(1, getattr(image, "n_frames", 1))


def _check_frame(name: str, frame: int, frames: int) -> None:
    if not 0 <= frame < frames:
        held = "one picture" if frames == 1 else f"{frames} pictures"
        raise ImageRefused(name, f"it has no frame {frame + 1}: it holds {held}")


def _loaded(image: Image.Image, content: bytes, note: Note) -> Image.Image:
    try:
        image.load()
    except OSError as error:
        if image.format not in ("JPEG", "MPO") or image.tell() or "truncated" not in str(error):
            raise
        whole = jpeg_without_end(content)
        if whole is None:
            raise
        note("its end marker is missing; the picture is whole")
        return whole
    return image

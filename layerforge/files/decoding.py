"""One file's bytes to straight-alpha sRGB, whatever its format; damage and bombs are refused.

The content decides the format.  The size that the header claims is checked before anything is
decoded.
"""

from __future__ import annotations

import contextlib
import functools
import io
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from PIL import Image, UnidentifiedImageError

from layerforge.files.apng import read_apng
from layerforge.files.color_profiles import to_srgb
from layerforge.files.composing import Animation
from layerforge.files.converting import Bands, StraightPixels, bands_of, converted
from layerforge.files.damage import checked_png, jpeg_without_end
from layerforge.files.decoder_warnings import warnings_gathered, warnings_noted
from layerforge.files.deep_psd import DeepPsd, read_deep_psd
from layerforge.files.deep_tiff import DeepTiff, read_deep_tiff, read_planar_tiff, with_signed_grey
from layerforge.files.gif import is_gif, read_gif
from layerforge.files.jpeg_drafts import ask_for_less
from layerforge.files.jpeg_xl import is_animated, is_jpeg_xl, jpeg_xl_size
from layerforge.files.limits import size_refusal
from layerforge.files.looks import what_it_is
from layerforge.files.ora_reading import is_ora, merged_image, merged_size
from layerforge.files.orientation import lies_sideways, upright
from layerforge.files.plugins import register_plugins
from layerforge.files.png_chunks import SIGNATURE
from layerforge.files.psd_reading import SIGNATURE as PSD_SIGNATURE
from layerforge.files.psd_reading import psd_size
from layerforge.files.refusals import DECODERS_ERRORS, ImageRefused, refusing
from layerforge.files.samples import to_8bit
from layerforge.files.shrinking import shrunk, size_within, straight
from layerforge.files.transparency import with_deep_key, without_white
from layerforge.files.webp_reading import with_clear_parts
from layerforge.operations.pixels import Pixels

Note = Callable[[str], None]

_Array = TypeVar("_Array", Pixels, StraightPixels)

FORMATS = (
    "PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "DIB", "ICO", "CUR", "ICNS", "JPEG2000",
    "AVIF", "HEIF", "JXL", "PSD", "PPM", "TGA", "PCX", "SGI", "QOI", "DDS",
)  # fmt: skip
"""What is read, by Pillow's names.  Formats that run other programs, as EPS does, are not."""

_PAGES_ARE_LAYERS = frozenset({"PSD", "ICO", "CUR", "ICNS"})

_DECODED_WHEN_OPENED = frozenset({"ICO", "CUR", "ICNS", "WEBP", "AVIF", "HEIF", "JXL"})
"""Formats of which Pillow decodes or lays out a part before it says the size."""


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


@dataclass(frozen=True, slots=True)
class _Opened:
    """The image that Pillow opened, its bytes, its bits a sample."""

    image: Image.Image
    content: bytes
    bits: int


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
        opened = _opened(file_bytes, name, note)
        frames = _frames_in(opened)
    with contextlib.ExitStack() as held:
        if isinstance(opened, _Opened):
            held.enter_context(opened.image)
        for wanted in choose(frames):
            _check_frame(name, wanted, frames)
            with refusing(name), warnings_noted(note):
                if isinstance(opened, Animation):
                    bands = bands_of(opened.frame(wanted))
                    full = bands.width, bands.height
                elif isinstance(opened, _Opened):
                    bands, full = _bands(opened, wanted, name, note, long_edge)
                else:
                    bands = bands_of(opened)
                    full = bands.width, bands.height
                pixels = finish(bands, full)
            yield _Made(pixels=pixels, notes=tuple(notes), frames=frames, full=full)


def _bands(
    opened: _Opened, wanted: int, name: str, note: Note, long_edge: int | None
) -> tuple[Bands, tuple[int, int]]:
    image = opened.image
    if wanted:
        image.seek(wanted)
        _check_size(name, image.width, image.height)
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


def _frames_in(opened: _Opened | Animation | StraightPixels) -> int:
    if isinstance(opened, Animation):
        return opened.frames
    if not isinstance(opened, _Opened):
        return 1
    image = opened.image
    return 1 if image.format in _PAGES_ARE_LAYERS else max(1, getattr(image, "n_frames", 1))


def image_size(file_bytes: bytes, *, name: str) -> tuple[int, int]:
    """Width and height in pixels that the header says.  Raises ImageRefused."""
    with refusing(name), warnings_gathered():
        if file_bytes.startswith(PSD_SIGNATURE):
            return psd_size(file_bytes)
        if is_ora(file_bytes):
            return merged_size(file_bytes)
        with _open(file_bytes, name) as image:
            return image.width, image.height


def _opened(file_bytes: bytes, name: str, note: Note) -> _Opened | Animation | StraightPixels:
    """The image that Pillow opened, or frames, or all of it, decoded."""
    if not file_bytes:
        raise ImageRefused(name, "the file is empty")
    known = register_plugins()

    def check(width: int, height: int) -> None:
        _check_size(name, width, height)

    if is_gif(file_bytes):
        return read_gif(file_bytes, check=check)
    content = with_clear_parts(file_bytes)
    bits = 8
    if is_ora(content):
        content = merged_image(content, check=check)
    if content.startswith(SIGNATURE):
        content = checked_png(content, note)
        bits = content[24]
        animation = _read_apng(content, check, note)
        if animation is not None:
            return animation
    elif is_jpeg_xl(content) and "JXL" in known:
        check(*jpeg_xl_size(content))
        if is_animated(content):
            note("it is an animation, of which only the last picture can be read")
    apart = read_planar_tiff(content, check=check)
    if apart is not None:
        return _deep_decoded(apart, note)
    try:
        image = _open(content, name)
    except UnidentifiedImageError as error:
        deep = read_deep_tiff(content, check=check)
        if deep is not None:
            return _deep_decoded(deep, note)
        document = read_deep_psd(content, check=check)
        if document is not None:
            return _document_decoded(document, note)
        raise ImageRefused(name, what_it_is(content)) from error
    check(image.width, image.height)
    return _Opened(image=image, content=content, bits=bits)


def _read_apng(content: bytes, check: Callable[[int, int], None], note: Note) -> Animation | None:
    check(*struct.unpack_from(">II", content, 16))

    def decode(png: bytes) -> StraightPixels:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
            image.load()
            bits = png[24]
            return converted(
                with_deep_key(image, png) if bits == 16 else image, note, bits=bits
            ).whole()

    return read_apng(content, decode=decode)


def _open(content: bytes, name: str) -> Image.Image:
    """A picture, held to the limit; raises as Pillow does, and ImageRefused with the size."""
    try:
        return Image.open(io.BytesIO(content), formats=_readable())
    except Image.DecompressionBombError:
        size = _claimed_size(content)
        if size is not None:
            _check_size(name, *size)
        raise


def _claimed_size(content: bytes) -> tuple[int, int] | None:
    """The size that a header claims, however large, where that can be read without decoding."""
    held, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        formats = [one for one in _readable() if one not in _DECODED_WHEN_OPENED]
        with Image.open(io.BytesIO(content), formats=formats) as image:
            return image.size
    except DECODERS_ERRORS:
        return None  # the size stays unsaid; the refusal stands
    finally:
        Image.MAX_IMAGE_PIXELS = held


@functools.cache
def _readable() -> tuple[str, ...]:
    """Those of `FORMATS` that this Pillow and its plug-ins know."""
    register_plugins()
    Image.init()
    return tuple(one for one in FORMATS if one in Image.OPEN)


def _deep_decoded(deep: DeepTiff, note: Note) -> StraightPixels:
    samples = deep.samples
    if samples.ndim == 3 and samples.shape[2] == 4:
        # how bright the colours are says nothing of alpha's range
        parts = [to_8bit(samples[..., :3], note), to_8bit(samples[..., 3:], note)]
        eight = Image.fromarray(np.concatenate(parts, axis=-1))
    else:
        eight = Image.fromarray(to_8bit(samples, note))
    eight.info["icc_profile"] = deep.profile
    return converted(eight, note, bits=8).whole()


def _document_decoded(document: DeepPsd, note: Note) -> StraightPixels:
    eight = to_8bit(document.samples, note)
    image = Image.fromarray(eight[..., 0] if eight.shape[2] == 1 else eight)
    rgba = np.array(to_srgb(image, document.profile, note).convert("RGBA"))
    if document.alpha is not None:
        rgba[..., 3] = to_8bit(document.alpha, note)
        rgba = without_white(rgba)
    return rgba


def _check_frame(name: str, frame: int, frames: int) -> None:
    if not 0 <= frame < frames:
        held = "one picture" if frames == 1 else f"{frames} pictures"
        raise ImageRefused(name, f"it has no frame {frame + 1}: it holds {held}")


def _check_size(name: str, width: int, height: int) -> None:
    reason = size_refusal(width, height)
    if reason is not None:
        raise ImageRefused(name, reason)


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

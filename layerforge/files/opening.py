"""Files opened: told apart by their content, their size checked, hardly anything decoded yet."""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, UnidentifiedImageError

from layerforge.files.apng import read_apng
from layerforge.files.color_profiles import to_srgb
from layerforge.files.composing import Animation
from layerforge.files.converting import StraightPixels, converted
from layerforge.files.damage import checked_png
from layerforge.files.decoder_warnings import warnings_gathered
from layerforge.files.deep_psd import DeepPsd, read_deep_psd
from layerforge.files.deep_tiff import DeepTiff, read_deep_tiff, read_planar_tiff
from layerforge.files.gif import is_gif, read_gif
from layerforge.files.jpeg_xl import is_animated, is_jpeg_xl, jpeg_xl_size
from layerforge.files.limits import size_refusal
from layerforge.files.looks import what_it_is
from layerforge.files.ora_reading import is_ora, merged_image, merged_size
from layerforge.files.plugins import register_plugins
from layerforge.files.png_chunks import SIGNATURE
from layerforge.files.psd_reading import SIGNATURE as PSD_SIGNATURE
from layerforge.files.psd_reading import psd_size
from layerforge.files.refusals import DECODERS_ERRORS, ImageRefused, refusing
from layerforge.files.samples import to_8bit
from layerforge.files.transparency import with_deep_key, without_white
from layerforge.files.webp_reading import with_clear_parts

Note = Callable[[str], None]

FORMATS = (
    "PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "DIB", "ICO", "CUR", "ICNS", "JPEG2000",
    "AVIF", "HEIF", "JXL", "PSD", "PPM", "TGA", "PCX", "SGI", "QOI", "DDS",
)  # fmt: skip
"""What is read, by Pillow's names.  Formats that run other programs, as EPS does, are not."""

_DECODED_WHEN_OPENED = frozenset({"ICO", "CUR", "ICNS", "WEBP", "AVIF", "HEIF", "JXL"})
"""Formats of which Pillow decodes or lays out a part before it says the size."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The image that Pillow opened, its bytes, its bits a sample."""

    image: Image.Image
    content: bytes
    bits: int


def image_size(file_bytes: bytes, *, name: str) -> tuple[int, int]:
    """Width and height in pixels that the header says.  Raises ImageRefused."""
    with refusing(name), warnings_gathered():
        if file_bytes.startswith(PSD_SIGNATURE):
            return psd_size(file_bytes)
        if is_ora(file_bytes):
            return merged_size(file_bytes)
        size = _claimed_size(file_bytes)
        if size is not None:
            return size
        with _open(file_bytes, name) as image:
            return image.width, image.height


def open_picture(file_bytes: bytes, name: str, note: Note) -> Opened | Animation | StraightPixels:
    """The image that Pillow opened, or frames, or all of it, decoded.

    To be called while warnings are gathered.  Raises ImageRefused, and what decoders raise.
    """
    if not file_bytes:
        raise ImageRefused(name, "the file is empty")
    known = register_plugins()

    def check(width: int, height: int) -> None:
        check_size(name, width, height)

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
    return Opened(image=image, content=content, bits=bits)


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
            check_size(name, *size)
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


def check_size(name: str, width: int, height: int) -> None:
    """Raises ImageRefused where a picture of that size is too large."""
    reason = size_refusal(width, height)
    if reason is not None:
        raise ImageRefused(name, reason)

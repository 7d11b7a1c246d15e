"""One file's bytes to straight-alpha sRGB, whatever its format; damage and bombs are refused.

The content decides the format.  The size that the header claims is checked before anything is
decoded.
"""

from __future__ import annotations

import functools
import io
import struct
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, PngImagePlugin, UnidentifiedImageError

from layerforge.files.color_profiles import to_srgb
from layerforge.files.damage import checked_png, jpeg_without_end
from layerforge.files.deep_tiff import deep_grey, read_deep_tiff
from layerforge.files.jpeg_xl import is_jpeg_xl, jpeg_xl_size
from layerforge.files.limits import MAX_PROFILE_BYTES, limit_words, max_pixels, size_refusal
from layerforge.files.looks import what_it_is
from layerforge.files.names import printable
from layerforge.files.ora_reading import is_ora, merged_image
from layerforge.files.orientation import upright
from layerforge.files.plugins import register_plugins
from layerforge.files.png_chunks import SIGNATURE
from layerforge.files.psd_reading import SIGNATURE as PSD_SIGNATURE
from layerforge.files.psd_reading import psd_size
from layerforge.files.samples import to_8bit
from layerforge.files.transparency import alpha_of, without_white
from layerforge.model.errors import LayerForgeError

StraightPixels = npt.NDArray[np.uint8]
"""(H, W, 4) uint8, straight alpha, sRGB."""

Note = Callable[[str], None]

FORMATS = (
    "PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "DIB", "ICO", "CUR", "ICNS", "JPEG2000",
    "AVIF", "HEIF", "JXL", "PSD", "PPM", "TGA", "PCX", "SGI", "QOI", "DDS",
)  # fmt: skip
"""What is read, by Pillow's names.  Formats that run other programs, as EPS does, are not."""

_PAGES_ARE_LAYERS = frozenset({"PSD", "ICO", "CUR", "ICNS"})

# What the header says is checked by `size_refusal`, with a better message.
Image.MAX_IMAGE_PIXELS = None
PngImagePlugin.MAX_TEXT_CHUNK = MAX_PROFILE_BYTES

# Python's warnings are global; while they are gathered for one file, no other is decoded.
_one_at_a_time = threading.Lock()


class ImageRefused(LayerForgeError):
    """A file that can't be used as a source; the message names it and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{printable(name)}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture, with one line for each thing about the file that the user should know.

    frames: how many pictures the file holds: an animation's frames, a document's pages.
    """

    pixels: StraightPixels
    notes: tuple[str, ...]
    frames: int


def decode_image(file_bytes: bytes, *, name: str, frame: int = 0) -> Decoded:
    """File bytes to pixels, upright.  ``frame`` counts from 0.  Raises ImageRefused."""
    notes: list[str] = []

    def note(line: str) -> None:
        if line not in notes:
            notes.append(line)

    with _refusing(name), _gathering_warnings(note):
        pixels, frames = _decode(file_bytes, name, frame, note)
    return Decoded(pixels=pixels, notes=tuple(notes), frames=frames)


def image_size(file_bytes: bytes, *, name: str) -> tuple[int, int]:
    """Width and height in pixels that the header says.  Raises ImageRefused."""
    with _refusing(name), warnings_gathered():
        if file_bytes.startswith(PSD_SIGNATURE):
            return psd_size(file_bytes)
        content = merged_image(file_bytes) if is_ora(file_bytes) else file_bytes
        with Image.open(io.BytesIO(content), formats=_readable()) as image:
            return image.width, image.height


def _decode(file_bytes: bytes, name: str, frame: int, note: Note) -> tuple[StraightPixels, int]:
    if not file_bytes:
        raise ImageRefused(name, "the file is empty")
    known = register_plugins()
    content = file_bytes
    bits = 8
    if is_ora(content):
        content = merged_image(content)
    if content.startswith(SIGNATURE):
        content = checked_png(content, note)
        bits = content[24]
    elif is_jpeg_xl(content) and "JXL" in known:
        _check_size(name, *jpeg_xl_size(content))
    try:
        with Image.open(io.BytesIO(content), formats=_readable()) as image:
            _check_size(name, image.width, image.height)
            frames = 1 if image.format in _PAGES_ARE_LAYERS else getattr(image, "n_frames", 1)
            if not 0 <= frame < max(1, frames):
                raise ImageRefused(name, f"has no frame {frame}, only 0 to {frames - 1}")
            with _guarding_inner_pictures():
                if frame:
                    image.seek(frame)
                    _check_size(name, image.width, image.height)
                loaded = upright(_loaded(image, content, note), note)
            return _to_srgb_rgba(loaded, note, bits=bits), max(1, frames)
    except UnidentifiedImageError as error:
        deep = read_deep_tiff(content, check=lambda width, height: _check_size(name, width, height))
        if deep is None:
            raise ImageRefused(name, what_it_is(content)) from error
        eight = Image.fromarray(to_8bit(deep.samples, note))
        eight.info["icc_profile"] = deep.profile
        return _to_srgb_rgba(eight, note, bits=8), 1


@functools.cache
def _readable() -> tuple[str, ...]:
    """Those of `FORMATS` that this Pillow and its plug-ins know."""
    register_plugins()
    Image.init()
    return tuple(one for one in FORMATS if one in Image.OPEN)


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


def _to_srgb_rgba(image: Image.Image, note: Note, *, bits: int) -> StraightPixels:
    profile = image.info.get("icc_profile")
    alpha = alpha_of(image, bits=bits)
    if image.mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info:
        image = ImageChops.invert(image)  # the decoder takes all for inverted, as Adobe writes it
    if image.mode in ("La", "RGBa"):
        image = image.convert({"La": "LA", "RGBa": "RGBA"}[image.mode])
    elif image.mode.startswith("I") or image.mode == "F":
        image = Image.fromarray(to_8bit(deep_grey(image), note))
    rgba = to_srgb(image, profile, note).convert("RGBA")
    if alpha is not None:
        rgba.putalpha(alpha)
        if image.format == "PSD":
            return without_white(np.array(rgba))
    return np.array(rgba)


@contextmanager
def _guarding_inner_pictures() -> Iterator[None]:
    """Has Pillow hold pictures inside the picture, as icons have, to the same limit."""
    Image.MAX_IMAGE_PIXELS = max_pixels()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = None


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turns what decoders raise for damaged files into ImageRefused."""
    try:
        yield
    except LayerForgeError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused(name, f"a picture inside it is larger than {limit_words()}") from error
    except MemoryError as error:
        raise ImageRefused(name, "too large for this machine's memory") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError) as error:
        reason = " ".join(printable(str(error)).split())[:200]
        raise ImageRefused(name, f"damaged: {reason or type(error).__name__}") from error
    except (struct.error, zlib.error, TypeError, OverflowError, ZeroDivisionError) as error:
        raise ImageRefused(name, f"damaged ({type(error).__name__})") from error
    except (NotImplementedError, RuntimeError, AttributeError, AssertionError) as error:
        raise ImageRefused(name, f"damaged, or of an unknown kind: {error}") from error


@contextmanager
def _gathering_warnings(note: Note) -> Iterator[None]:
    """Hands on as notes what decoders warn of."""
    with warnings_gathered() as gathered:
        yield
    for line in gathered:
        note(f"the decoder says: {line}")


@contextmanager
def warnings_gathered() -> Iterator[list[str]]:
    """What Pillow warns of meanwhile, a line each; filled in at the end."""
    lines: list[str] = []
    with _one_at_a_time:
        with warnings.catch_warnings(record=True) as gathered:
            warnings.simplefilter("always")
            yield lines
        lines.extend(
            " ".join(printable(str(warning.message)).split()).rstrip(".")[:200]
            for warning in gathered
        )

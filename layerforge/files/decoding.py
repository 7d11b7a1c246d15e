"""One file's bytes to straight-alpha sRGB, whatever its format; damage and bombs are refused.

The content decides the format.  The size that the header claims is checked before anything is
decoded.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, UnidentifiedImageError

from layerforge.files.color_profiles import to_srgb
from layerforge.files.composing import Animation
from layerforge.files.damage import checked_png, jpeg_without_end
from layerforge.files.decoder_warnings import warnings_gathered, warnings_noted
from layerforge.files.deep_psd import DeepPsd, read_deep_psd
from layerforge.files.deep_tiff import DeepTiff, deep_grey, read_deep_tiff, read_planar_tiff
from layerforge.files.gif import is_gif, read_gif
from layerforge.files.jpeg_xl import is_animated, is_jpeg_xl, jpeg_xl_size
from layerforge.files.limits import size_refusal
from layerforge.files.looks import what_it_is
from layerforge.files.ora_reading import is_ora, merged_image, merged_size
from layerforge.files.orientation import upright
from layerforge.files.plugins import register_plugins
from layerforge.files.png_chunks import SIGNATURE
from layerforge.files.psd_reading import SIGNATURE as PSD_SIGNATURE
from layerforge.files.psd_reading import psd_size
from layerforge.files.refusals import DECODERS_ERRORS, ImageRefused, refusing
from layerforge.files.samples import to_8bit
from layerforge.files.transparency import alpha_of, with_deep_key, without_white
from layerforge.files.webp_reading import with_clear_parts

StraightPixels = npt.NDArray[np.uint8]
"""(H, W, 4) uint8, straight alpha, sRGB."""

Note = Callable[[str], None]

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

    frames: how many pictures the file holds: an animation's frames, a document's pages.
    """

    pixels: StraightPixels
    notes: tuple[str, ...]
    frames: int


_Opened = tuple[Image.Image, bytes, int] | Animation | Decoded
"""The image that Pillow opened, its bytes, its bits a sample; or frames; or all of it, decoded."""


def decode_image(file_bytes: bytes, *, name: str, frame: int = 0) -> Decoded:
    """File bytes to pixels, upright.  ``frame`` counts from 0.  Raises ImageRefused."""
    return next(decode_frames(file_bytes, name=name, choose=lambda _: (frame,)))


def decode_frames(
    file_bytes: bytes, *, name: str, choose: Callable[[int], Sequence[int]]
) -> Iterator[Decoded]:
    """Some of a file's pictures one after another, each composed as it is to be seen, upright.

    choose: is given how many there are, and gives the numbers wanted, from 0, ascending.  Raises
    ImageRefused, also where there is no picture of that number.
    """
    notes: list[str] = []

    def note(line: str) -> None:
        if line not in notes:
            notes.append(line)

    with refusing(name), warnings_noted(note):
        opened = _opened(file_bytes, name, note)
        frames = _frames_in(opened)
    if isinstance(opened, Animation):
        for wanted in choose(frames):
            _check_frame(name, wanted, frames)
            with refusing(name), warnings_noted(note):
                pixels = opened.frame(wanted)
            yield Decoded(pixels=pixels, notes=tuple(notes), frames=frames)
        return
    if isinstance(opened, Decoded):
        for wanted in choose(frames):
            _check_frame(name, wanted, frames)
            yield replace(opened, notes=tuple(notes))
        return
    image, content, bits = opened
    with image:
        for wanted in choose(frames):
            _check_frame(name, wanted, frames)
            with refusing(name), warnings_noted(note):
                if wanted:
                    image.seek(wanted)
                    _check_size(name, image.width, image.height)
                loaded = _loaded(image, content, note)
                if bits == 16:
                    loaded = with_deep_key(loaded, content)
                loaded = upright(loaded, note)
                pixels = _to_srgb_rgba(loaded, note, bits=bits)
            yield Decoded(pixels=pixels, notes=tuple(notes), frames=frames)


def _frames_in(opened: _Opened) -> int:
    if isinstance(opened, Animation | Decoded):
        return opened.frames
    image = opened[0]
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


def _opened(file_bytes: bytes, name: str, note: Note) -> _Opened:
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
    return image, content, bits


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


def _deep_decoded(deep: DeepTiff, note: Note) -> Decoded:
    samples = deep.samples
    if samples.ndim == 3 and samples.shape[2] == 4:
        # how bright the colours are says nothing of alpha's range
        parts = [to_8bit(samples[..., :3], note), to_8bit(samples[..., 3:], note)]
        eight = Image.fromarray(np.concatenate(parts, axis=-1))
    else:
        eight = Image.fromarray(to_8bit(samples, note))
    eight.info["icc_profile"] = deep.profile
    return Decoded(pixels=_to_srgb_rgba(eight, note, bits=8), notes=(), frames=1)


def _document_decoded(document: DeepPsd, note: Note) -> Decoded:
    eight = to_8bit(document.samples, note)
    image = Image.fromarray(eight[..., 0] if eight.shape[2] == 1 else eight)
    rgba = np.array(to_srgb(image, document.profile, note).convert("RGBA"))
    if document.alpha is not None:
        rgba[..., 3] = to_8bit(document.alpha, note)
        rgba = without_white(rgba)
    return Decoded(pixels=rgba, notes=(), frames=1)


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


def _to_srgb_rgba(image: Image.Image, note: Note, *, bits: int) -> StraightPixels:
    profile = image.info.get("icc_profile")
    alpha = alpha_of(image, bits=bits)
    kind = image.format
    if "transparency" in image.info:  # which is in the alpha now, and would be taken for a colour
        image = image.copy()
        del image.info["transparency"]
    if image.mode == "CMYK" and kind == "JPEG" and "adobe" not in image.info:
        image = ImageChops.invert(image)  # the decoder takes all for inverted, as Adobe writes it
    if image.mode in ("La", "RGBa"):
        image = image.convert({"La": "LA", "RGBa": "RGBA"}[image.mode])
    elif image.mode.startswith("I") or image.mode == "F":
        image = Image.fromarray(to_8bit(deep_grey(image), note))
    rgba = to_srgb(image, profile, note).convert("RGBA")
    if alpha is not None:
        rgba.putalpha(alpha)
        if kind == "PSD":
            return without_white(np.array(rgba))
    return np.array(rgba)

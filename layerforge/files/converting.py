"""A loaded picture to straight-alpha sRGB, in bands of rows: a large one is never held twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from layerforge.files.color_profiles import to_srgb
from layerforge.files.deep_tiff import deep_grey
from layerforge.files.samples import to_8bit
from layerforge.files.transparency import alpha_of, without_white

StraightPixels = npt.NDArray[np.uint8]
"""(H, W, 4) uint8, straight alpha, sRGB."""

_BAND_PIXELS = 4_000_000


@dataclass(frozen=True, slots=True)
class Bands:
    """Width and height in pixels, and the rows from the top, each once."""

    width: int
    height: int
    rows: Iterator[StraightPixels]

    def whole(self) -> StraightPixels:
        """All rows as one picture."""
        first = next(self.rows)
        if len(first) == self.height:
            return first
        pixels = np.empty((self.height, self.width, 4), np.uint8)
        pixels[: len(first)] = first
        place = len(first)
        for band in self.rows:
            pixels[place : place + len(band)] = band
            place += len(band)
        return pixels


def bands_of(pixels: StraightPixels) -> Bands:
    """A picture that is there already."""
    height, width = pixels.shape[:2]
    step = max(1, _BAND_PIXELS // width)
    rows = (pixels[top : top + step] for top in range(0, height, step))
    return Bands(width=width, height=height, rows=rows)


def converted(image: Image.Image, note: Callable[[str], None], *, bits: int) -> Bands:
    """``image`` (loaded) band by band.  bits: of a sample in its file, see `alpha_of`."""
    return Bands(width=image.width, height=image.height, rows=_converted(image, note, bits))


def _converted(
    image: Image.Image, note: Callable[[str], None], bits: int
) -> Iterator[StraightPixels]:
    kind = image.format or ""
    step = max(1, _BAND_PIXELS // image.width)
    if image.mode.startswith("I") or image.mode == "F":
        step = image.height  # the range of its samples is that of all
    for top in range(0, image.height, step):
        bottom = min(image.height, top + step)
        band = image
        if bottom - top < image.height:
            band = image.crop((0, top, image.width, bottom))
        yield _band(band, note, bits=bits, kind=kind)


def _band(
    image: Image.Image, note: Callable[[str], None], *, bits: int, kind: str
) -> StraightPixels:
    profile = image.info.get("icc_profile")
    alpha = alpha_of(image, bits=bits)
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

"""Colour to sRGB: ICC profiles with littlecms, and what has none."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

from PIL import Image, ImageCms

from layerforge.files.limits import MAX_PROFILE_BYTES

_BASE = {
    "1": "L",
    "LA": "L",
    "La": "L",
    "P": "RGB",
    "PA": "RGB",
    "RGBA": "RGB",
    "RGBX": "RGB",
    "RGBa": "RGB",
    "YCbCr": "RGB",
    "HSV": "RGB",
}
"""Which plain mode a mode's colours have."""

_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}
"""The colour space that an ICC profile's header names for a mode.  Source: ICC.1:2010, 7.2.6."""


@functools.cache
def srgb_profile() -> bytes:
    """An sRGB ICC profile, the same bytes every time.

    The header's date (bytes 24 to 35) is set to zero, which ICC.1:2010, 7.2.8 allows for unknown.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    return bytes(profile)


def to_srgb(image: Image.Image, profile: bytes | None, note: Callable[[str], None]) -> Image.Image:
    """The colours of ``image`` in mode RGB, sRGB; alpha is left out.

    A corrupt profile, or one for another kind of colour, is ignored with a note.
    """
    base = _BASE.get(image.mode, image.mode)
    plain = image if image.mode == base else image.convert(base)
    if base == "LAB":
        return _converted(plain, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    if profile and profile != srgb_profile():
        found = _with_profile(plain, profile, note)
        if found is not None:
            return found
    return plain.convert("RGB")


def _with_profile(
    plain: Image.Image, profile: bytes, note: Callable[[str], None]
) -> Image.Image | None:
    if len(profile) > MAX_PROFILE_BYTES:
        note(f"its colour profile is larger than {MAX_PROFILE_BYTES >> 20} MiB and was ignored")
        return None
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = opened.profile.xcolor_space.strip()
        if plain.mode == "L" and space == "RGB":
            plain = plain.convert("RGB")  # grey samples stored with the profile of a screen
        if space != _SPACES.get(plain.mode):
            note(f"its colour profile is for {space}, not {plain.mode}, and was ignored")
            return None
        return _converted(plain, opened)
    except (ImageCms.PyCMSError, OSError, ValueError):
        note("its colour profile is damaged and was ignored")
        return None


def _converted(plain: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """Relative colorimetric with black point compensation, as most viewers convert."""
    converted = ImageCms.profileToProfile(
        plain,
        profile,
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if converted is None:
        raise ValueError("the colours could not be converted")
    return converted

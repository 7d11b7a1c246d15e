"""The history of a version as pictures: a strip, and an animation, one frame a step."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from layerforge.files.color_profiles import srgb_profile
from layerforge.files.names import printable
from layerforge.files.png import png_file
from layerforge.files.xmp import xmp_packet
from layerforge.model.recipe import Recipe
from layerforge.operations.pixels import Pixels, flatten, to_uint8

FRAME_PX = 480
"""Long edge of a frame."""

SECONDS_A_FRAME = 0.9
SECONDS_AT_THE_END = 3.0

_CAPTION_PX = 30
_GAP_PX = 12
_PER_ROW = 6
_PAPER, _INK = (250, 250, 248), (40, 40, 40)


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture after one step, (H, W, 4) pixels, and the step's name."""

    name: str
    pixels: Pixels


def strip_png(frames: Sequence[Frame], *, recipe: Recipe | None = None) -> bytes:
    """All frames with their names on one sheet, in rows of six."""
    cells = [_captioned(frame, place) for place, frame in enumerate(frames, start=1)]
    height, width = cells[0].shape[:2]
    columns = min(_PER_ROW, len(cells))
    rows = math.ceil(len(cells) / columns)
    sheet = np.full(
        (rows * (height + _GAP_PX) + _GAP_PX, columns * (width + _GAP_PX) + _GAP_PX, 3),
        _PAPER,
        dtype=np.uint8,
    )
    for place, cell in enumerate(cells):
        row, column = divmod(place, columns)
        top, left = _GAP_PX + row * (height + _GAP_PX), _GAP_PX + column * (width + _GAP_PX)
        sheet[top : top + height, left : left + width] = cell
    return png_file(sheet, recipe=recipe)


def animated_webp(frames: Sequence[Frame], *, recipe: Recipe | None = None) -> bytes:
    """All frames with their names one after another, the last one longest, for ever."""
    images = [Image.fromarray(_captioned(frame, at)) for at, frame in enumerate(frames, start=1)]
    times = [SECONDS_A_FRAME] * (len(images) - 1) + [SECONDS_AT_THE_END]
    out = io.BytesIO()
    images[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=images[1:],
        duration=[round(1000 * time) for time in times],
        loop=0,
        quality=85,
        method=4,
        allow_mixed=False,
        minimize_size=False,
        icc_profile=srgb_profile(),
        xmp=b"" if recipe is None else xmp_packet(recipe),
    )
    return out.getvalue()


def _captioned(frame: Frame, number: int) -> npt.NDArray[np.uint8]:
    """The frame over white, with its number and name below."""
    picture = to_uint8(flatten(frame.pixels))
    height, width = picture.shape[:2]
    sheet = Image.new("RGB", (width, height + _CAPTION_PX), _PAPER)
    sheet.paste(Image.fromarray(picture), (0, 0))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=15)
    draw.text((2, height + 7), f"{number}  {printable(frame.name)}", fill=_INK, font=font)
    return np.array(sheet)

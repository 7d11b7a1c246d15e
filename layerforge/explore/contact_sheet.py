"""How a contact sheet looks: a family's name, and under each operation's name its samples."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from layerforge.operations.pixels import Pixels, to_uint8

_PAPER, _INK, _FAINT = (250, 250, 248), (34, 34, 38), (118, 118, 122)
_MARGIN_PX, _GAP_PX, _BETWEEN_PX = 24, 6, 18
_TITLE_PX, _NAME_PX, _TEXT_PX = 26, 15, 13
_CHECK = (np.float32(0.78), np.float32(0.68))
"""Tones of the chequered ground on which what is not opaque is shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One operation: its name, what it does, and its samples, all of one size."""

    name: str
    text: str
    tiles: Sequence[Image.Image]


def tile(pixels: Pixels, *, width: int, height: int) -> Image.Image:
    """``pixels`` (H, W, 4) shrunk by area, on a chequered ground of 16 of its pixels."""
    ys, xs = np.indices(pixels.shape[:2]) // 16
    ground = np.where((xs + ys) % 2 == 0, *_CHECK)[..., None]
    opaque = pixels[..., :3] + (np.float32(1.0) - pixels[..., 3:]) * ground
    return Image.fromarray(to_uint8(opaque)).resize((width, height), Image.Resampling.BOX)


def contact_sheet(title: str, text: str, rows: Sequence[Row], *, columns: int) -> Image.Image:
    """A sheet with ``rows``, one below the other, their tiles in lines of ``columns``."""
    width, height = rows[0].tiles[0].size
    lines = math.ceil(len(rows[0].tiles) / columns)
    label = _NAME_PX + 10
    block = label + lines * (height + _GAP_PX) + _BETWEEN_PX
    head = _MARGIN_PX + _TITLE_PX + 16
    size = (
        2 * _MARGIN_PX + columns * (width + _GAP_PX) - _GAP_PX,
        head + len(rows) * block + _MARGIN_PX - _BETWEEN_PX - _GAP_PX,
    )
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    _line(draw, (_MARGIN_PX, _MARGIN_PX + _TITLE_PX), title, text, size=_TITLE_PX, end=size[0])
    for number, row in enumerate(rows):
        top = head + number * block
        _line(draw, (_MARGIN_PX, top + _NAME_PX), row.name, row.text, size=_NAME_PX, end=size[0])
        for place, one in enumerate(row.tiles):
            line, column = divmod(place, columns)
            left = _MARGIN_PX + column * (width + _GAP_PX)
            sheet.paste(one, (left, top + label + line * (height + _GAP_PX)))
    return sheet


def _line(
    draw: ImageDraw.ImageDraw,
    start: tuple[int, int],
    name: str,
    text: str,
    *,
    size: int,
    end: int,
) -> None:
    """A name and, fainter, what it stands for, cut where the sheet ends; on one base line."""
    bold = ImageFont.load_default(size=size)
    thin = ImageFont.load_default(size=_TEXT_PX)
    left, base = start
    draw.text((left, base), name, fill=_INK, font=bold, anchor="ls")
    left += round(draw.textlength(name, font=bold)) + 12
    room = end - _MARGIN_PX - left
    if draw.textlength(text, font=thin) > room:
        while text and draw.textlength(text + "…", font=thin) > room:
            text = text[:-1].rstrip()
        text += "…" if text else ""
    draw.text((left, base), text, fill=_FAINT, font=thin, anchor="ls")


def encoded(sheet: Image.Image, *, suffix: str, quality: int = 90) -> bytes:
    """``sheet`` as a file of that kind, ``.png`` or ``.jpg``; quality counts for the latter."""
    buffer = io.BytesIO()
    if suffix == ".png":
        sheet.save(buffer, "PNG")
    else:
        sheet.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()

"""Glitches: what broken signals and files do to a picture."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled, bled_rgb
from layerforge.operations.fields import lattice, mixed_seed, noise, noise_at
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import (
    Choice,
    Number,
    Seed,
    Whole,
    amount,
    angle,
    length,
    position,
)
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    from_uint8,
    legal,
    luma,
    straight_rgb,
    to_uint8,
    with_rgb,
)
from layerforge.operations.sampling import (
    EDGE,
    averaged,
    blurred,
    resolved,
    sampled_at,
    transformed,
    turned,
)
from layerforge.operations.shapes import extent_of

_ONE = np.float32(1.0)


class ChannelShift(Filter, tag="glitch.channel_shift", frozen=True):
    """Shift red and blue apart, as in a misprint.

    Alpha grows to hold both.  Source: the misregistration of printing plates.
    """

    distance: Annotated[
        float, Number(0.0, 0.06, "away", "short side", neutral=0.0), "from red to blue"
    ]
    angle: Annotated[float, angle(), "which way red goes, 0 to the right, 90 down"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radians = math.radians(self.angle)
        half = self.distance / 2 * np.array([math.cos(radians), math.sin(radians)])
        red = transformed(
            pixels, np.column_stack([np.eye(2), half]), unit_px=at.short_side, crisp=True
        )
        blue = transformed(
            pixels, np.column_stack([np.eye(2), -half]), unit_px=at.short_side, crisp=True
        )
        return _joined(red, pixels, blue)


class ChromaticAberration(Filter, tag="glitch.aberration", frozen=True):
    """Let red and blue come out at slightly different sizes, as a cheap lens does.

    Source: lateral chromatic aberration.
    """

    strength: Annotated[
        float, Number(0.0, 0.04, "away", neutral=0.0), "how much the sizes differ, as a share"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        larger = turned(scale=1.0 + self.strength, x=box.x, y=box.y)
        smaller = turned(scale=1.0 / (1.0 + self.strength), x=box.x, y=box.y)
        red = transformed(pixels, larger, unit_px=at.short_side, crisp=True)
        blue = transformed(pixels, smaller, unit_px=at.short_side, crisp=True)
        return _joined(red, pixels, blue)


def _joined(red: Pixels, green: Pixels, blue: Pixels) -> Pixels:
    """One channel of each, and the largest alpha."""
    out = np.empty_like(green)
    out[..., 0], out[..., 1], out[..., 2] = red[..., 0], green[..., 1], blue[..., 2]
    out[..., 3] = np.maximum(np.maximum(red[..., 3], green[..., 3]), blue[..., 3])
    return legal(out)


def _steps(seed: int, places: Plane) -> tuple[npt.NDArray[np.int64], Plane]:
    """Bands along an axis, of uneven width: their numbers and a random number of each, -1..1."""
    uneven = places + np.float32(0.35) * np.sin(places * np.float32(2.1) + seed % 61)
    band = np.floor(uneven).astype(np.int64)
    return band, lattice(seed, band, np.zeros_like(band))


class RowShift(Filter, tag="glitch.row_shift", frozen=True):
    """Shift bands of the picture sideways, as a tape out of step does.

    Source: the lost synchronisation of analogue video.
    """

    height: Annotated[float, length(0.01, 0.15), "about as high as a band"]
    reach: Annotated[
        float, Number(0.0, 0.35, "away", "short side", neutral=0.0), "how far a band moves at most"
    ]
    share: Annotated[float, amount(0.15, 0.7), "how many of the bands move"]
    axis: Annotated[str, Choice(("rows", "columns"), (0.75, 0.25)), "bands of rows, or of columns"]
    seed: Annotated[int, Seed(), "which random bands"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        across = ys[:, :1] if self.axis == "rows" else xs[:1]
        band, drawn = _steps(self.seed, across / np.float32(self.height))
        chosen = lattice(mixed_seed(self.seed, 1), band, np.zeros_like(band))
        moves = chosen < np.float32(2.0 * self.share - 1.0)
        # cubed: most bands move a little and few of them far
        shift = np.where(moves, np.float32(self.reach) * drawn**3, np.float32(0.0))
        if self.axis == "rows":
            return sampled_at(pixels, xs + shift, ys + np.zeros_like(shift), at)
        return sampled_at(pixels, xs + np.zeros_like(shift), ys + shift, at)


class BlockShuffle(Filter, tag="glitch.blocks", frozen=True):
    """Let blocks of the picture show other places, as a damaged video does.

    Source: the lost blocks of compressed video.
    """

    weight: ClassVar[float] = 0.8

    size: Annotated[float, length(0.03, 0.2), "height of a block"]
    share: Annotated[
        float, amount(0.0, 0.5, prior="away", neutral=0.0), "how many of the blocks do"
    ]
    reach: Annotated[float, length(0.05, 0.5), "how far off they look at most"]
    seed: Annotated[int, Seed(), "which random blocks"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        columns = np.floor(xs[:1] / np.float32(self.size * 1.6)).astype(np.int64)
        rows = np.floor(ys[:, :1] / np.float32(self.size)).astype(np.int64)
        chosen = lattice(mixed_seed(self.seed, 0), columns, rows)
        moves = chosen < np.float32(2.0 * self.share - 1.0)
        reach = np.where(moves, np.float32(self.reach), np.float32(0.0))
        right = reach * lattice(mixed_seed(self.seed, 1), columns, rows)
        down = reach * lattice(mixed_seed(self.seed, 2), columns, rows)
        return sampled_at(pixels, xs + right, ys + down, at)


class PixelSort(Filter, tag="glitch.pixel_sort", frozen=True):
    """Sort runs of pixels by brightness, so that they trickle along rows or columns.

    Source: after Kim Asendorf's pixel sorting, 2010.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.8

    low: Annotated[float, amount(0.0, 0.5), "share of the layer that is too dark to be sorted"]
    span: Annotated[
        float, amount(0.25, 0.95, prior="center"), "share of the layer, from there on, that is"
    ]
    reach: Annotated[float, length(0.08, 0.8, prior="uniform"), "length of the longest run"]
    axis: Annotated[str, Choice(("rows", "columns")), "along rows, or along columns"]
    order: Annotated[str, Choice(("rising", "falling")), "whether tones rise or fall along a run"]
    seed: Annotated[int, Seed(), "which random runs"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        turned_sheet = pixels.transpose(1, 0, 2) if self.axis == "columns" else pixels
        tone = luma(straight_rgb(resolved(pixels, at)))
        if self.axis == "columns":
            tone = np.ascontiguousarray(tone.T)
        places, lines = self._places(at)
        inside = self._inside(tone, np.ascontiguousarray(turned_sheet[..., 3]), at)
        # a run ends where its inside changes, or where it has grown to its line's own reach
        segment = np.floor(places / (np.float32(self.reach) * lines)).astype(np.int64)
        breaks = np.ones(tone.shape, dtype=bool)
        same = (inside[:, 1:] & inside[:, :-1]) & (segment[:, 1:] == segment[:, :-1])
        breaks[:, 1:] = ~same
        run = np.cumsum(breaks.ravel()) - 1
        key = tone.ravel() if self.order == "rising" else _ONE - tone.ravel()
        order = np.argsort(run + np.minimum(key.astype(np.float64), 0.999999), kind="stable")
        sheet = turned_sheet.reshape(-1, 4)[order].reshape(turned_sheet.shape)
        if self.axis == "columns":
            sheet = sheet.transpose(1, 0, 2)
        return np.ascontiguousarray(sheet)

    def _inside(self, tone: Plane, alpha: Plane, at: RenderContext) -> npt.NDArray[np.bool_]:
        """Where runs lie, by tones without the small detail that would break them up."""
        calm = blurred(tone, 0.015 * at.short_side)
        seen = alpha > 0.5
        if not seen.any():
            return np.zeros(tone.shape, dtype=bool)
        low, high = np.quantile(calm[seen], [self.low, min(1.0, self.low + self.span)])
        inside: npt.NDArray[np.bool_] = seen & (calm >= low) & (calm <= high)
        return inside

    def _places(self, at: RenderContext) -> tuple[Plane, Plane]:
        """Places along each line (1, n) with an offset a line, and each line's reach, (m, 1)."""
        xs, ys = at.grid()
        along, across = (xs[:1], ys[:, 0]) if self.axis == "rows" else (ys[:, 0][None], xs[0])
        band = np.floor(across / np.float32(0.004)).astype(np.int64)[:, None]
        drawn = lattice(self.seed, band, np.zeros_like(band))
        return along + drawn, np.float32(0.65) + np.float32(0.35) * drawn


class BitCrush(Filter, tag="glitch.bit_crush", frozen=True):
    """Show the picture in large pixels of few colours, dithered, as old computers did.

    Source: ordered dither, Bayer 1973.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    levels: Annotated[int, Whole(3, 6), "how many levels a channel keeps"]
    size: Annotated[float, length(0.006, 0.014), "side of the pixels"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        half_x, half_y = at.width / 2 / at.short_side, at.height / 2 / at.short_side
        own_x = np.linspace(-half_x, half_x, at.width + 1)
        own_y = np.linspace(-half_y, half_y, at.height + 1)
        columns = np.arange(math.floor(-half_x / self.size), math.ceil(half_x / self.size) + 1)
        rows = np.arange(math.floor(-half_y / self.size), math.ceil(half_y / self.size) + 1)
        cells_x = columns.astype(np.float64) * self.size
        cells_y = rows.astype(np.float64) * self.size
        rgb = averaged(averaged(bled_rgb(pixels), own_y, cells_y, axis=0), own_x, cells_x, axis=1)
        # pure tones stay pure, only what lies well between two is dithered
        spread = _DITHERED * (
            (_BAYER[rows[:-1, None] % 4, columns[None, :-1] % 4] + 0.5) / 16 - 0.5
        )
        threshold = spread + 0.5
        steps = np.float32(self.levels - 1)
        crushed = np.floor(rgb * steps + threshold[..., None].astype(np.float32)) / steps
        shown = averaged(averaged(crushed, cells_y, own_y, axis=0), cells_x, own_x, axis=1)
        return with_rgb(pixels, shown)


_DITHERED = 0.5
_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32)


class TapeWarp(Filter, tag="glitch.tape", frozen=True):
    """Wobble lines and smear colour sideways, as a worn video tape does.

    Source: the time base errors and the narrow colour band of video cassettes.
    """

    sheets: ClassVar[float] = 8

    wobble: Annotated[
        float,
        Number(0.0, 0.025, "away", "short side", neutral=0.0),
        "how far lines stray, a standard deviation",
    ]
    bleed: Annotated[
        float,
        Number(0.0, 0.04, "away", "short side", neutral=0.0),
        "how far colour runs to the right",
    ]
    seed: Annotated[int, Seed(), "which random wobble"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        slow = noise(at, seed=mixed_seed(self.seed, 0), size=0.08, stretch=50.0)
        quick = noise(at, seed=mixed_seed(self.seed, 1), size=0.012, stretch=300.0)
        shift = np.float32(self.wobble) * (slow + np.float32(0.4) * quick)
        moved = sampled_at(pixels, xs + shift, ys + np.float32(0.0), at, border=EDGE)
        if self.bleed <= 0.0:
            return moved
        # luma stays sharp; colour comes from a place to the left, as if it arrived late
        late = np.float32(self.bleed)
        sheet = bled(moved)
        colour = sampled_at(sheet, xs - late, ys + np.float32(0.0), at, border=EDGE)[..., :3]
        rgb, colour = sheet[..., :3], np.ascontiguousarray(colour)
        return with_rgb(moved, colour + (luma(rgb) - luma(colour))[..., None])


class JpegDecay(Filter, tag="glitch.jpeg", frozen=True):
    """Save the picture over and over as a bad JPEG, until it falls into blocks.

    Source: JPEG (ITU-T T.81), cv2.imencode.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    block: Annotated[float, length(0.02, 0.06), "side of a block of 8x8 samples"]
    quality: Annotated[int, Whole(3, 12), "JPEG quality of each saving"]
    times: Annotated[int, Whole(1, 3), "how often it is saved"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        # the same samples whatever the size of the rendering
        scale = 8.0 / (self.block * at.short_side)
        scale = min(scale, max(1.0, 4096 / max(at.width, at.height)))
        size = max(1, round(at.width * scale)), max(1, round(at.height * scale))
        method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
        rgb = bled_rgb(pixels)
        small = np.asarray(cv2.resize(rgb, size, interpolation=method), dtype=np.float32)
        sheet = to_uint8(small)[..., ::-1]  # OpenCV saves blue, green and red
        for saving in range(self.times):
            # each saving lays its blocks a little off, as cropping in between does
            down, right = 3 * saving, 5 * saving
            wide = cv2.copyMakeBorder(sheet, down, 0, right, 0, EDGE)
            options = [cv2.IMWRITE_JPEG_QUALITY, self.quality + 2 * saving]
            _, saved = cv2.imencode(".jpg", wide, options)
            decoded = np.asarray(cv2.imdecode(saved, cv2.IMREAD_COLOR), dtype=np.uint8)
            sheet = decoded[down:, right:]
        sheet = np.ascontiguousarray(sheet[..., ::-1])
        large = cv2.resize(from_uint8(sheet), (at.width, at.height), interpolation=cv2.INTER_CUBIC)
        return with_rgb(pixels, np.asarray(large, dtype=np.float32))


class SlitScan(Filter, tag="glitch.slit_scan", frozen=True):
    """See the picture through a slit that wanders over it: stretched, squeezed and doubled.

    Source: slit-scan photography.
    """

    weight: ClassVar[float] = 0.7

    reach: Annotated[
        float, Number(0.0, 0.3, "away", "short side", neutral=0.0), "how far the slit strays"
    ]
    size: Annotated[float, length(0.1, 0.5), "size of its wanderings"]
    skew: Annotated[float, Number(-0.4, 0.4, "center"), "how much later it comes at the other end"]
    axis: Annotated[
        str,
        Choice(("columns", "rows")),
        "along which the slit wanders: across columns, or down rows",
    ]
    seed: Annotated[int, Seed(), "which random wanderings"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        along, across = (xs, ys) if self.axis == "columns" else (ys, xs)
        time = (along + np.float32(self.skew) * across) / np.float32(self.size)
        row = np.zeros_like(time)
        stray = noise_at(mixed_seed(self.seed, 0), time, row)
        stray += np.float32(0.35) * noise_at(mixed_seed(self.seed, 1), time * 2, row)
        place = along + np.float32(self.reach) * stray
        if self.axis == "columns":
            return sampled_at(pixels, place, ys, at)
        return sampled_at(pixels, xs, place, at)


class PixelStretch(Filter, tag="glitch.stretch", frozen=True):
    """Drag the picture out from a line on, so that what lies on the line runs to the edge.

    Source: the "pixel stretch" effect; the edge clamp of texture mapping with a soft beginning.
    """

    weight: ClassVar[float] = 0.7

    offset: Annotated[float, position(0.35), "offset of the line from the middle of what is seen"]
    fade: Annotated[float, length(0.01, 0.3), "how slowly the dragging begins"]
    side: Annotated[
        str, Choice(("right", "left", "down", "up")), "which way the picture is dragged"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        sideways = self.side in ("right", "left")
        sign = np.float32(1.0 if self.side in ("right", "down") else -1.0)
        middle = np.float32((box.x if sideways else box.y) + self.offset)
        beyond = sign * ((xs if sideways else ys) - middle)
        # up to the line each place shows itself, far behind it all show the line
        fade = np.float32(self.fade)
        late = np.maximum(beyond, np.float32(0.0))
        shown = middle + sign * np.where(beyond > 0.0, fade * (_ONE - np.exp(-late / fade)), beyond)
        if sideways:
            return sampled_at(pixels, shown, ys, at)
        return sampled_at(pixels, xs, shown, at)

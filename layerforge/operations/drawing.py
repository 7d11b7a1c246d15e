"""Drawing: the picture in pencil, or set in dots.  All keep alpha."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

import cv2
import numpy as np

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.fields import lattice, mixed_seed, noise_at
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import ColorValue, Seed, amount, angle, length
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    from_oklab,
    luma,
    to_oklab,
    to_uint8,
    with_rgb,
)
from layerforge.operations.sampling import blurred

Rgb = tuple[float, float, float]

_ONE = np.float32(1.0)


class Pencil(Filter, tag="drawing.pencil", frozen=True):
    """Draw the picture in pencil: contours, and strokes where it is dark.

    Source: the "colour dodge" sketch, luma over its blur.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.7
    sheets: ClassVar[float] = 9

    width: Annotated[float, length(0.004, 0.016), "width of the contours"]
    shade: Annotated[float, amount(0.2, 0.8), "how much the strokes darken"]
    color: Annotated[
        float,
        amount(0.0, 0.9),
        "how much of the picture's colour is left, as with coloured pencils",
    ]
    angle: Annotated[float, angle(-90.0, 90.0), "which way the strokes run"]
    seed: Annotated[int, Seed(), "which random strokes"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        tone = luma(rgb)
        soft = blurred(tone, self.width * at.short_side)
        contours = np.clip((tone + np.float32(0.04)) / (soft + np.float32(0.04)), 0.0, 1.0)
        contours = contours * contours * np.sqrt(contours)
        xs, ys = at.grid()
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        along = np.float32(cos) * xs + np.float32(sin) * ys
        across = np.float32(cos) * ys - np.float32(sin) * xs
        grain = noise_at(self.seed, along / np.float32(0.15), across / np.float32(0.007))
        # strokes hold on darker places more, and never quite fill them
        dark = np.clip(_ONE - soft, np.float32(0.0), _ONE)
        dark = dark * np.sqrt(dark)
        strokes = dark * np.clip(np.float32(0.6) + np.float32(0.55) * grain, 0.0, 1.1)
        drawn = contours * (_ONE - np.float32(self.shade) * strokes)
        grey = np.float32(0.1) + np.float32(0.87) * drawn[..., None]
        tint = rgb / np.maximum(rgb.max(axis=-1, keepdims=True), np.float32(0.05))
        pale = _ONE + (tint - _ONE) * np.float32(self.color)
        return with_rgb(pixels, grey * pale)


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots on an uneven lattice over the canvas, all (rows, columns).

    x, y: their middles in pixels; chance: four random planes of numbers in -1..1.
    spacing_px: the lattice's own distance.
    """

    x: Plane
    y: Plane
    chance: tuple[Plane, Plane, Plane, Plane]
    spacing_px: float


def dotted(at: RenderContext, *, seed: int, size: float) -> Dots:
    """Dots about ``size`` short sides apart, never closer than a pixel and a half."""
    size = max(size, 1.5 / at.short_side)
    half_width, half_height = at.width / 2 / at.short_side, at.height / 2 / at.short_side
    columns = np.arange(math.floor(-half_width / size) - 1, math.ceil(half_width / size) + 1)
    rows = np.arange(math.floor(-half_height / size) - 1, math.ceil(half_height / size) + 1)
    across, down = columns[None, :], rows[:, None]
    drawn = [lattice(mixed_seed(seed, branch), across, down) for branch in range(6)]
    unit = size * at.short_side
    x = (across + np.float32(0.5) + np.float32(0.42) * drawn[0]) * unit + at.width / 2
    y = (down + np.float32(0.5) + np.float32(0.42) * drawn[1]) * unit + at.height / 2
    return Dots(
        x=x.astype(np.float32),
        y=y.astype(np.float32),
        chance=(drawn[2], drawn[3], drawn[4], drawn[5]),
        spacing_px=unit,
    )


def colors_at(rgb: Pixels, dots: Dots) -> Pixels:
    """(rows, columns, 3): the colours of ``rgb`` (H, W, 3) under the dots, averaged nearby."""
    soft = blurred(rgb, 0.4 * dots.spacing_px)
    half = np.float32(0.5)
    return np.asarray(
        cv2.remap(
            soft,
            dots.x - half,
            dots.y - half,
            interpolation=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        dtype=np.float32,
    ).reshape(*dots.x.shape, 3)


class Pointillism(Filter, tag="drawing.pointillism", frozen=True):
    """Paint the picture in dots of pure colour that mix in the eye.

    Source: Seurat; Haeberli 1990, "Paint by numbers".
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.7

    size: Annotated[float, length(0.018, 0.045), "size of the dots"]
    vivid: Annotated[
        float, amount(0.1, 1.0), "how far each dot's colour strays and how much purer it is"
    ]
    seed: Annotated[int, Seed(), "which random dots"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        ground = blurred(rgb, self.size * at.short_side)
        sheet = np.ascontiguousarray(to_uint8(ground * np.float32(0.8) + np.float32(0.16)))
        for branch in (0, 1):
            seed = mixed_seed(self.seed, 10 + branch)
            dots = dotted(at, seed=seed, size=self.size)
            lab = to_oklab(colors_at(rgb, dots))
            vivid = np.float32(self.vivid)
            lab[..., 0] += np.float32(0.07) * vivid * dots.chance[0]
            lab[..., 1:] *= _ONE + np.float32(0.5) * vivid
            lab[..., 1] += np.float32(0.04) * vivid * dots.chance[1]
            lab[..., 2] += np.float32(0.04) * vivid * dots.chance[2]
            colors = to_uint8(from_oklab(lab)).reshape(-1, 3)
            sizes = dots.spacing_px * (0.62 + 0.14 * dots.chance[3].ravel())
            order = np.argsort(dots.chance[0].ravel(), kind="stable")
            _disc(sheet, dots, sizes, colors, order)
        return with_rgb(pixels, sheet.astype(np.float32) * np.float32(1.0 / 255.0))


def _disc(
    sheet: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    dots: Dots,
    radii_px: Plane,
    colors: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    order: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
    *,
    factor: int = 1,
) -> None:
    """Draw a disc for every dot of ``order`` on ``sheet``, in place.

    factor: how many times as large the sheet is as the dots' own pixels.
    """
    # sixteenths of a pixel; OpenCV's pixel centres are at whole numbers
    places_x = np.round((dots.x.ravel() * factor - 0.5) * 16).astype(int).tolist()
    places_y = np.round((dots.y.ravel() * factor - 0.5) * 16).astype(int).tolist()
    # OpenCV draws discs half a pixel too large all round
    sizes = np.maximum(np.round((radii_px * factor - 0.5) * 16), 1).astype(int).tolist()
    values = colors.tolist()
    for one in order.tolist():
        center = (places_x[one], places_y[one])
        cv2.circle(sheet, center, sizes[one], values[one], -1, cv2.LINE_AA, 4)


class Stipple(Filter, tag="drawing.stipple", frozen=True):
    """Draw the picture in ink dots, larger where it is dark.

    Source: stippling, with dots on a jittered lattice that cover their share of ink.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    size: Annotated[float, length(0.013, 0.028, prior="uniform"), "distance from dot to dot"]
    ink: Annotated[Rgb, ColorValue((0.1, 0.35), 0.14), "colour of the dots"]
    paper: Annotated[Rgb, ColorValue((0.88, 0.98), 0.05), "colour of the paper"]
    color: Annotated[float, amount(0.0, 0.6), "how much of the picture is left under the dots"]
    seed: Annotated[int, Seed(), "which random dots"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        dots = dotted(at, seed=self.seed, size=self.size)
        dark = _ONE - luma(np.ascontiguousarray(colors_at(rgb, dots))) ** np.float32(0.65)
        # the share of the lattice's square that a disc needs, as large ones overlap: fitted to
        # what discs on such a lattice were counted to cover, within 0.02
        share = np.clip(dark, 0.0, 1.0)
        needed = share + np.float32(0.6) * share**4
        radii = dots.spacing_px * np.sqrt(needed * np.float32(1.0 / math.pi))
        # small discs are drawn larger and averaged down: drawn small they come out too large
        factor = min(4, math.ceil(16.0 / dots.spacing_px))
        cover = np.zeros((at.height * factor, at.width * factor), dtype=np.uint8)
        seen = np.flatnonzero(dark.ravel() > 0.02)
        full = np.full((dots.x.size, 1), 255, dtype=np.uint8)
        _disc(cover, dots, radii.ravel(), full, seen, factor=factor)
        small = cv2.resize(cover, (at.width, at.height), interpolation=cv2.INTER_AREA)
        inked = (np.asarray(small, dtype=np.float32) * np.float32(1.0 / 255.0))[..., None]
        paper = np.array(self.paper, dtype=np.float32)
        ground = paper + (rgb - paper) * np.float32(self.color)
        ink = np.array(self.ink, dtype=np.float32)
        return with_rgb(pixels, ground + (ink - ground) * inked)

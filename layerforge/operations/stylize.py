"""Stylizing: the picture painted, drawn, or laid in pieces."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.brush import painted
from layerforge.operations.fields import Cells, cells
from layerforge.operations.kuwahara import kuwahara
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import (
    Choice,
    ColorValue,
    Number,
    Seed,
    Toggle,
    amount,
    angle,
    length,
)
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    legal,
    luma,
    mixed,
    smoothstep,
    straight_rgb,
    with_rgb,
)
from layerforge.operations.sampling import blurred, enlargement, supersampled, transformed

Rgb = tuple[float, float, float]

_ONE = np.float32(1.0)


class Kuwahara(Filter, tag="stylize.kuwahara", frozen=True):
    """Even out surfaces into flat patches with crisp edges, as in gouache.

    Source: the generalized Kuwahara filter, Papari, Petkov & Campisi 2007, with eight Gaussian
    neighbourhoods.
    """

    sheets: ClassVar[float] = 9

    radius: Annotated[float, length(0.005, 0.025), "radius of the strokes"]
    sharpness: Annotated[float, Number(3.5, 14.0), "how strictly the calmest surroundings win"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        even = kuwahara(pixels, at, radius=self.radius, sharpness=self.sharpness)
        return legal(mixed(pixels, even, self.strength))


class OilPaint(Filter, tag="stylize.oil", frozen=True):
    """Paint the picture in oil: strokes along its edges, with furrows that catch the light.

    Source: Haeberli 1990, "Paint by numbers"; Hertzmann 1998,
    "Painterly rendering with curved brush strokes of multiple sizes".
    """

    texture_like: ClassVar[bool] = True
    sheets: ClassVar[float] = 11

    radius: Annotated[float, length(0.006, 0.02), "half the width of the middle of three brushes"]
    relief: Annotated[float, amount(0.1, 0.7), "how deep the furrows look"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    seed: Annotated[int, Seed(), "which random strokes"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        if self.strength <= 0.0:
            return pixels.copy()
        detail = self._detail_px(at.short_side)
        sheet = supersampled(pixels, at, detail_px=detail, paint=self._painted)
        return legal(mixed(pixels, sheet, self.strength))

    def sheets_at(self, short_side_px: float) -> float:
        return self.sheets * enlargement(self._detail_px(short_side_px)) ** 2

    def _detail_px(self, short_side_px: float) -> float:
        return self.radius * short_side_px / 2.0

    def _painted(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return painted(pixels, at, radius=self.radius, relief=self.relief, seed=self.seed)


class InkEdges(Filter, tag="stylize.ink", frozen=True):
    """Draw the edges in ink over the picture, or on plain paper.

    Source: extended difference of Gaussians, Winnemöller, Kyprianidis & Olsen 2012.
    """

    texture_like: ClassVar[bool] = True

    width: Annotated[float, length(0.0025, 0.01), "width of the lines"]
    level: Annotated[float, amount(0.55, 0.9), "how soon an edge gets a line"]
    ink: Annotated[Rgb, ColorValue((0.05, 0.35), 0.12), "colour of the lines"]
    paper: Annotated[float, amount(0.0, 0.9), "0 keeps the picture, 1 leaves only the drawing"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        tone = luma(rgb)
        sigma = self.width * at.short_side
        sharp = 20.0
        fine, coarse = blurred(tone, sigma / 1.6), blurred(tone, sigma)
        edges = fine + np.float32(sharp) * (fine - coarse)
        clear = np.where(
            edges >= np.float32(self.level * 0.6),
            _ONE,
            _ONE + np.tanh(np.float32(4.0) * (edges - np.float32(self.level * 0.6))),
        )
        sheet = rgb + (np.float32(0.96) - rgb) * np.float32(self.paper)
        ink = np.array(self.ink, dtype=np.float32)
        return with_rgb(pixels, ink + (sheet - ink) * np.clip(clear, 0.0, 1.0)[..., None])


class NeonEdges(Filter, tag="stylize.neon", frozen=True):
    """Make the edges glow in their own colours on a dark ground.

    Source: a difference of Gaussians, after "neon" of GIMP.
    """

    weight: ClassVar[float] = 0.6
    sheets: ClassVar[float] = 10

    width: Annotated[float, length(0.002, 0.01), "width of the edges"]
    gain: Annotated[float, Number(2.5, 6.0, prior="log"), "how bright the edges are"]
    ground: Annotated[float, amount(0.0, 0.6), "how much of the picture is left in the dark"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        sigma = self.width * at.short_side
        fine, coarse = blurred(rgb, sigma), blurred(rgb, 2.5 * sigma)
        lines = np.float32(self.gain) * np.abs(fine - coarse)
        strength = np.sqrt(lines.max(axis=-1, keepdims=True))
        purity = fine / (fine.max(axis=-1, keepdims=True) + np.float32(0.05))
        glow = strength * (np.float32(0.1) + purity * purity) + lines
        dark = rgb * rgb * np.float32(self.ground)
        shine = np.float32(0.5) * blurred(glow, 6 * sigma)
        lit = _ONE - np.exp(np.float32(-1.5) * (glow + shine))
        return with_rgb(pixels, _ONE - (_ONE - dark) * (_ONE - lit))


class Emboss(Filter, tag="stylize.emboss", frozen=True):
    """Press the picture into relief, lit from one side.

    Source: embossing by the slope of tone, Schlag 1994 in "Graphics gems IV".
    """

    depth: Annotated[float, length(0.002, 0.012), "how far apart the tones it compares lie"]
    angle: Annotated[float, angle(), "where the light comes from"]
    gain: Annotated[
        float, Number(0.0, 1.6, "away", neutral=0.0), "how strong the relief is, 0 none"
    ]
    color: Annotated[float, amount(0.4, 1.0), "how much of the picture's colour is left"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        tone = blurred(luma(rgb), self.depth * at.short_side / 2)
        radians = math.radians(self.angle)
        way = self.depth * np.array([math.cos(radians), math.sin(radians)])
        there = transformed(tone, np.column_stack([np.eye(2), way]), unit_px=at.short_side)
        back = transformed(tone, np.column_stack([np.eye(2), -way]), unit_px=at.short_side)
        relief = np.float32(self.gain) * (there - back)[..., None]
        # without the gain nothing changes, so the grey ground fades in with it
        grey = (_ONE - np.float32(self.color)) * np.float32(min(1.0, self.gain))
        ground = rgb + (np.float32(0.5) - rgb) * grey
        return with_rgb(pixels, ground + relief)


class Pixelate(Filter, tag="stylize.pixelate", frozen=True):
    """Lay the picture in large square pixels.

    Source: the "mosaic" or "pixelize" filter of image editors.
    """

    weight: ClassVar[float] = 0.5

    size: Annotated[float, length(0.012, 0.06), "side of a pixel"]
    strength: Annotated[float, amount(0.3, 1.0, neutral=0.0), "how much of it, 0 none, 1 full"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        # whole pixels a side, counted from the middle, so that the lattice never moves
        columns = max(1, round(at.wide / self.size))
        rows = max(1, round(at.high / self.size))
        columns, rows = min(columns, at.width), min(rows, at.height)
        small = cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA)
        large = cv2.resize(small, (at.width, at.height), interpolation=cv2.INTER_NEAREST)
        return legal(mixed(pixels, np.asarray(large, dtype=np.float32), self.strength))


class Mosaic(Filter, tag="stylize.mosaic", frozen=True):
    """Lay the picture in irregular stones of one colour each, with joints between them.

    Source: Voronoi cells, Worley 1996; Haeberli 1990, "Paint by numbers".
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.8

    size: Annotated[float, length(0.02, 0.1), "about as wide as a stone"]
    joint: Annotated[float, amount(0.0, 0.12), "width of the joints, as a share of a stone"]
    color: Annotated[Rgb, ColorValue((0.05, 0.9), 0.05), "colour of the joints"]
    glass: Annotated[bool, Toggle(0.4), "whether the picture shines through, as through glass"]
    seed: Annotated[int, Seed(), "which random stones"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        mosaic = cells(at, seed=self.seed, size=self.size)
        means = cell_means(pixels, mosaic)
        half = 0.5 / at.short_side
        share = smoothstep(mosaic.gap, -half, half)  # 1/2 on the border of two stones
        # the second nearest stone may lie off the canvas, and has no colour then
        known = np.zeros(mosaic.count, dtype=bool)
        known[mosaic.first.ravel()] = True
        stones = means[np.where(known[mosaic.second], mosaic.second, mosaic.first)]
        stones += (means[mosaic.first] - stones) * share[..., None]
        rgb = straight_rgb(stones)
        if self.glass:  # the picture shines through, lighter in the middle of each pane
            pane = smoothstep(mosaic.gap, 0.0, self.size * 0.5) - np.float32(0.4)
            rgb *= (_ONE + np.float32(0.35) * pane)[..., None]
            rgb += (bled_rgb(pixels) - rgb) * np.float32(0.25)
            stones = mixed(stones, pixels, 0.25)
        line = self.size * self.joint
        if line <= 0.0:
            return with_rgb(stones, rgb)
        joints = _ONE - smoothstep(mosaic.gap, line / 2 - half, line / 2 + 2 * half)
        joints *= np.float32(min(1.0, line * at.short_side))
        color = np.array(self.color, dtype=np.float32)
        return with_rgb(stones, rgb + (color - rgb) * joints[..., None])


def cell_means(pixels: Pixels, mosaic: Cells) -> npt.NDArray[np.float32]:
    """(cells, 4): the mean of ``pixels`` over every cell, 0 where a cell has none."""
    numbers = mosaic.first.ravel()
    sizes = np.maximum(np.bincount(numbers, minlength=mosaic.count), 1)
    sums = [
        np.bincount(numbers, np.ravel(pixels[..., channel]), minlength=mosaic.count) / sizes
        for channel in range(4)
    ]
    return np.stack(sums, axis=-1).astype(np.float32)


class Crosshatch(Filter, tag="stylize.crosshatch", frozen=True):
    """Draw the picture with hatching that crosses where it is dark.

    Source: layers of strokes by tone, Winkenbach & Salesin 1994.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    period: Annotated[float, length(0.018, 0.04), "distance from line to line"]
    angle: Annotated[float, angle(-90.0, 90.0), "turn of the lines"]
    color: Annotated[
        float, amount(0.4, 1.0), "how much of the picture's colour is left under the lines"
    ]
    style: Annotated[
        str, Choice(("straight", "bent")), "straight lines, or lines bent by the tones"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        detail = self._detail_px(at.short_side)
        return supersampled(pixels, at, detail_px=detail, paint=self._hatched)

    def sheets_at(self, short_side_px: float) -> float:
        return self.sheets * enlargement(self._detail_px(short_side_px)) ** 2

    def _detail_px(self, short_side_px: float) -> float:
        return self.period * short_side_px / 2

    def _hatched(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        rgb = straight_rgb(pixels)
        tone = blurred(luma(rgb), 0.25 * self.period * at.short_side) ** np.float32(0.7)
        if self.style == "bent":
            xs = xs + np.float32(self.period) * tone
        ink = np.ones(tone.shape, dtype=np.float32)
        for layer, turn in enumerate((0.0, 90.0, 45.0)):
            ink *= self._lines(
                xs, ys, turn, at, dark=tone * np.float32(1.5) + np.float32(layer * 0.3)
            )
        paper = np.float32(0.95) + (rgb - np.float32(0.95)) * np.float32(self.color)
        lift = paper + (_ONE - paper) * np.float32(0.25)
        return with_rgb(pixels, lift * (np.float32(0.15) + np.float32(0.85) * ink[..., None]))

    def _lines(self, xs: Plane, ys: Plane, turn: float, at: RenderContext, *, dark: Plane) -> Plane:
        """0 on a line, 1 beside it; lines are as wide as ``dark`` is near 0."""
        radians = math.radians(self.angle + turn)
        along = np.float32(math.cos(radians)) * xs + np.float32(math.sin(radians)) * ys
        phase = np.abs(np.mod(along / np.float32(self.period), 1.0) - np.float32(0.5)) * 2
        width = np.clip(_ONE - dark, 0.0, 0.9)
        half = 0.15
        return smoothstep(phase - width, -half, half)

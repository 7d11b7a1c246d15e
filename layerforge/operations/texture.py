"""Texture: grain, paper, light and screens laid over the picture.  All keep alpha."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.fields import clouds, lattice, mixed_seed, noise
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
from layerforge.operations.pixels import Pixels, Plane, luma, smoothstep, straight_rgb, with_rgb
from layerforge.operations.shapes import extent_of

Rgb = tuple[float, float, float]
Colors = npt.NDArray[np.float32]
"""(H, W, 3) float32: straight colours."""

_ONE = np.float32(1.0)
_HALF = np.float32(0.5)


def _soft_lit(rgb: Colors, sheet: Plane) -> Colors:
    """``rgb`` under a grey ``sheet`` around 0: above lightens, below darkens, black stays."""
    lit: Colors = rgb + (np.float32(2.0) * sheet)[..., None] * rgb * (_ONE - rgb * _HALF)
    return lit


class FilmGrain(Filter, tag="texture.grain", frozen=True):
    """Lay film grain over the picture, strongest in the middle tones.

    Source: noise scaled by the tone, as in Norkin & Birkbeck 2018, "Film grain synthesis for AV1".
    """

    texture_like: ClassVar[bool] = True

    size: Annotated[float, length(0.0015, 0.006), "size of the grains"]
    strength: Annotated[
        float, amount(0.0, 0.1, prior="away", neutral=0.0), "standard deviation of the grain"
    ]
    color: Annotated[bool, Toggle(0.3), "whether each channel has a grain of its own"]
    seed: Annotated[int, Seed(), "which random grain"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        light = luma(rgb)
        room = np.float32(self.strength) * (
            np.float32(0.35) + np.float32(2.6) * light * (1 - light)
        )
        if self.color:
            fields = [
                noise(at, seed=mixed_seed(self.seed, channel), size=self.size)
                for channel in range(3)
            ]
            return with_rgb(pixels, rgb + np.dstack(fields) * room[..., None])
        field = noise(at, seed=self.seed, size=self.size)
        return with_rgb(pixels, rgb + (field * room)[..., None])


class Clouds(Filter, tag="texture.clouds", frozen=True):
    """Let clouds of one colour drift over the picture.

    Source: fractal noise, Mandelbrot & Van Ness 1968; Musgrave in Ebert et al., "Texturing and
    modeling".
    """

    size: Annotated[float, length(0.25, 1.2), "size of the largest clouds"]
    cover: Annotated[float, amount(0.25, 0.65), "how much of the picture they take"]
    color: Annotated[Rgb, ColorValue((0.2, 0.97), 0.12), "colour of the clouds"]
    opacity: Annotated[float, amount(0.0, 0.85, prior="away", neutral=0.0), "how dense they are"]
    seed: Annotated[int, Seed(), "which random clouds"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        field = clouds(at, seed=self.seed, size=self.size, octaves=7)
        # large clouds may all lie beside the picture: count from those that are seen
        step = max(1, int(at.short_side / 128))
        edge = float(np.quantile(field[::step, ::step], 1.0 - self.cover))
        share = smoothstep(field, edge - 0.7, edge + 0.7) * np.float32(self.opacity)
        rgb = straight_rgb(pixels)
        color = np.array(self.color, dtype=np.float32)
        return with_rgb(pixels, rgb + (color - rgb) * share[..., None])


class Paper(Filter, tag="texture.paper", frozen=True):
    """Print the picture on rough paper lit from one side.

    Source: bump mapping, Blinn 1978, over fractal noise.
    """

    texture_like: ClassVar[bool] = True
    sheets: ClassVar[float] = 10

    size: Annotated[float, length(0.006, 0.04), "size of the paper's fibres"]
    strength: Annotated[
        float, amount(0.0, 0.18, prior="away", neutral=0.0), "how deep the paper's relief is"
    ]
    angle: Annotated[float, angle(), "where the light comes from"]
    seed: Annotated[int, Seed(), "which random paper"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radians = math.radians(self.angle)
        way = self.size / 4 * math.cos(radians), self.size / 4 * math.sin(radians)
        # what falls away towards the light faces it
        slope = self._height(at, (0.0, 0.0)) - self._height(at, way)
        lit = _soft_lit(straight_rgb(pixels), np.float32(self.strength) * slope)
        return with_rgb(pixels, lit)

    def _height(self, at: RenderContext, shift: tuple[float, float]) -> Plane:
        return clouds(at, seed=self.seed, size=self.size, octaves=4, gain=0.7, shift=shift)


class Halftone(Filter, tag="texture.halftone", frozen=True):
    """Print the picture with a screen of dots that grow with the ink.

    Source: clustered dots by a cosine spot function, as in PostScript.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.7

    period: Annotated[float, length(0.008, 0.035), "distance from dot to dot"]
    angle: Annotated[float, angle(0.0, 90.0), "turn of the screen"]
    mode: Annotated[
        str,
        Choice(("color", "ink")),
        "color screens the channels apart, each at its angle; ink prints one dark ink",
    ]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        if self.mode == "ink":
            dots = self._dots(luma(rgb) ** np.float32(0.7), 0.0, at)
            printed = rgb * (np.float32(0.3) + np.float32(0.9) * dots)[..., None]
        else:
            printed = np.dstack(
                [
                    self._dots(rgb[..., channel], turn, at)
                    for channel, turn in enumerate((15.0, 75.0, 0.0))
                ]
            )
        return with_rgb(pixels, rgb + (printed - rgb) * np.float32(self.strength))

    def _dots(self, tone: Plane, turn: float, at: RenderContext) -> Plane:
        xs, ys = at.grid()
        wave = np.float32(2 * math.pi / self.period)
        radians = math.radians(self.angle + turn)
        cos, sin = np.float32(math.cos(radians)), np.float32(math.sin(radians))
        spot = np.cos((cos * xs + sin * ys) * wave) * np.cos((cos * ys - sin * xs) * wave)
        # half a pixel of the spot function's steepest slope, at most all of its range
        half = min(1.0, max(0.12, 3.5 / (self.period * at.short_side)))
        places = (np.clip(tone, 0.0, 1.0) * np.float32(len(_SPOTS) - 1)).astype(np.intp)
        level = np.take(_SPOTS, places)
        # black and white are free of dots, soft as these may be
        level += np.float32(half) * (tone + tone - _ONE) ** 9
        return smoothstep(level - spot, -half, half)


# The spot function's own quantiles, so that a tone covers its share of every cell.
_PHASES = np.cos((np.arange(128) + 0.5) * (math.pi / 128))
_SPOTS = np.quantile(np.outer(_PHASES, _PHASES), np.linspace(0.0, 1.0, 1025)).astype(np.float32)


class Scanlines(Filter, tag="texture.scanlines", frozen=True):
    """Darken every other line, as on an old screen.

    Source: the lines of cathode-ray tubes, as a cosine.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.7

    period: Annotated[float, length(0.008, 0.04), "distance from line to line"]
    angle: Annotated[float, angle(-90.0, 90.0, prior="center"), "turn of the lines"]
    strength: Annotated[
        float, amount(0.0, 0.5, prior="away", neutral=0.0), "how dark the gaps are, 0 none"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        radians = math.radians(self.angle)
        along = np.float32(math.cos(radians)) * ys - np.float32(math.sin(radians)) * xs
        wave = np.cos(along * np.float32(2 * math.pi / self.period))
        rgb = straight_rgb(pixels)
        dark = np.float32(self.strength * 0.5) * (_ONE - wave)[..., None]
        # bright places shine over the gaps
        return with_rgb(pixels, rgb * (_ONE + np.float32(self.strength * 0.35) - dark))


class Vignette(Filter, tag="texture.vignette", frozen=True):
    """Darken the corners, or lighten them (below 0).

    Counts from the middle of what is seen.  Source: the vignetting of lenses, as a smooth step of
    the distance.
    """

    strength: Annotated[
        float, Number(-0.5, 0.9, "away", neutral=0.0), "how dark the corners get, below 0 how light"
    ]
    start: Annotated[float, amount(0.0, 0.5), "where it begins, 1 is the corner"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        across = (xs - np.float32(box.x)) / np.float32(max(box.half_width, 1e-3))
        down = (ys - np.float32(box.y)) / np.float32(max(box.half_height, 1e-3))
        away = np.sqrt((across * across + down * down) * _HALF)
        share = smoothstep(away, self.start, max(1.05, self.start + 0.3))
        rgb = straight_rgb(pixels)
        end = 0.0 if self.strength > 0 else 1.0
        strength = np.float32(abs(self.strength)) * share[..., None]
        return with_rgb(pixels, rgb + (np.float32(end) - rgb) * strength)


class LightLeak(Filter, tag="texture.light_leak", frozen=True):
    """Let coloured light fall in from one side, as through a leak in a camera.

    Source: the light leaks of film cameras, joined by the screen formula.
    """

    angle: Annotated[float, angle(), "which side the light comes from, 0 right, 90 below"]
    reach: Annotated[float, length(0.25, 0.9), "how far in it falls"]
    color: Annotated[Rgb, ColorValue((0.6, 0.82), 0.22), "colour of the light"]
    strength: Annotated[
        float, amount(0.0, 1.2, prior="away", neutral=0.0), "how bright the light is, 0 none"
    ]
    seed: Annotated[int, Seed(), "which random leak"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        radians = math.radians(self.angle)
        cos, sin = math.cos(radians), math.sin(radians)
        edge = (abs(cos) * at.width + abs(sin) * at.height) / (2 * at.short_side)
        depth = np.float32(edge) - (np.float32(cos) * xs + np.float32(sin) * ys)
        uneven = noise(at, seed=self.seed, size=0.5)
        reach = np.float32(self.reach) * (_ONE + np.float32(0.35) * uneven)
        fall = np.exp(-np.square(np.maximum(depth, 0.0) / np.maximum(reach, np.float32(0.02))))
        light = fall[..., None] * np.array(self.color, dtype=np.float32)
        light *= np.float32(self.strength)
        # the heart of the leak burns out towards white
        light += (np.float32(self.strength * 0.6) * fall**4)[..., None] * (_ONE - light)
        rgb = straight_rgb(pixels)
        return with_rgb(pixels, _ONE - (_ONE - rgb) * (_ONE - light))


class Scratches(Filter, tag="texture.scratches", frozen=True):
    """Scratch and wear the picture in one direction.

    Source: the wear of projected film, as noise drawn out along the scratches.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    size: Annotated[float, length(0.002, 0.008), "width of the scratches"]
    length: Annotated[float, Number(10.0, 120.0, prior="log"), "how long they are, in widths"]
    upright: Annotated[bool, Toggle(0.6), "whether they run upright, as in a projector"]
    strength: Annotated[
        float, amount(0.0, 0.7, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    seed: Annotated[int, Seed(), "which random scratches"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        across = RenderContext(at.height, at.width, at.source) if self.upright else at
        lines = noise(across, seed=mixed_seed(self.seed, 0), size=self.size, stretch=self.length)
        if self.upright:
            lines = lines.T
        patches = clouds(at, seed=mixed_seed(self.seed, 1), size=0.4, octaves=4)
        worn = smoothstep(lines + np.float32(0.5) * patches, 0.6, 2.0)
        dull = smoothstep(-lines + np.float32(0.5) * patches, 0.9, 2.3)
        rgb = straight_rgb(pixels)
        share = np.float32(self.strength) * worn[..., None]
        rgb = rgb + (np.float32(0.93) - rgb) * share
        return with_rgb(pixels, rgb * (_ONE - np.float32(self.strength) * dull[..., None]))


_DRAWN_PX = 1 << 24
"""The most pixels that dust is drawn on; a long narrow canvas would take any number."""


class Dust(Filter, tag="texture.dust", frozen=True):
    """Strew specks of dust and a few hairs over the picture, as on an old slide.

    Source: specks on a jittered lattice, averaged by area.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    amount: Annotated[
        float,
        Number(80.0, 900.0, prior="center"),
        "about how many specks in a square as wide as the short side",
    ]
    size: Annotated[float, length(0.01, 0.04, prior="uniform"), "width of the largest specks"]
    dark: Annotated[
        bool, Toggle(0.3), "whether the specks are dark, where they are seen, instead of light"
    ]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    seed: Annotated[int, Seed(), "which random specks"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        # drawn large and averaged down, so that a thin hair gets its share of every pixel
        factor = max(1, math.ceil(1024 / at.short_side))
        factor = max(1, min(factor, math.isqrt(_DRAWN_PX // (at.width * at.height))))
        if at.short_side < 32:
            factor = 1
        sheet = np.zeros((at.height * factor, at.width * factor), dtype=np.uint8)
        unit = at.short_side * factor
        self._draw(sheet, unit)
        small = cv2.resize(sheet, (at.width, at.height), interpolation=cv2.INTER_AREA)
        share = np.asarray(small, dtype=np.float32) * np.float32(self.strength / 255.0)
        rgb = straight_rgb(pixels)
        end = np.float32(0.06 if self._dark_on(luma(rgb)[pixels[..., 3] > 0.5]) else 0.95)
        return with_rgb(pixels, rgb + (end - rgb) * share[..., None])

    def _dark_on(self, tones: Colors) -> bool:
        """Whether specks are dark on a layer of these tones, (N,), so that they are seen."""
        middle = float(np.median(tones)) if tones.size else 0.5
        return middle > 0.3 if self.dark else middle > 0.75

    def _draw(self, sheet: npt.NDArray[np.uint8], unit: float) -> None:
        height, width = sheet.shape
        if 4 * self.size * unit < 2.0:
            return  # a line of pixels would take millions, even its hairs too fine to be seen
        cell = 1.0 / math.sqrt(self.amount)
        across, down = width / 2 / unit, height / 2 / unit
        columns = np.arange(math.floor(-across / cell), math.ceil(across / cell) + 1)[None, :]
        rows = np.arange(math.floor(-down / cell), math.ceil(down / cell) + 1)[:, None]
        drawn = [lattice(mixed_seed(self.seed, branch), columns, rows) for branch in range(6)]
        places_x = (columns + drawn[0] / 2) * cell * unit + width / 2
        places_y = (rows + drawn[1] / 2) * cell * unit + height / 2
        turns = np.degrees(drawn[2] * np.float32(math.pi))
        for place in np.ndindex(places_x.shape):
            middle = float(places_x[place]), float(places_y[place])
            chance = float(drawn[3][place])
            # most specks are small
            size = self.size * unit * (0.4 + 0.6 * ((chance + 1) / 2) ** 2) / 2
            light = int(150 + 105 * float(drawn[4][place]))
            if float(drawn[5][place]) > 0.93:
                self._hair(sheet, middle, float(turns[place]), size=4 * self.size * unit)
                continue
            axes = max(1, round(size * 8)), max(1, round(size * 8 * (0.45 + 0.4 * abs(chance))))
            center = round(middle[0] * 16), round(middle[1] * 16)
            turn = float(turns[place])
            cv2.ellipse(sheet, center, axes, turn, 0, 360, light, -1, cv2.LINE_AA, 4)

    def _hair(
        self,
        sheet: npt.NDArray[np.uint8],
        middle: tuple[float, float],
        turn_deg: float,
        *,
        size: float,
    ) -> None:
        along = np.linspace(-1.0, 1.0, 17)
        bearing = math.radians(turn_deg) + 1.1 * along * math.sin(math.radians(turn_deg * 3))
        steps = np.column_stack([np.cos(bearing), np.sin(bearing)]) * (size / 8)
        line = np.cumsum(steps, axis=0) - steps.sum(axis=0) / 2 + np.array(middle)
        thick = max(1, round(0.0025 * sheet.shape[0] * min(1.0, sheet.shape[1] / sheet.shape[0])))
        points = [np.round(line * 16).astype(np.int32)]
        cv2.polylines(
            sheet, points, isClosed=False, color=215, thickness=thick, lineType=cv2.LINE_AA, shift=4
        )


class Weave(Filter, tag="texture.weave", frozen=True):
    """Weave the picture as cloth.

    Source: the plain weave, warp and weft on top in turn.
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.6

    period: Annotated[float, length(0.008, 0.03, prior="uniform"), "distance from thread to thread"]
    strength: Annotated[
        float, amount(0.0, 0.35, prior="away", neutral=0.0), "how deep the cloth's relief is"
    ]
    seed: Annotated[int, Seed(), "which random bends of the threads"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        half_wave = np.float32(math.pi / self.period)
        wobble = np.float32(0.8) * noise(at, seed=self.seed, size=6 * self.period)
        across, down = xs * half_wave + wobble, ys * half_wave - wobble
        # plain weave: warp and weft threads lie on top in turn
        warp = np.abs(np.sin(across)) * (_ONE + np.sin(across) * np.sin(down))
        weft = np.abs(np.sin(down)) * (_ONE - np.sin(across) * np.sin(down))
        # a weave finer than the pixels can show fades out
        clear = min(1.0, max(0.0, (self.period * at.short_side - 1.5) / 1.5))
        sheet = (np.maximum(warp, weft) - np.float32(1.05)) * np.float32(self.strength * clear)
        return with_rgb(pixels, _soft_lit(straight_rgb(pixels), sheet))

"""Palettes: pictures in few or related colours.  All keep alpha."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import ColorValue, Toggle, Whole, amount, angle
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    from_oklab,
    luma,
    smoothstep,
    straight_rgb,
    to_oklab,
    with_rgb,
)
from layerforge.operations.sampling import resolved

Rgb = tuple[float, float, float]
Colors = npt.NDArray[np.float32]
"""(N, 3) float32: colours in one space."""

_ONE = np.float32(1.0)
_STEPS = 1024


def _ramp(stops: list[Rgb]) -> Colors:
    """(1024, 3): encoded colours through ``stops``, even in Oklab."""
    lab = to_oklab(np.array(stops, dtype=np.float32))
    places = np.linspace(0.0, len(stops) - 1.0, _STEPS)
    channels = [np.interp(places, np.arange(len(stops)), lab[:, axis]) for axis in range(3)]
    return from_oklab(np.stack(channels, axis=-1).astype(np.float32))


def _looked_up(ramp: Colors, tones: Plane) -> Colors:
    """The colours of ``tones`` (H, W) in 0..1."""
    places = (np.clip(tones, 0.0, 1.0) * np.float32(_STEPS - 1) + np.float32(0.5)).astype(np.intp)
    return np.take(ramp, places, axis=0)


class GradientMap(Filter, tag="palette.gradient_map", frozen=True):
    """Give every tone its colour on a ramp from a dark through a middle to a light colour.

    Source: the "gradient map" of image editors, on a ramp even in Oklab, over luma.
    """

    dark: Annotated[Rgb, ColorValue((0.08, 0.35), 0.16), "colour of black"]
    middle: Annotated[Rgb, ColorValue((0.45, 0.7), 0.2), "colour of the middle tones"]
    light: Annotated[Rgb, ColorValue((0.85, 0.98), 0.12), "colour of white"]
    reverse: Annotated[bool, Toggle(0.1), "whether the ramp is turned over, as in a negative"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        stops = [self.dark, self.middle, self.light]
        mapped = _looked_up(_ramp(stops[::-1] if self.reverse else stops), luma(rgb))
        return with_rgb(pixels, rgb + (mapped - rgb) * np.float32(self.strength))


class Duotone(Filter, tag="palette.duotone", frozen=True):
    """Print in two inks: a dark one for the shadows on a paper of the light one.

    Source: duotone printing, on a ramp even in Oklab, over luma.
    """

    weight: ClassVar[float] = 0.7

    ink: Annotated[Rgb, ColorValue((0.15, 0.42), 0.2), "colour of the shadows"]
    paper: Annotated[Rgb, ColorValue((0.82, 0.98), 0.14), "colour of the lights"]
    contrast: Annotated[float, amount(0.0, 0.8), "how much the tones are steepened first"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        tones = luma(straight_rgb(pixels))
        tones = tones + (smoothstep(tones, 0.0, 1.0) - tones) * np.float32(self.contrast)
        return with_rgb(pixels, _looked_up(_ramp([self.ink, self.paper]), tones))


class SplitToning(Filter, tag="palette.split_toning", frozen=True):
    """Tint the shadows with one hue and the lights with another, and keep the lightness.

    Source: split toning of photographs, in Oklab, Ottosson 2020.
    """

    shadows: Annotated[float, angle(), "hue of the shadows, in Oklch"]
    lights: Annotated[float, angle(), "hue of the lights, in Oklch"]
    balance: Annotated[
        float, amount(-0.2, 0.2, prior="center"), "above 0 the lights' tint reaches further down"
    ]
    chroma: Annotated[
        float, amount(0.0, 0.11, prior="away", neutral=0.0), "chroma of the tints, in Oklch"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        light = lab[..., 0]
        high = smoothstep(light, 0.15 - self.balance, 0.9 - self.balance)
        # pure black and white stay what they are
        room = np.float32(self.chroma) * np.minimum(
            smoothstep(light, 0.0, 0.2), _ONE - smoothstep(light, 0.9, 1.0)
        )
        for axis, wave in ((1, math.cos), (2, math.sin)):
            low_part = np.float32(wave(math.radians(self.shadows)))
            high_part = np.float32(wave(math.radians(self.lights)))
            lab[..., axis] += room * (low_part + (high_part - low_part) * high)
        return with_rgb(pixels, from_oklab(lab))


class Harmonise(Filter, tag="palette.harmonise", frozen=True):
    """Draw all hues towards one hue and its opposite, so that the colours go together.

    Source: the idea of colour harmonization, Cohen-Or et al. 2006, with the complementary template
    in Oklch.
    """

    hue: Annotated[float, angle(), "the one hue, in Oklch"]
    strength: Annotated[
        float, amount(0.0, 0.95, prior="away", neutral=0.0), "0 none, 1 leaves only the two hues"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        radians = math.radians(self.hue)
        cos, sin = np.float32(math.cos(radians)), np.float32(math.sin(radians))
        # what is left of the part across the axis shrinks; the part along it keeps its sign
        across = np.float32(self.strength) * (lab[..., 2] * cos - lab[..., 1] * sin)
        lab[..., 1] += across * sin
        lab[..., 2] -= across * cos
        return with_rgb(pixels, from_oklab(lab))


class LimitPalette(Filter, tag="palette.limit", frozen=True):
    """Paint with only a few colours, chosen from the picture's own.

    Source: k-means in Oklab (Lloyd 1982) from a farthest-point start (Gonzalez 1985), on a small
    copy.
    """

    weight: ClassVar[float] = 0.7
    sheets: ClassVar[float] = 11

    colors: Annotated[int, Whole(4, 12), "how many colours"]
    softness: Annotated[
        float, amount(0.0, 1.0), "0 gives hard patches, 1 blends neighbouring colours"
    ]
    boost: Annotated[float, amount(0.0, 0.6), "how much chroma grows"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(resolved(pixels, at)))
        palette = _palette(_small_sample(pixels), self.colors)
        # a soft minimum over the palette; the temperature is in squared Oklab distance.  What is
        # left out of the squares, |lab|^2, is the same for every colour
        temperature = np.float32(2e-5 + 6e-3 * self.softness**2)
        offsets = np.sum(palette * palette, axis=1, keepdims=True)
        rows = np.concatenate([palette * np.float32(-2.0), offsets], axis=1)
        squares = [np.asarray(cv2.transform(lab, row[None]), dtype=np.float32) for row in rows]
        nearest = np.minimum.reduce(squares)
        painted = np.zeros_like(lab)
        total = np.zeros_like(nearest)
        for color, square in zip(palette, squares, strict=True):
            share = np.exp(np.maximum((nearest - square) / temperature, np.float32(-40.0)))
            total += share
            for axis in range(3):
                painted[..., axis] += share * color[axis]
        painted /= total[..., None]
        painted[..., 1:] *= np.float32(1.0 + self.boost)
        return with_rgb(pixels, from_oklab(painted))


def _small_sample(pixels: Pixels) -> Colors:
    """(N, 3): Oklab colours of a copy of about 48 pixels a side, opaque places only."""
    height, width = pixels.shape[:2]
    side = min(width, 64), min(height, 48)
    small = np.asarray(cv2.resize(pixels, side, interpolation=cv2.INTER_AREA), dtype=np.float32)
    seen = small[small[..., 3] > 0.5]
    if seen.shape[0] == 0:
        return np.zeros((1, 3), dtype=np.float32)
    return to_oklab(np.minimum(seen[:, :3] / seen[:, 3:], _ONE))


def _palette(sample: Colors, count: int) -> Colors:
    """At most ``count`` colours that stand for ``sample``."""
    centers: Colors = sample.mean(axis=0, keepdims=True)
    for _ in range(count - 1):
        apart = _squares(sample, centers).min(axis=1)
        if float(apart.max()) < 1e-5:
            break
        centers = np.concatenate([centers, sample[int(apart.argmax())][None]])
    for _ in range(8):
        nearest = _squares(sample, centers).argmin(axis=1)
        sizes = np.bincount(nearest, minlength=len(centers))
        sums = np.stack(
            [np.bincount(nearest, sample[:, axis], minlength=len(centers)) for axis in range(3)],
            axis=-1,
        )
        moved = sums / np.maximum(sizes, 1)[:, None]
        centers = np.where(sizes[:, None] > 0, moved, centers).astype(np.float32)
    return centers


def _squares(sample: Colors, centers: Colors) -> Colors:
    """(N, K): squared distances."""
    apart = sample[:, None, :] - centers[None, :, :]
    distances: Colors = np.einsum("nkc,nkc->nk", apart, apart)
    return distances

"""Colour: hue, chroma, lightness and channels.  All work on straight colours and keep alpha."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import numpy as np
import numpy.typing as npt

from layerforge.operations.identifiers import SourceRef
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Choice, Number, amount, angle
from layerforge.operations.pixels import (
    Pixels,
    from_oklab,
    luma,
    smoothstep,
    straight_rgb,
    to_encoded,
    to_linear,
    to_oklab,
    with_rgb,
)

_ONE = np.float32(1.0)
Array = npt.NDArray[np.float32]


class HueShift(Filter, tag="color.hue", frozen=True):
    """Turn all hues by an angle and keep lightness and chroma.

    Source: Oklch, Ottosson 2020.
    """

    angle: Annotated[
        float,
        Number(-180.0, 180.0, "away", "deg", neutral=0.0, cyclic=True),
        "how far hues turn, from red towards yellow",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        radians = math.radians(self.angle)
        cos, sin = np.float32(math.cos(radians)), np.float32(math.sin(radians))
        a, b = lab[..., 1].copy(), lab[..., 2].copy()
        lab[..., 1] = cos * a - sin * b
        lab[..., 2] = sin * a + cos * b
        return with_rgb(pixels, from_oklab(lab))


class Saturation(Filter, tag="color.saturation", frozen=True):
    """Strengthen or weaken all colours.

    Source: chroma in Oklch, Ottosson 2020.
    """

    factor: Annotated[float, Number(0.25, 2.2, "away", neutral=1.0), "what chroma is multiplied by"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        lab[..., 1:] *= np.float32(self.factor)
        return with_rgb(pixels, from_oklab(lab))


class Lightness(Filter, tag="color.lightness", frozen=True):
    """Lighten or darken and keep hue and chroma; black and white stay.

    Source: a power of Oklab's lightness, Ottosson 2020.
    """

    stops: Annotated[
        float, Number(-0.9, 0.9, "away", neutral=0.0), "halvings of the power, above 0 lighter"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        light = np.clip(lab[..., 0], 0.0, 1.0)
        lab[..., 0] = light ** np.float32(2.0**-self.stops)
        return with_rgb(pixels, from_oklab(lab))


class Vibrance(Filter, tag="color.vibrance", frozen=True):
    """Strengthen pale colours more than strong ones (or, below 0, weaken them).

    Source: the "vibrance" of photo editors, on chroma in Oklch, Ottosson 2020.
    """

    strength: Annotated[
        float, Number(-0.8, 1.5, "away", neutral=0.0), "how much the palest colours gain"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        chroma = np.hypot(lab[..., 1], lab[..., 2])
        pale = _ONE - smoothstep(chroma, 0.0, 0.28)
        lab[..., 1:] *= (_ONE + np.float32(self.strength) * pale)[..., None]
        return with_rgb(pixels, from_oklab(lab))


class WhiteBalance(Filter, tag="color.white_balance", frozen=True):
    """Make the light warmer or cooler, greener or more magenta.

    Source: gains in linear light that keep the luminance of grey, after von Kries.
    """

    temperature: Annotated[
        float, Number(-0.8, 0.8, "away", "stops", neutral=0.0), "red over blue, above 0 warmer"
    ]
    tint: Annotated[
        float,
        Number(-0.4, 0.4, "center", "stops", neutral=0.0),
        "red and blue over green, above 0 more magenta",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        warm, magenta = self.temperature / 2, self.tint / 2
        gains = np.array(
            [2.0 ** (warm + magenta / 2), 2.0**-magenta, 2.0 ** (magenta / 2 - warm)], np.float32
        )
        gains /= np.float32(gains @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32))
        return with_rgb(pixels, to_encoded(to_linear(straight_rgb(pixels)) * gains))


class ChannelSwap(Filter, tag="color.channel_swap", frozen=True):
    """Exchange red, green and blue.

    Source: the channel swap of infrared photographs; feColorMatrix, W3C Filter Effects Level 1.
    """

    weight: ClassVar[float] = 0.6

    order: Annotated[
        str,
        Choice(("rbg", "grb", "gbr", "brg", "bgr"), neutral="rgb"),
        "where the new red, green and blue come from",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        out = np.empty_like(pixels)
        for place, channel in enumerate(self.order):
            out[..., place] = pixels[..., "rgb".index(channel)]
        out[..., 3] = pixels[..., 3]
        return out


class Monochrome(Filter, tag="color.monochrome", frozen=True):
    """Take the colour away, seen through a colour filter as in black and white film.

    Source: weights of the channels, those of Rec. 709 without a filter.
    """

    weight: ClassVar[float] = 0.6

    filter: Annotated[
        float, angle(), "hue of the filter in front of the lens: its own colour comes out light"
    ]
    density: Annotated[float, amount(0.0, 1.0), "how dense the filter is"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        bearings = np.radians(np.array([0.0, 120.0, 240.0]) - self.filter)
        filtered = np.array([0.2126, 0.7152, 0.0722]) * (1.0 - self.density)
        filtered += self.density * (1.0 + np.cos(bearings)) / 3.0
        red, green, blue = (np.float32(weight) for weight in filtered)
        grey = (rgb[..., 0] * red + rgb[..., 1] * green + rgb[..., 2] * blue)[..., None]
        return with_rgb(pixels, rgb + (grey - rgb) * np.float32(self.strength))


class Tint(Filter, tag="color.tint", frozen=True):
    """Give everything one hue and keep the lightness.

    Source: Oklch, Ottosson 2020.
    """

    weight: ClassVar[float] = 0.7

    hue: Annotated[float, angle(), "the hue, in Oklch"]
    chroma: Annotated[float, amount(0.03, 0.14), "chroma of the middle tones, in Oklch"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        light = lab[..., 0]
        strength = np.float32(self.strength)
        chroma = np.float32(4.0 * self.chroma) * light * (_ONE - light)
        radians = math.radians(self.hue)
        for channel, part in ((1, math.cos(radians)), (2, math.sin(radians))):
            lab[..., channel] += (chroma * np.float32(part) - lab[..., channel]) * strength
        return with_rgb(pixels, from_oklab(lab))


class CrossProcess(Filter, tag="color.cross_process", frozen=True):
    """Bend the channels apart, as film developed in the wrong chemicals does.

    Source: the look of slide film developed as colour negatives, by curves of each channel.
    """

    shift: Annotated[
        float,
        Number(-0.9, 0.9, "away", neutral=0.0),
        "above 0 yellow-green lights over blue shadows, below 0 cyan over red",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        shift = np.float32(self.shift)
        steep = smoothstep(rgb, 0.0, 1.0) - rgb
        strengths = np.array([shift, shift * np.float32(0.7), -shift], dtype=np.float32)
        return with_rgb(pixels, rgb + steep * strengths)


class FadedFilm(Filter, tag="color.faded_film", frozen=True):
    """Fade as an old print does: lifted blacks, dulled whites, warm or cool cast.

    Source: the look of dyes that faded, by the end points of each channel.
    """

    fade: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    warmth: Annotated[float, Number(-1.0, 1.0), "above 0 warm whites, below 0 cool ones"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        cast = np.array([1.0, 0.25, -1.0], dtype=np.float32) * np.float32(0.05 * self.warmth)
        black = np.array([0.12, 0.12, 0.15], dtype=np.float32) - cast
        white = np.array([0.93, 0.92, 0.90], dtype=np.float32) + cast
        grey = luma(rgb)[..., None]
        dull = rgb + (grey - rgb) * np.float32(0.3)
        faded = black + dull * (white - black)
        return with_rgb(pixels, rgb + (faded - rgb) * np.float32(self.fade))


class ChannelMixer(Filter, tag="color.channel_mixer", frozen=True):
    """Let each of red, green and blue take in some of the other two; greys stay grey.

    Source: the "channel mixer" of image editors; feColorMatrix, W3C Filter Effects Level 1.
    """

    red_from_green: Annotated[
        float,
        Number(-0.5, 0.7, "center", neutral=0.0),
        "how much of green goes into red in place of red itself",
    ]
    red_from_blue: Annotated[
        float,
        Number(-0.5, 0.7, "center", neutral=0.0),
        "how much of blue goes into red in place of red itself",
    ]
    green_from_red: Annotated[
        float,
        Number(-0.5, 0.7, "center", neutral=0.0),
        "how much of red goes into green in place of green itself",
    ]
    green_from_blue: Annotated[
        float,
        Number(-0.5, 0.7, "center", neutral=0.0),
        "how much of blue goes into green in place of green itself",
    ]
    blue_from_red: Annotated[
        float,
        Number(-0.5, 0.7, "center", neutral=0.0),
        "how much of red goes into blue in place of blue itself",
    ]
    blue_from_green: Annotated[
        float,
        Number(-0.5, 0.7, "center", neutral=0.0),
        "how much of green goes into blue in place of blue itself",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        others = (
            (0.0, self.red_from_green, self.red_from_blue),
            (self.green_from_red, 0.0, self.green_from_blue),
            (self.blue_from_red, self.blue_from_green, 0.0),
        )
        rgb = straight_rgb(pixels)
        out = np.empty_like(rgb)
        for channel, shares in enumerate(others):
            row = list(shares)
            row[channel] = 1.0 - sum(shares)
            red, green, blue = (np.float32(share) for share in row)
            out[..., channel] = rgb[..., 0] * red + rgb[..., 1] * green + rgb[..., 2] * blue
        return with_rgb(pixels, out)


class ColorBalance(Filter, tag="color.balance", frozen=True):
    """Shift the shadows, the middle tones and the lights each towards a colour.

    The luminance stays.  Source: the "color balance" tool of image editors, with smooth ranges of
    luma.
    """

    shadows_red: Annotated[
        float, Number(-0.25, 0.25, neutral=0.0), "shadows from cyan (below 0) to red"
    ]
    shadows_green: Annotated[
        float, Number(-0.15, 0.15, "center", neutral=0.0), "shadows from magenta (below 0) to green"
    ]
    shadows_blue: Annotated[
        float, Number(-0.25, 0.25, neutral=0.0), "shadows from yellow (below 0) to blue"
    ]
    middle_red: Annotated[
        float, Number(-0.2, 0.2, "center", neutral=0.0), "middle tones from cyan (below 0) to red"
    ]
    middle_green: Annotated[
        float,
        Number(-0.12, 0.12, "center", neutral=0.0),
        "middle tones from magenta (below 0) to green",
    ]
    middle_blue: Annotated[
        float,
        Number(-0.2, 0.2, "center", neutral=0.0),
        "middle tones from yellow (below 0) to blue",
    ]
    lights_red: Annotated[
        float, Number(-0.25, 0.25, neutral=0.0), "lights from cyan (below 0) to red"
    ]
    lights_green: Annotated[
        float, Number(-0.15, 0.15, "center", neutral=0.0), "lights from magenta (below 0) to green"
    ]
    lights_blue: Annotated[
        float, Number(-0.25, 0.25, neutral=0.0), "lights from yellow (below 0) to blue"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        light = luma(rgb)
        low = _ONE - smoothstep(light, 0.0, 0.55)
        high = smoothstep(light, 0.45, 1.0)
        middle = _ONE - low - high
        out = rgb.copy()
        shifts = (
            (self.shadows_red, self.middle_red, self.lights_red),
            (self.shadows_green, self.middle_green, self.lights_green),
            (self.shadows_blue, self.middle_blue, self.lights_blue),
        )
        for channel, (dark, mid, bright) in enumerate(shifts):
            out[..., channel] += (
                np.float32(dark) * low + np.float32(mid) * middle + np.float32(bright) * high
            )
        out += (light - luma(out))[..., None]
        return with_rgb(pixels, out)


class ColorTransfer(Filter, tag="color.transfer", frozen=True):
    """Give the picture the colours of another source: their mean and their spread.

    Source: Reinhard et al. 2001, "Color transfer between images", in Oklab.
    """

    sheets: ClassVar[float] = 8

    source: Annotated[str, SourceRef(lends=True), "the picture whose colours are taken"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    light: Annotated[float, amount(0.0, 1.0), "how much the lightness follows too"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        lab = to_oklab(straight_rgb(pixels))
        own = _statistics(lab, pixels[..., 3])
        other = at.source(self.source, 128)
        apart = max(1, max(other.shape[:2]) // 128)
        other = np.ascontiguousarray(other[::apart, ::apart])
        theirs = _statistics(to_oklab(straight_rgb(other)), other[..., 3])
        if own is None or theirs is None:
            return pixels.copy()
        (middle, spread), (wanted, wanted_spread) = own, theirs
        # a flat picture must not be blown up to noise
        gain = np.minimum(wanted_spread / np.maximum(spread, np.float32(0.01)), np.float32(3.0))
        moved = (lab - middle) * gain + wanted
        shares = np.array([self.light, 1.0, 1.0], dtype=np.float32) * np.float32(self.strength)
        return with_rgb(pixels, from_oklab(lab + (moved - lab) * shares))


def _statistics(lab: Array, alpha: Array) -> tuple[Array, Array] | None:
    """Mean and standard deviation, (3,) each, of what is opaque; None where nothing is."""
    seen = lab[alpha > 0.5]
    if seen.shape[0] == 0:
        return None
    return (
        seen.mean(axis=0, dtype=np.float64).astype(np.float32),
        seen.std(axis=0, dtype=np.float64).astype(np.float32),
    )

"""Tone: how bright and how contrasty.  All work on straight colours and keep alpha."""

from __future__ import annotations

from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Number, Toggle, Whole, amount, length
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    luma,
    smoothstep,
    straight_rgb,
    to_encoded,
    to_linear,
    with_rgb,
)
from layerforge.operations.sampling import blurred, box_mean, resolved

_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
Rgb = npt.NDArray[np.float32]


class Levels(Filter, tag="tone.levels", frozen=True):
    """Set which tone becomes black and which white, and bend the tones between.

    Source: the levels tool of image editors, on encoded values: ((v - black) / (white - black)) to
    the power 1 / gamma.
    """

    black: Annotated[float, Number(0.0, 0.25, neutral=0.0), "the tone that becomes black"]
    white: Annotated[float, Number(0.7, 1.0, neutral=1.0), "the tone that becomes white"]
    gamma: Annotated[
        float,
        Number(0.6, 1.7, prior="log", neutral=1.0),
        "bend of the tones between, above 1 brightens",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        span = np.float32(self.white - self.black)
        stretched = np.clip((rgb - np.float32(self.black)) / span, 0.0, 1.0)
        return with_rgb(pixels, stretched ** np.float32(1.0 / self.gamma))


class AutoLevels(Filter, tag="tone.auto_levels", frozen=True):
    """Stretch the tones that are there over the whole range.

    Source: contrast stretching between two quantiles, as "auto levels" of image editors.
    """

    clip: Annotated[
        float, Number(0.002, 0.05), "share of pixels that may become black, and as many white"
    ]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    per_channel: Annotated[bool, Toggle(0.3), "whether red, green and blue are stretched apart"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        seen = straight_rgb(resolved(pixels, at))[pixels[..., 3] > 0.5]
        if seen.shape[0] < 2:
            return pixels.copy()
        tones = seen if self.per_channel else luma(seen)[:, None]
        ends = np.quantile(tones, [self.clip, 1.0 - self.clip], axis=0)
        low, high = ends.astype(np.float32)
        span = np.maximum(high - low, np.float32(0.1))
        stretched = np.clip((rgb - low) / span, 0.0, 1.0)
        return with_rgb(pixels, rgb + (stretched - rgb) * np.float32(self.strength))


class SCurve(Filter, tag="tone.s_curve", frozen=True):
    """Steepen the middle tones and round off both ends (or, below 0, flatten them).

    Source: a blend with the smooth step bent through ``middle``.
    """

    strength: Annotated[
        float, Number(-0.6, 1.2, prior="away", neutral=0.0), "how steep, 0 none, below 0 flatter"
    ]
    middle: Annotated[float, amount(0.35, 0.65, prior="center"), "the tone that stays"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        power = np.float32(np.log(0.5) / np.log(self.middle))
        bent = rgb**power
        curved = smoothstep(bent, 0.0, 1.0) ** (_ONE / power)
        return with_rgb(pixels, rgb + (curved - rgb) * np.float32(self.strength))


class Curves(Filter, tag="tone.curves", frozen=True):
    """Bend the tones through five points of a smooth curve.

    Where a point would come to lie hardly above the one before it, all five are moved less, alike,
    so that no tones are lost.  Source: the curves tool of image editors, by monotone cubic
    interpolation, Fritsch & Carlson 1980.
    """

    sheets: ClassVar[float] = 9

    black: Annotated[float, Number(0.0, 0.2, "peak", neutral=0.0), "how far black is lifted"]
    shadows: Annotated[
        float,
        Number(-0.14, 0.14, "away", neutral=0.0),
        "how far the quarter tones are lifted, below 0 sunk",
    ]
    middle: Annotated[
        float, Number(-0.16, 0.16, neutral=0.0), "how far the middle tones are lifted, below 0 sunk"
    ]
    lights: Annotated[
        float,
        Number(-0.14, 0.14, "away", neutral=0.0),
        "how far the three-quarter tones are lifted, below 0 sunk",
    ]
    white: Annotated[
        float, Number(-0.2, 0.0, "peak", neutral=0.0), "how far white is sunk, below 0"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        moves = [self.black, self.shadows, self.middle, self.lights, self.white]
        # all moves are held back where they would flatten a part of the curve, or turn it over
        falls = -float(np.diff(moves).min())
        held = min(1.0, (0.25 - _LEAST_RISE) / max(falls, 1e-6))
        heights = np.clip(np.linspace(0.0, 1.0, 5) + held * np.array(moves), 0.0, 1.0)
        curve = _monotone(heights, 1025)
        places = straight_rgb(pixels) * np.float32(1024.0)
        low = np.minimum(places.astype(np.intp), 1023)
        start = np.take(curve, low)
        return with_rgb(pixels, start + (np.take(curve, low + 1) - start) * (places - low))


_LEAST_RISE = 0.05
"""How much a curve rises at least from one of its points to the next."""


def _monotone(heights: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float32]:
    """A smooth curve through ``heights`` at even places, without overshoot, at ``count`` places."""
    rises = np.diff(heights)
    slopes = np.concatenate([rises[:1], (rises[1:] + rises[:-1]) / 2, rises[-1:]])
    slopes[1:-1][rises[1:] * rises[:-1] <= 0.0] = 0.0
    for place, rise in enumerate(rises):
        if rise == 0.0:
            slopes[place : place + 2] = 0.0
            continue
        steep = float(np.hypot(*(slopes[place : place + 2] / rise)))
        if steep > 3.0:
            slopes[place : place + 2] *= 3.0 / steep
    where = np.linspace(0.0, len(rises), count)
    piece = np.minimum(where.astype(np.intp), len(rises) - 1)
    t = where - piece
    rest = 1.0 - t
    curve: npt.NDArray[np.float64] = (
        heights[piece] * (1.0 + 2.0 * t) * rest * rest
        + slopes[piece] * t * rest * rest
        + heights[piece + 1] * t * t * (3.0 - 2.0 * t)
        - slopes[piece + 1] * t * t * rest
    )
    return curve.astype(np.float32)


class Exposure(Filter, tag="tone.exposure", frozen=True):
    """Brighten or darken as a longer or shorter exposure would, rolling off the highlights.

    Source: linear light; highlights by the extended curve of Reinhard et al. 2002.
    """

    stops: Annotated[
        float, Number(-1.5, 1.5, prior="away", unit="stops", neutral=0.0), "doublings of the light"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        gain = 2.0**self.stops
        light = to_linear(straight_rgb(pixels)) * np.float32(gain)
        if gain > 1.0:  # the brightest tone, now `gain`, still becomes 1
            light = light * (_ONE + light / np.float32(gain * gain)) / (_ONE + light)
        return with_rgb(pixels, to_encoded(light))


class Gamma(Filter, tag="tone.gamma", frozen=True):
    """Bend all tones; black and white stay.

    Source: a power law on encoded values, as "gamma" in the levels tool of image editors.
    """

    gamma: Annotated[
        float, Number(0.5, 2.0, prior="log", neutral=1.0), "above 1 brightens, below 1 darkens"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return with_rgb(pixels, straight_rgb(pixels) ** np.float32(1.0 / self.gamma))


class Contrast(Filter, tag="tone.contrast", frozen=True):
    """Spread the tones away from the middle grey, or draw them towards it.

    Source: contrast(), W3C Filter Effects Level 1.
    """

    factor: Annotated[
        float,
        Number(0.7, 2.2, prior="log", neutral=1.0),
        "what their distance to middle grey is multiplied by",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return with_rgb(pixels, (straight_rgb(pixels) - _HALF) * np.float32(self.factor) + _HALF)


class Posterise(Filter, tag="tone.posterise", frozen=True):
    """Leave a few steps of tone in each channel.

    Source: the "posterize" tool of image editors, with smooth passages.
    """

    weight: ClassVar[float] = 0.35

    levels: Annotated[int, Whole(3, 9), "how many tones a channel keeps"]
    softness: Annotated[
        float,
        amount(0.05, 0.6),
        "width of the passage from step to step, as a share of a step",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        scaled = straight_rgb(resolved(pixels, at)) * np.float32(self.levels - 1)
        step = np.floor(scaled)
        half = self.softness / 2
        soft = smoothstep(scaled - step, 0.5 - half, 0.5 + half)
        return with_rgb(pixels, (step + soft) / np.float32(self.levels - 1))


class Threshold(Filter, tag="tone.threshold", frozen=True):
    """Split the picture into black and white at a level of luma, mixed with the original.

    Source: the "threshold" tool of image editors, with a smooth passage.
    """

    weight: ClassVar[float] = 0.3

    level: Annotated[
        float,
        amount(0.25, 0.75, prior="center"),
        "share of the layer's own pixels that become black",
    ]
    softness: Annotated[float, Number(0.02, 0.3, prior="log", unit="luma"), "width of the passage"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        light = luma(straight_rgb(resolved(pixels, at)))
        seen = light[pixels[..., 3] > 0.5]
        level = float(np.quantile(seen, self.level)) if seen.size else self.level
        split = smoothstep(light, level - self.softness / 2, level + self.softness / 2)[..., None]
        return with_rgb(pixels, rgb + (split - rgb) * np.float32(self.strength))


class Solarise(Filter, tag="tone.solarise", frozen=True):
    """Turn the tones above a level over, as a second exposure in the darkroom does.

    Source: the Sabattier effect; as in Pillow's ImageOps.solarize.
    """

    weight: ClassVar[float] = 0.35

    level: Annotated[float, amount(0.55, 0.9), "the tone from which tones are turned over"]
    strength: Annotated[
        float, amount(0.0, 1.0, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]
    softness: Annotated[
        float,
        amount(0.0, 0.3),
        "over how many tones it turns, half of them on either side of the level",
    ] = 0.0

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        if self.softness > 0.0:
            light, half = straight_rgb(resolved(pixels, at)), self.softness / 2
            above = smoothstep(light, self.level - half, self.level + half)
        else:
            above = (rgb >= np.float32(self.level)).astype(np.float32)
        turned: Rgb = above * np.float32(self.strength) * (_ONE - rgb - rgb)
        return with_rgb(pixels, rgb + turned)


class Invert(Filter, tag="tone.invert", frozen=True):
    """Turn all tones over, as a negative.

    Source: the negative of film; with the hue kept, lightness in HSL, Joblove & Greenberg 1978.
    """

    weight: ClassVar[float] = 0.35

    keep_hue: Annotated[bool, Toggle(0.5), "whether only the lightness is turned over"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        if not self.keep_hue:
            return with_rgb(pixels, _ONE - rgb)
        ends = rgb.min(axis=-1, keepdims=True) + rgb.max(axis=-1, keepdims=True)
        return with_rgb(pixels, rgb + (_ONE - ends))


class LocalContrast(Filter, tag="tone.local_contrast", frozen=True):
    """Bring out middle-sized detail without halos at strong edges ("clarity").

    Source: guided filter on luma, He, Sun & Tang 2010.
    """

    radius: Annotated[float, length(0.02, 0.12), "radius of the surroundings"]
    strength: Annotated[
        float,
        Number(-0.6, 1.6, prior="away", neutral=0.0),
        "how much the difference to the surroundings grows",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        light = luma(rgb)
        detail = light - guided(light, self.radius * at.short_side, 0.02)
        change = np.float32(self.strength) * detail
        return with_rgb(pixels, rgb + change[..., None])


class AdaptiveEqualisation(Filter, tag="tone.clahe", frozen=True):
    """Even out the tones region by region, which brings out detail in flat light.

    Source: contrast limited adaptive histogram equalisation (CLAHE), Zuiderveld 1994.
    """

    texture_like: ClassVar[bool] = True

    size: Annotated[float, length(0.12, 0.5), "side of a region"]
    limit: Annotated[
        float,
        Number(1.5, 4.0, prior="log"),
        "how much a tone may be spread, against an even spread",
    ]
    strength: Annotated[
        float, amount(0.0, 0.9, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = straight_rgb(pixels)
        light = luma(rgb)
        columns = min(at.width, max(1, round(at.wide / self.size)))
        rows = min(at.height, max(1, round(at.high / self.size)))
        equaliser = cv2.createCLAHE(clipLimit=self.limit, tileGridSize=(columns, rows))
        # the mapping is found from 256 tones and applied smoothly, as a gain
        tones = (light * np.float32(255.0) + _HALF).astype(np.uint8)
        evened = equaliser.apply(tones).astype(np.float32) - tones.astype(np.float32)
        moved = blurred(evened * np.float32(1.0 / 255.0), 0.004 * at.short_side)
        return with_rgb(pixels, rgb + (moved * np.float32(self.strength))[..., None])


class ShadowsHighlights(Filter, tag="tone.shadows_highlights", frozen=True):
    """Lighten or darken the dark and the bright regions apart.

    Source: a power set by a blurred copy, Moroney 2000, "Local color correction using non-linear
    masking".
    """

    shadows: Annotated[
        float,
        Number(-0.5, 0.8, prior="away", neutral=0.0),
        "how far dark regions are lifted, below 0 sunk",
    ]
    highlights: Annotated[
        float,
        Number(-0.8, 0.5, prior="away", neutral=0.0),
        "how far bright regions are lifted, below 0 sunk",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        region = blurred(luma(rgb), 0.02 * at.short_side)
        dark = np.float32(self.shadows) * (_ONE - smoothstep(region, 0.0, 0.6))
        bright = np.float32(self.highlights) * smoothstep(region, 0.4, 1.0)
        power = np.exp2(-(dark + bright) * np.float32(1.4))[..., None]
        return with_rgb(pixels, rgb**power)


def guided(plane: Plane, radius_px: float, variance: float) -> Plane:
    """``plane`` smoothed where its local variance is below ``variance``, edges kept.

    Source: the guided filter with itself as guide, He, Sun & Tang 2010.
    """
    mean = box_mean(plane, radius_px)
    spread: Plane = np.maximum(box_mean(plane * plane, radius_px) - mean * mean, np.float32(0.0))
    slope: Plane = spread / (spread + np.float32(variance))
    smooth: Plane = box_mean(slope, radius_px) * plane + box_mean(mean - slope * mean, radius_px)
    return smooth

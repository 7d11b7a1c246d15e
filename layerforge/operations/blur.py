"""Blur: blurring and sharpening, on premultiplied pixels."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Number, amount, angle, length, position
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    from_uint8,
    legal,
    luma,
    mixed,
    premultiply,
    smoothstep,
    to_uint8,
    with_rgb,
)
from layerforge.operations.sampling import (
    MIRROR,
    Matrix,
    blurred,
    blurred_wide,
    box_mean,
    resolved,
    smeared,
    turned,
)
from layerforge.operations.shapes import extent_of

_ONE = np.float32(1.0)
_LEVELS_NEAR = 3
"""How many levels of tone away a bilateral blur looks."""


class GaussianBlur(Filter, tag="blur.gaussian", frozen=True):
    """Blur with a Gaussian kernel.

    Source: separable convolution, cv2.GaussianBlur.
    """

    weight: ClassVar[float] = 0.7

    radius: Annotated[float, length(0.004, 0.05, neutral=0.0), "standard deviation of the blur"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return legal(blurred(pixels, self.radius * at.short_side))


class BoxBlur(Filter, tag="blur.box", frozen=True):
    """Blur with a square, which leaves soft steps where a Gaussian leaves none.

    Source: the moving average, cv2.blur.
    """

    weight: ClassVar[float] = 0.4

    radius: Annotated[float, length(0.006, 0.06, neutral=0.0), "half of the square's side"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        # between two whole sizes of the square, so that every size of rendering agrees
        radius = max(self.radius * at.short_side - 0.5, 0.0)
        share = radius - math.floor(radius)
        narrow, wide = box_mean(pixels, math.floor(radius)), box_mean(pixels, math.ceil(radius))
        return legal(mixed(narrow, wide, float(share)))


class MedianBlur(Filter, tag="blur.median", frozen=True):
    """Smooth small detail away and keep the outlines of what is larger.

    Source: Tukey 1977, on 8-bit values with cv2.medianBlur.
    """

    weight: ClassVar[float] = 0.5

    radius: Annotated[
        float,
        length(0.006, 0.025, neutral=0.0),
        "radius of the surroundings, whose median each pixel takes",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radius = self.radius * at.short_side
        shrink = max(1, math.ceil(radius / 60))  # OpenCV's kernel ends at 127 pixels a side
        # colour and alpha apart: eight bits of a thin, premultiplied colour tell little of it
        apart = np.dstack([bled_rgb(pixels), pixels[..., 3]])
        sheet = to_uint8(apart)
        if shrink > 1:
            size = max(1, at.width // shrink), max(1, at.height // shrink)
            sheet = np.asarray(cv2.resize(sheet, size, interpolation=cv2.INTER_AREA), np.uint8)
        low = math.floor(radius / shrink)
        share = radius / shrink - low
        near = apart  # under a pixel, from the picture itself on
        if low > 0:
            near = from_uint8(np.asarray(cv2.medianBlur(sheet, 2 * low + 1), dtype=np.uint8))
        far = from_uint8(np.asarray(cv2.medianBlur(sheet, 2 * low + 3), dtype=np.uint8))
        smooth = mixed(near, far, float(share))
        if shrink > 1:
            large = cv2.resize(smooth, (at.width, at.height), interpolation=cv2.INTER_LINEAR)
            smooth = np.asarray(large, dtype=np.float32)
        return premultiply(np.clip(smooth, 0.0, 1.0))


class BilateralBlur(Filter, tag="blur.bilateral", frozen=True):
    """Blur among pixels of like brightness, so that edges stay: flat, painted areas.

    Source: Tomasi & Manduchi 1998; in a grid of places and tones as in Chen, Paris &
    Durand 2007.
    """

    sheets: ClassVar[float] = 9

    radius: Annotated[float, length(0.01, 0.05, neutral=0.0), "standard deviation of the blur"]
    edge: Annotated[
        float,
        Number(0.03, 0.25, prior="log", unit="luma"),
        "how unlike a neighbour may be, a standard deviation",
    ]

    def sheets_at(self, short_side_px: float) -> float:
        # a grid that is not smaller than the picture is many sheets itself
        return 16 if self.radius * short_side_px < 4.0 else self.sheets

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        tone = luma(rgb)
        sigma = self.radius * at.short_side
        # blurred places are worked out on a smaller sheet, as tones are in few levels
        shrink = max(1, int(sigma / 2.0))
        size = max(1, round(at.width / shrink)), max(1, round(at.height / shrink))
        levels = math.ceil(1.0 / self.edge) + 1
        step = 1.0 / (levels - 1)
        # splitting tones between two levels, and joining them again, blurs them a little itself
        variance = self.edge**2 - step**2 / 3
        # of the grid no more is held at once than the levels that count to each other
        shares: dict[int, Plane] = {}
        grid: dict[int, Pixels] = {}
        total = np.zeros_like(pixels)
        for newest in range(levels + _LEVELS_NEAR):
            if newest < levels:
                shares[newest] = share = _share(tone, newest, step)
                weighed = np.dstack([rgb * share[..., None], share])
                small = cv2.resize(weighed, size, interpolation=cv2.INTER_AREA)
                grid[newest] = blurred(np.asarray(small, dtype=np.float32), sigma / shrink)
            level = newest - _LEVELS_NEAR
            if level >= 0:
                near = np.zeros_like(grid[level])
                for other, soft in grid.items():
                    like = math.exp(-0.5 * ((other - level) * step) ** 2 / variance)
                    near += soft * np.float32(like)
                large = cv2.resize(near, (at.width, at.height), interpolation=cv2.INTER_LINEAR)
                total += np.asarray(large, dtype=np.float32) * shares.pop(level)[..., None]
                grid.pop(level - _LEVELS_NEAR, None)
        np.maximum(total[..., 3:], np.float32(1e-6), out=total[..., 3:])
        return with_rgb(pixels, total[..., :3] / total[..., 3:])


def _share(tone: Plane, level: int, step: float) -> Plane:
    """How much of each tone counts to a level; tones lie between two of them."""
    away = np.abs(tone * np.float32(1.0 / step) - np.float32(level))
    share: Plane = np.maximum(_ONE - away, np.float32(0.0))
    return share


class MotionBlur(Filter, tag="blur.motion", frozen=True):
    """Blur along a line, as a moving camera does.

    Source: motion blur, Potmesil & Chakravarty 1983; averaged in ever longer steps.
    """

    weight: ClassVar[float] = 0.8

    length: Annotated[float, length(0.02, 0.25, neutral=0.0), "how long the line is"]
    angle: Annotated[float, angle(-90.0, 90.0), "which way the line runs, 0 across, 90 upright"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radians = math.radians(self.angle)
        along = self.length * np.array([math.cos(radians), math.sin(radians)])

        def path(share: float) -> Matrix:
            return np.column_stack([np.eye(2), share * along])

        return smeared(pixels, path, at, travel_px=self.length * at.short_side)


class ZoomBlur(Filter, tag="blur.zoom", frozen=True):
    """Blur towards a point, as a lens zoomed during the exposure does.

    Source: the "zoom" of radial blurs in image editors; averaged in ever longer steps.
    """

    sheets: ClassVar[float] = 13  # its sheets are as much wider as it reaches
    weight: ClassVar[float] = 0.8

    zoom: Annotated[
        float, Number(1.03, 1.6, prior="log", neutral=1.0), "the largest over the smallest scale"
    ]
    x: Annotated[float, position(0.3), "place of the point, right of the middle of what is seen"]
    y: Annotated[float, position(0.3), "place of the point, below the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        x, y = box.x + self.x, box.y + self.y

        def path(share: float) -> Matrix:
            return turned(scale=self.zoom**share, x=x, y=y)

        return smeared(pixels, path, at, travel_px=math.log(self.zoom) * _reach_px(at, x, y))


class SpinBlur(Filter, tag="blur.spin", frozen=True):
    """Blur around a point, as a turning camera does.

    Source: the "spin" of radial blurs in image editors; averaged in ever longer steps.
    """

    sheets: ClassVar[float] = 14  # its sheets are as much wider as it reaches
    weight: ClassVar[float] = 0.7

    angle: Annotated[
        float,
        Number(4.0, 30.0, prior="log", unit="deg", neutral=0.0),
        "how far the whole turn goes",
    ]
    x: Annotated[float, position(0.3), "place of the point, right of the middle of what is seen"]
    y: Annotated[float, position(0.3), "place of the point, below the middle of what is seen"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        x, y = box.x + self.x, box.y + self.y

        def path(share: float) -> Matrix:
            return turned(angle_deg=self.angle * share, x=x, y=y)

        return smeared(pixels, path, at, travel_px=math.radians(self.angle) * _reach_px(at, x, y))


def _reach_px(at: RenderContext, x: float, y: float) -> float:
    """Pixels from the place (x, y) to the farthest corner, at most three short sides."""
    wide = at.width / 2 + abs(x) * at.short_side
    high = at.height / 2 + abs(y) * at.short_side
    return min(math.hypot(wide, high), 3 * at.short_side)


class LensBlur(Filter, tag="blur.lens", frozen=True):
    """Blur as a lens out of focus does: lights swell to discs.

    Source: the circle of confusion, Potmesil & Chakravarty 1981.
    """

    weight: ClassVar[float] = 0.6

    radius: Annotated[float, length(0.006, 0.03, neutral=0.0), "radius of the discs"]
    glow: Annotated[float, amount(0.0, 1.0), "how much more bright places weigh"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radius = self.radius * at.short_side
        reach = math.ceil(radius)
        ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        kernel = np.clip(radius + 0.5 - np.hypot(xs, ys), 0.0, 1.0).astype(np.float32)
        kernel /= kernel.sum()
        weight = (
            np.float32(0.02)
            + np.float32(8.0 * self.glow) * luma(resolved(pixels, at)[..., :3]) ** 4
            + (np.float32(1.0 - self.glow))
        )
        weighed = np.dstack([pixels * weight[..., None], weight])
        planes = [
            np.asarray(cv2.filter2D(plane, -1, kernel, borderType=MIRROR), dtype=np.float32)
            for plane in cv2.split(weighed)
        ]
        total = np.maximum(planes[4], np.float32(1e-6))
        return legal(np.dstack([plane / total for plane in planes[:4]]))


class UnsharpMask(Filter, tag="blur.unsharp", frozen=True):
    """Sharpen: what a blur takes away is added again.

    Source: the unsharp mask of the darkroom and of image editors.
    """

    radius: Annotated[float, length(0.003, 0.025), "standard deviation of the blur"]
    strength: Annotated[
        float, Number(0.0, 2.0, prior="away", neutral=0.0), "how much of it is added, 0 none"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        soft = blurred(rgb, self.radius * at.short_side)
        return with_rgb(pixels, rgb + (rgb - soft) * np.float32(self.strength))


class HighPass(Filter, tag="blur.high_pass", frozen=True):
    """Leave only detail finer than a radius, on grey, for use with overlay and soft light.

    Source: the "high pass" filter of image editors.
    """

    weight: ClassVar[float] = 0.3

    radius: Annotated[
        float, length(0.02, 0.12), "standard deviation of the blur that is taken away"
    ]
    gain: Annotated[float, Number(1.0, 2.0), "how much the detail grows"]
    strength: Annotated[
        float,
        Number(0.0, 1.0, prior="away", neutral=0.0),
        "0 keeps the picture, 1 leaves only the detail",
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        alpha = pixels[..., 3:]
        soft = blurred_wide(pixels, self.radius * at.short_side)
        # the mean of what is seen nearby, not darkened by what is not
        ground = soft[..., :3] / np.maximum(soft[..., 3:], np.float32(1e-4)) * alpha
        detail = (pixels[..., :3] - ground) * np.float32(self.gain)
        out = pixels.copy()
        grey = np.float32(0.5) * alpha + detail
        out[..., :3] += (grey - pixels[..., :3]) * np.float32(self.strength)
        return legal(out)


class Bloom(Filter, tag="blur.bloom", frozen=True):
    """Let bright places shine over their surroundings.

    Source: glare, Spencer et al. 1995, as one Gaussian joined by the screen formula.
    """

    radius: Annotated[float, length(0.01, 0.1), "standard deviation of the shine"]
    level: Annotated[float, amount(0.2, 0.75), "luma from which places shine, the brightest is 1"]
    strength: Annotated[
        float, Number(0.0, 1.4, prior="away", neutral=0.0), "how bright the shine is, 0 none"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        light = luma(rgb)
        seen = light[pixels[..., 3] > 0.5]
        top = max(float(np.quantile(seen, 0.98)), 0.05) if seen.size else 1.0
        low = self.level * top
        bright = rgb * smoothstep(light, low, low + 0.3 * top)[..., None]
        shine = np.float32(self.strength) * blurred(bright, self.radius * at.short_side)
        return with_rgb(pixels, _ONE - (_ONE - rgb) * (_ONE - np.minimum(shine, _ONE)))


class SurfaceBlur(Filter, tag="blur.surface", frozen=True):
    """Smooth surfaces and keep the edges.

    Source: the guided filter with itself as guide, He, Sun & Tang 2010.
    """

    radius: Annotated[float, length(0.012, 0.05, neutral=0.0), "radius of the surroundings"]
    edge: Annotated[
        float, Number(0.06, 0.35, prior="log"), "the contrast from which something is an edge"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radius = self.radius * at.short_side
        rgb = bled_rgb(pixels)
        mean = box_mean(rgb, radius)
        spread: Pixels = box_mean(rgb * rgb, radius) - mean * mean
        np.maximum(spread, np.float32(0.0), out=spread)
        slope: Pixels = spread / (spread + np.float32(self.edge**2))
        smooth = box_mean(slope, radius) * rgb + box_mean(mean - slope * mean, radius)
        return with_rgb(pixels, smooth)


class TiltShift(Filter, tag="blur.tilt_shift", frozen=True):
    """Keep a band sharp and blur what lies away from it, as a tilted lens does.

    Source: miniature faking, as Held et al. 2010, "Using blur to affect perceived distance and
    size".
    """

    radius: Annotated[
        float, length(0.012, 0.04, neutral=0.0), "largest standard deviation of the blur"
    ]
    angle: Annotated[float, angle(-90.0, 90.0, prior="center"), "which way the band runs, 0 across"]
    offset: Annotated[float, position(0.3), "offset of the band from the middle of what is seen"]
    width: Annotated[float, length(0.08, 0.3), "width of the sharp band"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        radians = math.radians(self.angle)
        along = math.cos(radians) * (ys - box.y) - math.sin(radians) * (xs - box.x)
        away = np.abs(along - np.float32(self.offset)) - np.float32(self.width / 2)
        share = smoothstep(away, 0.0, 0.3)
        # two levels of blur in turn come close to one that grows
        half = blurred(pixels, self.radius * at.short_side / 2.5)
        full = blurred(pixels, self.radius * at.short_side)
        near = mixed(pixels, half, np.minimum(share * np.float32(2.0), _ONE))
        far = np.maximum(share * np.float32(2.0) - _ONE, np.float32(0.0))
        return legal(mixed(near, full, far))

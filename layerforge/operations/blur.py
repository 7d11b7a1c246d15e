"""Blurring and sharpening, on premultiplied pixels."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np

from layerforge.operations.operation import Filter, RenderContext
from layerforge.operations.parameters import Number, amount, angle, length, position
from layerforge.operations.pixels import (
    Pixels,
    from_uint8,
    legal,
    luma,
    mixed,
    smoothstep,
    to_uint8,
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


class GaussianBlur(Filter, tag="blur.gaussian", frozen=True):
    """Blur with a Gaussian kernel.

    radius: standard deviation.  Source: separable convolution, cv2.GaussianBlur.
    """

    weight: ClassVar[float] = 0.7

    radius: Annotated[float, length(0.004, 0.05)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        return legal(blurred(pixels, self.radius * at.short_side))


class BoxBlur(Filter, tag="blur.box", frozen=True):
    """Blur with a square, which leaves soft steps where a Gaussian leaves none.

    radius: half of the square's side.
    """

    weight: ClassVar[float] = 0.4

    radius: Annotated[float, length(0.006, 0.06)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        # between two whole sizes of the square, so that every size of rendering agrees
        radius = max(self.radius * at.short_side - 0.5, 0.0)
        share = radius - math.floor(radius)
        narrow, wide = box_mean(pixels, math.floor(radius)), box_mean(pixels, math.ceil(radius))
        return legal(mixed(narrow, wide, float(share)))


class MedianBlur(Filter, tag="blur.median", frozen=True):
    """Smooth small detail away and keep the outlines of what is larger.

    radius: of the surroundings, whose median each pixel takes.  Source: Tukey 1977, on 8-bit
    values with cv2.medianBlur.
    """

    weight: ClassVar[float] = 0.5

    radius: Annotated[float, length(0.006, 0.025)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radius = self.radius * at.short_side
        shrink = max(1, math.ceil(radius / 60))  # OpenCV's kernel ends at 127 pixels a side
        sheet = to_uint8(pixels)
        if shrink > 1:
            size = max(1, at.width // shrink), max(1, at.height // shrink)
            sheet = np.asarray(cv2.resize(sheet, size, interpolation=cv2.INTER_AREA), np.uint8)
        low = max(1, math.floor(radius / shrink))
        share = min(max(radius / shrink - low, 0.0), 1.0)
        near = from_uint8(np.asarray(cv2.medianBlur(sheet, 2 * low + 1), dtype=np.uint8))
        far = from_uint8(np.asarray(cv2.medianBlur(sheet, 2 * low + 3), dtype=np.uint8))
        smooth = mixed(near, far, float(share))
        if shrink > 1:
            large = cv2.resize(smooth, (at.width, at.height), interpolation=cv2.INTER_LINEAR)
            smooth = np.asarray(large, dtype=np.float32)
        return legal(smooth)


class BilateralBlur(Filter, tag="blur.bilateral", frozen=True):
    """Blur among pixels of like brightness, so that edges stay: flat, painted areas.

    radius: standard deviation of the blur in place; edge: in luma.  Source: Tomasi & Manduchi
    1998; by levels of luma as in Durand & Dorsey 2002.
    """

    radius: Annotated[float, length(0.01, 0.05)]
    edge: Annotated[float, Number(0.08, 0.25, prior="log")]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        tone = luma(pixels[..., :3])
        sigma = self.radius * at.short_side
        # wide blurs are worked out on a smaller sheet
        shrink = max(1, int(sigma / 2.0))
        size = max(1, round(at.width / shrink)), max(1, round(at.height / shrink))
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
        small_tone = np.asarray(cv2.resize(tone, size, interpolation=cv2.INTER_AREA), np.float32)
        levels = max(4, math.ceil(0.7 / self.edge) + 1)
        step = np.float32(1.0 / (levels - 1))
        total = np.zeros_like(pixels)
        for level in range(levels):
            apart = (small_tone - level * step) / np.float32(self.edge)
            weights = np.exp(np.float32(-0.5) * apart * apart) + np.float32(1e-5)
            soft = blurred(small * weights[..., None], sigma / shrink)
            soft /= blurred(weights, sigma / shrink)[..., None]
            large = cv2.resize(soft, (at.width, at.height), interpolation=cv2.INTER_LINEAR)
            share = np.maximum(_ONE - np.abs(tone / step - np.float32(level)), np.float32(0.0))
            total += np.asarray(large, dtype=np.float32) * share[..., None]
        return legal(total)


class MotionBlur(Filter, tag="blur.motion", frozen=True):
    """Blur along a line, as a moving camera does.

    length: of the line.
    """

    weight: ClassVar[float] = 0.8

    length: Annotated[float, length(0.02, 0.25)]
    angle: Annotated[float, angle(-90.0, 90.0)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radians = math.radians(self.angle)
        along = self.length * np.array([math.cos(radians), math.sin(radians)])

        def path(share: float) -> Matrix:
            return np.column_stack([np.eye(2), share * along])

        return smeared(pixels, path, at, travel_px=self.length * at.short_side)


class ZoomBlur(Filter, tag="blur.zoom", frozen=True):
    """Blur towards a point, as a lens zoomed during the exposure does.

    x, y: the point, from the middle of what is seen; zoom: the largest over the smallest scale.
    """

    weight: ClassVar[float] = 0.8

    zoom: Annotated[float, Number(1.03, 1.6, prior="log")]
    x: Annotated[float, position(0.3)]
    y: Annotated[float, position(0.3)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        box = extent_of(pixels[..., 3], at)
        x, y = box.x + self.x, box.y + self.y

        def path(share: float) -> Matrix:
            return turned(scale=self.zoom**share, x=x, y=y)

        return smeared(pixels, path, at, travel_px=math.log(self.zoom) * _reach_px(at, x, y))


class SpinBlur(Filter, tag="blur.spin", frozen=True):
    """Blur around a point, as a turning camera does.

    x, y: the point, from the middle of what is seen; angle: of the whole turn.
    """

    weight: ClassVar[float] = 0.7

    angle: Annotated[float, Number(4.0, 30.0, prior="log", unit="deg")]
    x: Annotated[float, position(0.3)]
    y: Annotated[float, position(0.3)]

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

    radius: of the discs; glow: how much more bright places weigh.
    """

    weight: ClassVar[float] = 0.6

    radius: Annotated[float, length(0.006, 0.03)]
    glow: Annotated[float, amount(0.0, 1.0)]

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

    radius: standard deviation of the blur; strength: 0 none.
    """

    radius: Annotated[float, length(0.003, 0.025)]
    strength: Annotated[float, Number(0.0, 2.0, prior="away", neutral=0.0)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        soft = blurred(pixels, self.radius * at.short_side)
        out = pixels + (pixels - soft) * np.float32(self.strength)
        out[..., 3] = pixels[..., 3]
        return legal(out)


class HighPass(Filter, tag="blur.high_pass", frozen=True):
    """Leave only detail finer than a radius, on grey, for use with overlay and soft light.

    radius: standard deviation of the blur that is taken away; gain: of the detail; strength: 0
    keeps the picture.
    """

    weight: ClassVar[float] = 0.3

    radius: Annotated[float, length(0.02, 0.12)]
    gain: Annotated[float, Number(1.0, 2.0)]
    strength: Annotated[float, Number(0.0, 1.0, prior="away", neutral=0.0)]

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

    radius: standard deviation of the shine; level: luma from which places shine; strength: 0
    none.  Joined by the screen formula.
    """

    radius: Annotated[float, length(0.01, 0.1)]
    level: Annotated[float, amount(0.2, 0.75)]
    strength: Annotated[float, Number(0.0, 1.4, prior="away", neutral=0.0)]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        light = luma(pixels[..., :3])
        bright = pixels[..., :3] * smoothstep(light, self.level, self.level + 0.3)[..., None]
        shine = np.float32(self.strength) * blurred(bright, self.radius * at.short_side)
        out = pixels.copy()
        alpha = pixels[..., 3:]
        out[..., :3] = alpha - (alpha - pixels[..., :3]) * (_ONE - np.minimum(shine, _ONE))
        return legal(out)


class SurfaceBlur(Filter, tag="blur.surface", frozen=True):
    """Smooth surfaces and keep the edges.

    radius: of the surroundings; edge: the contrast from which something is an edge.
    Source: the guided filter with itself as guide, He, Sun & Tang 2010.
    """

    radius: Annotated[float, length(0.012, 0.05)]
    edge: Annotated[float, Number(0.06, 0.35, prior="log")]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        radius = self.radius * at.short_side
        mean = box_mean(pixels, radius)
        spread: Pixels = box_mean(pixels * pixels, radius) - mean * mean
        np.maximum(spread, np.float32(0.0), out=spread)
        slope: Pixels = spread / (spread + np.float32(self.edge**2))
        smooth = box_mean(slope, radius) * pixels + box_mean(mean - slope * mean, radius)
        return legal(smooth)


class TiltShift(Filter, tag="blur.tilt_shift", frozen=True):
    """Keep a band sharp and blur what lies away from it, as a tilted lens does.

    offset: of the band from the middle of what is seen; width: of the sharp band; radius: the
    largest standard deviation.
    """

    radius: Annotated[float, length(0.012, 0.04)]
    angle: Annotated[float, angle(-90.0, 90.0, prior="center")]
    offset: Annotated[float, position(0.3)]
    width: Annotated[float, length(0.08, 0.3)]

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

"""Spectral: coarse and fine detail treated apart, within a picture or between two."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.bleeding import bled_rgb
from layerforge.operations.identifiers import SourceRef
from layerforge.operations.operation import Filter, RenderContext, Target
from layerforge.operations.parameters import Choice, Number, amount, angle, length, position
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
from layerforge.operations.sampling import EDGE, blurred_wide
from layerforge.operations.shapes import ellipse, extent_of

_ONE = np.float32(1.0)
_OCTAVES = 5
"""Bands of detail that a blend treats apart, besides the coarsest and the finest."""
_MEMBRANE_SIDE_PX = 96
"""Short side on which the smooth correction of a seamless clone is worked out."""


def covering(picture: Pixels, at: RenderContext) -> Pixels:
    """``picture`` (h, w, 4) scaled to cover the canvas, about its middle."""
    height, width = picture.shape[:2]
    scale = max(at.width / width, at.height / height)
    wide, high = (
        min(width, max(1, round(at.width / scale))),
        min(height, max(1, round(at.height / scale))),
    )
    left, top = (width - wide) // 2, (height - high) // 2
    part = np.ascontiguousarray(picture[top : top + high, left : left + wide])
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    fitted = cv2.resize(part, (at.width, at.height), interpolation=method)
    return np.asarray(fitted, dtype=np.float32)


class PhaseSwap(Filter, tag="spectral.phase_swap", frozen=True):
    """Join the outlines of one picture with the tones and textures of another.

    The colours stay, and so does smooth light.  Source: Oppenheim & Lim 1981, "The importance of
    phase in signals".
    """

    texture_like: ClassVar[bool] = True
    weight: ClassVar[float] = 0.4

    source: Annotated[str, SourceRef(lends=True), "the other picture"]
    outlines: Annotated[
        str,
        Choice(("own", "other"), (0.6, 0.4)),
        "whose phases count; the other picture gives the amplitudes",
    ]
    strength: Annotated[
        float, amount(0.0, 0.9, prior="away", neutral=0.0), "how much of it, 0 none, 1 full"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        rgb = bled_rgb(pixels)
        tone = luma(rgb)
        other = luma(straight_rgb(covering(at.source(self.source, max(at.width, at.height)), at)))
        shapes, tones = (tone, other) if self.outlines == "own" else (other, tone)
        phases, smooth = _periodic(shapes)
        sizes = np.abs(_periodic(tones)[0])
        strengths = np.abs(phases)
        # below this there is only rounding, whose phases mean nothing
        phases *= sizes / np.maximum(strengths, np.float32(1e-6) * strengths.max(initial=1.0))
        joined = np.fft.irfft2(phases, s=tone.shape).astype(np.float32) + smooth
        change = (joined - tone) * np.float32(self.strength)
        return with_rgb(pixels, rgb + change[..., None])


def _periodic(plane: Plane) -> tuple[npt.NDArray[np.complex64], Plane]:
    """The spectrum of ``plane`` without its jumps from border to border, and what that leaves out.

    A spectrum takes the plane to go on for ever, so that opposite borders meet; where they differ
    there would be streaks along the axes.  What is left out is smooth, (H, W).  Source: the
    periodic plus smooth decomposition, Moisan 2011.
    """
    height, width = plane.shape
    jumps = np.zeros_like(plane)
    jumps[0] += plane[-1] - plane[0]
    jumps[-1] += plane[0] - plane[-1]
    jumps[:, 0] += plane[:, -1] - plane[:, 0]
    jumps[:, -1] += plane[:, 0] - plane[:, -1]
    down = 2.0 * np.cos(2.0 * np.pi * np.fft.fftfreq(height))[:, None] - 2.0
    across = 2.0 * np.cos(2.0 * np.pi * np.fft.rfftfreq(width))[None] - 2.0
    bends = down + across  # what a Laplacian does to each wave
    bends[0, 0] = 1.0
    left_out = np.fft.rfft2(jumps) / bends.astype(np.float32)
    left_out[0, 0] = 0.0
    spectrum = (np.fft.rfft2(plane) - left_out).astype(np.complex64)
    return spectrum, np.fft.irfft2(left_out, s=plane.shape).astype(np.float32)


class BandPass(Filter, tag="spectral.band", frozen=True):
    """Strengthen detail of about one size, or take it out (below 0).

    Source: difference of Gaussians.
    """

    size: Annotated[float, length(0.008, 0.06), "size of the detail"]
    gain: Annotated[
        float, Number(-1.0, 2.5, "away", neutral=0.0), "how much the detail grows, -1 takes it out"
    ]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        sigma = self.size * at.short_side
        rgb = bled_rgb(pixels)
        band = blurred_wide(rgb, 0.6 * sigma) - blurred_wide(rgb, 1.6 * sigma)
        return with_rgb(pixels, rgb + band * np.float32(self.gain))


class PyramidBlend(Filter, tag="spectral.pyramid", frozen=True):
    """Blend a layer into what lies below it along a line: coarse forms widely, fine ones sharply.

    Source: Burt & Adelson 1983, "A multiresolution spline".
    """

    targets: ClassVar[Target] = "layer"
    reads_below: ClassVar[bool] = True
    sheets: ClassVar[float] = 9

    angle: Annotated[float, angle(), "towards what stays the layer's own, 0 to the right, 90 down"]
    offset: Annotated[float, position(0.25), "offset of the line from the middle of what is seen"]
    seam: Annotated[float, length(0.05, 0.4), "how widely the coarsest forms run into each other"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        radians = math.radians(self.angle)
        along = math.cos(radians) * (xs - box.x) + math.sin(radians) * (ys - box.y)
        half = 1.0 / at.short_side
        own = smoothstep(along, self.offset - half, self.offset + half) * pixels[..., 3]
        below = at.below()
        upper = pixels + below * (_ONE - pixels[..., 3:])
        # the difference of the two goes to the layer's side band by band
        difference = upper - below
        sigma = self.seam * at.short_side / 2
        spread = share = blurred_wide(own, sigma)
        coarse = blurred_wide(difference, sigma)
        joined = below + coarse * share[..., None]
        for _ in range(_OCTAVES):
            sigma /= 2.0
            finer = blurred_wide(difference, sigma)
            share = blurred_wide(own, sigma)
            joined += (finer - coarse) * share[..., None]
            coarse = finer
        joined += (difference - coarse) * own[..., None]
        # where the layer adds nothing, what lies below is left alone
        cover = np.clip(spread * np.float32(8.0), 0.0, 1.0)[..., None]
        return legal(np.clip(joined, 0.0, 1.0) * cover)


class SeamlessClone(Filter, tag="spectral.seamless", frozen=True):
    """Set an oval of a layer into what lies below so that its colours run into the surroundings.

    Source: Poisson image editing, Pérez, Gangnet & Blake 2003, as a smooth membrane over the
    difference along the edge.
    """

    targets: ClassVar[Target] = "layer"
    reads_below: ClassVar[bool] = True

    size: Annotated[
        float, amount(0.5, 0.95), "size of the oval, 1 as large as the layer's visible box"
    ]
    x: Annotated[
        float, Number(-0.5, 0.5, "center"), "place across the room that is left in that box"
    ]
    y: Annotated[float, Number(-0.5, 0.5, "center"), "place down the room that is left in that box"]
    strength: Annotated[float, amount(0.6, 1.0), "how far the colours give way"]

    def render(self, pixels: Pixels, at: RenderContext) -> Pixels:
        xs, ys = at.grid()
        box = extent_of(pixels[..., 3], at)
        room = 1.0 - self.size
        dx = xs - np.float32(box.x + 2 * self.x * room * box.half_width)
        dy = ys - np.float32(box.y + 2 * self.y * room * box.half_height)
        wide = max(self.size * box.half_width, 1e-3)
        high = max(self.size * box.half_height, 1e-3)
        half = 0.015 + 0.5 / at.short_side
        shape = smoothstep(ellipse(dx, dy, wide, high), 0.0, 2 * half) * pixels[..., 3]
        below = at.below()
        upper = pixels + below * (_ONE - pixels[..., 3:])
        correction = _membrane(below - upper, shape, at) * np.float32(self.strength)
        cloned = np.clip(mixed(upper, upper + correction, 1.0), 0.0, 1.0)
        return legal(cloned * shape[..., None])


def _membrane(difference: Pixels, shape: Plane, at: RenderContext) -> Pixels:
    """The smoothest surface that equals ``difference`` outside ``shape``, (H, W, 4)."""
    scale = min(1.0, _MEMBRANE_SIDE_PX / at.short_side)
    size = max(1, round(at.width * scale)), max(1, round(at.height * scale))
    inside = np.asarray(cv2.resize(shape, size, interpolation=cv2.INTER_AREA), np.float32)
    known = (inside < 0.05).astype(np.float32)
    if not known.any():
        return np.zeros_like(difference)
    small = np.asarray(cv2.resize(difference, size, interpolation=cv2.INTER_AREA), np.float32)
    free = _ONE - known
    middle = (small * known[..., None]).sum(axis=(0, 1)) / known.sum()
    surface = small + (middle - small) * free[..., None]
    for _ in range(_CYCLES):
        surface = _cycle(surface, np.zeros_like(surface), free[..., None])
    large = cv2.resize(surface, (at.width, at.height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, dtype=np.float32)


def _cycle(surface: Pixels, wanted: Pixels, free: Plane) -> Pixels:
    """``surface`` (h, w, 4) nearer to one that lies ``wanted`` below the mean of its neighbours.

    free: (h, w, 1), 1 where it may move.  Source: a V-cycle of multigrid, Brandt 1977.
    """
    surface = _relaxed(surface, wanted, free)
    height, width = free.shape[:2]
    half = (width + 1) // 2, (height + 1) // 2
    coarse = np.asarray(cv2.resize(free, half, interpolation=cv2.INTER_AREA), dtype=np.float32)
    coarse = (coarse > 0.999).astype(np.float32).reshape(half[1], half[0], 1)
    if max(half) < 2 or not coarse.any():
        return surface
    rest = (wanted - _above(surface)) * free
    small = np.asarray(cv2.resize(rest, half, interpolation=cv2.INTER_AREA), dtype=np.float32)
    # twice as far from pixel to pixel, a curvature shows four times as much
    moved = _cycle(np.zeros_like(small), np.float32(4.0) * small, coarse)
    large = cv2.resize(moved, (width, height), interpolation=cv2.INTER_LINEAR)
    return _relaxed(surface + np.asarray(large, dtype=np.float32) * free, wanted, free)


def _relaxed(surface: Pixels, wanted: Pixels, free: Plane) -> Pixels:
    for _ in range(_RELAXATIONS):
        surface = surface + (_above(surface) - wanted) * (free * np.float32(0.8))
    return surface


def _above(surface: Pixels) -> Pixels:
    """How far the mean of its four neighbours lies above each pixel."""
    means = cv2.filter2D(surface, -1, _NEIGHBOURS, borderType=EDGE)
    return np.asarray(means, dtype=np.float32).reshape(surface.shape) - surface


_NEIGHBOURS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=np.float32) / 4
_RELAXATIONS = 3
_CYCLES = 6

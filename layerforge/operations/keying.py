"""Keying: what is seen of a layer by colour, by light, or by what another layer shows."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

import numpy as np

from layerforge.operations.identifiers import LayerRef
from layerforge.operations.operation import Mask, RenderContext
from layerforge.operations.parameters import Choice, Number, amount, angle
from layerforge.operations.pixels import Pixels, Plane, luma, smoothstep, straight_rgb, to_oklab
from layerforge.operations.sampling import blurred, resolved

_ONE = np.float32(1.0)


def _level(values: Plane, visible: Plane, share: float) -> float:
    """The value below which ``share`` of what is seen lies; the middle where nothing is seen."""
    seen = values[visible > 0.5]
    return float(np.quantile(seen, share)) if seen.size else float(np.mean(values))


class ColorKey(Mask, tag="keying.color", frozen=True):
    """See only what comes near one colour, or all but that.

    Source: the chroma key of video editors, by distance in Oklab, Ottosson 2020.
    """

    hue: Annotated[float, angle(), "hue of the colour, in Oklch"]
    keep: Annotated[str, Choice(("near", "far")), "what is near the colour, or what is far from it"]
    share: Annotated[
        float, amount(0.25, 0.6), "how much of the layer is kept, whatever its colours"
    ]
    softness: Annotated[
        float,
        Number(0.01, 0.12, prior="log", unit="Oklab"),
        "width of the passage, as a distance in Oklab",
    ]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        lab = to_oklab(straight_rgb(resolved(pixels, at)))
        radians = math.radians(self.hue)
        a = lab[..., 1] - np.float32(0.15 * math.cos(radians))
        b = lab[..., 2] - np.float32(0.15 * math.sin(radians))
        light = np.float32(0.25) * (lab[..., 0] - np.float32(0.6))
        away = np.sqrt(a * a + b * b + light * light)
        share = self.share if self.keep == "near" else 1.0 - self.share
        level = _level(away, coverage * pixels[..., 3], share)
        far = smoothstep(away, level - self.softness / 2, level + self.softness / 2)
        return coverage * (far if self.keep == "far" else _ONE - far)


class BlendIf(Mask, tag="keying.blend_if", frozen=True):
    """See a layer only where what lies below it is bright, dark, or neither.

    Source: the "blend if: underlying layer" sliders of Photoshop.
    """

    reads_below: ClassVar[bool] = True

    keep: Annotated[str, Choice(("bright", "dark", "middle")), "where below the layer is seen"]
    level: Annotated[
        float, amount(0.3, 0.6), "share of what lies below, within the layer, that is cut off"
    ]
    softness: Annotated[float, Number(0.05, 0.5, prior="log", unit="luma"), "width of the passage"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        below = at.below()
        light = luma(below[..., :3]) + (_ONE - below[..., 3])
        light = blurred(light, 0.003 * at.short_side)  # no speckles in fine detail
        visible = coverage * pixels[..., 3]
        half = self.softness / 2
        if self.keep == "middle":
            low = _level(light, visible, self.level / 2)
            high = _level(light, visible, 1.0 - self.level / 2)
            kept = smoothstep(light, low - half, low + half) * (
                _ONE - smoothstep(light, high - half, high + half)
            )
            return coverage * kept
        share = self.level if self.keep == "bright" else 1.0 - self.level
        level = _level(light, visible, share)
        bright = smoothstep(light, level - half, level + half)
        return coverage * (bright if self.keep == "bright" else _ONE - bright)


class TrackMatte(Mask, tag="keying.matte", frozen=True):
    """See a layer through another one: within its shape, or as far as it is light.

    A full sheet has no shape, so its light counts.  Source: clipping masks of image editors, and
    the luma matte of compositing programs.
    """

    weight: ClassVar[float] = 0.7

    layer: Annotated[str, LayerRef(), "the layer that says what is seen"]
    by: Annotated[str, Choice(("light", "shape")), "whether its light or its shape counts"]
    keep: Annotated[str, Choice(("inside", "outside")), "what lies inside, or what lies outside"]

    def cover(self, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
        other = at.layer(self.layer)
        shape = other[..., 3]
        if self.by == "shape" and 0.0 < float(shape.mean()) < 0.97:
            inside: Plane = shape
        else:
            light = luma(straight_rgb(other))
            low, high = (_level(light, shape, share) for share in (0.1, 0.9))
            inside = shape * smoothstep(light, low, max(high, low + 0.1))
        return coverage * (inside if self.keep == "inside" else _ONE - inside)

"""The sixteen blend modes, and joining two sheets of pixels with them.

Source: W3C Compositing and Blending Level 1, https://www.w3.org/TR/compositing-1/.  With
premultiplied colours s and b and alphas as and ab, every mode joins as

    out = s·(1 − ab) + b·(1 − as) + as·ab·B(b/ab, s/as)

and many modes have a form of the last term that needs no division.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from layerforge.model.layer import BlendMode
from layerforge.operations.pixels import Pixels

Rgb = npt.NDArray[np.float32]
"""(H, W, 3) float32."""

_ONE = np.float32(1.0)
_TINY = np.float32(1e-12)
_LUMINOSITY = np.array([0.30, 0.59, 0.11], dtype=np.float32)


def composite(backdrop: Pixels, source: Pixels, *, mode: BlendMode, opacity: float) -> Pixels:
    """``source`` at ``opacity`` over ``backdrop``; both and the result (H, W, 4) premultiplied."""
    if opacity < 1.0:
        source = source * np.float32(opacity)
    source_alpha, backdrop_alpha = source[..., 3:], backdrop[..., 3:]
    rest = _ONE - source_alpha
    if mode == "normal":
        out = backdrop * rest
        out += source
        return out
    out = np.empty_like(backdrop)
    color = out[..., :3]
    term = _PREMULTIPLIED.get(mode)
    if term is not None:
        joined = term(backdrop[..., :3], source[..., :3], backdrop_alpha, source_alpha)
    else:
        straight_backdrop = _divided(backdrop[..., :3], backdrop_alpha)
        straight_source = _divided(source[..., :3], source_alpha)
        joined = _STRAIGHT[mode](straight_backdrop, straight_source)
        joined *= source_alpha * backdrop_alpha
    np.multiply(backdrop[..., :3], rest, out=color)
    color += source[..., :3] * (_ONE - backdrop_alpha)
    color += joined
    np.multiply(backdrop_alpha, rest, out=out[..., 3:])
    out[..., 3:] += source_alpha
    np.clip(color, np.float32(0.0), out[..., 3:], out=color)
    return out


def _divided(color: Rgb, alpha: Rgb) -> Rgb:
    return np.minimum(color / np.maximum(alpha, _TINY), _ONE)


# The term as·ab·B for premultiplied colours, where it needs no division. -----------------------


def _multiply(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    term: Rgb = s * b
    return term


def _screen(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    term: Rgb = s * ab + b * as_ - s * b
    return term


def _overlay(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    return _hard_light(s, b, as_, ab)


def _darken(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    term: Rgb = np.minimum(s * ab, b * as_)
    return term


def _lighten(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    term: Rgb = np.maximum(s * ab, b * as_)
    return term


def _hard_light(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    product = s * b
    product += product
    light = s * ab
    light += b * as_
    light += light
    light -= product
    light -= as_ * ab
    return np.where(s + s <= as_, product, light)


def _difference(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    term: Rgb = np.abs(s * ab - b * as_)
    return term


def _exclusion(b: Rgb, s: Rgb, ab: Rgb, as_: Rgb) -> Rgb:
    term: Rgb = s * ab + b * as_ - np.float32(2.0) * s * b
    return term


_PREMULTIPLIED: dict[BlendMode, Callable[[Rgb, Rgb, Rgb, Rgb], Rgb]] = {
    "multiply": _multiply,
    "screen": _screen,
    "overlay": _overlay,
    "darken": _darken,
    "lighten": _lighten,
    "hard-light": _hard_light,
    "difference": _difference,
    "exclusion": _exclusion,
}


# B for straight colours, 0 to 1. ----------------------------------------------------------------


def _color_dodge(b: Rgb, s: Rgb) -> Rgb:
    lifted = np.minimum(_ONE, b / np.maximum(_ONE - s, _TINY))
    return np.where(b <= 0.0, np.float32(0.0), lifted)


def _color_burn(b: Rgb, s: Rgb) -> Rgb:
    sunk = _ONE - np.minimum(_ONE, (_ONE - b) / np.maximum(s, _TINY))
    return np.where(b >= 1.0, _ONE, sunk)


def _soft_light(b: Rgb, s: Rgb) -> Rgb:
    dark = ((np.float32(16.0) * b - np.float32(12.0)) * b + np.float32(4.0)) * b
    curve = np.where(b <= 0.25, dark, np.sqrt(b))
    twice = s + s - _ONE
    moved: Rgb = b + np.where(twice <= 0.0, twice * b * (_ONE - b), twice * (curve - b))
    return moved


def _luminosity(color: Rgb) -> Rgb:
    """Lum, kept as (H, W, 1)."""
    weighed: Rgb = (color @ _LUMINOSITY)[..., None]
    return weighed


def _clip_color(color: Rgb) -> Rgb:
    lum = _luminosity(color)
    low = color.min(axis=-1, keepdims=True)
    high = color.max(axis=-1, keepdims=True)
    # a colour below 0 shrinks towards its luminosity; what is then above 1 shrinks again
    color = np.where(low < 0.0, lum + (color - lum) * (lum / np.maximum(lum - low, _TINY)), color)
    shrink = (_ONE - lum) / np.maximum(high - lum, _TINY)
    return np.where(high > 1.0, lum + (color - lum) * shrink, color)


def _set_luminosity(color: Rgb, lum: Rgb) -> Rgb:
    return _clip_color(color + (lum - _luminosity(color)))


def _saturation(color: Rgb) -> Rgb:
    spread: Rgb = color.max(axis=-1, keepdims=True) - color.min(axis=-1, keepdims=True)
    return spread


def _set_saturation(color: Rgb, saturation: Rgb) -> Rgb:
    # The W3C text sorts the channels: the least becomes 0, the largest the saturation, the middle
    # one keeps its share.  That is one scaling of the distance from the least.
    low = color.min(axis=-1, keepdims=True)
    spread = color.max(axis=-1, keepdims=True) - low
    scaled: Rgb = (color - low) * (saturation / np.maximum(spread, _TINY)) * (spread > 0.0)
    return scaled


def _hue(b: Rgb, s: Rgb) -> Rgb:
    return _set_luminosity(_set_saturation(s, _saturation(b)), _luminosity(b))


def _saturate(b: Rgb, s: Rgb) -> Rgb:
    return _set_luminosity(_set_saturation(b, _saturation(s)), _luminosity(b))


def _color(b: Rgb, s: Rgb) -> Rgb:
    return _set_luminosity(s, _luminosity(b))


def _luminance(b: Rgb, s: Rgb) -> Rgb:
    return _set_luminosity(b, _luminosity(s))


_STRAIGHT: dict[BlendMode, Callable[[Rgb, Rgb], Rgb]] = {
    "color-dodge": _color_dodge,
    "color-burn": _color_burn,
    "soft-light": _soft_light,
    "hue": _hue,
    "saturation": _saturate,
    "color": _color,
    "luminosity": _luminance,
}

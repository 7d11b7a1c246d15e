"""The sixteen blend modes, and joining two sheets of pixels with them.

Source: W3C Compositing and Blending Level 1, https://www.w3.org/TR/compositing-1/.  With
premultiplied colours s and b and alphas as and ab, every mode joins as

    out = s·(1 − ab) + b·(1 − as) + as·ab·B(b/ab, s/as)

The last term is worked without branches and almost without divisions: as·ab·b/ab is b·as, and
the modes that set luminosity and saturation scale with their colours, so that as·ab takes the
place of white.

Sheets are joined in strips of rows small enough for the processor's cache, and only where the
source is seen.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.model.layer import BlendMode
from layerforge.operations.pixels import Pixels

Planes = npt.NDArray[np.float32]
"""(3, n) float32: premultiplied red, green and blue of n pixels, or (n,): their alpha."""

_ONE = np.float32(1.0)
_TINY = 1e-12
_STRIP_PX = 1 << 16

# What cv2.transform makes of (r, g, b, a, 1): 1 − a in every channel, and 1 − a + the channel.
_CLEAR = np.array([[0, 0, 0, -1, 1]] * 4, dtype=np.float32)
_CLEAR_OR_LIT = _CLEAR + np.eye(4, 5, dtype=np.float32)


def composite(backdrop: Pixels, source: Pixels, *, mode: BlendMode, opacity: float) -> Pixels:
    """``source`` at ``opacity`` over ``backdrop``; both and the result (H, W, 4) premultiplied."""
    out = np.empty_like(backdrop)
    height, width = backdrop.shape[:2]
    rows = max(1, _STRIP_PX // max(1, width))
    spare = np.empty(rows * width * 4, dtype=np.float32)
    for top in range(0, height, rows):
        strip = slice(top, min(top + rows, height))
        left, right = _seen(source[strip])
        if (left, right) != (0, width):
            out[strip] = backdrop[strip]
        if left < right:
            window = strip, slice(left, right)
            seen = out[window]
            work = spare[: seen.size].reshape(seen.shape)
            _join(backdrop[window], source[window], seen, work, mode=mode, opacity=opacity)
    return out


def _seen(source: Pixels) -> tuple[int, int]:
    """The first column in which ``source`` (h, w, 4) is seen and that after the last."""
    width = source.shape[1]
    if source[:, 0, 3].any() and source[:, -1, 3].any():
        return 0, width
    columns = np.flatnonzero(cv2.extractChannel(source, 3).max(axis=0))
    return (int(columns[0]), int(columns[-1]) + 1) if columns.size else (0, 0)


def _join(
    backdrop: Pixels,
    source: Pixels,
    out: Pixels,
    spare: Pixels,
    *,
    mode: BlendMode,
    opacity: float,
) -> None:
    """Write the joined pixels to ``out``; all (h, w, 4).  spare: as large, to work in.

    What is written to ``out`` first is in the processor's cache when the rest is added to it.
    """
    if mode == "normal":
        cv2.transform(source, _matrix(_CLEAR, opacity), out)
        np.multiply(out, backdrop, out=out)
        if opacity < 1.0:
            cv2.scaleAdd(source, opacity, out, out)
        else:
            np.add(out, source, out=out)
    elif mode == "multiply":  # b·(1 − as + s) + s·(1 − ab), alpha too
        cv2.transform(source, _matrix(_CLEAR_OR_LIT, opacity), out)
        np.multiply(out, backdrop, out=out)
        if not _opaque(backdrop):
            cv2.transform(backdrop, _CLEAR * np.float32(opacity), spare)
            cv2.accumulateProduct(spare, source, out)
    else:
        if opacity < 1.0:
            source = np.multiply(source, np.float32(opacity), out=spare)
        _join_planes(_split(backdrop), _split(source), out, _TERMS[mode])


def _matrix(whole: Planes, opacity: float) -> Planes:
    """``whole``, for a source that is seen at ``opacity`` only."""
    return whole * np.array([opacity] * 4 + [1.0], dtype=np.float32)


def _opaque(pixels: Pixels) -> bool:
    return bool(pixels[0, 0, 3] >= 1.0 and pixels[..., 3].min() >= 1.0)


def _split(pixels: Pixels) -> Planes:
    """(4, n): the channels of (h, w, 4)."""
    height, width = pixels.shape[:2]
    planes = np.empty((4, height, width), dtype=np.float32)
    cv2.split(pixels, list(planes))
    return planes.reshape(4, height * width)


def _join_planes(b: Planes, s: Planes, out: Pixels, term: Callable[..., Planes]) -> None:
    """Write to ``out`` (h, w, 4) how two sheets of channels (4, n) join; ``b`` is used up."""
    joined = term(b[:3], s[:3], b[3], s[3])
    joined += s[:3] * (_ONE - b[3])
    b *= _ONE - s[3]
    b[:3] += joined
    b[3] += s[3]
    _at_least(b[:3], 0.0)
    np.minimum(b[:3], b[3], out=b[:3])
    cv2.merge(list(b.reshape(4, *out.shape[:2])), out)


@functools.lru_cache(maxsize=32)
def _constant(value: float, count: int) -> Planes:
    return np.full(count, value, dtype=np.float32)


def _at_least(planes: Planes, least: float) -> Planes:
    """``planes`` clipped in place; NumPy compares with a row several times as fast as a number."""
    return np.maximum(planes, _constant(least, planes.shape[-1]), out=planes)


def _at_most(planes: Planes, most: float) -> Planes:
    return np.minimum(planes, _constant(most, planes.shape[-1]), out=planes)


# The term as·ab·B for premultiplied colours. ----------------------------------------------------


def _screen(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    # s·ab + b·as − s·b
    term: Planes = ab - b
    term *= s
    term += b * as_
    return term


def _overlay(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    return _hard_light(s, b, as_, ab)


def _darken(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    term: Planes = s * ab
    np.minimum(term, b * as_, out=term)
    return term


def _lighten(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    term: Planes = s * ab
    np.maximum(term, b * as_, out=term)
    return term


def _color_dodge(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    # a black backdrop stays black, as 0 divided by anything is 0
    term = _at_least(as_ - s, _TINY)
    np.divide(b * (as_ * as_), term, out=term)
    np.minimum(term, as_ * ab, out=term)
    return term


def _color_burn(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    # a white backdrop stays white, as 0 divided by anything is 0
    term: Planes = ab - b
    term *= as_ * as_
    term /= _at_least(s.copy(), _TINY)
    both: Planes = as_ * ab
    np.minimum(term, both, out=term)
    return np.subtract(both, term, out=term)


def _hard_light(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    # the product with 2s up to as, and the screen with what 2s has above as
    twice = s + s
    light = _at_least(twice - as_, 0.0)
    light *= ab - b
    np.minimum(twice, as_, out=twice)
    twice *= b
    twice += light
    return twice


def _soft_light(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    straight = b / _at_least(ab.copy(), _TINY)
    # the curve's two pieces meet at (1/4, 1/2), so that each is held there beyond its own side
    low = _at_most(straight.copy(), 0.25)
    lift = low * np.float32(16.0)
    lift -= np.float32(12.0)
    lift *= low
    lift += np.float32(4.0)
    lift *= low
    np.subtract(straight, low, out=low)
    low += np.float32(0.25)
    lift += cv2.sqrt(low, low)
    lift -= np.float32(0.5)
    lift *= ab
    lift -= b
    twice = s + s
    twice -= as_
    light = _at_least(twice.copy(), 0.0)
    lift *= light
    twice -= light
    np.subtract(_ONE, straight, out=straight)
    straight *= b
    straight *= twice
    lift += straight
    lift += b * as_
    return lift


def _difference(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    term: Planes = s * ab
    term -= b * as_
    return np.abs(term, out=term)


def _exclusion(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    # s·ab + b·as − 2·s·b
    term: Planes = ab - b
    term -= b
    term *= s
    term += b * as_
    return term


# Of colours that as·ab stands for white in. ------------------------------------------------------


def _luminosity(color: Planes) -> Planes:
    """Lum, (n,)."""
    lum: Planes = color[0] * np.float32(0.30)
    lum += color[1] * np.float32(0.59)
    lum += color[2] * np.float32(0.11)
    return lum


def _ends(color: Planes) -> tuple[Planes, Planes]:
    """The least and the largest channel, (n,) each."""
    low, high = np.minimum(color[0], color[1]), np.maximum(color[0], color[1])
    return np.minimum(low, color[2], out=low), np.maximum(high, color[2], out=high)


def _set_luminosity(color: Planes, lum: Planes, white: Planes) -> Planes:
    """``color``, which is written over, moved to luminosity ``lum`` and clipped around it."""
    # with the luminosity taken as 0, a clipped colour only shrinks: first so that the least
    # channel is not below black, then so that the largest is not above white
    color -= _luminosity(color)
    low, high = _ends(color)
    _at_least(np.negative(low, out=low), _TINY)
    share = _at_most(np.divide(lum, low, out=low), 1.0)
    high *= share
    np.divide(white - lum, _at_least(high, _TINY), out=high)
    share *= _at_most(high, 1.0)
    color *= share
    color += lum
    return color


def _saturation(color: Planes) -> Planes:
    low, high = _ends(color)
    high -= low
    return high


def _set_saturation(color: Planes, saturation: Planes) -> Planes:
    # The W3C text sorts the channels: the least becomes 0, the largest the saturation, the middle
    # one keeps its share.  That is one scaling of the distance from the least.
    low, high = _ends(color)
    high -= low
    color -= low
    color *= np.divide(saturation, _at_least(high, _TINY), out=high)
    return color


def _hue(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    color, below = s * ab, b * as_
    _set_saturation(color, _saturation(below))
    return _set_luminosity(color, _luminosity(below), as_ * ab)


def _saturate(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    color = b * as_
    lum = _luminosity(color)
    _set_saturation(color, _saturation(s * ab))
    return _set_luminosity(color, lum, as_ * ab)


def _color(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    return _set_luminosity(s * ab, _luminosity(b) * as_, as_ * ab)


def _luminance(b: Planes, s: Planes, ab: Planes, as_: Planes) -> Planes:
    return _set_luminosity(b * as_, _luminosity(s) * ab, as_ * ab)


_TERMS: dict[BlendMode, Callable[[Planes, Planes, Planes, Planes], Planes]] = {
    "screen": _screen,
    "overlay": _overlay,
    "darken": _darken,
    "lighten": _lighten,
    "color-dodge": _color_dodge,
    "color-burn": _color_burn,
    "hard-light": _hard_light,
    "soft-light": _soft_light,
    "difference": _difference,
    "exclusion": _exclusion,
    "hue": _hue,
    "saturation": _saturate,
    "color": _color,
    "luminosity": _luminance,
}

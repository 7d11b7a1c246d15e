"""Pixels and the colour spaces that operations and measures work in.

Pixels are ``(H, W, 4) float32``: premultiplied alpha, sRGB-encoded, 0 to 1.  Colour is never
larger than alpha.  What needs straight alpha, linear light or Oklab converts here and back.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.float32]
"""(H, W, 4) float32, premultiplied, sRGB-encoded, 0 to 1, colour ≤ alpha."""

Plane = npt.NDArray[np.float32]
"""(H, W) float32: one channel, such as a coverage or a lightness."""

SRGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    dtype=np.float32,
)
LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    dtype=np.float32,
)
_FROM_LAB = np.linalg.inv(LMS_TO_OKLAB.astype(np.float64)).astype(np.float32)
_FROM_LMS = np.linalg.inv(SRGB_TO_LMS.astype(np.float64)).astype(np.float32)


def blank(height: int, width: int) -> Pixels:
    """Fully transparent pixels."""
    return np.zeros((height, width, 4), dtype=np.float32)


def premultiply(straight: Pixels) -> Pixels:
    """Straight RGBA to premultiplied, both (H, W, 4) in 0..1."""
    out = np.empty_like(straight)
    alpha = straight[..., 3:]
    np.multiply(straight[..., :3], alpha, out=out[..., :3])
    out[..., 3:] = alpha
    return out


def straight_rgb(pixels: Pixels) -> Pixels:
    """The colours of ``pixels`` as (H, W, 3) straight RGB; black where fully transparent."""
    alpha = pixels[..., 3:]
    if alpha.min(initial=1.0) >= 1.0:
        return np.ascontiguousarray(pixels[..., :3])
    safe = np.where(alpha > 0.0, alpha, np.float32(1.0))
    return np.minimum(pixels[..., :3] / safe, np.float32(1.0))


def with_rgb(pixels: Pixels, rgb: npt.NDArray[np.float32]) -> Pixels:
    """``pixels`` with straight colours ``rgb`` (H, W, 3) and its own alpha; clips to 0..1."""
    out = np.empty_like(pixels)
    alpha = pixels[..., 3:]
    np.multiply(np.clip(rgb, 0.0, 1.0), alpha, out=out[..., :3])
    out[..., 3:] = alpha
    return out


def with_coverage(pixels: Pixels, coverage: Plane) -> Pixels:
    """``pixels`` seen through ``coverage``, (H, W) in 0..1."""
    return pixels * coverage[..., None]


def legal(pixels: npt.NDArray[np.float32]) -> Pixels:
    """Clip to 0..1 and colour ≤ alpha, as resampling with overshoot needs; in place.

    Where alpha overshoots, the colour belongs to that alpha: it is scaled with it, not clipped.
    """
    if float(pixels[..., 3].max(initial=0.0)) > 1.0 + 1e-5:
        pixels[..., :3] /= np.maximum(pixels[..., 3:], np.float32(1.0))
    np.clip(pixels, 0.0, 1.0, out=pixels)
    np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    return pixels


def to_linear(encoded: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """sRGB-encoded to linear light.  Source: IEC 61966-2-1."""
    low = encoded / np.float32(12.92)
    base = (np.maximum(encoded, np.float32(0.0)) + np.float32(0.055)) / np.float32(1.055)
    return np.where(encoded <= 0.04045, low, _power(base, 2.4)).astype(np.float32, copy=False)


def to_encoded(linear: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Linear light to sRGB-encoded.  Source: IEC 61966-2-1."""
    low = linear * np.float32(12.92)
    root = _power(np.maximum(linear, np.float32(0.0)), 1 / 2.4)
    high = np.float32(1.055) * root - np.float32(0.055)
    return np.where(linear <= 0.0031308, low, high).astype(np.float32, copy=False)


def to_oklab(rgb: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Encoded sRGB (..., 3) to Oklab (L 0..1, a, b).  Source: Ottosson 2020."""
    return _turned(np.cbrt(_turned(to_linear(rgb), SRGB_TO_LMS)), LMS_TO_OKLAB)


def from_oklab(lab: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Oklab (..., 3) to encoded sRGB in 0..1.

    A colour that sRGB does not hold comes back paler, in the same hue and lightness, and not with
    its channels cut off, which would turn its hue.  Source: Ottosson 2020; the chroma reduction of
    gamut mapping in W3C CSS Color Level 4, without its last step.
    """
    linear = _linear_from_oklab(lab)
    red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
    # three times as fast as asking along the last axis
    least = np.minimum(np.minimum(red, green), blue)
    most = np.maximum(np.maximum(red, green), blue)
    beyond = (least < -_BARELY) | (most > 1.0 + _BARELY)
    if beyond.any():
        linear[beyond] = _paler(lab[beyond])
    return np.clip(to_encoded(linear), np.float32(0.0), np.float32(1.0))


_BARELY = 2e-5
"""How far beyond 0..1 a linear channel may lie and be cut off, which is not seen."""
_SURE = 1e-3
"""How long the last step towards the border may be, against the whole way, to be trusted."""
_AT_ONCE = 1 << 14
"""Colours made paler at a time: as many as a core's own memory holds."""


def _paler(lab: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Linear sRGB of colours (N, 3) with as much of their chroma as it holds."""
    parts = [_at_border(lab[at : at + _AT_ONCE]) for at in range(0, len(lab), _AT_ONCE)]
    return np.concatenate(parts)


def _at_border(lab: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """As `_paler`: about where the table says, then two steps of Newton's towards the border."""
    light = np.clip(lab[:, 0], np.float32(0.0), np.float32(1.0))
    a, b = np.ascontiguousarray(lab[:, 1]), np.ascontiguousarray(lab[:, 2])
    chroma = np.maximum(np.hypot(a, b), np.float32(1e-6))
    turn = np.arctan2(b, a) * np.float32(_HUES / (2 * np.pi))
    places = (turn + np.float32(_HUES / 2), light * np.float32(_LIGHTS))
    most = cv2.remap(_most_chroma(), places[0], places[1], cv2.INTER_LINEAR)
    share = np.minimum(np.asarray(most, dtype=np.float32).ravel() / chroma, np.float32(1.0))
    constant, first, second, third = _way_from_grey(light, a, b)
    doubled, tripled = second + second, third * np.float32(3.0)
    for _ in range(2):
        linear = ((third * share + second) * share + first) * share + constant
        slopes = (tripled * share + doubled) * share + first
        over, under = linear - np.float32(1.0), -linear
        by, rise = over[0], slopes[0]
        for one, slope in ((over[1], slopes[1]), (over[2], slopes[2])):
            by, rise = np.maximum(by, one), np.where(one > by, slope, rise)
        for one, slope in zip(under, slopes, strict=True):
            by, rise = np.maximum(by, one), np.where(one > by, -slope, rise)
        step = by / np.maximum(rise, np.float32(1e-4))
        most_step = share * np.float32(0.1)
        share = np.clip(share - np.clip(step, -most_step, most_step), 0.0, 1.0)
    linear = ((third * share + second) * share + first) * share + constant
    found = np.ascontiguousarray(linear.T)
    # where the way runs along the border, as in deep blue, a step leads too far
    unsure = (np.abs(step) > _SURE * share) | (rise < np.float32(0.05) * light)
    if unsure.any():
        found[unsure] = _searched(lab[unsure])
    return found


def _searched(lab: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """As `_paler`, closing in on the border from both sides."""
    light = np.clip(lab[:, 0], np.float32(0.0), np.float32(1.0))
    constant, first, second, third = _way_from_grey(light, lab[:, 1], lab[:, 2])

    def channels(share: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return np.asarray(((third * share + second) * share + first) * share + constant)

    def beyond(share: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        linear = channels(share)
        return np.asarray(np.maximum(linear - np.float32(1.0), -linear).max(axis=0))

    low, high = np.zeros_like(light), np.ones_like(light)
    by_low, by_high = beyond(low), beyond(high)
    half, one = np.float32(0.5), np.float32(1.0)
    before = np.zeros(light.shape, dtype=bool)
    for number in range(10):
        # halved first, then where a straight line between the two would meet the border; that an
        # end that stays twice counts half is the Illinois rule, which gets round corners, too
        part = half if number < 4 else by_low / np.minimum(by_low - by_high, np.float32(-1e-12))
        share = low + (high - low) * part
        by = beyond(share)
        held = by <= 0.0
        again = np.where(held == before, half, one)
        low, high = np.where(held, share, low), np.where(held, high, share)
        by_low, by_high = np.where(held, by, by_low * again), np.where(held, by_high * again, by)
        before = held
    return np.ascontiguousarray(channels(share).T)


_LIGHTS, _HUES = 256, 720
"""How many steps of lightness and hue the table of the border has."""


@functools.cache
def _most_chroma() -> Plane:
    """The chroma that sRGB holds, by lightness (0..1 down) and hue (-180..180 degrees across)."""
    lights = np.linspace(0.0, 1.0, _LIGHTS + 1, dtype=np.float32)
    hues = np.linspace(-np.pi, np.pi, _HUES + 1, dtype=np.float32)
    light = np.repeat(lights, len(hues))
    turns = np.tile(hues, len(lights))
    # well beyond the strongest colour of sRGB, whose chroma is 0.323
    reach = np.float32(0.4)
    constant, *powers = _way_from_grey(light, reach * np.cos(turns), reach * np.sin(turns))
    low, high = np.zeros_like(light), np.ones_like(light)
    for _ in range(20):
        share = (low + high) * np.float32(0.5)
        linear = ((powers[2] * share + powers[1]) * share + powers[0]) * share + constant
        held = np.maximum(linear - np.float32(1.0), -linear).max(axis=0) <= 0.0
        low, high = np.where(held, share, low), np.where(held, high, share)
    most: Plane = (low * reach).reshape(len(lights), len(hues))
    return most


def _way_from_grey(
    light: npt.NDArray[np.float32], a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], ...]:
    """The four factors, (3, N) each, of the linear channels from grey to colours of Oklab (N,).

    On that way each channel is a cubic polynomial of the share of the chroma.
    """
    slopes = _FROM_LAB[:, 1:2] * a + _FROM_LAB[:, 2:] * b
    scaled = light * np.float32(3.0)
    powers = (light**3, scaled * light * slopes, scaled * slopes * slopes, slopes**3)
    return tuple(_mixed_channels(one) for one in powers)


def _mixed_channels(cones: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Linear sRGB (3, N) from cone responses (3, N), or from ones that are alike, (N,)."""
    if cones.ndim == 1:
        cones = np.broadcast_to(cones, (3, len(cones)))
    mixed_ = sum(_FROM_LMS[:, one : one + 1] * cones[one] for one in range(3))
    return np.asarray(mixed_, dtype=np.float32)


def _linear_from_oklab(lab: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    roots = _turned(lab, _FROM_LAB)
    return _turned(roots * roots * roots, _FROM_LMS)


def _power(base: npt.NDArray[np.float32], exponent: float) -> npt.NDArray[np.float32]:
    """``base`` ≥ 0 to a power; OpenCV's is several times as fast on large arrays."""
    if base.ndim < 2 or base.size == 0:
        return np.asarray(base ** np.float32(exponent), dtype=np.float32)
    return np.asarray(cv2.pow(base, exponent), dtype=np.float32)


def _turned(
    colors: npt.NDArray[np.float32], matrix: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """``matrix`` times every colour of (..., 3)."""
    if colors.ndim != 3 or colors.size == 0:
        return np.asarray(colors @ matrix.T, dtype=np.float32)
    return np.asarray(cv2.transform(colors, matrix), dtype=np.float32)


def luma(rgb: npt.NDArray[np.float32]) -> Plane:
    """Rec. 709 luma of encoded RGB (H, W, 3) or (N, 3)."""
    weights = np.array([[0.2126, 0.7152, 0.0722]], dtype=np.float32)
    weighed = _turned(rgb, weights)
    return weighed.reshape(rgb.shape[:-1])


def mixed(pixels: Pixels, changed: Pixels, share: float | Plane) -> Pixels:
    """From ``pixels`` (share 0) to ``changed`` (share 1), both premultiplied."""
    if isinstance(share, float):
        return pixels + (changed - pixels) * np.float32(share)
    return pixels + (changed - pixels) * share[..., None]


def smoothstep(values: npt.NDArray[np.float32], low: float, high: float) -> npt.NDArray[np.float32]:
    """0 below ``low``, 1 above ``high``, and a smooth cubic between."""
    share = np.clip((values - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    smooth: npt.NDArray[np.float32] = share * share * (np.float32(3.0) - share - share)
    return np.minimum(smooth, np.float32(1.0), out=smooth)


def flatten(pixels: Pixels, background: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> Pixels:
    """(H, W, 3): ``pixels`` over an opaque ``background``."""
    return pixels[..., :3] + (1.0 - pixels[..., 3:]) * np.asarray(background, dtype=np.float32)


def to_uint8(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """0..1 to 0..255, rounded half up."""
    return (np.clip(values, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)


def to_uint16(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """0..1 to 0..65535, rounded half up."""
    return (np.clip(values, 0.0, 1.0) * np.float64(65535.0) + 0.5).astype(np.uint16)


def from_uint8(values: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """0..255 to 0..1."""
    return values.astype(np.float32) * np.float32(1.0 / 255.0)

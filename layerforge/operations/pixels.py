"""Pixels and the colour spaces that operations and measures work in.

Pixels are ``(H, W, 4) float32``: premultiplied alpha, sRGB-encoded, 0 to 1.  Colour is never
larger than alpha.  What needs straight alpha, linear light or Oklab converts here and back.
"""

from __future__ import annotations

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

    Where alpha overshoots, colour comes down with it, else edges would get a light rim.
    """
    alpha = pixels[..., 3]
    if alpha.max(initial=0.0) > 1.001:
        pixels /= np.maximum(alpha, np.float32(1.0))[..., None]
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
    """Oklab (..., 3) to encoded sRGB, clipped to 0..1.  Source: Ottosson 2020."""
    roots = _turned(lab, _FROM_LAB)
    linear = _turned(roots * roots * roots, _FROM_LMS)
    return np.clip(to_encoded(linear), np.float32(0.0), np.float32(1.0))


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

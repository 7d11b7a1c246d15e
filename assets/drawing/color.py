"""Colour: gradients in OKLab, mixing, tone, and writing the files.

A picture is ``(H, W, 3) float32``, sRGB-encoded, 0 to 1.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from drawing.noise import Array, blur, pixel_grid

Stops = Sequence[tuple[float, str]]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(color: str) -> Array:
    """Parse ``#rrggbb`` to ``(3,)``, sRGB 0 to 1."""
    return np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)


def linear(color: Array) -> Array:
    """Decode sRGB to linear light."""
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def encode(light: Array) -> Array:
    """Encode linear light as sRGB."""
    light = np.maximum(light, 0)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def gradient(position: Array, stops: Stops) -> Array:
    """Color ``position`` (any shape, 0 to 1) by ``stops``, mixed in OKLab (Ottosson 2020)."""
    colors = linear(np.stack([rgb(color) for _, color in stops]).astype(np.float64))
    lab = np.cbrt(colors @ _TO_LMS.T) @ _TO_LAB.T
    places = np.linspace(0, 1, 2048)
    at = [place for place, _ in stops]
    ramp = np.stack([np.interp(places, at, lab[:, channel]) for channel in range(3)], axis=1)
    light = (ramp @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T
    table = np.clip(encode(light), 0, 1).astype(np.float32)
    return table[np.clip(position * 2047 + 0.5, 0, 2047).astype(np.int32)]


def mix(below: Array, above: Array, amount: Array | float) -> Array:
    """Blend from ``below`` to ``above``; a field ``amount`` holds for all three channels."""
    if isinstance(amount, np.ndarray) and amount.ndim == below.ndim - 1 > 0:
        amount = amount[..., None]
    return below + (above - below) * amount


def screen(below: Array, light: Array) -> Array:
    """Add light without clipping."""
    return 1 - (1 - below) * (1 - np.clip(light, 0, 1))


def shade(picture: Array, amount: Array) -> Array:
    """Soft-light by ``amount`` (H, W): negative darkens, positive lightens, 0 leaves as is."""
    amount = np.clip(amount, -1, 1)[..., None]
    dark = picture * (1 + amount)
    light = picture + (1 - picture) * amount * (0.35 + 0.65 * picture)
    return np.where(amount < 0, dark, light)


def saturate(picture: Array, amount: float) -> Array:
    """Scale the distance from grey by ``amount``."""
    grey = picture @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    return grey[..., None] + (picture - grey[..., None]) * amount


def finish(
    picture: Array,
    rng: np.random.Generator,
    *,
    grain: float = 0.018,
    vignette: float = 0.2,
    bloom: float = 0.0,
) -> Array:
    """Give a picture a lens's bloom, falling-off corners and film grain."""
    height, width = picture.shape[:2]
    if bloom:
        bright = np.clip(picture - 0.62, 0, 1) / 0.38 * picture
        picture = screen(picture, bloom * blur(bright, 0.02 * width))
    y, x = pixel_grid(height, width)
    radius = np.hypot((x / width - 0.5) * 1.9, (y / height - 0.5) * 1.9)
    picture = picture * (1 - vignette * np.clip(radius, 0, 1.4)[..., None] ** 2.5)
    noise = blur(rng.standard_normal((height, width), dtype=np.float32), 0.7) * 1.9
    return np.clip(picture + grain * noise[..., None], 0, 1)


def write_jpeg(picture: Array, path: Path) -> None:
    """Write ``picture`` as a JPEG file."""
    pixels = (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    Image.fromarray(pixels).save(path, quality=88, subsampling=2, optimize=True, progressive=True)


def write_png(picture: Array, alpha: Array, path: Path) -> None:
    """Write a cut-out as a PNG file, its edge colours carried out under the clear part.

    Resampling straight-alpha pixels then never brings a halo in.
    """
    weight = alpha.astype(np.float32)
    color = (picture * weight[..., None]).sum((0, 1)) / weight.sum() * np.ones_like(picture)
    for sigma in (10.0, 2.5):
        cover = blur(weight, sigma)
        near = blur(picture * weight[..., None], sigma) / np.maximum(cover, 1e-3)[..., None]
        color = mix(color, near, np.clip(cover * 30, 0, 1))
    straight = np.where(weight[..., None] > 0.02, picture, color)
    straight = np.round(np.clip(straight, 0, 1) * 127) / 127  # 7 bits: a file a fifth smaller
    rgba = np.dstack([straight, alpha]) * 255 + 0.5
    Image.fromarray(rgba.astype(np.uint8)).save(path, optimize=True)


def half_size(picture: Array) -> Array:
    """Average 2 by 2 pixels."""
    height, width = picture.shape[:2]
    return cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)

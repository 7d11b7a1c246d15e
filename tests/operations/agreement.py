"""What our operations and those of other libraries are compared on."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
from coloraide import Color
from PIL import Image

from layerforge.operations.operation import Filter
from layerforge.operations.pixels import Pixels
from tests.operations.pictures import photo, read_only, rendered

Rgb = npt.NDArray[np.float32]

WIDE, HIGH = 240, 160


def held(color: Color) -> list[float]:
    """``color`` in sRGB, by coloraide: as pale as it must be to be held, in the same hue."""
    shown = color.convert("srgb")
    if not shown.in_gamut():
        shown.fit(method="oklch-chroma", jnd=0)
    return [float(one) for one in shown.coords()]


def given() -> Pixels:
    """The photograph in whole 255ths, so that eight-bit libraries see the same."""
    return np.round(photo(WIDE, HIGH) * 255) / np.float32(255.0)


def eight_bit(pixels: Pixels) -> Image.Image:
    return Image.fromarray((pixels[..., :3] * 255 + 0.5).astype(np.uint8), "RGB")


def apart(operation: Filter, want: Image.Image | npt.NDArray[np.floating], *, rim: int = 0) -> Rgb:
    """Differences in 1/255 between what ``operation`` makes of `given` and ``want``."""
    wanted = np.asarray(want, dtype=np.float64)
    if isinstance(want, Image.Image):
        wanted = wanted / 255
    got = rendered(operation, given())[..., :3]
    differences = np.abs(got - wanted) * 255
    return differences[rim : HIGH - rim, rim : WIDE - rim]


PATCH_PX = 24


@functools.cache
def patches(seed: int = 3) -> Pixels:
    """(120, 192, 4): 40 patches of one colour each, for what looks at each colour alone."""
    rng = np.random.default_rng(seed)
    colors = rng.integers(8, 248, (5, 8, 3)) / np.float32(255.0)
    large = colors.repeat(PATCH_PX, axis=0).repeat(PATCH_PX, axis=1).astype(np.float32)
    return read_only(np.dstack([large, np.ones(large.shape[:2], dtype=np.float32)]))


def middles(pixels: Pixels) -> npt.NDArray[np.float64]:
    """(40, 3): the colours in the middle of the patches."""
    half = PATCH_PX // 2
    return pixels[half::PATCH_PX, half::PATCH_PX, :3].reshape(-1, 3).astype(np.float64)


def patch_by_patch(operation: Filter) -> npt.NDArray[np.float64]:
    """(40, 3): what ``operation`` makes of the colours of `patches`."""
    return middles(rendered(operation, patches()))

"""How alike a large rendering, shrunk by area, and a small one are: for every filter and mask,
and for whole recipes.

    python -m tests.benchmarks.resolution filters [NAME…] [--draws N]
    python -m tests.benchmarks.resolution recipes [--count N]

Prints one line each: the mean absolute difference in 1/255 and SSIM, averaged over the
photographs and draws, and the worst of them.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import itertools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image
from sklearn.datasets import load_sample_image

from layerforge.files.assets import samples_folder
from layerforge.model.canvas import Canvas
from layerforge.model.step import Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Filter, Mask, Operation, RenderContext
from layerforge.operations.parameters import Scope
from layerforge.operations.pixels import Pixels, Plane, flatten, luma, with_coverage
from layerforge.operations.registry import toolbox
from layerforge.rendering.renderer import Renderer
from layerforge.search.proposer import Proposer

SMALL, LARGE = 384, 2048
PHOTOS = ("china.jpg", "flower.jpg", "fern.jpg")
SOURCES = {hashlib.sha256(name.encode()).hexdigest(): name for name in PHOTOS}
SCOPE = Scope(sources=tuple(SOURCES), layers=("below", "above"), target="above")
SMOOTH_LIMIT, TEXTURE_LIMIT, SSIM_LIMIT = 2.0, 6.0, 0.95


@functools.lru_cache(maxsize=8)
def photo(name: str, side: int) -> Pixels:
    """A square crop of a photograph, opaque; smaller ones are the largest shrunk by area."""
    if side != LARGE:
        return shrunk(photo(name, LARGE), side)
    if name in ("china.jpg", "flower.jpg"):
        whole = load_sample_image(name)
    else:
        whole = np.asarray(Image.open(samples_folder() / name).convert("RGB"))
    edge = min(whole.shape[:2])
    top, left = (whole.shape[0] - edge) // 2, (whole.shape[1] - edge) // 2
    square = whole[top : top + edge, left : left + edge].astype(np.float32) / np.float32(255.0)
    way = cv2.INTER_AREA if edge > side else cv2.INTER_CUBIC
    rgb = np.clip(cv2.resize(square, (side, side), interpolation=way), 0.0, 1.0)
    pixels = np.dstack([rgb, np.ones((side, side), dtype=np.float32)])
    pixels.flags.writeable = False
    return pixels


def shrunk(pixels: Pixels, side: int) -> Pixels:
    """``pixels`` averaged by area."""
    small = cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA)
    small.flags.writeable = False
    return np.asarray(small, dtype=np.float32)


def ssim(one: Plane, other: Plane) -> float:
    """Mean structural similarity of two (H, W).  Source: Wang et al. 2004, sigma 1.5."""

    def mean(values: Plane) -> Plane:
        return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), dtype=np.float32)

    mean_a, mean_b = mean(one), mean(other)
    var_a, var_b = mean(one * one) - mean_a**2, mean(other * other) - mean_b**2
    both = mean(one * other) - mean_a * mean_b
    light = (2 * mean_a * mean_b + 1e-4) / (mean_a**2 + mean_b**2 + 1e-4)
    rest = (2 * both + 9e-4) / (var_a + var_b + 9e-4)
    return float((light * rest)[5:-5, 5:-5].mean())


@dataclass(frozen=True)
class Likeness:
    """apart: mean absolute difference in 1/255; ssim: of the luma."""

    apart: float
    ssim: float


def likeness(small: Pixels, large: Pixels) -> Likeness:
    """Of a small rendering and a large one shrunk to its size."""
    down = shrunk(large, small.shape[0])
    apart = float(np.abs(down - small).mean()) * 255
    return Likeness(apart, ssim(luma(flatten(down)), luma(flatten(small))))


def rendered(operation: Operation, name: str, side: int) -> Pixels:
    """What a filter makes of a photograph, or what a mask leaves of it."""
    pixels = photo(name, side)
    other = PHOTOS[(PHOTOS.index(name) + 1) % len(PHOTOS)]
    at = RenderContext(
        side,
        side,
        lambda source_id, long_edge: photo(SOURCES[source_id], side),
        lambda layer_id: photo(other, side),
        lambda: photo(other, side),
    )
    if isinstance(operation, Filter):
        return operation.render(pixels, at)
    if isinstance(operation, Mask):
        whole = np.ones(pixels.shape[:2], dtype=np.float32)
        return with_coverage(pixels, operation.cover(whole, pixels, at))
    raise TypeError(f"{operation.tag()} makes no pixels")


def drawn(operation: type[Operation], *, count: int, seed: int = 0) -> list[Operation]:
    """``count`` operations with parameters from their priors, the same everywhere."""
    rng = np.random.default_rng([seed, zlib.crc32(operation.tag().encode())])
    return [operation.sampled(rng=rng, scope=SCOPE) for _ in range(count)]


def pixelwise(names: Sequence[str] = ()) -> list[type[Operation]]:
    """The filters and masks with these names or families, or all."""
    return [
        operation
        for operation in toolbox().operations.values()
        if issubclass(operation, Filter | Mask)
        and (not names or operation.tag() in names or operation.family() in names)
    ]


def measured(
    operation: type[Operation], *, draws: int, small: int = SMALL, large: int = LARGE
) -> list[tuple[Operation, str, Likeness]]:
    """The likeness of every draw on every photograph."""
    return [
        (one, name, likeness(rendered(one, name, small), rendered(one, name, large)))
        for one, name in itertools.product(drawn(operation, count=draws), PHOTOS)
    ]


class Photographs:
    """Gives the three photographs, each at the size asked for or larger."""

    def size(self, source_id: str) -> tuple[int, int]:
        return LARGE, LARGE

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        side = LARGE
        while side // 2 >= max(long_edge, 64):
            side //= 2
        return photo(SOURCES[source_id], side)


def recipes(count: int, *, steps: int = 6, large: int = LARGE) -> Iterator[tuple[Canvas, Likeness]]:
    """Random recipes of that many steps on the three photographs."""
    renderer = Renderer(Photographs())
    for number in range(count):
        canvas = random_canvas(number, steps=steps)
        small = renderer.render(canvas, width=SMALL, height=SMALL)
        fine = renderer.render(canvas, width=large, height=large)
        renderer.cache.clear()
        yield canvas, likeness(small, fine)


def random_canvas(number: int, *, steps: int) -> Canvas:
    """A blank canvas grown by ``steps`` steps as the proposer draws them."""
    rng = np.random.default_rng([3, number])
    blank = canvas = Canvas(width=3000, height=3000)
    proposer = Proposer(tuple(SOURCES))
    done: list[Step] = []
    while len(done) < steps:
        more, canvas = proposer.compose(canvas, rng=rng)
        done.extend(more)
    return functools.reduce(lambda grown, step: apply_step(grown, step), done[:steps], blank)


def _print_filters(names: Sequence[str], draws: int) -> None:
    print(f"{'':26}{'apart':>7}{'worst':>7}{'SSIM':>8}{'worst':>8}")
    for operation in pixelwise(names):
        results = measured(operation, draws=draws)
        apart = [one.apart for _, _, one in results]
        ssims = [one.ssim for _, _, one in results]
        limit = TEXTURE_LIMIT if operation.texture_like else SMOOTH_LIMIT
        alike = operation.texture_like or np.mean(ssims) >= SSIM_LIMIT
        verdict = "" if np.mean(apart) <= limit and alike else "  MISSES"
        print(
            f"{operation.tag():26}{np.mean(apart):7.2f}{max(apart):7.2f}"
            f"{np.mean(ssims):8.3f}{min(ssims):8.3f}"
            f"  {'texture' if operation.texture_like else 'smooth'}{verdict}",
            flush=True,
        )


def _print_recipes(count: int) -> None:
    found = []
    for number, (canvas, one) in enumerate(recipes(count)):
        found.append(one.ssim)
        if one.ssim < 0.9:
            names = [call.name for call in canvas.filters]
            for layer in canvas.layers:
                names.append("|")
                names.extend(call.name for call in (*layer.filters, *layer.mask))
            print(f"recipe {number}: SSIM {one.ssim:.3f}, {one.apart:.2f}/255: {' '.join(names)}")
    low, middle = np.quantile(found, [0.05, 0.5])
    print(f"{count} recipes: SSIM {low:.3f} at the 5th percentile, {middle:.3f} at the median")


def main() -> None:
    """Run what the command line says."""
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("filters", "recipes"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--count", type=int, default=200)
    given = parser.parse_args()
    if given.what == "filters":
        _print_filters(given.names, given.draws)
    else:
        _print_recipes(given.count)


if __name__ == "__main__":
    main()

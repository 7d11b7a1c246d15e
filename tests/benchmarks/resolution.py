"""Whether renderings look alike at every size: each filter and mask, or whole random recipes.

Each is rendered with a short side of 384 and of 2048 pixels; the large rendering is shrunk by
area to the small one's size and compared with it, and with a draft of that size, as the search
makes them.  Prints a Markdown table: the mean absolute difference in 1/255 and the structural
similarity (SSIM) of the luma, both over all samples and photographs and for the worst single one;
then those of drafts, and which photographs miss what is asked of a filter.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from sklearn.datasets import load_sample_images

from layerforge.files.assets import samples_folder
from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Picture
from layerforge.model.step import Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Cutout, Operation, Structure
from layerforge.operations.parameters import Scope
from layerforge.operations.pixels import Pixels
from layerforge.operations.registry import toolbox
from layerforge.rendering.renderer import Renderer
from layerforge.search.proposer import Proposer
from tests.likeness import SSIM_LIMIT, Likeness, likeness

SMALL, LARGE = 384, 2048
RATIOS = ((1.0, 1.0), (4 / 3, 1.0), (1.0, 1.25))
"""Width and height of the canvases of random recipes, in short sides."""


def own_photos() -> tuple[Path, ...]:
    """Three photographs that are always there."""
    images = Path(load_sample_images.__code__.co_filename).parent / "images"
    return images / "china.jpg", images / "flower.jpg", samples_folder() / "fern.jpg"


@dataclass(frozen=True)
class Photographs:
    """The photographs to measure on, as sources.  names: of the files, by source id."""

    names: dict[str, str]
    pyramid: SourcePyramid = field(compare=False)

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Photographs:
        """Reads the files."""
        contents = {path: path.read_bytes() for path in paths}
        ids = {hashlib.sha256(content).hexdigest(): path for path, content in contents.items()}
        return cls(
            names={source: path.name for source, path in ids.items()},
            pyramid=SourcePyramid(lambda source: contents[ids[source]]),
        )


class Found(NamedTuple):
    """How alike a large rendering is to a small one, and to a draft as the search makes it."""

    small: Likeness
    draft: Likeness


class Measured(NamedTuple):
    """What was rendered of which photograph, and how alike that is at both sizes."""

    operation: Operation
    photo: str
    found: Found


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """The short sides in pixels to compare."""

    small: int = SMALL
    large: int = LARGE

    def compared(self, renderer: Renderer, canvas: Canvas) -> Found:
        """Of ``canvas`` rendered at both."""
        short = min(canvas.width, canvas.height)

        def rendered(side: int, *, draft: bool) -> Pixels:
            width, height = (round(edge / short * side) for edge in (canvas.width, canvas.height))
            return renderer.render(canvas, width=width, height=height, draft=draft)

        large = rendered(self.large, draft=False)
        smalls = [rendered(self.small, draft=draft) for draft in (False, True)]
        return Found(*(likeness(one, large) for one in smalls))


def pixelwise(names: Sequence[str] = ()) -> list[type[Operation]]:
    """The filters and masks with these names or families, or all.

    G'MIC's work at one size only, whatever is rendered.
    """
    found = [
        operation
        for operation in toolbox().operations.values()
        if not issubclass(operation, Structure | Cutout) and operation.family() != "gmic"
    ]
    known = {one.tag() for one in found} | {one.family() for one in found}
    if unknown := sorted(set(names) - known):
        raise SystemExit(f"there is no filter, mask or family called {', '.join(unknown)}")
    return [one for one in found if not names or {one.tag(), one.family()} & set(names)]


def measured(
    operation: type[Operation],
    photos: Photographs,
    *,
    samples: int,
    seed: int = 0,
    sizes: Sizes,
) -> list[Measured]:
    """``samples`` draws of its parameters on a layer that shows each photograph over another."""
    sources = tuple(photos.names)
    scope = Scope(sources=sources, layers=("below", "above"), target="above")
    rng = np.random.default_rng([seed, zlib.crc32(operation.tag().encode())])
    renderer = Renderer(photos.pyramid)
    results = []
    for _ in range(samples):
        drawn = operation.sampled(rng=rng, scope=scope)
        for place, source in enumerate(sources):
            canvas = _two_layers(sources[place - 1], source)
            step = Step(operation=drawn.call(), target="above")
            found = sizes.compared(renderer, apply_step(canvas, step))
            results.append(Measured(drawn, photos.names[source], found))
    return results


def _two_layers(below: str, above: str) -> Canvas:
    layers = tuple(
        Layer(id=name, name=name, content=Picture(source=source))
        for name, source in (("below", below), ("above", above))
    )
    return Canvas(width=LARGE, height=LARGE, layers=layers)


def recipes(
    photos: Photographs, count: int, *, steps: int = 6, seed: int = 0, sizes: Sizes
) -> Iterator[tuple[Canvas, Found]]:
    """Random recipes of that many steps on the photographs."""
    renderer = Renderer(photos.pyramid)
    for number in range(count):
        canvas = random_canvas(tuple(photos.names), number, steps=steps, seed=seed)
        yield canvas, sizes.compared(renderer, canvas)
        renderer.cache.clear()


def random_canvas(sources: tuple[str, ...], number: int, *, steps: int, seed: int) -> Canvas:
    """A blank canvas grown by ``steps`` steps as the search's proposer draws them."""
    rng = np.random.default_rng([seed, number])
    wide, high = RATIOS[number % len(RATIOS)]
    blank = canvas = Canvas(width=round(LARGE * wide), height=round(LARGE * high))
    proposer = Proposer(sources)
    done: list[Step] = []
    while len(done) < steps:
        draft = proposer.compose(canvas, rng=rng)
        more, canvas = draft.steps, draft.canvas
        done.extend(more)
    return functools.reduce(apply_step, done[:steps], blank)


def _print_filters(
    photos: Photographs, names: Sequence[str], samples: int, seed: int, sizes: Sizes
) -> None:
    print("| filter | kind | mean | worst | SSIM | lowest | draft | SSIM | misses |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for operation in pixelwise(names):
        results = measured(operation, photos, samples=samples, seed=seed, sizes=sizes)
        small, draft = (
            _mean([one.found.small for one in results]),
            _mean([one.found.draft for one in results]),
        )
        worst = max(one.found.small.apart for one in results)
        lowest = min(one.found.small.ssim for one in results)
        texture_like = operation.texture_like
        missed = [
            f"{Path(one.photo).stem} {one.found.small.apart:.1f}"
            for one in results
            if not one.found.small.holds(texture_like=texture_like)
        ]
        print(
            f"| {operation.tag()} | {'texture' if texture_like else 'smooth'} | {small.apart:.2f}"
            f" | {worst:.2f} | {small.ssim:.3f} | {lowest:.3f} | {draft.apart:.2f}"
            f" | {draft.ssim:.3f} | {', '.join(missed)} |",
            flush=True,
        )


def _mean(found: Sequence[Likeness]) -> Likeness:
    return Likeness(
        apart=float(np.mean([one.apart for one in found])),
        ssim=float(np.mean([one.ssim for one in found])),
    )


def _print_recipes(photos: Photographs, count: int, seed: int, sizes: Sizes) -> None:
    print("| recipe | apart | SSIM | draft | SSIM | operations by layer |")
    print("| ---: | ---: | ---: | ---: | ---: | --- |")
    found = []
    for number, (canvas, one) in enumerate(recipes(photos, count, seed=seed, sizes=sizes)):
        found.append(one)
        if min(one.small.ssim, one.draft.ssim) < SSIM_LIMIT:
            print(
                f"| {number} | {one.small.apart:.2f} | {one.small.ssim:.3f} |"
                f" {one.draft.apart:.2f} | {one.draft.ssim:.3f} | {_told(canvas)} |",
                flush=True,
            )
    for name, ssims in (
        ("small renderings", [one.small.ssim for one in found]),
        ("drafts", [one.draft.ssim for one in found]),
    ):
        shares = (0.0, 0.05, 0.1, 0.25, 0.5)
        values = zip(shares, np.quantile(ssims, shares), strict=True)
        told = ", ".join(f"{share:.0%} {value:.3f}" for share, value in values)
        print(f"\nSSIM of {count} {name} at percentiles: {told}")


def _told(canvas: Canvas) -> str:
    """The operations of a canvas, bottom layer first, the whole canvas's last."""
    layers = [
        "+".join(call.name for call in (*layer.filters, *layer.mask)) or "plain"
        for layer in canvas.layers
    ]
    return ", ".join([*layers, *(f"all: {call.name}" for call in canvas.filters)])


def main() -> None:
    """Run what the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.resolution",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--filters",
        metavar="NAME[,NAME...]",
        default="",
        help="only these filters, masks or families, such as warp,blur.median",
    )
    what.add_argument(
        "--recipes",
        metavar="N",
        type=int,
        help="N random recipes of six steps instead, in three shapes of canvas",
    )
    parser.add_argument(
        "--samples", metavar="N", type=int, default=4, help="draws of a filter's parameters (4)"
    )
    parser.add_argument("--seed", metavar="S", type=int, default=0, help="of all draws (0)")
    parser.add_argument(
        "photos",
        metavar="PHOTO",
        nargs="*",
        type=Path,
        default=own_photos(),
        help="pictures to measure on, best three or more; without any, three samples",
    )
    given = parser.parse_args()
    cv2.setNumThreads(1)
    photos = Photographs.of(given.photos)
    sizes = Sizes()
    if given.recipes is not None:
        _print_recipes(photos, given.recipes, given.seed, sizes)
    else:
        names = [name for name in given.filters.split(",") if name]
        _print_filters(photos, names, given.samples, given.seed, sizes)


if __name__ == "__main__":
    main()

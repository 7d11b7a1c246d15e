"""What operations cost on this machine, against one Gaussian blur of sigma 5, and two threads."""

from __future__ import annotations

import functools
import time
import zlib
from collections.abc import Callable, Iterator

import cv2
import numpy as np

from layerforge.explore import bench_rendering
from layerforge.explore.bench_rendering import BenchLine, joining
from layerforge.explore.jobs import Executor, make_executor
from layerforge.model.canvas import Canvas
from layerforge.model.layer import BLEND_MODES, Layer, Picture, Placement
from layerforge.model.step import Step
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import (
    Cutout,
    Filter,
    Mask,
    Operation,
    RenderContext,
    Structure,
)
from layerforge.operations.parameters import Scope
from layerforge.operations.pixels import Pixels
from layerforge.operations.registry import toolbox
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.cutting import WORKING_EDGE_PX, fitted
from layerforge.rendering.foreground import foreground
from layerforge.rendering.renderer import Renderer

_THREADED = ("color.hue", "tone.s_curve", "blur.gaussian", "warp.swirl", "texture.halftone")
_DRAWN = (
    "drawing.pointillism",
    "drawing.stipple",
    "stylize.oil",
    "texture.dust",
    "tessellation.low_poly",
)
"""Those that draw dot after dot, or stroke after stroke, in a loop of Python's."""
_SOURCES = ("a" * 64, "b" * 64)
_SCOPE = Scope(sources=_SOURCES, layers=("below", "middle", "above"), target="above")


_kept = functools.lru_cache(maxsize=4)(bench_rendering.picture)


def picture(*, seed: int, opaque: bool) -> Pixels:
    """The bench's picture, made once."""
    return _kept(seed=seed, opaque=opaque, side=bench_rendering.SIDE_PX)


def drawn(operation: type[Operation], *, count: int) -> list[Operation]:
    """``count`` operations with parameters from their priors, the same everywhere."""
    rng = np.random.default_rng(zlib.crc32(operation.tag().encode()))
    return [operation.sampled(rng=rng, scope=_SCOPE) for _ in range(count)]


def operations(*, samples: int = 3, rounds: int = 3) -> Iterator[BenchLine]:
    """Every operation, the mean of ``samples`` draws, against one Gaussian blur.

    A filter and a mask are timed at work on one sheet; a cutout with its edge drawn on a picture
    as large; an edit of layers by how much longer a canvas of three takes to render after it.
    """
    cv2.setNumThreads(1)
    pixels = picture(seed=1, opaque=False)

    def peer() -> object:
        return cv2.GaussianBlur(pixels, (0, 0), 5.0)

    for operation in toolbox().operations.values():
        draws = drawn(operation, count=samples)
        if issubclass(operation, Structure):
            works, before = [_edited(one) for one in draws], [_rendering(_stage())]
        else:
            works, before = [_work(one, pixels) for one in draws], []
        timed = bench_rendering.side_by_side(*works, *before, peer, rounds=rounds)
        more = [max(0.0, one - sum(timed[samples:-1])) for one in timed[:samples]]
        yield BenchLine(operation.tag(), sum(more) / samples, "cv2.GaussianBlur", timed[-1])


def _work(operation: Operation, pixels: Pixels) -> Callable[[], object]:
    side = pixels.shape[0]
    other = picture(seed=2, opaque=False)
    at = RenderContext(
        side,
        side,
        source=lambda source_id, long_edge: other,
        layer=lambda layer_id: other,
        below=lambda: other,
    )
    if isinstance(operation, Filter):
        return lambda: operation.render(pixels, at)
    if isinstance(operation, Mask):
        coverage = np.ones(pixels.shape[:2], dtype=np.float32)
        return lambda: operation.cover(coverage, pixels, at)
    if isinstance(operation, Cutout):
        whole = picture(seed=1, opaque=True)  # what is cut out already would be left as it is
        size = (WORKING_EDGE_PX, WORKING_EDGE_PX)
        small = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.float32)
        small.flags.writeable = False
        return lambda: foreground(whole, fitted(operation.matte(small), whole))
    raise TypeError(f"{operation.tag()} makes no pixels")


class _Blotches:
    """Gives two pictures of the bench as sources."""

    def size(self, source_id: str) -> tuple[int, int]:
        return (bench_rendering.SIDE_PX, bench_rendering.SIDE_PX)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return picture(seed=1 + _SOURCES.index(source_id), opaque=True)


def _stage() -> Canvas:
    """Three pictures: one that covers the canvas, and two smaller ones, turned, on it."""
    side = bench_rendering.SIDE_PX
    piece = Placement(fit="contain", scale=0.8, angle_deg=8.0)
    layers = (
        Layer(id="below", name="below", content=Picture(source=_SOURCES[0])),
        Layer(id="middle", name="middle", content=Picture(source=_SOURCES[1]), placement=piece),
        Layer(id="above", name="above", content=Picture(source=_SOURCES[0]), placement=piece),
    )
    return Canvas(width=side, height=side, layers=layers)


def _edited(operation: Operation) -> Callable[[], object]:
    target = None if operation.targets == "canvas" else _SCOPE.target
    return _rendering(apply_step(_stage(), Step(operation=operation.call(), target=target)))


def _rendering(canvas: Canvas) -> Callable[[], object]:
    """Rendering of all of ``canvas``; nothing is found in the cache."""
    size = (canvas.width, canvas.height)
    return lambda: Renderer(_Blotches(), cache=RenderCache(0)).render(
        canvas, width=size[0], height=size[1]
    )


def threads() -> Iterator[BenchLine]:
    """Many canvases rendered by two threads, against one; then those that hold Python most."""
    cv2.setNumThreads(1)
    backdrop, source = picture(seed=1, opaque=True), picture(seed=2, opaque=False)

    def works(*tags: str) -> list[Callable[[], object]]:
        return [_work(drawn(toolbox().operations[tag], count=1)[0], source) for tag in tags]

    joins = [joining(backdrop, source, mode) for mode in BLEND_MODES]
    yield in_threads([*works(*_THREADED, *_DRAWN), *joins] * 2)
    yield in_threads(works(*_DRAWN) * 2, what="two threads, only dots and strokes")


def in_threads(
    works: list[Callable[[], object]], *, rounds: int = 3, what: str = "two threads"
) -> BenchLine:
    """All of ``works`` by two threads, against one: the sum over all rounds, taken in turn."""

    def all_by(executor: Executor) -> float:
        began = time.perf_counter()
        for future in [executor.submit(work) for work in works]:
            future.result()
        return (time.perf_counter() - began) * 1e3

    with make_executor(1) as one, make_executor(2) as two:
        times = [(all_by(two), all_by(one)) for _ in range(rounds)]
    two_ms, one_ms = (sum(column) / rounds for column in zip(*times, strict=True))
    return BenchLine(what, two_ms, "one thread", one_ms)

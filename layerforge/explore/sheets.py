"""Contact sheets: samples of every operation on a picture, one file per family."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from layerforge.explore.contact_sheet import Row, contact_sheet, encoded, tile
from layerforge.explore.jobs import Executor, make_executor
from layerforge.files.images import SourceFile, read_source
from layerforge.files.recipes import write_new
from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, OperationFailed, StepDoesNotApply, described
from layerforge.model.step import Step
from layerforge.operations.cutout import SubjectCutout
from layerforge.operations.fold import fold
from layerforge.operations.identifiers import LayerRef
from layerforge.operations.layout import AddPicture
from layerforge.operations.masking import GradientMask
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Scope
from layerforge.operations.registry import families, family_text
from layerforge.rendering.renderer import Renderer
from layerforge.search.traits import lacking, scope_on

SAMPLES = 16

_ON_LAYERS = ("layout", "blending", "masking", "keying", "cutout", "edges")
"""Families that say how a layer lies on others: shown on two layers, not on one picture."""

Progress = Callable[[int, int, str], None]
"""Told how many operations are done, of how many, and the next family's name."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a sheet looks like.

    samples: of each operation, in lines of ``columns``.  tile_px: width of a tile of 4:3; others
    have the same area.  suffix, quality: the kind of file, and how good a JPEG is.
    """

    samples: int = SAMPLES
    columns: int = 8
    tile_px: int = 176
    suffix: str = ".png"
    quality: int = 90

    def tile_size(self, aspect: float) -> tuple[int, int]:
        """Width and height in pixels of a tile of that aspect, at most 2:1 either way."""
        aspect = min(max(aspect, 0.5), 2.0)
        area = self.tile_px**2 * 3 / 4
        return round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))


@dataclass(frozen=True, slots=True)
class _Stage:
    """What operations are shown on: a canvas, and what is known of it."""

    canvas: Canvas
    scope: Scope


def write_sheets(
    folder: Path,
    pictures: Sequence[Path],
    *,
    own: int = 1,
    look: Look | None = None,
    only: Collection[str] = (),
    progress: Progress = lambda done, of, family: None,
    on_failure: Callable[[str], None] = lambda problem: None,
) -> Iterator[Path]:
    """Write a file named after each family into ``folder``; an existing file is kept.

    Samples are drawn blindly, each at the first try; one that does not apply shows its stage.

    own: operations are shown on so many of ``pictures`` in turn; another one lies below, and
    lends its colours.  Tiles have the shape of the picture where it is one, else 4:3.  only: some
    families.  on_failure: told, in a line, of each operation that is left out because it failed;
    a family that is left with none has no file.  Every file is whole or not there, also where the
    work is interrupted.  Raises ImageRefused, CannotWrite.
    """
    look = Look() if look is None else look
    files = [read_source(path) for path in pictures]
    if not files:
        raise InvalidValue("a contact sheet needs a picture")
    first = files[0].source
    size = look.tile_size(first.width / first.height if own == 1 else 4 / 3)
    held = {file.source.id: file.file_bytes for file in files}
    renderer = Renderer(SourcePyramid(held.__getitem__))
    wanted = {name: ones for name, ones in families().items() if not only or name in only}
    total, done = sum(len(ones) for ones in wanted.values()), 0
    executor = make_executor()
    try:
        for family, operations in wanted.items():
            rows = []
            for operation in operations:
                progress(done, total, family)
                done += 1
                try:
                    canvases = _samples(operation, files, own=own, count=look.samples, size=size)
                    tiles = _rendered(canvases, renderer, executor, size=size)
                except Exception as error:  # noqa: BLE001 - a plug-in's, or a library's
                    on_failure(_words(operation, error))
                    continue
                rows.append(Row(operation.tag(), operation.summary(), tiles))
            if not rows:
                continue
            sheet = contact_sheet(family, family_text(family), rows, columns=look.columns)
            content = encoded(sheet, suffix=look.suffix, quality=look.quality)
            yield write_new(folder / f"{family}{look.suffix}", content)
        progress(done, total, "")
    finally:
        executor.shutdown(cancel_futures=True)


def _words(operation: type[Operation], error: Exception) -> str:
    if isinstance(error, OperationFailed):
        return described(error)
    return f"{operation.tag()} failed: {described(error)}"


def _rendered(
    canvases: Sequence[Canvas], renderer: Renderer, executor: Executor, *, size: tuple[int, int]
) -> list[Image.Image]:
    """The canvases as tiles, rendered twice as large, so that fine texture is seen as it is."""
    width, height = size

    def render(canvas: Canvas) -> Image.Image:
        pixels = renderer.render(canvas, width=2 * width, height=2 * height, draft=True)
        return tile(pixels, width=width, height=height)

    return list(executor.map(render, canvases))


def _samples(
    operation: type[Operation],
    files: list[SourceFile],
    *,
    own: int,
    count: int,
    size: tuple[int, int],
) -> list[Canvas]:
    """Canvases with one sampled step each, the same for the same pictures."""
    seed = int.from_bytes(hashlib.sha256(operation.tag().encode()).digest()[:4], "little")
    rng = np.random.default_rng([7, seed])
    return [
        _shown(operation, _stage(operation, files, number, own=own, size=size), rng=rng)
        for number in range(count)
    ]


def _shown(operation: type[Operation], stage: _Stage, *, rng: np.random.Generator) -> Canvas:
    """The stage after one sampled step; as it was where that does not apply."""
    drawn = operation.sampled(rng=rng, scope=stage.scope).call()
    try:
        return fold([Step(operation=drawn, target=stage.scope.target)], stage.canvas)
    except StepDoesNotApply:
        return stage.canvas


def _stage(
    operation: type[Operation],
    files: list[SourceFile],
    number: int,
    *,
    own: int,
    size: tuple[int, int],
) -> _Stage:
    """A picture that covers the canvas, or a second one on it where layers count."""
    first = files[number % min(own, len(files))]
    others = [file for file in files if file is not first] or [first]
    second = others[number % len(others)]
    looks = any(isinstance(one, LayerRef) for one in operation.parameters().values())
    steps = [_add(first, "above", fit="cover", scale=1.0)]
    if operation.family() in _ON_LAYERS or operation.reads_below or looks:
        ground = _add(second, "below", fit="cover", scale=1.0)
        steps = [ground, _add(first, "above", fit="contain", scale=0.85)]
    if operation.tag() in ("masking.invert", "masking.grow"):
        steps.append(Step(operation=_HALF, target="above"))
    if operation.family() == "edges":
        steps.append(Step(operation=_CUT, target="above"))
    if operation.tag() == "blending.knock_out":
        middle = _add(first, "middle", fit="cover", scale=1.0)
        steps = [ground, middle, _add(second, "above", fit="contain", scale=0.6)]
    canvas = fold(steps, Canvas(width=size[0], height=size[1]))
    aspects = {one.source.id: one.source.width / one.source.height for one in files}
    scope = scope_on(
        canvas,
        None if operation.targets == "canvas" else "above",
        sources=tuple(file.source.id for file in files),
        lacks=lacking(canvas, cutouts=frozenset(), aspects=aspects),
    )
    return _Stage(canvas, scope)


_HALF = GradientMask(angle=20.0, offset=0.0, softness=0.05).call()
_CUT = SubjectCutout(share=0.25, softness=1.0, keep="subject").call()


def _add(file: SourceFile, layer: str, *, fit: str, scale: float) -> Step:
    picture = AddPicture(
        source=file.source.id,
        layer=layer,
        fit=fit,
        scale=scale,
        x=0.0,
        y=0.0,
        angle=0.0,
        flip=False,
    )
    return Step(operation=picture.call())

"""Contact sheets: samples of every operation on a picture, one PNG per family."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from layerforge.files.images import SourceFile, read_source
from layerforge.files.recipes import free_name, write_file
from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.step import Step
from layerforge.operations.cutout import SubjectCutout
from layerforge.operations.fold import fold
from layerforge.operations.layout import AddPicture
from layerforge.operations.masking import GradientMask
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import LayerRef, Scope
from layerforge.operations.pixels import Pixels, to_uint8
from layerforge.operations.registry import toolbox
from layerforge.rendering.renderer import Renderer

SAMPLES = 8

_WIDTH_PX, _HEIGHT_PX = 224, 168
_LABEL_PX = 18
_GAP_PX = 4
_PAPER = (246, 245, 242)
_INK = (38, 38, 44)
_ON_LAYERS = ("layout", "blending", "masking", "keying", "cutout", "edges")
"""Families that say how a layer lies on others: shown on two layers, not on one picture."""

Sheet = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Stage:
    """What operations are shown on: a canvas, and the layer they work on."""

    canvas: Canvas
    target: str
    scope: Scope


def write_sheets(
    folder: Path,
    pictures: Sequence[Path],
    *,
    own: int = 1,
    samples: int = SAMPLES,
    only: str | None = None,
) -> Iterator[Path]:
    """Write ``<family>.png`` into ``folder`` for every family; an existing file is kept.

    own: operations are shown on so many of ``pictures`` in turn; another one lies below, and
    lends its colours.  samples: of each operation.  only: one family.
    Raises ImageRefused, CannotWrite.
    """
    files = [read_source(path) for path in pictures]
    if not files:
        raise InvalidValue("a contact sheet needs a picture")
    held = {file.source.id: file.file_bytes for file in files}
    renderer = Renderer(SourcePyramid(held.__getitem__))
    families: dict[str, list[type[Operation]]] = {}
    for operation in toolbox().operations.values():
        families.setdefault(operation.family(), []).append(operation)
    for family, operations in families.items():
        if only is not None and family != only:
            continue
        rows = [
            _row(operation, files, own=own, renderer=renderer, samples=samples)
            for operation in operations
        ]
        buffer = io.BytesIO()
        Image.fromarray(np.concatenate(rows)).save(buffer, "PNG")
        path = free_name(folder / f"{family}.png")
        write_file(path, buffer.getvalue())
        yield path


def _row(
    operation: type[Operation],
    files: list[SourceFile],
    *,
    own: int,
    renderer: Renderer,
    samples: int,
) -> Sheet:
    """Samples of one operation side by side, with its name above them."""
    seed = int.from_bytes(hashlib.sha256(operation.tag().encode()).digest()[:4], "little")
    rng = np.random.default_rng([7, seed])
    tiles = []
    for number in range(samples):
        canvas = _shown(operation, _stage(operation, files, number, own=own), rng=rng)
        # twice as large, so that fine texture is seen as it is
        pixels = renderer.render(canvas, width=2 * _WIDTH_PX, height=2 * _HEIGHT_PX, draft=True)
        tiles.append(_tile(pixels))
    strip = np.concatenate(tiles, axis=1)
    label = Image.new("RGB", (strip.shape[1], _LABEL_PX), _PAPER)
    text = f"{operation.tag()}    {operation.summary()}"
    ImageDraw.Draw(label).text((3, 3), text, fill=_INK)
    return np.concatenate([np.asarray(label, dtype=np.uint8), strip])


def _tile(pixels: Pixels) -> Sheet:
    """One picture at half its size on a chequered ground, with a gap beside and below."""
    ys, xs = np.indices(pixels.shape[:2]) // 16
    ground = np.where((xs + ys) % 2 == 0, np.float32(0.78), np.float32(0.68))[..., None]
    opaque = pixels[..., :3] + (np.float32(1.0) - pixels[..., 3:]) * ground
    size = (_WIDTH_PX, _HEIGHT_PX)
    small = Image.fromarray(to_uint8(opaque)).resize(size, Image.Resampling.BOX)
    tile = Image.new("RGB", (_WIDTH_PX + _GAP_PX, _HEIGHT_PX + _GAP_PX), _PAPER)
    tile.paste(small)
    return np.asarray(tile, dtype=np.uint8)


def _shown(operation: type[Operation], stage: _Stage, *, rng: np.random.Generator) -> Canvas:
    """The stage after one sampled step; unchanged where none of some tries applies."""
    target = None if operation.targets == "canvas" else stage.target
    for _ in range(16):
        step = Step(operation=operation.sampled(rng=rng, scope=stage.scope).call(), target=target)
        try:
            after = fold([step], stage.canvas)
        except StepDoesNotApply:
            continue
        if after != stage.canvas:
            return after
    return stage.canvas


def _stage(operation: type[Operation], files: list[SourceFile], number: int, *, own: int) -> _Stage:
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
    canvas = fold(steps, Canvas(width=_WIDTH_PX, height=_HEIGHT_PX))
    scope = Scope(
        sources=tuple(file.source.id for file in others),
        layers=tuple(layer.id for layer in canvas.layers),
        target="above",
    )
    return _Stage(canvas, "above", scope)


_HALF = GradientMask(angle=20.0, offset=0.0, softness=0.05).call()
_CUT = SubjectCutout(share=0.35, softness=1.0, keep="subject").call()


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

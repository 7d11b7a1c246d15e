"""Operations sampled blindly on photographs: hardly any sample is in vain."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import msgspec
import numpy as np
import pytest
from sklearn.datasets import load_sample_images

from layerforge.files.assets import samples_folder
from layerforge.files.images import SourceFile, read_source
from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Picture
from layerforge.model.step import Step
from layerforge.operations.fold import apply_step, fold
from layerforge.operations.identifiers import LayerRef
from layerforge.operations.layout import AddPicture
from layerforge.operations.masking import GradientMask
from layerforge.operations.operation import Operation
from layerforge.operations.parameters import Scope
from layerforge.operations.pixels import Pixels, flatten, to_uint8
from layerforge.operations.registry import toolbox
from layerforge.rendering.renderer import Renderer
from layerforge.scoring.measures import screen
from layerforge.search.traits import lacking

SMALL, LARGE = (192, 144), (288, 216)
SAMPLES = 20
SAMPLE_NAMES = ("arcade.jpg", "dusk.jpg", "fern.jpg", "plaster.jpg", "nebula.jpg", "agate.jpg")

ALL = [one for one in toolbox().operations.values() if one.family() != "gmic"]


@functools.cache
def files() -> tuple[SourceFile, ...]:
    photographs = [Path(name) for name in load_sample_images().filenames]
    return tuple(
        read_source(path)
        for path in [*photographs, *(samples_folder() / name for name in SAMPLE_NAMES)]
    )


@functools.cache
def renderer() -> Renderer:
    held = {file.source.id: file.file_bytes for file in files()}
    return Renderer(SourcePyramid(held.__getitem__))


def stage(operation: type[Operation], number: int) -> Canvas:
    """One photograph that covers the canvas; where layers count, a smaller one on another."""
    pictures = files()
    turn, place = divmod(number, len(pictures))
    first, second = pictures[place], pictures[(place + 3 + 2 * turn) % len(pictures)]
    looks = any(isinstance(one, LayerRef) for one in operation.parameters().values())
    lone = operation.kind == "filter" and operation.targets != "layer"
    steps = []
    if not lone or operation.reads_below or looks:
        steps.append(add(second, "below"))
        if operation.tag() == "blending.knock_out":  # it needs two to punch through
            steps.append(add(pictures[(number + 1) % len(pictures)], "between"))
        steps.append(add(first, "above", fit="contain", scale=0.8))
    else:
        steps.append(add(first, "above"))
    if "mask" in operation.needs:
        steps.append(Step(operation=HALF, target="above"))
    return fold(steps, Canvas(width=800, height=600))


HALF = GradientMask(angle=20.0, offset=0.0, softness=0.05).call()


def add(file: SourceFile, layer: str, *, fit: str = "cover", scale: float = 1.0) -> Step:
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


def sampled(operation: type[Operation], canvas: Canvas, *, rng: np.random.Generator) -> Canvas:
    """The canvas after a sampled step; drawn again, as the search does, where it is the same."""
    target = None if operation.targets == "canvas" else "above"
    content = canvas.layer("above").content
    own = content.source if isinstance(content, Picture) else ""
    scope = Scope(
        sources=tuple(file.source.id for file in files() if file.source.id != own),
        layers=tuple(layer.id for layer in canvas.layers),
        target=target,
        lacks=lacking(
            canvas,
            cutouts=frozenset(),
            aspects={file.source.id: file.source.width / file.source.height for file in files()},
        ),
    )
    assert operation.applicable(scope)
    for _ in range(16):
        step = Step(operation=operation.sampled(rng=rng, scope=scope).call(), target=target)
        try:
            after = apply_step(canvas, step)
        except StepDoesNotApply:
            continue
        if after != canvas:
            return after
    raise AssertionError(f"no sample of {operation.tag()} changes the canvas")


def shown(canvas: Canvas, *, fine: bool) -> Pixels:
    """The canvas as the search would see it, larger where fine texture counts."""
    width, height = LARGE if fine else SMALL
    return flatten(renderer().render(canvas, width=width, height=height))


def in_vain(before: Pixels, after: Pixels) -> str | None:
    """``unchanged`` to the eye, ``blank`` or ``noise``; None where a sample is worth a look."""
    apart = np.abs(after - before)
    if apart.mean() < 1 / 255 and (apart.max(axis=-1) > 16 / 255).mean() < 0.01:
        return "unchanged"
    return screen(to_uint8(after))


@pytest.mark.parametrize("operation", ALL, ids=lambda one: one.tag())
def test_hardly_any_sample_is_unchanged_blank_or_noise(operation: type[Operation]) -> None:
    own = int.from_bytes(hashlib.sha256(operation.tag().encode()).digest()[:4], "little")
    rng = np.random.default_rng([3, own])
    found = []
    samples = SAMPLES // 2 if operation.kind == "cutout" else SAMPLES  # those are slow
    for number in range(samples):
        canvas = stage(operation, number)
        after = sampled(operation, canvas, rng=rng)
        fine = operation.texture_like
        verdict = in_vain(shown(canvas, fine=fine), shown(after, fine=fine))
        if verdict is not None:
            found.append((verdict, msgspec.to_builtins(after.layers[-1].filters)))
    assert len(found) <= samples // 10, found

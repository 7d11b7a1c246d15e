"""Operations sampled blindly, as on contact sheets: hardly any sample is in vain."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.step import Step
from layerforge.operations.fold import apply_step, fold
from layerforge.operations.identifiers import LayerRef
from layerforge.operations.layout import AddPicture
from layerforge.operations.masking import GradientMask
from layerforge.operations.operation import Operation
from layerforge.operations.pixels import Pixels, flatten
from layerforge.operations.registry import toolbox
from layerforge.operations.stylize import Kuwahara
from layerforge.rendering.renderer import Renderer
from layerforge.search.traits import lacking, scope_on
from tests.operations.pictures import photo

SAMPLES = 16
SMALL, FINE = (144, 96), (270, 180)
"""Sizes of the renderings; the second where detail counts that the first does not hold."""
FLOWER, CHINA = "a" * 64, "b" * 64

ALL = [one for one in toolbox().operations.values() if one.family() != "gmic"]


class TwoPhotos:
    """Gives two photographs."""

    def size(self, source_id: str) -> tuple[int, int]:
        return (450, 300)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return photo(450, 300, "flower.jpg" if source_id == FLOWER else "china.jpg")


RENDERER = Renderer(TwoPhotos())
HALF = GradientMask(angle=20.0, offset=0.0, softness=0.05).call()


def shares_the_canvas(operation: type[Operation]) -> bool:
    """Whether it says how a layer joins others, and not what a picture looks like."""
    looks = any(isinstance(one, LayerRef) for one in operation.parameters().values())
    lone = operation.kind == "filter" and operation.targets != "layer"
    return not lone or operation.reads_below or looks


def stage(operation: type[Operation], number: int) -> Canvas:
    """One photograph that covers the canvas; where layers count, a smaller one on another."""
    first, second = (FLOWER, CHINA) if number % 2 else (CHINA, FLOWER)
    steps = [add(first, "above")]
    if shares_the_canvas(operation):
        steps = [add(second, "below"), add(first, "above", fit="contain", scale=0.8)]
    if operation.tag() == "blending.knock_out":  # it needs two to punch through
        steps = [steps[0], add(first, "between"), add(second, "above", fit="contain", scale=0.6)]
    if "mask" in operation.needs:
        steps.append(Step(operation=HALF, target="above"))
    return fold(steps, Canvas(width=900, height=600))


def add(source: str, layer: str, *, fit: str = "cover", scale: float = 1.0) -> Step:
    picture = AddPicture(
        source=source, layer=layer, fit=fit, scale=scale, x=0.0, y=0.0, angle=0.0, flip=False
    )
    return Step(operation=picture.call())


def drawn_on(canvas: Canvas, operation: type[Operation], rng: np.random.Generator) -> Canvas:
    """The canvas after a step drawn once; as it was where that step does not apply."""
    target = None if operation.targets == "canvas" else "above"
    known = lacking(canvas, cutouts=frozenset(), aspects={FLOWER: 1.5, CHINA: 1.5})
    scope = scope_on(canvas, target, sources=(FLOWER, CHINA), lacks=known)
    assert operation.applicable(scope)
    try:
        call = operation.sampled(rng=rng, scope=scope).call()
        return apply_step(canvas, Step(operation=call, target=target))
    except StepDoesNotApply:
        return canvas


def rng_of(operation: type[Operation]) -> np.random.Generator:
    own = int.from_bytes(hashlib.sha256(operation.tag().encode()).digest()[:4], "little")
    return np.random.default_rng([3, own])


Sheet = npt.NDArray[np.float32]


def in_vain(before: Sheet, after: Sheet) -> str | None:
    """Why a sample, (H, W, 3), is not worth a look: ``unchanged``, ``blank`` or ``noise``."""
    apart = np.abs(after - before)
    if apart.mean() < 1 / 255 and (apart.max(axis=-1) > 16 / 255).mean() < 0.01:
        return "unchanged"
    middle = np.median(after.reshape(-1, 3), axis=0)
    if (np.abs(after - middle).max(axis=-1) < 8 / 255).mean() > 0.98:
        return "blank"
    # in noise, a pixel tells nothing of its neighbours, and a patch nothing of the next one
    light = after.mean(axis=-1)
    patches = cv2.resize(light, None, fx=1 / 4, fy=1 / 4, interpolation=cv2.INTER_AREA)
    return "noise" if max(linked(light), linked(patches)) < 0.35 else None


def linked(plane: Sheet) -> float:
    """The correlation of neighbours, across or down, whichever is higher."""
    pairs = ((plane[:, 1:], plane[:, :-1]), (plane[1:], plane[:-1]))
    return max(float(np.corrcoef(one.ravel(), other.ravel())[0, 1]) for one, other in pairs)


def sheet(canvas: Canvas, size: tuple[int, int]) -> Sheet:
    return flatten(RENDERER.render(canvas, width=size[0], height=size[1], draft=True))


@pytest.mark.parametrize("operation", ALL, ids=lambda one: one.tag())
def test_hardly_any_blind_sample_is_unchanged_blank_or_noise(operation: type[Operation]) -> None:
    rng = rng_of(operation)
    fine = operation.texture_like or operation.family() == "blur" or operation is Kuwahara
    found = []
    for number in range(SAMPLES):
        canvas = stage(operation, number)
        after = drawn_on(canvas, operation, rng)
        size = FINE if fine else SMALL
        verdict = in_vain(sheet(canvas, size), sheet(after, size))
        if verdict is not None:
            found.append((verdict, after.layers[-1]))
    assert len(found) <= SAMPLES / 10, found


# these make no pixels, so that many samples cost little
LAYERED = [one for one in ALL if one.kind == "structure" and one.tag() != "blending.knock_out"]


@pytest.mark.parametrize("operation", LAYERED, ids=lambda one: one.tag())
def test_hardly_any_blind_edit_of_layers_that_cover_the_canvas_is_in_vain(
    operation: type[Operation],
) -> None:
    rng = rng_of(operation)
    canvas = fold([add(FLOWER, "below"), add(CHINA, "above")], Canvas(width=900, height=600))
    before = sheet(canvas, (48, 32))
    found = []
    for _ in range(40):
        after = drawn_on(canvas, operation, rng)
        verdict = in_vain(before, sheet(after, (48, 32)))
        if verdict is not None:
            found.append((verdict, after.layers))
    assert len(found) <= 4, found


PLAIN = np.full((96, 144, 3), 0.4, dtype=np.float32)
SHEETS: list[tuple[str | None, Callable[[Sheet, np.random.Generator], Sheet]]] = [
    ("unchanged", lambda given, rng: given + np.float32(0.5 / 255)),
    ("blank", lambda given, rng: PLAIN),
    ("blank", lambda given, rng: PLAIN + rng.normal(0, 1 / 255, PLAIN.shape).astype(np.float32)),
    ("noise", lambda given, rng: rng.random(PLAIN.shape, dtype=np.float32)),
    ("noise", lambda given, rng: rng.permutation(given.reshape(-1, 3)).reshape(PLAIN.shape)),
    (None, lambda given, rng: given[:, ::-1]),
    (None, lambda given, rng: given * np.float32(0.9)),
    (None, lambda given, rng: given * 0.5 + 0.5 * rng.random(PLAIN.shape, dtype=np.float32)),
]


@pytest.mark.parametrize(("expected", "made"), SHEETS)
def test_what_is_in_vain_is_told_from_what_is_not(
    expected: str | None, made: Callable[[Sheet, np.random.Generator], Sheet]
) -> None:
    given = photo(144, 96)[..., :3]
    assert in_vain(given, made(given, np.random.default_rng(1))) == expected

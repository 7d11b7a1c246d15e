"""What holds of every operation in the box."""

from __future__ import annotations

import re
import tracemalloc

import msgspec
import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Fill, Layer, Picture, Placement
from layerforge.model.step import Call, Step
from layerforge.model.values import from_json, to_json
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Cutout, Operation, Structure
from layerforge.operations.parameters import ColorValue, Number, Whole
from layerforge.operations.pixels import Pixels
from layerforge.operations.registry import build, toolbox
from layerforge.rendering.renderer import Renderer
from tests.operations.pictures import (
    SCOPE,
    clear,
    cut_out,
    drawn,
    flat,
    noise_picture,
    photo,
    rendered,
)

ALL = list(toolbox().operations.values())
PIXELWISE = [one for one in ALL if not issubclass(one, Structure)]
STRUCTURES = [one for one in ALL if issubclass(one, Structure)]
SMALL = [(1, 1), (1, 5000), (5000, 1), (3, 7), (37, 53)]


def names(operation: type[Operation]) -> str:
    return operation.tag()


every = pytest.mark.parametrize("operation", ALL, ids=names)
pixelwise = pytest.mark.parametrize("operation", PIXELWISE, ids=names)
structural = pytest.mark.parametrize("operation", STRUCTURES, ids=names)


def check_legal(result: Pixels, given: Pixels) -> None:
    assert result.shape == given.shape
    assert result.dtype == np.float32
    assert result.flags.c_contiguous
    assert not np.shares_memory(result, given)
    assert np.isfinite(result).all()
    assert float(result.min()) >= 0.0
    assert float(result.max()) <= 1.0
    assert float((result[..., :3] - result[..., 3:]).max()) <= 1e-6


def test_the_box_is_full() -> None:
    assert not toolbox().problems
    assert len(ALL) >= 140


@every
def test_it_says_what_it_is(operation: type[Operation]) -> None:
    assert operation.family() == operation.__module__.rpartition(".")[2]
    assert operation.kind in ("filter", "mask", "cutout", "structure")
    assert 10 < len(operation.summary()) < 120
    assert operation.summary().endswith(".")
    assert operation.title()
    assert 0.0 < operation.weight <= 3.0
    assert re.search(r"\bSource: \S", operation.__doc__ or "")
    assert len(operation.origin().split()) >= 2
    assert operation.origin().endswith(".")
    for name, parameter in operation.parameters().items():
        assert parameter.type_name, name
        assert 3 <= len(parameter.help.split()) <= 16, name
        assert parameter.help.strip(". ") == parameter.help, name


@every
def test_sampled_and_jittered_parameters_stay_in_range(operation: type[Operation]) -> None:
    rng = np.random.default_rng(3)
    for one in drawn(operation, 100):
        for noise in (0.0, 0.2, 1.0):
            moved = one.jittered(noise=noise, rng=rng, scope=SCOPE)
            assert isinstance(moved, operation)
            for name, parameter in operation.parameters().items():
                value = getattr(moved, name)
                parameter.check(name, value)
                if isinstance(parameter, Number) and noise == 0.0:
                    assert value == pytest.approx(getattr(one, name), rel=1e-5, abs=1e-5)
                elif noise == 0.0 and isinstance(parameter, Whole | ColorValue):
                    assert value == pytest.approx(getattr(one, name), abs=1e-4)


@every
def test_it_survives_json(operation: type[Operation]) -> None:
    for one in drawn(operation, 10):
        document = to_json(one.call())
        assert build(from_json(document, Call, what="the call")) == one
        assert to_json(build(msgspec.json.decode(document, type=Call)).call()) == document


@pixelwise
def test_it_keeps_the_pixels_legal_and_the_input_untouched(operation: type[Operation]) -> None:
    for one in drawn(operation, 3):
        for given in (photo(96, 72), cut_out(96, 72), noise_picture(40, 30)):
            before = given.tobytes()
            check_legal(rendered(one, given), given)
            assert given.tobytes() == before


@pixelwise
@pytest.mark.parametrize("size", SMALL, ids=str)
def test_any_size_and_any_picture_works(operation: type[Operation], size: tuple[int, int]) -> None:
    for one in drawn(operation, 2):
        for given in (photo(*size), cut_out(*size), clear(*size), flat(*size)):
            check_legal(rendered(one, given), given)


@pixelwise
def test_the_same_parameters_give_the_same_bytes(operation: type[Operation]) -> None:
    one = drawn(operation, 1)[0]
    given = cut_out(64, 48)
    again = build(one.call())
    assert rendered(one, given).tobytes() == rendered(again, given).tobytes()


@pytest.mark.parametrize(
    "operation",
    [one for one in ALL if one.family() in ("tone", "color", "palette", "texture")],
    ids=names,
)
def test_colour_operations_keep_alpha(operation: type[Operation]) -> None:
    for one in drawn(operation, 3):
        given = cut_out(64, 48)
        assert np.array_equal(rendered(one, given)[..., 3], given[..., 3])


@pixelwise
def test_nothing_stays_nothing(operation: type[Operation]) -> None:
    for one in drawn(operation, 3):
        assert not rendered(one, clear(32, 24)).any()


# A cutout is found at one small size.
SHEETWISE = [one for one in PIXELWISE if not issubclass(one, Cutout)]


def at_its_ends(operation: type[Operation]) -> list[Operation]:
    """With all numbers at the lowest, and at the highest that are drawn."""
    base = drawn(operation, 1)[0].call().parameters
    numbers = {
        name: one.drawn
        for name, one in operation.parameters().items()
        if one.drawn is not None and one.type_name in ("number", "whole number", "integer")
    }
    ends = [{name: of[end] for name, of in numbers.items()} for end in (0, 1)]
    return [build(Call(name=operation.tag(), parameters={**base, **one})) for one in ends]


@pytest.mark.parametrize("operation", SHEETWISE, ids=names)
def test_it_works_with_as_many_sheets_as_it_says(operation: type[Operation]) -> None:
    """As NumPy counts them; what OpenCV holds inside itself is not seen here."""
    photo(480, 320, "china.jpg")
    for one in (*drawn(operation, 1), *at_its_ends(operation)):
        if one.is_neutral():
            continue  # which is not rendered at all
        for given in (photo(480, 320), cut_out(480, 320)):
            tracemalloc.start()
            rendered(one, given)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak / given.nbytes <= one.sheets_at(320)


# Structure operations. ---------------------------------------------------------------------------


def three_layers() -> Canvas:
    layers = tuple(
        Layer(id=name, name=name, content=Fill(color=color))
        for name, color in (("below", (0.9, 0.4, 0.2)), ("above", (0.2, 0.3, 0.8)))
    )
    lowest = Layer(id="ground", name="ground", content=Fill(color=(0.3, 0.7, 0.5)))
    return Canvas(width=64, height=48, layers=(lowest, *layers))


class OneSource:
    """Gives the photograph for every id."""

    def size(self, source_id: str) -> tuple[int, int]:
        return (60, 40)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return photo(60, 40)


@structural
def test_a_structure_operation_edits_a_copy(operation: type[Operation]) -> None:
    canvas = three_layers()
    before = to_json(canvas)
    target = None if operation.targets == "canvas" else "above"
    renderer = Renderer(OneSource())
    for one in drawn(operation, 5):
        edited = apply_step(canvas, Step(operation=one.call(), target=target))
        assert to_json(canvas) == before
        assert edited != canvas or operation.tag() in (
            "layout.reorder",
            "blending.mode",
            "blending.visibility",
        )
        check_legal(renderer.render(edited, width=64, height=48), flat(64, 48))


@every
@pytest.mark.parametrize("size", SMALL, ids=str)
def test_a_step_renders_on_a_canvas_of_any_size(
    operation: type[Operation], size: tuple[int, int]
) -> None:
    picture = Picture(source="a" * 64)
    lying = Placement(scale=0.8, angle_deg=20.0)
    layers = tuple(
        Layer(id=name, name=name, content=picture, placement=lying)
        for name in ("ground", "below", "above")
    )
    canvas = Canvas(width=size[0], height=size[1], background=None, layers=layers)
    target = None if operation.targets == "canvas" else "above"
    for one in drawn(operation, 1):
        edited = apply_step(canvas, Step(operation=one.call(), target=target))
        result = Renderer(OneSource()).render(edited, width=size[0], height=size[1])
        check_legal(result, clear(*size))


@pytest.mark.parametrize(
    "operation", [one for one in STRUCTURES if one.targets != "canvas"], ids=names
)
def test_a_missing_layer_is_named(operation: type[Operation]) -> None:
    one = drawn(operation, 1)[0]
    with pytest.raises(StepDoesNotApply, match="'gone'"):
        apply_step(three_layers(), Step(operation=one.call(), target="gone"))
    with pytest.raises(StepDoesNotApply, match="works on a layer"):
        apply_step(three_layers(), Step(operation=one.call(), target=None))

"""What layers are known to lack."""

from collections import Counter

import numpy as np
import pytest
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Adjustment, Fill, Layer, Nested, Picture, Placement
from layerforge.operations.blending import KnockOut, Visibility
from layerforge.operations.cutout import SubjectCutout
from layerforge.operations.masking import FeatherMask
from layerforge.operations.operation import RenderContext
from layerforge.rendering.placing import place
from layerforge.search.traits import covers, lacking, scope_on

WIDE, CUT = "a" * 64, "b" * 64
CUT_OUT = SubjectCutout(share=0.3, softness=1.0, keep="subject").call()
FEATHER = FeatherMask(radius=0.02).call()


def lacked(content, *, placement=None, mask=()):
    layer = Layer(id="a", name="A", content=content, placement=placement or Placement(), mask=mask)
    canvas = Canvas(width=400, height=300, layers=(layer,))
    return lacking(canvas, cutouts=frozenset({CUT}), aspects={WIDE: 2.0})["a"]


def test_a_picture_that_covers_the_canvas_has_no_edge():
    assert lacked(Picture(source=WIDE)) == {"edge", "mask"}
    assert lacked(Picture(source=WIDE), placement=Placement(fit="contain")) == {"mask"}
    assert lacked(Picture(source=WIDE), placement=Placement(scale=0.9)) == {"mask"}
    assert lacked(Picture(source=WIDE), mask=(FEATHER,)) == set()


def test_a_picture_cut_out_has_an_edge_and_one_cut_out_before_no_background():
    assert lacked(Picture(source=WIDE, cutout=CUT_OUT)) == {"mask"}
    assert lacked(Picture(source=CUT)) == {"mask", "background"}


def test_sheets_and_adjustments_have_neither_edge_nor_background():
    nothing = {"edge", "mask", "background"}
    assert lacked(Fill(color=(0.1, 0.2, 0.3))) == nothing
    assert lacked(Adjustment()) == nothing
    nested = Nested(canvas=Canvas(width=40, height=30))
    assert lacked(nested) == nothing
    assert lacked(nested, placement=Placement(scale=0.8)) == {"mask", "background"}


def test_a_source_of_unknown_shape_is_taken_for_one_of_the_canvas_shape():
    assert "edge" in lacked(Picture(source="c" * 64), placement=Placement(fit="contain"))


@pytest.mark.parametrize("fit", ["cover", "contain"])
@pytest.mark.parametrize("aspect", [0.5, 1.5, 3.0])
def test_covering_is_what_the_renderer_shows(fit, aspect):
    """Against the coverage of a placed opaque sheet, where it is not a matter of a pixel."""
    rng = np.random.default_rng(7)
    canvas = Canvas(width=1200, height=900)
    sheet = np.ones((round(60 / aspect), 60, 4), dtype=np.float32)
    at = RenderContext(80, 60, source=lambda source_id, long_edge: sheet)
    told_of = Counter()
    for _ in range(150):
        placement = Placement(
            fit=fit,
            scale=float(rng.uniform(0.8, 5.0)),
            x=float(rng.uniform(-0.3, 0.3)),
            y=float(rng.uniform(-0.3, 0.3)),
            angle_deg=float(rng.uniform(-180, 180)),
        )
        told, larger, smaller = (
            covers(replace(placement, scale=placement.scale * factor), aspect=aspect, canvas=canvas)
            for factor in (1.0, 1.04, 0.96)
        )
        if larger == smaller:
            placed = place(sheet, placement, aspect=aspect, at=at)
            assert told == (placed[..., 3].min() > 0.99), placement
            told_of[told] += 1
    assert min(told_of[True], told_of[False]) >= 15


def test_a_hidden_layer_is_shown_and_a_seen_one_hidden_where_another_is_left():
    layers = tuple(
        Layer(id=name, name=name, content=Picture(source=name * 64), visible=name != "b")
        for name in "abc"
    )
    canvas = Canvas(width=300, height=200, layers=layers)
    rng = np.random.default_rng(5)

    def scope(canvas, target):
        known = lacking(canvas, cutouts=frozenset(), aspects={})
        return scope_on(canvas, target, sources=("a" * 64,), lacks=known)

    for target, expected in (("a", {False}), ("b", {True})):
        drawn = [Visibility.sampled(rng=rng, scope=scope(canvas, target)) for _ in range(30)]
        assert {one.visible for one in drawn} == expected
    lone = canvas.with_layers(layers[:1])
    assert not Visibility.applicable(scope(lone, "a"))
    assert Visibility.applicable(scope(canvas.with_layers(layers[1:2]), "b"))
    # a knock-out needs two layers to punch through
    assert [KnockOut.applicable(scope(canvas, one)) for one in "abc"] == [False, False, True]
    assert scope(canvas, "c").pictures == {name: name * 64 for name in "abc"}

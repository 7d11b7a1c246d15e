import numpy as np
import pytest

from layerforge.files.layered import BEFORE_FILTERS, FINAL, Group, Sheet, layered_document
from layerforge.model.canvas import Canvas
from layerforge.model.layer import Fill, Layer, Nested, Placement
from layerforge.model.step import Call
from layerforge.rendering.blend import composite
from layerforge.rendering.renderer import Renderer

WIDTH, HEIGHT = 64, 48
INVERT = Call(name="tone.invert", parameters={"keep_hue": False})

FADE = Call(name="masking.gradient", parameters={"angle": 0.0, "offset": 0.0, "softness": 0.5})


class NoSources:
    def size(self, source_id):
        raise AssertionError(source_id)

    pixels = size


def layer(name, value, **more):
    return Layer(id=name, name=name, content=Fill(color=(value,) * 3), **more)


def canvas(*layers, background=None, filters=()):
    return Canvas(width=WIDTH, height=HEIGHT, background=background, layers=layers, filters=filters)


def document(canvas_, depth=8):
    return layered_document(canvas_, Renderer(NoSources()), width=WIDTH, height=HEIGHT, depth=depth)


def joined(nodes, top=255):
    """The nodes joined by the renderer's own blending: what a program that opens them shows."""
    sheet = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    for node in nodes:
        if not node.visible:
            continue
        if isinstance(node, Group):
            pixels = joined(node.children, top)
        else:
            high, wide = node.samples.shape[:2]
            straight = np.zeros((HEIGHT, WIDTH, 4), np.float32)
            straight[node.y : node.y + high, node.x : node.x + wide] = node.samples / top
            pixels = straight.copy()
            pixels[..., :3] *= straight[..., 3:]
        sheet = composite(sheet, pixels, mode=node.blend, opacity=node.opacity)
    return sheet


def test_overlay_of_192_on_64_and_the_other_way_round():
    # W3C: overlay(b, s) = 2bs where b ≤ 0.5, else 1 − 2(1 − b)(1 − s)
    for below, above, expected in ((64, 192, 96), (192, 64, 161)):
        made = document(canvas(layer("a", below / 255), layer("b", above / 255, blend="overlay")))
        assert [node.blend for node in made.nodes] == ["normal", "overlay"]
        assert [node.samples[0, 0].tolist() for node in made.nodes] == [
            [below] * 3 + [255],
            [above] * 3 + [255],
        ]
        for look in (made.merged, joined(made.nodes)):
            assert np.abs(look[..., :3] * 255 - expected).max() < 0.6


def test_a_layer_is_cut_to_what_is_seen():
    mask = Call(
        name="masking.shape",
        parameters={
            "shape": "circle", "size": 0.4, "aspect": 1.0, "x": 0.5, "y": 0.0, "angle": 0.0,
            "points": 3, "softness": 0.001, "hole": False,
        },
    )  # fmt: skip
    made = document(canvas(layer("a", 0.5, mask=(mask,))))
    (sheet,) = made.nodes
    high, wide = sheet.samples.shape[:2]
    assert high < HEIGHT
    assert wide < WIDTH
    assert sheet.x > WIDTH / 4
    assert np.abs(joined(made.nodes) - made.merged).max() < 0.004


@pytest.mark.parametrize("depth", [8, 16])
def test_hidden_layers_stay_in_the_document(depth):
    made = document(canvas(layer("a", 0.2), layer("b", 0.8, visible=False)), depth=depth)
    assert [node.visible for node in made.nodes] == [True, False]
    top = 255 if depth == 8 else 65535
    assert made.nodes[1].samples[0, 0, 0] == round(0.8 * top)
    assert np.abs(joined(made.nodes, top) - made.merged).max() < 0.003


def test_filters_over_the_canvas_become_a_layer_over_a_hidden_group():
    made = document(canvas(layer("a", 0.2), background=(1.0, 1.0, 1.0), filters=(INVERT,)))
    before, final = made.nodes
    assert (before.name, before.visible) == (BEFORE_FILTERS, False)
    assert [child.name for child in before.children] == ["Background", "a"]
    assert (final.name, final.visible, final.blend, final.opacity) == (FINAL, True, "normal", 1.0)
    assert final.samples[0, 0, 0] == round(0.8 * 255)
    assert np.abs(joined(made.nodes) - made.merged).max() < 0.003


def nested(inner, **more):
    return Layer(id="n", name="nested", content=Nested(canvas=inner), **more)


def test_a_nested_canvas_is_a_group_where_it_lies_as_it_is():
    inner = canvas(layer("a", 0.5), layer("b", 0.9, blend="multiply", opacity=0.5))
    outer = canvas(layer("z", 0.3), nested(inner, blend="screen", opacity=0.75))
    made = document(outer)
    assert isinstance(made.nodes[1], Group)
    assert [child.name for child in made.nodes[1].children] == ["a", "b"]
    assert np.abs(joined(made.nodes) - made.merged).max() < 0.006


@pytest.mark.parametrize(
    "changed",
    [
        {"placement": Placement(scale=0.5)},
        {"filters": (INVERT,)},
        {"mask": (FADE,)},
    ],
)
def test_a_nested_canvas_that_is_changed_is_one_layer(changed):
    outer = canvas(layer("z", 0.3), nested(canvas(layer("a", 0.5)), **changed))
    made = document(outer)
    assert isinstance(made.nodes[1], Sheet)
    assert np.abs(joined(made.nodes) - made.merged).max() < 0.006


def test_a_clear_layer_takes_one_pixel():
    made = document(canvas(nested(canvas()), layer("a", 0.5, filters=())))
    assert made.nodes[0].children == ()
    empty = document(canvas(nested(canvas(), placement=Placement(scale=0.5))))
    assert empty.nodes[0].samples.shape == (1, 1, 4)
    assert empty.nodes[0].samples.max() == 0

"""Canvases and layers as values."""

from __future__ import annotations

import msgspec
import pytest

from layerforge.model.canvas import MAX_LAYERS, MAX_NESTING, Canvas
from layerforge.model.errors import InvalidValue, StepDoesNotApply
from layerforge.model.layer import Fill, Layer, Nested, Picture, Placement
from layerforge.model.step import Call
from layerforge.model.values import digest, from_json, to_json


def sheet(name: str) -> Layer:
    return Layer(id=name, name=name, content=Fill(color=(0.1, 0.2, 0.3)))


def full() -> Canvas:
    inner = Canvas(width=30, height=20, background=None, layers=(sheet("deep"),))
    layers = (
        Layer(id="a", name="Picture", content=Picture(source="a" * 64)),
        Layer(
            id="b",
            name="Stamp",
            content=Nested(canvas=inner),
            placement=Placement(fit="contain", scale=0.5, x=0.1, angle_deg=12.5),
            filters=(Call(name="tone.gamma", parameters={"gamma": 1.5}),),
            mask=(Call(name="masking.feather", parameters={"radius": 0.02}),),
            blend="soft-light",
            opacity=0.4,
            visible=False,
        ),
        Layer(id="c", name="Fill", content=Fill(color=(1.0, 0.0, 0.0), end=(0.0, 0.0, 1.0))),
    )
    return Canvas(width=300, height=200, layers=layers)


def test_a_canvas_survives_json() -> None:
    document = to_json(full())
    again = from_json(document, Canvas, what="the canvas")
    assert again == full()
    assert to_json(again) == document


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (b'"opacity":0.4', b'"opacity":1.4', "opacity"),
        (b'"blend":"soft-light"', b'"blend":"glow"', "blend"),
        (b'"id":"b"', b'"id":"a b"', "id"),
        (b'"id":"b"', b'"id":"a"', "the same id"),
        (b'"visible":false', b'"visible":0', "visible"),
        (b'"type":"nested"', b'"type":"video"', "video"),
        (b'"scale":0.5', b'"scale":0', "scale"),
        (b'"name":"Stamp"', b'"name":"Stamp","tilt":3', "tilt"),
        (b'"width":300', b'"width":300.5', "width"),
        (b'"width":300', b'"width":0', "width"),
    ],
)
def test_decoding_is_strict(before: bytes, after: bytes, text: str) -> None:
    document = to_json(full())
    assert document.count(before) == 1
    with pytest.raises(InvalidValue, match=f"the canvas can't be read: .*{text}"):
        from_json(document.replace(before, after), Canvas, what="the canvas")


def test_canvases_are_frozen() -> None:
    with pytest.raises(AttributeError):
        full().width = 3  # type: ignore[misc]


def test_layer_ids_differ() -> None:
    with pytest.raises(InvalidValue, match="the same id"):
        Canvas(width=4, height=4, layers=(sheet("a"), sheet("a")))
    with pytest.raises(StepDoesNotApply, match="already has a layer 'a'"):
        full().with_new_layer(sheet("a"))


def test_layers_are_bounded() -> None:
    most = tuple(sheet(f"l{number}") for number in range(MAX_LAYERS))
    canvas = Canvas(width=4, height=4, layers=most)
    with pytest.raises(InvalidValue, match=f"at most {MAX_LAYERS} layers, got {MAX_LAYERS + 1}"):
        canvas.with_new_layer(sheet("more"))


def test_nesting_is_bounded() -> None:
    canvas = Canvas(width=4, height=4, layers=(sheet("x"),))
    for depth in range(1, MAX_NESTING):
        assert canvas.depth() == depth
        stamp = Layer(id="s", name="Stamp", content=Nested(canvas=canvas))
        canvas = Canvas(width=4, height=4, layers=(stamp,))
    stamp = Layer(id="s", name="Stamp", content=Nested(canvas=canvas))
    with pytest.raises(InvalidValue, match=f"more than {MAX_NESTING} deep"):
        Canvas(width=4, height=4, layers=(stamp,))


def test_layers_are_found_replaced_and_inserted() -> None:
    canvas = full()
    assert canvas.index("b") == 1
    assert [layer.id for layer in canvas.with_new_layer(sheet("n"), at=1).layers] == list("anbc")
    assert [layer.id for layer in canvas.with_new_layer(sheet("n")).layers] == list("abcn")
    renamed = msgspec.structs.replace(canvas.layer("b"), name="Other")
    changed = canvas.with_layer(renamed)
    assert changed.layer("b").name == "Other"
    assert canvas.layer("b").name == "Stamp"
    with pytest.raises(StepDoesNotApply, match="no layer 'z'"):
        canvas.layer("z")


def test_source_ids_are_found_in_nested_canvases_too() -> None:
    stamp = Layer(id="s", name="Stamp", content=Nested(canvas=full()))
    picture = Layer(id="p", name="Picture", content=Picture(source="b" * 64))
    outer = Canvas(width=4, height=4, layers=(stamp, picture))
    assert list(outer.source_ids()) == ["a" * 64, "b" * 64]


def test_fingerprints_tell_parts_apart() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
    assert digest(b"ab", b"c") == digest(b"ab", b"c")
    assert len(digest()) == 16

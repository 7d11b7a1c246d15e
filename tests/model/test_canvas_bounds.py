import pytest

from layerforge.model.canvas import MAX_LAYERS_IN_ALL, Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.layer import Fill, Layer, Nested


def copies_of(canvas, count):
    content = Nested(canvas=canvas)
    layers = tuple(Layer(id=f"c{place}", name="c", content=content) for place in range(count))
    return Canvas(width=9, height=9, layers=layers)


def test_few_steps_cannot_ask_for_billions_of_layers():
    one = Canvas(
        width=9, height=9, layers=(Layer(id="a", name="a", content=Fill(color=(0, 0, 0))),)
    )
    many = copies_of(one, 60)
    assert many.layers_in_all() == 120
    assert copies_of(many, 8).layers_in_all() == 8 * 121 <= MAX_LAYERS_IN_ALL
    with pytest.raises(InvalidValue, match="at most 1024 layers in all"):
        copies_of(many, 9)

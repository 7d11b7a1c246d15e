import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.layer import Fill, Layer
from layerforge.model.step import Call
from layerforge.rendering.renderer import Renderer


class NoSources:
    def size(self, source_id):
        raise AssertionError(source_id)

    pixels = size


def test_a_layer_alone_has_its_filters_and_mask_but_no_blend():
    layer = Layer(
        id="a",
        name="a",
        content=Fill(color=(0.25, 0.5, 1.0)),
        filters=(Call(name="tone.invert", parameters={"keep_hue": False}),),
        mask=(
            Call(
                name="masking.gradient", parameters={"angle": 0.0, "offset": 0.0, "softness": 0.02}
            ),
        ),
        blend="multiply",
        opacity=0.5,
        visible=False,
    )
    canvas = Canvas(width=40, height=30, layers=(layer,))
    pixels = Renderer(NoSources()).layer_pixels(canvas, "a", width=40, height=30)
    assert pixels.shape == (30, 40, 4)
    assert not pixels.flags.writeable
    shown, gone = sorted((pixels[15, 1], pixels[15, 38]), key=lambda one: -one[3])
    assert np.allclose(shown, [0.75, 0.5, 0.0, 1.0], atol=1e-6)
    assert gone.tolist() == [0, 0, 0, 0]
    assert (Renderer(NoSources()).render(canvas, width=40, height=30)[..., :3] == 1.0).all()

import io

import numpy as np
import pytest
from PIL import Image

from layerforge.files.sources import LEVELS, SourcePyramid
from layerforge.model.errors import SourceMissing


def png(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def make_pyramid(files, **options):
    asked = []

    def file_bytes_of(source_id):
        asked.append(source_id)
        if source_id not in files:
            raise SourceMissing(source_id)
        return files[source_id]

    return SourcePyramid(file_bytes_of, **options), asked


def test_the_smallest_level_that_is_large_enough():
    big = np.random.default_rng(0).integers(0, 256, (600, 1500, 3), dtype=np.uint8)
    pyramid, asked = make_pyramid({"a": png(big)})
    assert pyramid.pixels("a", 100).shape == (205, LEVELS[0], 4)
    assert pyramid.pixels("a", 513).shape == (290, LEVELS[1], 4)
    assert pyramid.pixels("a", 1500).shape == (600, 1500, 4)
    assert pyramid.pixels("a", 9000).shape == (600, 1500, 4)
    assert pyramid.size("a") == (1500, 600)
    assert len(asked) <= 4
    pyramid.pixels("a", 100)
    assert len(asked) <= 4  # decoded once a level


def test_pixels_are_premultiplied_floats():
    rgba = np.array([[[200, 100, 0, 128], [255, 255, 255, 0]]], dtype=np.uint8)
    pyramid, _ = make_pyramid({"a": png(rgba)})
    pixels = pyramid.pixels("a", 1)
    alpha = 128 / 255
    np.testing.assert_allclose(
        pixels[0, 0], [200 / 255 * alpha, 100 / 255 * alpha, 0, alpha], atol=1e-6
    )
    assert pixels[0, 1].tolist() == [0, 0, 0, 0]
    assert not pixels.flags.writeable


def test_a_missing_source_is_an_error():
    pyramid, _ = make_pyramid({})
    with pytest.raises(SourceMissing):
        pyramid.size("a")


def test_a_large_picture_is_shrunk_like_a_small_one(monkeypatch):
    rng = np.random.default_rng(3)
    rgba = rng.integers(0, 256, (600, 1500, 4), dtype=np.uint8)
    as_floats, _ = make_pyramid({"a": png(rgba)})
    in_sixteen_bits, _ = make_pyramid({"a": png(rgba)})
    expected = as_floats.pixels("a", 100)
    monkeypatch.setattr("layerforge.files.sources._FLOAT_SAMPLES", 0)
    found = in_sixteen_bits.pixels("a", 100)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, atol=2e-5)

import io
import subprocess
import sys

import cv2
import numpy as np
import pytest
from PIL import Image

from layerforge.files import converting, jpeg_drafts
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


def test_a_picture_in_bands_is_shrunk_like_one_in_whole(monkeypatch):
    rgba = np.random.default_rng(3).integers(0, 256, (601, 1500, 4), dtype=np.uint8)
    alpha = rgba[..., 3:] / 255.0
    premultiplied = np.concatenate([rgba[..., :3] / 255.0 * alpha, alpha], axis=-1)
    expected = cv2.resize(premultiplied, (512, 205), interpolation=cv2.INTER_AREA)
    for band_pixels in (7 * 1500, 4_000_000):
        monkeypatch.setattr(converting, "_BAND_PIXELS", band_pixels)
        pyramid, _ = make_pyramid({"a": png(rgba)})
        found = pyramid.pixels("a", 100)
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, expected, atol=2e-5)


def jpeg(pixels, **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=95, **options)
    return out.getvalue()


def test_a_large_jpeg_looks_as_if_it_were_averaged(monkeypatch):
    # waves of 40 to 200 pixels, as the shapes of a photograph have
    y, x = np.mgrid[:1200, :2400]
    planes = [np.sin(x / 31) + np.cos(y / 17), np.sin((x + y) / 9), np.cos(x / 7 - y / 23)]
    picture = np.clip(np.dstack(planes) * 60 + 128, 0, 255).astype(np.uint8)
    expected = cv2.resize(picture, (512, 256), interpolation=cv2.INTER_AREA)
    monkeypatch.setattr(jpeg_drafts, "FROM_PIXELS", 0)
    pyramid, _ = make_pyramid({"a": jpeg(picture)})
    found = pyramid.pixels("a", 100)
    assert pyramid.size("a") == (2400, 1200)
    assert np.abs(found[..., :3] * 255 - expected).mean() < 1.0
    assert (found[..., 3] == 1).all()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_large_jpegs_own_size_is_known(monkeypatch, orientation):
    monkeypatch.setattr(jpeg_drafts, "FROM_PIXELS", 0)
    exif = Image.Exif()
    exif[0x0112] = orientation
    pyramid, _ = make_pyramid({"a": jpeg(np.zeros((1601, 1603, 3), np.uint8), exif=exif)})
    assert pyramid.size("a") == ((1603, 1601) if orientation in (1, 3) else (1601, 1603))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory differently")
def test_a_large_picture_is_never_held_several_times():
    """In a process of its own, as the decoders' own memory is seen by the system alone."""
    code = """
import io, resource
from PIL import Image
from layerforge.files.images import source_from_bytes
from layerforge.files.sources import SourcePyramid
for kind in ("JPEG", "PNG"):
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 90, 10)).resize((6000, 5000)).save(out, kind)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    source_from_bytes(out.getvalue(), name="x")
    SourcePyramid(lambda _: out.getvalue()).pixels("a" * 64, 1000)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 // 30_000_000)
"""
    # a copy of 30 megapixels takes 4 bytes a pixel; making the file has needed one already
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(int(line) <= 5 for line in told.stdout.split()), told.stdout

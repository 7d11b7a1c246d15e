import shutil
import struct
import subprocess
import tracemalloc

import numpy as np
import pytest
from PIL import Image

from layerforge.files.images import ImageRefused, decode, decode_image
from layerforge.files.psd import encode_psd
from tests.files.grid import grid_document, straight


@pytest.mark.skipif(shutil.which("convert") is None, reason="ImageMagick is not installed")
@pytest.mark.parametrize("color", ["RGB", "RGBA", "L"])
@pytest.mark.parametrize("packing", ["rle", "none"])
@pytest.mark.parametrize(("kind", "bits"), [("psd", 16), ("psb", 16), ("psb", 8)])
def test_what_imagemagick_writes_is_read(tmp_path, photographs, kind, bits, packing, color):
    picture = Image.fromarray(photographs["china.jpg"]).resize((90, 60))
    if color == "RGBA":
        # all or nothing: ImageMagick does not lay half-clear colours over white, as Photoshop does
        gradient = Image.linear_gradient("L").resize(picture.size)
        picture.putalpha(gradient.point(lambda value: 255 * (value > 127)))
    elif color == "L":
        picture = picture.convert("L")
    original, path = tmp_path / "x.png", tmp_path / f"x.{kind}"
    picture.save(original)
    command = ["convert", original, "-depth", str(bits), "-compress", packing, f"{kind}:{path}"]
    subprocess.run(command, check=True, capture_output=True)
    found = decode_image(path.read_bytes(), name="x")
    expected = np.asarray(picture.convert("RGBA"))
    assert (found.pixels[..., 3] == expected[..., 3]).all()
    solid = expected[..., 3] == 255
    assert np.abs(found.pixels.astype(int) - expected)[solid].max() <= 1
    assert found.notes == ()


@pytest.mark.parametrize("background", [None, (1.0, 1.0, 1.0)])
def test_an_exported_document_of_16_bits_is_a_source(photographs, background):
    document = grid_document(photographs, background=background, depth=16)
    found = decode(encode_psd(document), name="x").astype(int)
    expected = straight(document)
    assert np.abs(found[..., 3] - expected[..., 3]).max() <= 1
    solid = expected[..., 3] > 200  # elsewhere colour over white says less
    assert np.abs(found - expected)[solid].max() <= 2


def document(*, width, height, bits=16, mode=3, version=1, data=b""):
    header = struct.pack(">4sH6xHIIHH", b"8BPS", version, 3, height, width, bits, mode)
    return header + bytes(12) + b"\0\0" + data


def test_samples_by_hand():
    samples = struct.pack(">6H", 65535, 0, 32896, 0, 0, 257)
    found = decode(document(width=2, height=1, data=samples), name="x")
    assert found.tolist() == [[[255, 128, 0, 255], [0, 0, 1, 255]]]


def test_a_part_or_a_large_claim_is_refused():
    with pytest.raises(ImageRefused, match="its picture is cut off"):
        decode(document(width=2, height=1, data=bytes(11)), name="x")
    tracemalloc.start()
    with pytest.raises(ImageRefused, match="60000x60000"):
        decode(document(width=60_000, height=60_000), name="x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000

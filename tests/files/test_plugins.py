"""HEIC and JPEG XL, written by the encoders of their own libraries."""

import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from layerforge.files.images import ImageRefused, decode, decode_image
from layerforge.files.jpeg_xl import BadJpegXl, jpeg_xl_size
from layerforge.files.plugins import register_plugins


def encode(tool, options, picture, path):
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    original = path.with_suffix(".png")
    Image.fromarray(picture).save(original)
    given = [original, "-o", path] if tool == "heif-enc" else [original, path]
    subprocess.run([tool, *options, *given], check=True, capture_output=True)
    return path.read_bytes()


@pytest.mark.skipif("HEIF" not in register_plugins(), reason="pi-heif is not installed")
def test_heic_is_read(tmp_path, photographs):
    picture = photographs["china.jpg"]
    decoded = decode(encode("heif-enc", ["-q", "95"], picture, tmp_path / "x.heic"), name="x")
    assert decoded.shape == (427, 640, 4)
    assert np.abs(decoded[..., :3].astype(int) - picture).mean() < 4


@pytest.mark.skipif("JXL" not in register_plugins(), reason="pillow-jxl-plugin is not installed")
def test_jpeg_xl_is_read(tmp_path, photographs):
    picture = photographs["china.jpg"]
    content = encode("cjxl", ["-d", "0"], picture, tmp_path / "x.jxl")
    assert (decode(content, name="x")[..., :3] == picture).all()


@pytest.mark.skipif("JXL" not in register_plugins(), reason="pillow-jxl-plugin is not installed")
def test_an_animation_in_jpeg_xl_is_told(tmp_path):
    if shutil.which("cjxl") is None:
        pytest.skip("cjxl is not installed")
    frames = [Image.new("RGB", (8, 6), color) for color in ("red", "lime", "blue")]
    frames[0].save(tmp_path / "x.gif", save_all=True, append_images=frames[1:], duration=90)
    still = tmp_path / "still.gif"
    frames[0].save(still)
    told = {}
    for path in (tmp_path / "x.gif", still):
        target = path.with_suffix(".jxl")
        subprocess.run(["cjxl", "-d", "0", path, target], check=True, capture_output=True)
        told[path.stem] = decode_image(target.read_bytes(), name="x").notes
    assert told == {
        "x": ("it is an animation, of which only the last picture can be read",),
        "still": (),
    }


@pytest.mark.parametrize(
    "size", [(1, 1), (640, 427), (256, 256), (64, 48), (1920, 1080), (9000, 7)]
)
@pytest.mark.parametrize("container", ["0", "1"])
def test_the_size_of_jpeg_xl_is_read_from_its_header(tmp_path, size, container):
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    content = encode("cjxl", ["-d", "0", f"--container={container}"], picture, tmp_path / "x.jxl")
    assert jpeg_xl_size(content) == size


def test_a_large_claim_in_jpeg_xl():
    # SizeHeader: not small; 30 bits of height − 1; no ratio; 30 bits of width − 1
    bits = 0 | 3 << 1 | 59_999 << 3 | 0 << 33 | 3 << 36 | 59_999 << 38
    content = b"\xff\x0a" + bits.to_bytes(14, "little")
    assert jpeg_xl_size(content) == (60_000, 60_000)
    with pytest.raises(BadJpegXl):
        jpeg_xl_size(content[:5])
    if "JXL" in register_plugins():
        with pytest.raises(ImageRefused, match="60000x60000"):
            decode(content, name="x")


def test_without_the_package_the_reason_names_it(monkeypatch):
    from layerforge.files import looks

    monkeypatch.setattr(looks, "register_plugins", frozenset)
    assert "layerforge[formats]" in looks.what_it_is(b"\0\0\0\x18ftypheic" + bytes(20))
    assert "layerforge[jxl]" in looks.what_it_is(b"\xff\x0a" + bytes(20))
    assert "pillow>=11.3" in looks.what_it_is(b"\0\0\0\x18ftypavif" + bytes(20))

"""TIFF pictures of every arrangement of samples, written by tifffile."""

import io
import struct

import numpy as np
import pytest

from layerforge.files.images import ImageRefused, decode_image

tifffile = pytest.importorskip("tifffile", reason="tifffile is not installed")

STRAIGHT = np.random.default_rng(0).integers(0, 256, (20, 30, 4)).astype(np.uint8)
AS = {
    "uint8": lambda s: s,
    "uint16": lambda s: s.astype(np.uint16) * 257,
    "uint32": lambda s: s.astype(np.uint32) * 16843009,
    "float16": lambda s: (s / 255).astype(np.float16),
    "float32": lambda s: (s / 255).astype(np.float32),
    "float64": lambda s: s / 255,
}


def written(samples, *, apart=False, alpha="unassalpha", **options):
    channels = samples.shape[2]
    out = io.BytesIO()
    tifffile.imwrite(
        out,
        samples.transpose(2, 0, 1) if apart else samples,
        photometric="rgb" if channels > 2 else "minisblack",
        planarconfig="separate" if apart else "contig",
        extrasamples=[alpha] if channels in (2, 4) else None,
        **options,
    )
    return out.getvalue()


def check(content, samples):
    decoded = decode_image(content, name="x")
    expected = samples if samples.shape[2] > 2 else samples[..., :1]
    found = decoded.pixels.astype(int)
    assert np.abs(found[..., :3] - expected[..., :3]).max() <= 1
    alpha = samples[..., -1] if samples.shape[2] in (2, 4) else 255
    assert np.abs(found[..., 3] - alpha).max() <= 1
    assert decoded.notes == ()


@pytest.mark.parametrize("packed", [{}, {"compression": "zlib"}, {"tile": (16, 16)}],
                         ids=["plain", "packed", "tiled"])  # fmt: skip
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("channels", [2, 3, 4])
@pytest.mark.parametrize("kind", AS)
def test_samples_side_by_side_or_apart(kind, channels, apart, packed):
    samples = STRAIGHT[..., :channels]
    check(written(AS[kind](samples), apart=apart, **packed), samples)


@pytest.mark.parametrize(("order", "large"), [("<", False), (">", False), ("<", True)])
def test_either_order_of_bytes_and_large_files(order, large):
    samples = STRAIGHT[..., :3]
    content = written(AS["uint16"](samples), apart=True, byteorder=order, bigtiff=large)
    check(content, samples)


def test_differences_of_neighbours_within_each_plane():
    samples = STRAIGHT[..., :3]
    content = written(AS["uint16"](samples), apart=True, compression="zlib", predictor=True)
    check(content, samples)


@pytest.mark.parametrize("kind", ["uint16", "float32"])
@pytest.mark.parametrize("apart", [False, True])
def test_colour_multiplied_by_alpha_is_divided(kind, apart):
    samples = np.full((9, 9, 4), (50, 100, 25, 128), np.uint8)
    content = written(AS[kind](samples), apart=apart, alpha="assocalpha")
    found = decode_image(content, name="x").pixels[4, 4].astype(int)
    assert np.abs(found - [100, 199, 50, 128]).max() <= 1


@pytest.mark.parametrize("value", range(1, 9))
def test_it_is_turned_upright(value):
    samples = np.arange(6, dtype=np.uint8).reshape(2, 3, 1) * np.array([40, 20, 10], np.uint8)
    content = written(AS["uint16"](samples), apart=True, extratags=[(274, 3, 1, value, True)])
    rows = {  # TIFF 6.0, "Orientation": where the first row and column are to be seen
        1: samples, 2: samples[:, ::-1], 3: samples[::-1, ::-1], 4: samples[::-1],
        5: samples.swapaxes(0, 1), 6: samples.swapaxes(0, 1)[:, ::-1],
        7: samples.swapaxes(0, 1)[::-1, ::-1], 8: samples.swapaxes(0, 1)[::-1],
    }  # fmt: skip
    check(content, rows[value])


def test_damage_is_refused():
    content = written(AS["uint16"](STRAIGHT[..., :3]), apart=True)
    for cut in (8, 100, len(content) // 2, len(content) - 10):
        with pytest.raises(ImageRefused, match="damaged"):
            decode_image(content[:cut], name="x")
    large = bytearray(content)
    for tag in (256, 257):
        place = content.index(struct.pack("<H", tag) + b"\4\0\1\0\0\0")
        large[place + 8 : place + 12] = struct.pack("<I", 60_000)
    with pytest.raises(ImageRefused, match="60000x60000"):
        decode_image(bytes(large), name="x")

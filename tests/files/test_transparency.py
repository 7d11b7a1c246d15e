import struct

import numpy as np
import pytest
from PIL import Image

from layerforge.files.images import decode, decode_image
from tests.files.pictures import bmp_file, encoded, png_chunk, png_file, tiff_file


def test_a_palette_with_one_alpha_a_colour():
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    image.putdata([0, 1, 2])
    content = encoded(image, transparency=bytes([0, 128, 255]))
    decoded = decode_image(content, name="x")
    assert decoded.pixels.tolist() == [[[255, 0, 0, 0], [0, 255, 0, 128], [0, 0, 255, 255]]]
    assert decoded.notes == ()


@pytest.mark.parametrize(
    ("bits", "color_type", "row", "key", "alphas"),
    [
        (1, 0, bytes([0b01000000]), "\x01", [255, 0, 255]),
        (2, 0, bytes([0b00011011]), "\x01", [255, 0, 255, 255]),
        (4, 0, bytes([0x08, 0xF0]), "\x08", [255, 0, 255]),
        (8, 0, bytes([7, 8, 9]), "\x08", [255, 0, 255]),
        (16, 0, struct.pack(">3H", 0, 257, 256), 257, [255, 0, 255]),
        (8, 2, bytes([1, 2, 3, 1, 2, 4]), (1, 2, 4), [255, 0]),
        (16, 2, struct.pack(">6H", 0, 0, 0, 32896, 32896, 1000), (32896, 32896, 1000), [255, 0]),
        # which differ in one low byte only (PNG specification, 11.3.2.1: all 16 bits count)
        (
            16,
            2,
            struct.pack(">6H", 0x0103, 0x0304, 0x0506, 0x0102, 0x0304, 0x0506),
            (0x0102, 0x0304, 0x0506),
            [255, 0],
        ),
    ],
)
def test_one_colour_is_clear(bits, color_type, row, key, alphas):
    key = (ord(key),) if isinstance(key, str) else (key,) if isinstance(key, int) else key
    content = png_file(
        width=len(alphas),
        height=1,
        bits=bits,
        color_type=color_type,
        rows=b"\0" + row,
        more=png_chunk(b"tRNS", struct.pack(f">{len(key)}H", *key)),
    )
    decoded = decode_image(content, name="x")
    assert decoded.pixels[0, :, 3].tolist() == alphas
    assert decoded.notes == ()


def test_a_clear_deep_colour_is_turned_with_its_picture():
    exif = Image.Exif()
    exif[0x0112] = 6  # the first row is the right side: left becomes top
    key = struct.pack(">3H", 0x0102, 0x0304, 0x0506)
    content = png_file(
        width=2,
        height=1,
        bits=16,
        color_type=2,
        rows=b"\0" + key + bytes(6),
        more=png_chunk(b"tRNS", key) + png_chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")),
    )
    assert decode(content, name="x")[..., 3].tolist() == [[0], [255]]


def test_grey_with_alpha():
    content = encoded(Image.fromarray(np.array([[[10, 0], [200, 77]]], np.uint8), "LA"))
    assert decode(content, name="x").tolist() == [[[10, 10, 10, 0], [200, 200, 200, 77]]]
    deep = struct.pack(">4H", 0, 65535, 32896, 32896)
    content = png_file(width=2, height=1, bits=16, color_type=4, rows=b"\0" + deep)
    assert decode(content, name="x").tolist() == [[[0, 0, 0, 255], [128, 128, 128, 128]]]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_tiff_says_whether_colour_is_multiplied_by_alpha(kind):
    scale = 1 if kind == np.uint8 else 257
    samples = (np.full((2, 2, 4), (50, 100, 25, 128)) * scale).astype(kind)
    straight = decode(tiff_file(samples, photometric=2, extra=2), name="x")
    assert straight[0, 0].tolist() == [50, 100, 25, 128]
    multiplied = decode(tiff_file(samples, photometric=2, extra=1), name="x")
    expected = [50 * 255 / 128, 100 * 255 / 128, 25 * 255 / 128, 128]
    assert np.abs(multiplied[0, 0] - expected).max() <= 1
    neither = decode(tiff_file(samples, photometric=2, extra=0), name="x")
    assert neither[0, 0].tolist() == [50, 100, 25, 255]


def test_tiff_grey_multiplied_by_alpha():
    samples = np.full((2, 2, 2), (50, 128), np.uint8)
    decoded = decode(tiff_file(samples, photometric=1, extra=1), name="x")
    assert np.abs(decoded[0, 0].astype(int) - [100, 100, 100, 128]).max() <= 1


def test_a_bitmaps_fourth_byte_is_alpha_only_where_its_mask_says_so():
    rgba = np.array([[[10, 20, 30, 128], [40, 50, 60, 0]]], np.uint8)
    assert (decode(bmp_file(rgba, alpha_mask=0xFF000000), name="x") == rgba).all()
    for mask in (0, None):
        decoded = decode(bmp_file(rgba, alpha_mask=mask), name="x")
        assert (decoded[..., :3] == rgba[..., :3]).all()
        assert (decoded[..., 3] == 255).all()


def test_the_largest_icon_is_taken():
    image = Image.fromarray(np.full((64, 64, 4), (1, 2, 3, 200), np.uint8))
    content = encoded(image, "ICO", sizes=[(16, 16), (64, 64), (32, 32)])
    decoded = decode(content, name="x")
    assert decoded.shape == (64, 64, 4)
    assert decoded[5, 5].tolist() == [1, 2, 3, 200]

import numpy as np
import pytest

from layerforge.files.images import decode_image
from layerforge.files.samples import to_8bit
from tests.files.pictures import png_file, tiff_file


def grey(content):
    decoded = decode_image(content, name="x")
    assert (decoded.pixels[..., 3] == 255).all()
    return decoded.pixels[0, :, 0].tolist(), decoded.notes


@pytest.mark.parametrize(
    ("samples", "sample_format", "expected"),
    [
        (np.array([[0, 32896, 65535]], np.uint16), 1, [0, 128, 255]),
        (np.array([[0, 2**31, 2**32 - 1]], np.uint32), 1, [0, 128, 255]),
        (np.array([[0, 0.5, 1]], np.float32), 3, [0, 128, 255]),
        (np.array([[0, 0.5, 1]], np.float64), 3, [0, 128, 255]),
        (np.array([[-3, 100, 255]], np.float32), 3, [0, 100, 255]),
        (np.array([[0, 32896, 65535]], np.float32), 3, [0, 128, 255]),
        (np.array([[-5, 100, 255]], np.int16), 2, [0, 100, 255]),
    ],
)
def test_grey_tiff_samples_have_their_true_range(samples, sample_format, expected):
    content = tiff_file(samples, photometric=1, sample_format=sample_format)
    assert grey(content) == (expected, ())


def test_white_may_be_zero():
    deep = tiff_file(np.array([[0, 32639, 65535]], np.uint16), photometric=0)
    assert grey(deep)[0] == [255, 128, 0]
    flat = tiff_file(np.array([[0, 100, 255]], np.uint8), photometric=0)
    assert grey(flat)[0] == [255, 155, 0]


def test_what_is_no_number_becomes_black_and_is_told():
    samples = np.array([[np.nan, 0.5, np.inf, 1.0]], np.float32)
    values, notes = grey(tiff_file(samples, photometric=1, sample_format=3))
    assert values == [0, 128, 0, 255]
    assert notes == ("samples that are not numbers were taken as 0",)


def test_a_range_of_its_own_is_told():
    values, notes = grey(
        tiff_file(np.array([[0, 2, 4]], np.float32), photometric=1, sample_format=3)
    )
    assert values == [0, 128, 255]
    assert notes == ("its samples reach 4; 4 was taken as white",)


def test_a_single_bright_sample_darkens_nothing():
    samples = np.full((20, 20), 0.5, np.float32)
    samples[3, 3] = 40.0
    decoded = decode_image(tiff_file(samples, photometric=1, sample_format=3), name="x")
    assert decoded.pixels[3, 3].tolist() == [255, 255, 255, 255]
    assert decoded.pixels[0, 0].tolist() == [128, 128, 128, 255]
    assert decoded.notes == ("its brightest samples, up to 40, were taken as white, which is 1",)


def test_what_is_told_of_real_colours():
    samples = np.full((20, 20, 3), 0.5, np.float32)
    samples[0, 0] = np.nan
    samples[1, 1] = 7.0
    decoded = decode_image(tiff_file(samples, photometric=2, sample_format=3), name="x")
    assert decoded.notes == (
        "samples that are not numbers were taken as 0",
        "its brightest samples, up to 7, were taken as white, which is 1",
    )


def test_a_bright_lamp_does_not_make_a_scene_black():
    samples = np.linspace(0, 3, 400, dtype=np.float32).reshape(20, 20)
    samples[3, 3] = 200.0  # as if the range were 0..255
    pixels = decode_image(tiff_file(samples, photometric=1, sample_format=3), name="x").pixels
    assert abs(int(np.median(pixels[..., 0])) - 128) <= 2


def test_bytes_as_real_numbers_stay_bytes_where_few_are_bright():
    samples = np.full((20, 20), 90, np.float32)
    samples[3, 3] = 250.0
    pixels = decode_image(tiff_file(samples, photometric=1, sample_format=3), name="x").pixels
    assert pixels[0, 0, 0] == 90
    assert pixels[3, 3, 0] == 250


def test_the_range_of_real_colours_says_nothing_of_alpha():
    samples = np.full((20, 20, 4), (4.0, 2.0, 0.0, 0.5), np.float32)
    content = tiff_file(samples, photometric=2, sample_format=3, extra=2)
    assert decode_image(content, name="x").pixels[0, 0].tolist() == [255, 128, 0, 128]


@pytest.mark.parametrize(("most", "expected"), [(65535, [0, 4, 78]), (30000, [0, 8, 170])])
def test_a_dark_portable_greymap_stays_dark(most, expected):
    samples = np.array([0, 1000, 20000], ">u2")
    assert grey(b"P5\n3 1\n%d\n" % most + samples.tobytes()) == (expected, ())


def test_real_colour_is_read():
    samples = np.array([[[0, 0.5, 1], [1, 0.25, 0]]], np.float32)
    decoded = decode_image(tiff_file(samples, photometric=2, sample_format=3), name="x")
    assert decoded.pixels.tolist() == [[[0, 128, 255, 255], [255, 64, 0, 255]]]


def test_real_colour_is_turned_too():
    samples = np.zeros((2, 3, 3), np.float32)
    samples[0] = 1.0
    content = tiff_file(samples, photometric=2, sample_format=3, orientation=6)
    assert decode_image(content, name="x").pixels[..., 0].tolist() == [[0, 255]] * 3


def test_deep_colour_is_read():
    samples = np.full((2, 3, 3), 32896, np.uint16)
    assert (decode_image(tiff_file(samples, photometric=2), name="x").pixels[..., :3] == 128).all()


@pytest.mark.parametrize(
    ("bits", "row", "expected"),
    [
        (1, bytes([0b01000000]), [0, 255]),
        (2, bytes([0b00011011]), [0, 85, 170, 255]),
        (4, bytes([0x08, 0xF0]), [0, 136, 255, 0]),
    ],
)
def test_few_bits_fill_the_range(bits, row, expected):
    content = png_file(width=len(expected), height=1, bits=bits, color_type=0, rows=b"\0" + row)
    assert grey(content)[0] == expected


def test_black_stays_black():
    notes = []
    assert (to_8bit(np.zeros((2, 2), np.int32), notes.append) == 0).all()
    assert notes == []


@pytest.mark.parametrize("kind", [np.int8, np.int16])
def test_signed_grey_reaches_white_and_nothing_below_black_shows(kind):
    top = np.iinfo(kind).max
    row = np.array([[-top, -1, 0, top // 2, top]], kind)
    decoded = decode_image(tiff_file(row, photometric=1, sample_format=2), name="x")
    assert decoded.pixels[0, :, 0].tolist() == [0, 0, 0, round(top // 2 / top * 255), 255]
    assert decoded.notes == (f"its samples reach {top}; {top} was taken as white",)

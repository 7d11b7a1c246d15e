"""Animated PNGs composed, after the PNG specification's third edition, 13."""

import struct

import numpy as np
import pytest
from PIL import Image

from layerforge.files.decoding import decode_frames
from layerforge.files.images import decode, decode_image
from tests.files.pictures import encoded, png_chunk

WIDTH, HEIGHT = 12, 8
RED, LIME, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
WHOLE, PART, OTHER = (0, 0, WIDTH, HEIGHT), (1, 1, 4, 4), (6, 4, 4, 4)
CLEAR = (0, 0, 0, 0)


def data_of(color, width, height, mode="RGB"):
    """The packed rows of a PNG of one colour."""
    content = encoded(Image.new(mode, (width, height), color))
    place = content.index(b"IDAT")
    return content[place + 4 : place + 4 + int.from_bytes(content[place - 4 : place])]


def apng(frames, *, still=None, mode="RGB", promised=None):
    """frames: (place, colour, disposal, blend)."""
    whole = encoded(Image.new(mode, (WIDTH, HEIGHT)))
    out = whole[: whole.index(b"IDAT") - 4]
    out += png_chunk(b"acTL", struct.pack(">II", promised or len(frames), 0))
    if still is not None:
        out += png_chunk(b"IDAT", data_of(still, WIDTH, HEIGHT, mode))
    number = 0
    for (x, y, width, height), color, disposal, blend in frames:
        control = struct.pack(">5IHHBB", number, width, height, x, y, 1, 10, disposal, blend)
        out += png_chunk(b"fcTL", control)
        number += 1
        data = data_of(color, width, height, mode)
        if number == 1 and still is None:
            out += png_chunk(b"IDAT", data)
        else:
            out += png_chunk(b"fdAT", struct.pack(">I", number) + data)
            number += 1
    return out + png_chunk(b"IEND", b"")


def seen(content):
    return [one.pixels for one in decode_frames(content, name="x", choose=range)]


def at(pixels, x, y):
    return tuple(pixels[y, x].tolist())


@pytest.mark.parametrize(("disposal", "then"), [(0, (*LIME, 255)), (1, CLEAR), (2, (*RED, 255))])
def test_what_becomes_of_a_part_of_an_opaque_animation(disposal, then):
    first, second, third = seen(
        apng([(WHOLE, RED, 0, 0), (PART, LIME, disposal, 0), (OTHER, BLUE, 0, 0)])
    )
    assert (first == (*RED, 255)).all()
    assert at(second, 2, 2) == (*LIME, 255)
    assert at(third, 2, 2) == then
    assert at(third, 0, 0) == (*RED, 255)
    assert at(third, 7, 5) == (*BLUE, 255)


@pytest.mark.parametrize(("blend", "then"), [(0, (0, 0, 255, 128)), (1, (127, 0, 128, 255))])
def test_a_part_lies_over_or_in_the_place_of_what_is_there(blend, then):
    frames = [(WHOLE, (*RED, 255), 0, 0), (PART, (*BLUE, 128), 0, blend)]
    _, second = seen(apng(frames, mode="RGBA"))
    assert np.abs(second[2, 2].astype(int) - then).max() <= 1


def test_a_still_picture_comes_first_and_leaves_nothing():
    still, first, second = seen(apng([(WHOLE, RED, 1, 0), (PART, LIME, 0, 0)], still=BLUE))
    assert (still == (*BLUE, 255)).all()
    assert (first == (*RED, 255)).all()
    assert at(second, 0, 0) == CLEAR


def test_a_damaged_animation_is_a_still_picture():
    content = apng([(WHOLE, RED, 0, 0), (PART, LIME, 0, 0)], promised=5)
    assert (decode(content, name="x") == (*RED, 255)).all()
    assert decode_image(encoded(Image.new("RGB", (3, 2))), name="x").frames == 1

"""GIF animations composed; what is to be seen is worked out by hand from the specification."""

import itertools
import shutil
import struct
import subprocess

import numpy as np
import pytest

from layerforge.files.decoding import decode_frames
from layerforge.files.images import ImageRefused, decode

COLORS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "gone": None}
RED, LIME, BLUE, CLEAR = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)
KEEP, BACKGROUND, PREVIOUS = 1, 2, 3


def packed(numbers):
    """LZW without compression: codes of 3 bits, cleared before they would grow to 4."""
    bits, count = 0, 0
    codes = [4]
    for place, number in enumerate(numbers):
        codes += [4, number] if place % 2 == 0 and place else [number]
    for code in [*codes, 5]:
        bits |= code << count
        count += 3
    data = bits.to_bytes(-(-count // 8), "little")
    blocks = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"\2" + b"".join(bytes([len(one)]) + one for one in blocks) + b"\0"


def gif(frames, *, size=(12, 8)):
    """frames: (x, y, width, height), colour, disposal; one pixel of each ``gone`` is clear."""
    table = b"".join(bytes(color or (9, 9, 9)) for color in COLORS.values())
    out = struct.pack("<6sHHBBB", b"GIF89a", *size, 0x81, 0, 0) + table
    for (x, y, width, height), color, disposal in frames:
        number = list(COLORS).index(color)
        clear = color == "gone"
        out += struct.pack("<BBBBHBB", 0x21, 0xF9, 4, disposal << 2 | clear, 10, 3, 0)
        out += struct.pack("<BHHHHB", 0x2C, x, y, width, height, 0)
        out += packed([number] * (width * height))
    return out + b";"


def seen(content):
    return [one.pixels for one in decode_frames(content, name="x", choose=range)]


def at(pixels, x, y):
    return tuple(pixels[y, x].tolist())


WHOLE = (0, 0, 12, 8)


@pytest.mark.parametrize(
    ("disposal", "then"), [(0, LIME), (KEEP, LIME), (BACKGROUND, CLEAR), (PREVIOUS, RED)]
)
def test_what_becomes_of_a_part_of_an_opaque_animation(disposal, then):
    first, second, third = seen(
        gif([(WHOLE, "red", KEEP), ((1, 1, 4, 4), "lime", disposal), ((6, 4, 4, 4), "blue", KEEP)])
    )
    assert (first == RED).all()
    assert at(second, 2, 2) == LIME
    assert at(third, 2, 2) == then
    assert at(third, 0, 0) == at(third, 5, 5) == RED
    assert at(third, 7, 5) == BLUE


def test_a_disposal_holds_for_its_own_frame_only():
    frames = [(WHOLE, "red", BACKGROUND), ((1, 1, 4, 4), "lime", 0), ((6, 4, 4, 4), "blue", 0)]
    *_, third = seen(gif(frames))
    assert at(third, 2, 2) == LIME
    assert at(third, 0, 0) == CLEAR


def test_what_no_frame_covers_is_clear_and_frames_end_at_the_edge():
    first, second = seen(gif([((1, 1, 4, 4), "red", KEEP), ((10, 6, 4, 4), "blue", KEEP)]))
    assert first.shape == second.shape == (8, 12, 4)
    assert at(first, 0, 0) == at(second, 0, 0) == CLEAR
    assert at(second, 11, 7) == BLUE


def test_a_first_frame_larger_than_the_screen_counts():
    assert decode(gif([(WHOLE, "red", KEEP)], size=(2, 2)), name="x").shape == (8, 12, 4)


def test_frames_can_be_asked_for_alone():
    content = gif([(WHOLE, "red", KEEP), ((1, 1, 4, 4), "lime", PREVIOUS), (WHOLE, "gone", KEEP)])
    every = seen(content)
    assert at(every[2], 2, 2) == RED
    for number, frame in enumerate(every):
        assert (decode(content, name="x", frame=number) == frame).all()


def test_a_cut_off_or_large_frame_is_refused_with_the_reason():
    content = gif([(WHOLE, "red", KEEP), (WHOLE, "lime", KEEP)])
    whole, cut = (
        itertools.islice(decode_frames(content[:-9], name="x", choose=lambda _: (0,)), 1),
        content[:-9],
    )
    assert (next(whole).pixels == RED).all()
    with pytest.raises(ImageRefused, match="damaged"):
        decode(cut, name="x", frame=1)
    with pytest.raises(ImageRefused, match="damaged"):
        decode(content[:10], name="x")
    wide = content.replace(struct.pack("<HHHH", *WHOLE), struct.pack("<HHHH", 0, 0, 60000, 60000))
    with pytest.raises(ImageRefused, match="60000x60000 is more than"):
        decode(wide, name="x")


@pytest.mark.skipif(shutil.which("convert") is None, reason="ImageMagick is not installed")
def test_imagemagick_sees_the_same(tmp_path):
    """Where a frame has a clear colour; else ImageMagick lays a background under all."""
    rng = np.random.default_rng(5)
    for _ in range(12):
        frames = [(WHOLE, "red", int(rng.integers(0, 3)))]
        for color in rng.permutation(["lime", "blue", "gone", "red"]):
            x, y = (int(one) for one in rng.integers(0, 6, 2))
            width, height = (int(one) for one in rng.integers(1, (12 - x, 8 - y)))
            frames.append(((x, y, width, height), str(color), int(rng.integers(0, 4))))
        content = gif(frames)
        (tmp_path / "x.gif").write_bytes(content)
        told = subprocess.run(
            ["convert", tmp_path / "x.gif", "-coalesce", "-depth", "8", "rgba:-"],
            capture_output=True, check=True,
        )  # fmt: skip
        theirs = np.frombuffer(told.stdout, np.uint8).reshape(-1, 8, 12, 4).copy()
        theirs[theirs[..., 3] == 0] = 0
        assert (theirs == seen(content)).all(), frames

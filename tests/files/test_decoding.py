import os
import struct
import sys
import tracemalloc

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.importing import read_sources
from layerforge.files.decoding import decode_frames
from layerforge.files.images import (
    ImageRefused,
    decode,
    decode_image,
    read_source,
    source_from_bytes,
)
from layerforge.model.errors import InvalidValue
from tests.files.pictures import encoded, png_chunk, png_file, tiff_file


def colored(size, seed=0):
    return Image.fromarray(
        np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    )


def oriented(kind, value):
    """A picture of two halves, left red and right blue, that says it lies in that orientation."""
    image = Image.new("RGB", (64, 32), (255, 0, 0))
    image.paste((0, 0, 255), (32, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = value
    return encoded(image, kind, exif=exif)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF"])
def test_orientation_is_applied_once_in_every_format(kind):
    # 6: the first row is the right side, so left becomes top
    decoded = decode(oriented(kind, 6), name="x")
    assert decoded.shape[:2] == (64, 32)
    assert np.abs(decoded[8, 16, :3].astype(int) - [255, 0, 0]).max() < 12
    assert np.abs(decoded[56, 16, :3].astype(int) - [0, 0, 255]).max() < 12


@pytest.mark.parametrize("value", [0, 9, 1000])
def test_an_impossible_orientation_is_ignored(value):
    assert decode(oriented("PNG", value), name="x").shape == (32, 64, 4)


@pytest.mark.parametrize("exif", [b"Exif\0\0II*\0\xff\xff\xff\x7f", b"Exif\0\0", b"Exif\0\0MM"])
def test_damaged_exif_is_ignored(exif):
    decoded = decode_image(encoded(colored((8, 4)), "JPEG", exif=exif), name="x")
    assert decoded.pixels.shape == (4, 8, 4)


def test_frames_are_composed():
    first = Image.new("RGB", (8, 8), (255, 0, 0))
    second = first.copy()
    second.paste((0, 255, 0), (0, 0, 4, 4))  # encoders store only the changed corner
    third = second.copy()
    third.paste((0, 0, 255), (4, 4, 8, 8))
    for kind, options in (("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {})):
        content = encoded(first, kind, save_all=True, append_images=[second, third], **options)
        frames = list(decode_frames(content, name="x", choose=range))
        assert [one.frames for one in frames] == [3, 3, 3], kind
        for place, image in enumerate((first, second, third)):
            assert (frames[place].pixels[..., :3] == np.asarray(image)).all(), kind
            alone = decode(content, name="x", frame=place)
            assert (alone == frames[place].pixels).all()
        for place in (3, -1):
            with pytest.raises(ImageRefused, match=f"no frame {place + 1}: it holds 3 pictures"):
                decode(content, name="x", frame=place)
        assert source_from_bytes(content, name="x").notes == (
            "it holds 3 pictures; the first one is used",
        )


def test_a_damaged_page_is_refused():
    first, second = Image.new("L", (3, 2)), Image.new("L", (5, 4))
    content = encoded(first, "TIFF", save_all=True, append_images=[second])
    width = struct.pack("<HHII", 256, 4, 1, 5)
    assert content.count(width) == 1
    with pytest.raises(ImageRefused, match="damaged"):
        decode(content.replace(width, struct.pack("<HHII", 255, 4, 1, 5)), name="x")


def test_clear_parts_of_an_animation_stay_clear():
    rgba = np.zeros((8, 8, 4), np.uint8)
    rgba[:4] = (200, 10, 10, 255)
    other = rgba[::-1].copy()
    content = encoded(
        Image.fromarray(rgba), "GIF", save_all=True, append_images=[Image.fromarray(other)],
        disposal=2,
    )  # fmt: skip
    frames = list(decode_frames(content, name="x", choose=range))
    assert (frames[0].pixels[..., 3] == rgba[..., 3]).all()
    assert (frames[1].pixels[..., 3] == other[..., 3]).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 10_000), (10_000, 1), (7, 3)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_any_shape(size, kind):
    assert decode(encoded(colored(size), kind), name="x").shape == (size[1], size[0], 4)


@pytest.mark.parametrize("kind", ["PPM", "TGA", "PCX", "SGI", "QOI", "DDS", "JPEG2000", "ICNS"])
def test_rarer_formats(kind):
    image = colored((32, 32))
    decoded = decode(encoded(image, kind), name="x")
    if kind == "ICNS":  # holds many sizes, of which the largest is taken
        assert decoded.shape == (1024, 1024, 4)
    else:
        assert (decoded[..., :3] == np.asarray(image)).all()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has any bytes as file names")
@pytest.mark.parametrize(
    "name", ["🦊 fox.png", "a#b%20c.png", "émigré.png".encode("latin-1"), b"line\nbreak.png"]
)
def test_any_file_name(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(encoded(colored((3, 2))))
    (tmp_path / os.fsdecode(name + (b"x" if isinstance(name, bytes) else "x"))).write_bytes(b"no")
    read = read_sources([tmp_path])
    assert len(read.files) == 1
    assert read.files[0].source.name.encode()  # valid Unicode
    assert "\n" not in str(read.refused[0])
    str(read.refused[0]).encode()


def test_a_hundred_honest_megapixels_load():
    image = Image.new("1", (10_000, 10_000))
    image.paste(1, (0, 0, 5000, 5000))
    decoded = decode(encoded(image), name="x")
    assert decoded.shape == (10_000, 10_000, 4)
    assert decoded[0, 0, 0] == 255
    assert decoded[-1, -1, 0] == 0


@pytest.mark.parametrize(
    "content",
    [
        png_file(width=60_000, height=60_000, bits=8, color_type=2, rows=b"\0"),
        tiff_file(np.zeros((2, 2), np.uint8), photometric=1, size=(60_000, 60_000)),
        tiff_file(
            np.zeros((2, 2, 3), np.float32),
            photometric=2,
            sample_format=3,
            size=(60_000, 60_000),
        ),
        b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + b"\0\0\0,"
        + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\2\1\0\0;",
    ],
    ids=["png", "tiff", "real tiff", "gif"],
)  # fmt: skip
def test_a_large_claim_is_refused_before_anything_is_decoded(content):
    tracemalloc.start()
    with pytest.raises(ImageRefused, match="60000x60000 is more than 256 megapixels") as caught:
        decode(content, name="bomb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "LAYERFORGE_MAX_MEGAPIXELS" in str(caught.value)
    assert peak < 4_000_000


def test_the_limit_is_a_setting(monkeypatch):
    content = encoded(colored((300, 200)))
    monkeypatch.setenv("LAYERFORGE_MAX_MEGAPIXELS", "0.05")
    with pytest.raises(ImageRefused, match=r"300x200 is more than 0\.05 megapixels"):
        decode(content, name="x")
    monkeypatch.setenv("LAYERFORGE_MAX_MEGAPIXELS", "0.06")
    assert decode(content, name="x").shape == (200, 300, 4)
    monkeypatch.setenv("LAYERFORGE_MAX_MEGAPIXELS", "many")
    with pytest.raises(InvalidValue, match="LAYERFORGE_MAX_MEGAPIXELS must be a number"):
        decode(content, name="x")


def test_large_text_costs_nothing():
    content = encoded(colored((4, 4)))
    place = content.index(b"IDAT") - 4
    text = png_chunk(b"tEXt", b"note\0" + b"x" * 3_000_000)
    decoded = decode_image(content[:place] + text * 30 + content[place:], name="x")
    assert decoded.pixels.shape == (4, 4, 4)
    assert decoded.notes == (
        "85 MiB of text inside it, such as a caption or metadata, was ignored as too large",
    )


def test_what_is_no_image_is_named():
    for content, reason in (
        (b"<!DOCTYPE html><title>404</title>", "not an image but a web page"),
        (b"<?xml version='1.0'?><svg/>", "SVG drawing"),
        (b"%PDF-1.7", "a PDF document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        (b"PK\3\4" + bytes(100), "an archive"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "a video"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"hello", "not an image that LayerForge can read"),
    ):
        with pytest.raises(ImageRefused, match=reason):
            decode(content, name="x")


def test_a_folder_with_an_images_name_is_no_image(tmp_path):
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ImageRefused, match="not a file"):
        read_source(tmp_path / "folder.png")

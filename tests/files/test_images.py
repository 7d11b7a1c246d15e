import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from layerforge.explore.importing import read_sources
from layerforge.files.images import MAX_PIXELS, ImageRefused, decode, find_images, read_source


def encoded(image, kind="PNG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_an_opaque_picture_is_what_pillow_says(photographs):
    pixels = photographs["china.jpg"]
    decoded = decode(encoded(Image.fromarray(pixels)), name="x")
    assert decoded.shape == (427, 640, 4)
    assert (decoded[..., :3] == pixels).all()
    assert (decoded[..., 3] == 255).all()


def test_alpha_stays_straight():
    rgba = np.zeros((4, 4, 4), dtype=np.uint8)
    rgba[...] = (200, 100, 50, 128)
    assert (decode(encoded(Image.fromarray(rgba)), name="x") == rgba).all()


def test_palette_transparency_becomes_alpha():
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putdata([0, 1])
    decoded = decode(encoded(image, transparency=0), name="x")
    assert decoded[0, 0, 3] == 0
    assert decoded[0, 1].tolist() == [0, 255, 0, 255]


def test_sixteen_bits_are_scaled_by_their_range():
    deep = np.array([[0, 32896, 65535]], dtype=np.uint16)
    decoded = decode(encoded(Image.fromarray(deep)), name="x")
    assert decoded[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation):
    upright = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3) * 10
    # what a camera stores so that a viewer which obeys the tag shows `upright` (EXIF 2.3, 4.6.4)
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: np.rot90(upright, 2).transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(stored))
    decoded = decode(encoded(image, exif=exif), name="x")
    assert (decoded[..., :3] == upright).all()


def test_an_embedded_srgb_profile_changes_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pixels = np.random.default_rng(0).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    decoded = decode(encoded(Image.fromarray(pixels), icc_profile=profile), name="x")
    assert np.abs(decoded[..., :3].astype(int) - pixels).max() <= 1


def test_a_corrupt_profile_is_ignored():
    pixels = np.full((4, 4, 3), 90, dtype=np.uint8)
    decoded = decode(encoded(Image.fromarray(pixels), icc_profile=b"nonsense" * 20), name="x")
    assert (decoded[..., :3] == 90).all()


def test_the_content_decides_not_the_extension(tmp_path):
    path = tmp_path / "picture.txt"
    Image.new("RGB", (3, 2), "red").save(path, "PNG")
    assert read_source(path).source.width == 3


def _png_claiming(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))


def test_a_bomb_is_refused_before_it_is_decoded():
    with pytest.raises(ImageRefused, match=r"60000x60000 is more than 256 megapixels"):
        decode(_png_claiming(60000, 60000), name="bomb.png")
    assert MAX_PIXELS == 256_000_000


def test_damage_is_refused(photo_folder):
    whole = (photo_folder / "china.jpg").read_bytes()
    with pytest.raises(ImageRefused, match="damaged"):
        decode(whole[: len(whole) // 2], name="half.jpg")
    with pytest.raises(ImageRefused, match="empty"):
        decode(b"", name="empty.jpg")
    with pytest.raises(ImageRefused, match="not an image"):
        decode(b"<html>404</html>", name="page.jpg")


def test_one_bad_file_never_stops_the_others(tmp_path, photo_folder):
    for name in ("china.jpg", "flower.jpg"):
        (tmp_path / name).write_bytes((photo_folder / name).read_bytes())
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "half.jpg").write_bytes((photo_folder / "china.jpg").read_bytes()[:20000])
    (tmp_path / ".hidden").write_text("x")
    read = read_sources([tmp_path, tmp_path / "gone.jpg"])
    assert [one.source.name for one in read.files] == ["china.jpg", "flower.jpg"]
    reasons = {error.name.rpartition("/")[2]: error.reason for error in read.refused}
    assert set(reasons) == {"notes.txt", "empty.png", "half.jpg", "gone.jpg"}
    assert reasons["notes.txt"].startswith("not an image")
    assert reasons["empty.png"] == "the file is empty"
    assert reasons["half.jpg"].startswith("damaged: a part of it is missing")
    assert reasons["gone.jpg"] == "no such file or folder"


def test_the_same_file_twice_is_one_source(tmp_path, photo_folder):
    (tmp_path / "copy.jpg").write_bytes((photo_folder / "china.jpg").read_bytes())
    read = read_sources([photo_folder / "china.jpg", tmp_path])
    assert len(read.files) == 1


def test_folders_are_opened_all_the_way_down(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    Image.new("RGB", (1, 1)).save(tmp_path / "a" / "b" / "deep #1 é.png")
    assert [path.name for path in find_images([tmp_path])] == ["deep #1 é.png"]

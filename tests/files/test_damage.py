import numpy as np
import pytest
from PIL import Image

from layerforge.files.images import ImageRefused, decode, decode_image
from tests.files.pictures import encoded, png_chunk


@pytest.fixture(scope="module")
def photo(photographs):
    return Image.fromarray(photographs["china.jpg"])


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_jpeg_without_its_end_marker_loads(photo, progressive, cut):
    content = encoded(photo, "JPEG", progressive=progressive)
    decoded = decode_image(content[:-cut], name="x")
    assert (decoded.pixels == decode(content, name="x")).all()
    assert decoded.notes == ("its end marker is missing; the picture is whole",)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.999])
def test_a_part_of_a_jpeg_is_refused(photo, progressive, share):
    content = encoded(photo, "JPEG", progressive=progressive)
    with pytest.raises(ImageRefused, match="damaged"):
        decode(content[: int(share * len(content))], name="x")


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000"])
def test_a_part_of_any_other_format_is_refused(photo, kind):
    content = encoded(photo, kind)
    with pytest.raises(ImageRefused):
        decode(content[: len(content) // 2], name="x")


def test_a_png_without_its_end_loads(photo):
    content = encoded(photo)
    decoded = decode_image(content[:-12], name="x")
    assert (decoded.pixels[..., :3] == np.asarray(photo)).all()
    assert decoded.notes == ("its end is missing; the picture is whole",)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.99])
def test_a_changed_byte_in_a_png_is_refused(photo, share):
    content = bytearray(encoded(photo))
    content[int(len(content) * share)] ^= 1
    with pytest.raises(ImageRefused, match="checksum of its IDAT chunk is wrong"):
        decode(bytes(content), name="x")


def test_a_changed_byte_in_an_additional_chunk_is_told(photo):
    content = encoded(photo)
    place = content.index(b"IDAT") - 4
    damaged = bytearray(png_chunk(b"pHYs", bytes(9)))
    damaged[-1] ^= 1
    decoded = decode_image(content[:place] + bytes(damaged) + content[place:], name="x")
    assert (decoded.pixels[..., :3] == np.asarray(photo)).all()
    assert decoded.notes == ("its pHYs chunk is damaged and was ignored",)

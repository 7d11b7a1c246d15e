from PIL import Image

from layerforge.files.decoding import decode_frames
from layerforge.files.webp_reading import with_clear_parts
from tests.files.pictures import encoded


def without_alpha_flag(content):
    assert content[12:16] == b"VP8X"
    return content[:20] + bytes([content[20] & ~0x10]) + content[21:]


def test_an_animation_of_opaque_parts_stays_clear_between_them():
    """One frame of 8x8 at the corner of a canvas of 16x16 (RFC 9649, 2.7.1.1 and 2.7.1.2)."""
    red, blue = Image.new("RGB", (8, 8), (255, 0, 0)), Image.new("RGB", (8, 8), (0, 0, 255))
    content = encoded(red, "WEBP", save_all=True, append_images=[blue], lossless=True)
    wider = content[:24] + (15).to_bytes(3, "little") * 2 + content[30:]
    first, second = decode_frames(without_alpha_flag(wider), name="x", choose=range)
    assert first.pixels.shape == (16, 16, 4)
    assert tuple(first.pixels[4, 4]) == (255, 0, 0, 255)
    assert tuple(second.pixels[4, 4]) == (0, 0, 255, 255)
    assert not first.pixels[8:, :, 3].any()
    assert not second.pixels[:, 8:, 3].any()


def test_still_pictures_are_left_as_they_are():
    for image in (Image.new("RGB", (4, 4)), Image.new("RGBA", (4, 4))):
        content = encoded(image, "WEBP", exif=Image.Exif())
        assert with_clear_parts(content) is content
    assert with_clear_parts(b"RIFF") == b"RIFF"

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from layerforge.files.color_profiles import srgb_profile, to_srgb
from layerforge.files.images import decode, decode_image
from tests.files.pictures import encoded, png_chunk

# Primaries as chromaticities, and the D65 white.  Sources: SMPTE EG 432-1 (Display P3's
# primaries), IEC 61966-2-1 (sRGB's, and the curve that both use).
P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
SRGB = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
D65 = (0.3127, 0.3290)
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
D50_XYZ = np.array([0.9642, 1.0, 0.8249])


def xyz(xy):
    return np.array([xy[0] / xy[1], 1.0, (1 - xy[0] - xy[1]) / xy[1]])


def to_xyz_matrix(primaries):
    columns = np.stack([xyz(one) for one in primaries], axis=1)
    return columns * np.linalg.solve(columns, xyz(D65))


def icc_profile(primaries, *, gamma):
    """A version 2 matrix profile (ICC.1:2001-04, 6.3.1.3), adapted to D50 by Bradford."""
    white = BRADFORD @ xyz(D65)
    adapt = np.linalg.inv(BRADFORD) @ np.diag((BRADFORD @ D50_XYZ) / white) @ BRADFORD
    colorants = adapt @ to_xyz_matrix(primaries)

    def fixed(values):
        return b"".join(struct.pack(">i", round(float(value) * 65536)) for value in values)

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    text = b"text" + bytes(4) + b"none\0\0\0\0"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(80),
        b"cprt": text,
        b"wtpt": b"XYZ " + bytes(4) + fixed(D50_XYZ),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(colorants[:, 0]),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(colorants[:, 1]),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(colorants[:, 2]),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    place = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += name + struct.pack(">II", place + len(data), len(value))
        data += padded
    size = 128 + len(table) + len(data)
    head = struct.pack(">I4xI4s4s4s12x4s", size, 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head = head.ljust(68, b"\0") + fixed(D50_XYZ)
    return head.ljust(128, b"\0") + table + data


def srgb_encode(linear):
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_wide_gamut_is_converted(kind):
    color = np.array([120, 180, 100])
    options = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    profile = icc_profile(P3, gamma=2.2)
    image = Image.new("RGB", (16, 16), tuple(int(one) for one in color))
    decoded = decode(encoded(image, kind, icc_profile=profile, **options), name="x")
    linear = np.linalg.solve(to_xyz_matrix(SRGB), to_xyz_matrix(P3) @ (color / 255) ** 2.2)
    expected = 255 * srgb_encode(linear)
    assert np.abs(expected - color).max() > 10  # the conversion is no small thing
    assert np.abs(decoded[8, 8, :3] - expected).max() <= 2


def test_grey_takes_the_curve_of_its_profile():
    image = Image.new("L", (4, 4), 100)
    content = encoded(image, icc_profile=icc_profile(SRGB, gamma=1.0))
    expected = 255 * float(srgb_encode(np.array(100 / 255)))
    assert np.abs(decode(content, name="x")[0, 0, :3] - expected).max() <= 1


def test_alpha_is_not_converted():
    image = Image.new("RGBA", (2, 2), (120, 180, 100, 77))
    decoded = decode(encoded(image, icc_profile=icc_profile(P3, gamma=2.2)), name="x")
    opaque = Image.new("RGB", (2, 2), (120, 180, 100))
    converted = decode(encoded(opaque, icc_profile=icc_profile(P3, gamma=2.2)), name="x")
    assert decoded[0, 0].tolist() == [*converted[0, 0, :3], 77]


def test_a_palettes_colours_are_converted():
    image = Image.new("P", (2, 1))
    image.putpalette([120, 180, 100, 0, 0, 0])
    profile = icc_profile(P3, gamma=2.2)
    plain = encoded(Image.new("RGB", (2, 1), (120, 180, 100)), icc_profile=profile)
    converted = decode(encoded(image, icc_profile=profile), name="x")
    assert (converted == decode(plain, name="x")).all()


def test_a_corrupt_profile_is_ignored_with_a_note():
    pixels = np.full((4, 4, 3), 90, dtype=np.uint8)
    content = encoded(Image.fromarray(pixels), icc_profile=b"nonsense" * 20)
    decoded = decode_image(content, name="x")
    assert (decoded.pixels[..., :3] == 90).all()
    assert decoded.notes == ("its colour profile is damaged and was ignored",)


def test_a_profile_for_other_colours_is_ignored_with_a_note():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    decoded = decode_image(encoded(Image.new("RGB", (2, 2), (9, 8, 7)), icc_profile=lab), name="x")
    assert decoded.pixels[0, 0].tolist() == [9, 8, 7, 255]
    assert decoded.notes == ("its colour profile is for Lab, not RGB, and was ignored",)


def test_a_profile_that_unpacks_to_much_is_ignored():
    bomb = b"x\0\0" + zlib.compress(bytes(64 * 1024 * 1024))
    content = encoded(Image.new("RGB", (2, 2), (9, 8, 7)))
    place = content.index(b"IDAT") - 4
    with_bomb = content[:place] + png_chunk(b"iCCP", bomb) + content[place:]
    decoded = decode_image(with_bomb, name="x")
    assert decoded.pixels[0, 0].tolist() == [9, 8, 7, 255]
    assert decoded.notes == ("its colour profile is larger than 16 MiB and was ignored",)


# Inks as fractions, and the screen colour of the simple rule R = (1 − C)(1 − K), which readers
# follow where there is no profile.
INKS = {(0, 0, 0, 0): (255, 255, 255), (0, 255, 255, 0): (255, 0, 0), (0, 0, 0, 128): (127,) * 3}


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks_without_a_profile(kind):
    for inks, expected in INKS.items():
        image = Image.new("CMYK", (16, 16), inks)
        decoded = decode(
            encoded(image, kind, **({"quality": 100} if kind == "JPEG" else {})), name="x"
        )
        assert np.abs(decoded[8, 8, :3].astype(int) - expected).max() <= 2, inks


def test_inks_that_adobe_inverts():
    # Pillow writes CMYK JPEG inverted, with Adobe's APP14 marker; without the marker the same
    # samples mean their opposite
    content = encoded(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=100)
    place = content.index(b"Adobe") - 4
    length = 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    plain = content[:place] + content[place + length :]
    assert np.abs(decode(content, name="x")[8, 8, :3].astype(int) - [255, 0, 0]).max() <= 2
    decoded = decode(plain, name="x")[8, 8, :3].astype(int)
    assert np.abs(decoded - [0, 0, 0]).max() <= 2  # the inks are 255, 0, 0, 255


def test_inks_stored_as_luma_and_chroma():
    # the marker's last byte says 2: YCCK.  The file's samples are 255 − ink.
    inks = np.array([100, 140, 110, 60])
    content = bytearray(
        encoded(Image.new("CMYK", (16, 16), tuple(inks.tolist())), "JPEG", quality=100)
    )
    content[content.index(b"Adobe") + 11] = 2
    luma, blue, red, black = (255 - inks).astype(float)
    # ITU-T T.871, 7: the full-range conversion; the colour it gives is that of 255 − ink
    rgb = np.array(
        [
            luma + 1.402 * (red - 128),
            luma - 0.344136 * (blue - 128) - 0.714136 * (red - 128),
            luma + 1.772 * (blue - 128),
        ]
    )
    expected = (255 - rgb) * black / 255
    decoded = decode(bytes(content), name="x")[8, 8, :3]
    assert np.abs(decoded - expected).max() <= 3


def test_lab_is_converted():
    # CIE L*a*b* of mid grey and of sRGB red under D50 (ICC's white), stored as 8-bit TIFF Lab
    grey, red = (round(53.39 * 2.55), 0, 0), (round(54.29 * 2.55), 81, 70)
    for lab, expected in ((grey, (127, 127, 127)), (red, (255, 0, 0))):
        data = np.full((8, 8, 3), lab, np.uint8)
        decoded = decode(encoded(Image.fromarray(data, "LAB"), "TIFF"), name="x")
        assert np.abs(decoded[4, 4, :3].astype(int) - expected).max() <= 6  # steps of 8-bit Lab


def test_our_own_profile_changes_no_sample():
    every = np.arange(256, dtype=np.uint8)
    pixels = np.stack([every, every[::-1], every], axis=-1)[None]
    notes = []
    converted = to_srgb(Image.fromarray(pixels), srgb_profile(), notes.append)
    assert (np.asarray(converted) == pixels).all()
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)

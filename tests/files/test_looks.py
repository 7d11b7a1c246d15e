import struct

import pytest

from layerforge.files.images import ImageRefused, decode


@pytest.mark.parametrize(
    ("start", "named"),
    [  # each as its format's specification says that it starts
        (b"\x76\x2f\x31\x01\x02\0\0\0", "an OpenEXR picture"),
        (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n", "a Radiance HDR picture"),
        (b"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nENDHDR\n", "a PAM picture"),
        (b"PF\n1 1\n-1.0\n", "a PFM picture"),
        (b"gimp xcf v011\0", "a GIMP document"),
        (bytes(128) + b"DICM", "a DICOM picture"),
        (b"FUJIFILMCCD-RAW 0201", "a camera's raw picture"),
        (b"II*\0\x10\0\0\0CR\x02\0", "a camera's raw picture"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1", "a camera's raw picture"),
        (b"PK\3\4" + bytes(26) + b"mimetypeapplication/x-krita", "a Krita document"),
    ],
)
def test_pictures_of_other_kinds_are_named_with_what_to_do(start, named):
    with pytest.raises(ImageRefused, match=f"{named}.*save it as PNG or TIFF"):
        decode(start + bytes(64), name="x")


@pytest.mark.parametrize(
    ("bits", "channels", "mode", "named"),
    [
        (32, 3, 3, "RGB with 32 bits a channel, which LayerForge can't read"),
        (16, 4, 4, "CMYK with 16 bits a channel, which LayerForge can't read"),
        (7, 3, 3, "damaged: not a whole Photoshop document"),
    ],
)
def test_a_photoshop_document_of_another_kind_is_named(bits, channels, mode, named):
    header = struct.pack(">4sH6xHIIHH", b"8BPS", 1, channels, 1, 1, bits, mode)
    with pytest.raises(ImageRefused, match=named):
        decode(header + bytes(14), name="x")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"RIFF\x24\0\0\0AVI LIST", "but a video"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "but a sound"),
        (b"OggS\0\2" + bytes(30), "but a sound or a video"),
        (b"\x1f\x8b\x08" + bytes(30), "an archive: unpack it"),
    ],
)
def test_what_is_no_picture_is_named(content, reason):
    with pytest.raises(ImageRefused, match=reason):
        decode(content, name="x")

"""Pictures inside pictures that claim to be large: refused before any of them is decoded."""

import struct
import threading
import warnings

import numpy as np
import pytest
from PIL import (
    BmpImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)

from layerforge.files.decoder_warnings import warnings_gathered
from layerforge.files.decoding import decode_frames
from layerforge.files.images import ImageRefused, decode
from layerforge.files.opening import image_size
from tests.files.pictures import encoded, png_file


def claiming(side):
    return png_file(width=side, height=side, bits=8, color_type=6, rows=b"\0")


def icon(inner):
    """An icon of one entry that says 64x64 (layout: Microsoft, "Icons in Win32")."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 64, 64, 0, 0, 1, 32, len(inner), 22) + inner


def apple_icon(inner):
    """An icon whose entry of kind ic09 says 512x512."""
    return b"icns" + struct.pack(">I4sI", 16 + len(inner), b"ic09", 8 + len(inner)) + inner


def bitmap(side):
    return struct.pack("<IiiHHIIiiII", 40, side, side, 1, 32, 0, 0, 0, 0, 0, 0) + bytes(64)


def jpeg_2000(side):
    """The header of a code stream (ISO/IEC 15444-1, A.5.1)."""
    return (
        b"\xff\x4f\xff\x51"
        + struct.pack(">HHIIIIIIIIH", 47, 0, side, side, 0, 0, side, side, 0, 0, 3)
        + b"\x07\x01\x01" * 3
        + b"\xff\xd9"
    )


@pytest.fixture
def decoded(monkeypatch):
    """The sizes of pictures that were decoded, by Pillow's own account."""
    sizes = []
    for kind in (
        PngImagePlugin.PngImageFile, BmpImagePlugin.DibImageFile, JpegImagePlugin.JpegImageFile,
        Jpeg2KImagePlugin.Jpeg2KImageFile, TiffImagePlugin.TiffImageFile,
    ):  # fmt: skip

        def load(self, real=kind.load):
            if self.tile:
                sizes.append(self.size)
            return real(self)

        monkeypatch.setattr(kind, "load", load)
    return sizes


@pytest.mark.parametrize("side", [16_500, 60_000], ids=["just above", "far above"])
@pytest.mark.parametrize(
    "holding",
    [
        lambda side: icon(claiming(side)),
        lambda side: icon(bitmap(side)),
        lambda side: apple_icon(claiming(side)),
        lambda side: apple_icon(jpeg_2000(side)),
    ],
    ids=["png in icon", "bitmap in icon", "png in apple icon", "jpeg 2000 in apple icon"],
)
def test_a_large_claim_inside_an_icon_is_refused_before_it_is_decoded(holding, side, decoded):
    with pytest.raises(ImageRefused, match="inside it, is larger than 256 megapixels") as caught:
        decode(holding(side), name="bomb")
    assert "LAYERFORGE_MAX_MEGAPIXELS" in str(caught.value)
    assert decoded == []


def test_an_icons_size_is_read_within_the_limit(decoded):
    with pytest.raises(ImageRefused, match="256 megapixels"):
        image_size(icon(claiming(16_500)), name="bomb")
    assert decoded == []


def test_a_large_claim_of_a_later_picture_is_refused_before_it_is_decoded(decoded):
    small = Image.new("RGB", (8, 8))
    further = encoded(small, "MPO", save_all=True, append_images=[small])
    place = further.rindex(b"\xff\xc0") + 5
    further = further[:place] + struct.pack(">HH", 60_000, 60_000) + further[place + 4 :]
    pages = encoded(small, "TIFF", save_all=True, append_images=[small])
    for tag in (256, 257):
        entry = pages.rindex(struct.pack("<HHI", tag, 4, 1)) + 8
        pages = pages[:entry] + struct.pack("<I", 60_000) + pages[entry + 4 :]
    for content in (further, pages):
        with pytest.raises(ImageRefused, match=r"(more|larger) than 256 meg"):
            list(decode_frames(content, name="bomb", choose=range))
        assert set(decoded) == {(8, 8)}
        decoded.clear()


def test_a_picture_within_the_limit_loads_without_a_note(monkeypatch):
    # Pillow itself would warn of it from half of the limit on
    monkeypatch.setenv("LAYERFORGE_MAX_MEGAPIXELS", "0.09")
    icon_file = icon(encoded(Image.new("RGBA", (300, 300), (9, 8, 7, 255))))
    (read,) = decode_frames(icon_file, name="x", choose=range)
    assert read.pixels.shape == (300, 300, 4)
    assert read.notes == ("the picture in it has another size than it says",)


def test_the_limit_holds_whatever_other_threads_do():
    fair = encoded(Image.fromarray(np.zeros((40, 40, 3), np.uint8)))
    bomb = icon(claiming(16_500))
    done = threading.Event()
    refused = []

    def read(content):
        for _ in range(40):
            try:
                decode(content, name="x")
            except ImageRefused as error:
                refused.append(error.reason)

    def filtered():
        while not done.is_set():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")

    other = threading.Thread(target=filtered)
    readers = [threading.Thread(target=read, args=(one,)) for one in (fair, bomb, fair, bomb)]
    other.start()
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    done.set()
    other.join()
    assert len(refused) == 80
    assert all("256 megapixels" in reason for reason in refused)


def test_nothing_else_is_held_to_the_limit():
    with warnings_gathered():
        assert Image.MAX_IMAGE_PIXELS == 128_000_000
    assert Image.MAX_IMAGE_PIXELS is None

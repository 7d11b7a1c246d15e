"""The files that `peers` shows to other programs, and what is in them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from layerforge.files.flat import samples_of
from layerforge.files.formats import LAYERED, encode_flat, encode_layered
from layerforge.files.layered import Document, Sheet
from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8
from tests.files.pictures import encoded, png_chunk, png_file, tiff_apart, tiff_file


@dataclass(frozen=True)
class Case:
    """A file.  shows: (H, W, 3) uint8, what a reader ought to show over white."""

    name: str
    path: Path
    shows: np.ndarray


def written_files(folder: Path, picture: np.ndarray) -> list[Case]:
    """A file of each format and depth, of a picture that fades out to the left."""
    rgba = np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
    rgba[..., 3] = np.clip(np.linspace(-60, 400, picture.shape[1]), 0, 255)
    pixels = premultiply(from_uint8(rgba))
    over_white = to_uint8(flatten(pixels))
    height, width = picture.shape[:2]
    cases = []
    for kind, depth in (("png", 8), ("png", 16), ("tiff", 16), ("webp", 8), ("jpeg", 8),
                        ("ora", 8), ("psd", 8), ("psd", 16)):  # fmt: skip
        if kind in LAYERED:
            nodes = (Sheet(name="all", samples=samples_of(pixels, depth=depth, alpha=True)),)
            document = Document(width=width, height=height, nodes=nodes, merged=pixels, depth=depth)
            content = encode_layered(document, kind, recipe=None)
        else:
            content = encode_flat(pixels, kind, recipe=None, depth=depth)
        path = folder / f"written-{depth}.{kind}"
        path.write_bytes(content)
        cases.append(Case(f"{kind.upper()}, {depth} bits", path, over_white))
    return cases


def hostile_files(folder: Path, picture: np.ndarray) -> list[Case]:
    """Damaged and hostile files, which ought to be refused, and rare ones, which ought to show."""
    image = Image.fromarray(picture)
    jpeg, png = encoded(image, "JPEG", quality=95), encoded(image)
    broken = bytearray(png)
    broken[len(png) // 2] ^= 1
    real = (picture / 255).astype(np.float32)
    lamp = real.copy()
    lamp[0, 0] = 500.0
    holes = real.copy()
    holes[:4] = np.nan
    no_number = picture.copy()
    no_number[:4] = 0
    claim = png_file(width=60_000, height=60_000, bits=8, color_type=2, rows=bytes(9_000_000))
    text = png_chunk(b"tEXt", b"note\0" + b"x" * 3_000_000) * 30
    place = png.index(b"IDAT") - 4
    files = {
        "PNG that claims 60000x60000": ("a.png", claim),
        "OpenRaster that holds it": ("b.ora", _document(claim + bytes(200_000_000))),
        "half a JPEG": ("c.jpg", jpeg[: len(jpeg) // 2]),
        "JPEG without end marker": ("d.jpg", jpeg[:-2]),
        "PNG with a wrong checksum": ("e.png", bytes(broken)),
        "PNG with 90 MB of text": ("f.png", png[:place] + text + png[place:]),
        "HTML named .jpg": ("g.jpg", b"<!doctype html><title>404</title>"),
        "PNG named .jpg": ("h.jpg", png),
        "float TIFF, 0..1": ("i.tif", tiff_file(real, photometric=2, sample_format=3)),
        "float TIFF, one lamp of 500": ("j.tif", tiff_file(lamp, photometric=2, sample_format=3)),
        "float TIFF with NaN": ("k.tif", tiff_file(holes, photometric=2, sample_format=3)),
        "16-bit TIFF, channels apart": ("l.tif", tiff_apart(picture)),
        "CMYK JPEG, Adobe": ("m.jpg", encoded(image.convert("CMYK"), "JPEG", quality=95)),
        "JPEG turned by EXIF": ("n.jpg", _turned(image)),
    }
    expected = {"float TIFF with NaN": no_number}
    cases = []
    for name, (file, content) in files.items():
        (folder / file).write_bytes(content)
        cases.append(Case(name, folder / file, expected.get(name, picture)))
    return cases


def _document(merged: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        stack = '<image w="9" h="9"><stack><layer src="mergedimage.png"/></stack></image>'
        archive.writestr("stack.xml", stack)
        archive.writestr("mergedimage.png", merged, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _turned(image: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # the picture's top is at the file's right
    return encoded(image.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=exif)

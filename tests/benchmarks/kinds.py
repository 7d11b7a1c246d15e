"""What LayerForge makes of files of every kind that other programs write.

``python -m tests.benchmarks.kinds`` prints a Markdown table.  Every cell is measured: the file is
written by the program named, and what LayerForge shows of it is compared with the picture it was
made of; the number is the mean absolute difference in 1/255, which formats with loss have too.
What has no such program here is left out, with a line on stderr.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from layerforge.files.assets import samples_folder
from layerforge.files.images import ImageRefused, decode_image


class Kind(NamedTuple):
    """A kind of file, the program that writes it, and how."""

    name: str
    program: str
    write: Callable[[], Path]


_MAGICK = {
    "PNG, 1 to 16 bits": ["-depth 16", "x.png"],
    "PNG, palette": ["-colors 250 -type palette", "x.png"],
    "PNG, interlaced": ["-interlace line", "x.png"],
    "JPEG": ["-quality 95", "x.jpg"],
    "JPEG, progressive": ["-quality 95 -interlace plane", "x.jpg"],
    "JPEG, CMYK": ["-quality 95 -colorspace CMYK", "x.jpg"],
    "JPEG, RGB inside": ["-quality 95 -define jpeg:colorspace=rgb", "x.jpg"],
    "GIF": ["-colors 250", "x.gif"],
    "WebP": ["-quality 95", "x.webp"],
    "WebP, lossless": ["-define webp:lossless=true", "x.webp"],
    "TIFF, 8 bits, LZW": ["-compress lzw", "x.tif"],
    "TIFF, 8 bits, JPEG inside": ["-quality 95 -compress jpeg", "x.tif"],
    "TIFF, 16 bits": ["-depth 16 -compress zip", "x.tif"],
    "TIFF, 32-bit float": ["-define quantum:format=floating-point -depth 32", "x.tif"],
    "TIFF, CMYK": ["-colorspace CMYK", "x.tif"],
    "TIFF, CIE Lab": ["-colorspace Lab", "x.tif"],
    "BigTIFF": ["", "tiff64:x.tif"],
    "BMP": ["", "x.bmp"],
    "PCX": ["", "x.pcx"],
    "SGI": ["", "x.sgi"],
    "PPM, 16 bits": ["-depth 16", "x.ppm"],
    "QOI": ["", "x.qoi"],
    "ICO": ["", "x.ico"],
    "ICNS": ["-resize 128x128!", "x.icns"],
    "DDS": ["", "x.dds"],
    "JPEG 2000": ["-quality 0", "x.jp2"],
    "PSD, 8 bits": ["", "x.psd"],
    "PSD, 16 bits": ["-depth 16", "x.psd"],
    "PSD, CMYK": ["-colorspace CMYK", "x.psd"],
    "PSB": ["", "psb:x.psb"],
    "OpenEXR": ["", "x.exr"],
    "Radiance HDR": ["", "x.hdr"],
    "PAM": ["", "x.pam"],
    "DPX": ["", "x.dpx"],
    "FITS": ["", "x.fits"],
    "XPM": ["-colors 250", "x.xpm"],
    "MNG": ["", "x.mng"],
}


def kinds(original: Path, picture: np.ndarray, folder: Path) -> Iterator[Kind]:
    """Every kind, with what writes it."""
    for name, (options, file) in _MAGICK.items():
        command = ["convert", str(original), *options.split()]
        yield Kind(name, "convert", _run([*command, _placed(folder, file)], folder, file))
    yield Kind(
        "HEIC",
        "heif-enc",
        _run(
            ["heif-enc", "-q", "95", str(original), "-o", str(folder / "x.heic")], folder, "x.heic"
        ),
    )
    yield Kind(
        "AVIF",
        "heif-enc",
        _run(
            ["heif-enc", "-A", "-q", "95", str(original), "-o", str(folder / "x.avif")],
            folder,
            "x.avif",
        ),
    )
    yield Kind(
        "JPEG XL",
        "cjxl",
        _run(["cjxl", "-d", "0", str(original), str(folder / "x.jxl")], folder, "x.jxl"),
    )
    for name, kind, apart in (("TIFF, 16-bit float", "float16", False),
                              ("TIFF, 64-bit float", "float64", False),
                              ("TIFF, 32 bits", "uint32", False),
                              ("TIFF, 16 bits, channels apart", "uint16", True),
                              ("TIFF, float, channels apart", "float32", True)):  # fmt: skip
        yield Kind(name, "tifffile", _by_tifffile(picture, kind, apart, folder))


def _placed(folder: Path, file: str) -> str:
    """``psd:x.psd`` in the folder."""
    format_, _, name = file.rpartition(":")
    return f"{format_}:{folder / name}" if format_ else str(folder / name)


def _run(command: list[str], folder: Path, file: str) -> Callable[[], Path]:
    def write() -> Path:
        subprocess.run(command, check=True, capture_output=True)
        return folder / file.rpartition(":")[2]

    return write


def _by_tifffile(picture: np.ndarray, kind: str, apart: bool, folder: Path) -> Callable[[], Path]:
    def write() -> Path:
        import tifffile

        most = 1.0 if kind.startswith("float") else np.iinfo(kind).max
        samples = (picture / 255 * most).round(0 if most > 1 else 9).astype(kind)
        tifffile.imwrite(
            folder / "x.tif",
            samples.transpose(2, 0, 1) if apart else samples,
            photometric="rgb",
            planarconfig="separate" if apart else "contig",
        )
        return folder / "x.tif"

    return write


def result(content: bytes, picture: np.ndarray) -> str:
    """What comes of a file, as the table's cell."""
    try:
        decoded = decode_image(content, name="x")
    except ImageRefused as refused:
        return f"refused: {refused.reason}"
    shown = decoded.pixels[..., :3].astype(float)
    if shown.shape != picture.shape:
        picture = np.asarray(Image.fromarray(picture).resize(shown.shape[1::-1]))
    notes = f" ({'; '.join(decoded.notes)})" if decoded.notes else ""
    return f"read, {np.abs(shown - picture).mean():.1f}{notes}"


def main() -> int:
    """Print the table."""
    print("| kind | written by | result |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        image = Image.open(samples_folder() / "fern.jpg").convert("RGB").resize((240, 160))
        original, picture = folder / "original.png", np.asarray(image)
        image.save(original)
        for kind in kinds(original, picture, folder):
            try:
                path = kind.write()
            except (OSError, ImportError, subprocess.CalledProcessError) as error:
                print(f"{kind.name}: {kind.program} can't write it: {error}", file=sys.stderr)
                continue
            print(f"| {kind.name} | {kind.program} | {result(path.read_bytes(), picture)} |")
            path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

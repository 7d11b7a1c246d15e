"""What a file that is no image looks like, in words."""

from __future__ import annotations

from layerforge.files.jpeg_xl import is_jpeg_xl
from layerforge.files.plugins import HEIF_HELP, JXL_HELP, register_plugins

_STARTS = (
    (b"%pdf", "a PDF document: save its page as PNG"),
    (b"%!", "a PostScript document: save it as PNG"),
    (b"pk\x03\x04", "an archive: unpack it"),
    (b"sqlite format 3", "a database"),
    (b"<!doctype html", "a web page: the download may have failed"),
    (b"<html", "a web page: the download may have failed"),
    (b"\x1a\x45\xdf\xa3", "a video"),
)
_IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"qoif")
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def what_it_is(content: bytes) -> str:
    """One line: why ``content`` is not read as an image."""
    start = content[:4096]
    installed = register_plugins()
    if is_jpeg_xl(start):
        return "damaged: not a whole JPEG XL picture" if "JXL" in installed else JXL_HELP
    if start[4:8] == b"ftyp":
        if start[8:12] in _HEIF_BRANDS:
            return "damaged: not a whole HEIC picture" if "HEIF" in installed else HEIF_HELP
        return "not an image but a video"
    if start.startswith(b"8BPS"):
        return "damaged, or a PSD of a kind that LayerForge can't read (it reads 8 bits a channel)"
    if start.startswith(_IMAGE_STARTS) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return "damaged: its header can't be read"
    if start.startswith(_TIFF_STARTS):
        return "damaged, or a TIFF picture of a kind that LayerForge can't read"
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text and text.startswith(b"<"):
        return "not an image of pixels but an SVG drawing: save it as PNG"
    for begin, words in _STARTS:
        if text.startswith(begin):
            return f"not an image but {words}"
    return "not an image that LayerForge can read"

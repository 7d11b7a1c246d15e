"""What a file that is not read as an image is, by its content, and what to do about it."""

from __future__ import annotations

import struct

from layerforge.files.jpeg_xl import is_jpeg_xl
from layerforge.files.plugins import AVIF_HELP, HEIF_HELP, JXL_HELP, register_plugins
from layerforge.files.refusals import AGAIN, CONVERT

_PICTURES = (
    (0, b"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (0, b"#?RADIANCE", "a Radiance HDR picture"),
    (0, b"#?RGBE", "a Radiance HDR picture"),
    (0, b"P7\n", "a PAM picture"),
    (0, b"PF\n", "a PFM picture of real numbers"),
    (0, b"Pf\n", "a PFM picture of real numbers"),
    (0, b"farbfeld", "a farbfeld picture"),
    (0, b"gimp xcf", "a GIMP document"),
    (0, b"SIMPLE  =", "a FITS picture"),
    (128, b"DICM", "a DICOM picture"),
    (0, b"SDPX", "a DPX picture"),
    (0, b"XPDS", "a DPX picture"),
    (0, b"\x80\x2a\x5f\xd7", "a Cineon picture"),
    (0, b"II\xbc", "a JPEG XR picture"),
    (0, b"BPG\xfb", "a BPG picture"),
    (0, b"FLIF", "a FLIF picture"),
    (0, b"\x8aMNG", "an MNG animation"),
    (0, b"\x8bJNG", "a JNG picture"),
    (0, b"AT&TFORM", "a DjVu document"),
    (0, b"/* XPM */", "an XPM picture"),
    (0, b"\xabKTX", "a KTX texture"),
    (0, b"Paint Shop Pro Image File", "a Paint Shop Pro document"),
    (0, b"CSFCHUNK", "a Clip Studio document"),
    (0, b"FUJIFILMCCD-RAW", "a camera's raw picture"),
    (0, b"IIRO", "a camera's raw picture"),
    (0, b"IIRS", "a camera's raw picture"),
    (0, b"IIU\0", "a camera's raw picture"),
    (0, b"FOVb", "a camera's raw picture"),
    (4, b"ftypcrx ", "a camera's raw picture"),
    (8, b"CR\x02\0", "a camera's raw picture"),
    (0, b"\xd7\xcd\xc6\x9a", "a WMF drawing"),
    (40, b" EMF", "an EMF drawing"),
)
"""Where it stands, what stands there, and what it says: pictures that LayerForge can't read."""

_ZIPPED = (
    (b"application/x-krita", "a Krita document"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument"),
)
_OTHERS = (
    (b"%pdf", "a PDF document: save its page as PNG"),
    (b"%!", "a PostScript document: save it as PNG"),
    (b"pk\x03\x04", "an archive: unpack it"),
    (b"pk\x05\x06", "an empty archive"),
    (b"\x1f\x8b", "an archive: unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "an archive: unpack it"),
    (b"rar!", "an archive: unpack it"),
    (b"sqlite format 3", "a database"),
    (b"<!doctype html", "a web page: the download may have failed"),
    (b"<html", "a web page: the download may have failed"),
    (b"\x1a\x45\xdf\xa3", "a video: save a picture of it as PNG"),
    (b"id3", "a sound"),
    (b"oggs", "a sound or a video"),
    (b"flac", "a sound"),
)
_IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"qoif")
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")
_PSD_MODES = {0: "1-bit", 1: "grey", 2: "indexed", 3: "RGB", 4: "CMYK", 7: "multichannel",
              8: "duotone", 9: "Lab"}  # fmt: skip


def what_it_is(content: bytes) -> str:
    """One line: why ``content`` is not read as an image."""
    start = content[:4096]
    installed = register_plugins()
    if is_jpeg_xl(start):
        return _broken("JPEG XL picture") if "JXL" in installed else JXL_HELP
    if start[8:12] in _HEIF_BRANDS and start[4:8] == b"ftyp":
        return _broken("HEIC picture") if "HEIF" in installed else HEIF_HELP
    if start[8:12] in _AVIF_BRANDS and start[4:8] == b"ftyp":
        return _broken("AVIF picture") if "AVIF" in installed else AVIF_HELP
    for place, words, name in _PICTURES:
        if start.startswith(words, place):
            return f"{name}, which LayerForge can't read: {CONVERT}"
    if start.startswith(b"8BPS"):
        return _photoshop(start)
    if start.startswith(_IMAGE_STARTS) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return f"damaged: its header can't be read; {AGAIN}"
    if start.startswith(_TIFF_STARTS):
        return f"damaged, or a TIFF picture of a kind that LayerForge can't read; {CONVERT}"
    return f"not an image {_no_picture(start)}"


def _broken(what: str) -> str:
    return f"damaged: not a whole {what}; {AGAIN}"


def _photoshop(start: bytes) -> str:
    if len(start) < 26:
        return _broken("Photoshop document")
    bits, mode = struct.unpack_from(">HH", start, 22)
    if bits not in (1, 8, 16, 32) or mode not in _PSD_MODES:
        return _broken("Photoshop document")
    kind = f"{_PSD_MODES[mode]} with {bits} bit{'s' if bits > 1 else ''} a channel"
    if bits > 8:
        return (
            f"a Photoshop document of a kind, {kind}, which LayerForge can't read: "
            f"change it to RGB with 8 or 16 bits, or {CONVERT}"
        )
    return (
        f"damaged, or a Photoshop document of a kind that LayerForge can't read ({kind}); {CONVERT}"
    )


def _no_picture(start: bytes) -> str:
    """What follows on "not an image"."""
    if start[4:8] == b"ftyp" or start[8:12] == b"AVI ":
        return "but a video: save a picture of it as PNG"
    if start[8:12] == b"WAVE":
        return "but a sound"
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text and text.startswith(b"<"):
        return "of pixels but an SVG drawing: save it as PNG"
    for kind, words in _ZIPPED:
        if start[:2] == b"PK" and kind in start[30:200]:
            return f"that LayerForge can read, but {words}: {CONVERT}"
    for begin, words in _OTHERS:
        if text.startswith(begin):
            return f"but {words}"
    return f"that LayerForge can read: {CONVERT}"

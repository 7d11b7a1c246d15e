"""PSD out, and PSB above 30,000 pixels: every layer with its name, blend mode and opacity.

Source: Adobe Photoshop File Formats Specification, November 2019.  psd-tools was considered for
writing: saving with it draws the merged image again by its own rules, while this one's must be
ours to the sample.  Tests read the files with it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np

from layerforge.files.color_profiles import srgb_profile
from layerforge.files.flat import Samples
from layerforge.files.layered import Document, Group, Node, Sheet
from layerforge.files.names import printable
from layerforge.files.tiff import PIXELS_PER_INCH
from layerforge.files.xmp import xmp_packet
from layerforge.model.errors import InvalidValue
from layerforge.model.layer import BlendMode
from layerforge.model.recipe import Recipe
from layerforge.operations.pixels import Pixels, flatten, to_uint8, to_uint16

MAX_PSD_SIDE_PX = 30_000
MAX_PSB_SIDE_PX = 300_000
MAX_PSD_BYTES = 2**31 - 1

BLEND_KEYS: dict[BlendMode, bytes] = {
    "normal": b"norm",
    "multiply": b"mul ",
    "screen": b"scrn",
    "overlay": b"over",
    "darken": b"dark",
    "lighten": b"lite",
    "color-dodge": b"div ",
    "color-burn": b"idiv",
    "hard-light": b"hLit",
    "soft-light": b"sLit",
    "difference": b"diff",
    "exclusion": b"smud",
    "hue": b"hue ",
    "saturation": b"sat ",
    "color": b"colr",
    "luminosity": b"lum ",
}

_RGB = 3
_RAW, _ZIP = 0, 2
_HIDDEN = 2
_FOLDER, _FOLDER_END = 1, 3
_RESOLUTION, _PROFILE, _VERSION, _XMP = 1005, 1039, 1057, 1060


def encode_psd(document: Document, *, recipe: Recipe | None = None) -> bytes:
    """``document`` as a PSD file, or as PSB where a side is longer than 30,000 pixels.

    The merged image lies over white where it is not opaque, as Photoshop writes it.  Raises
    InvalidValue where neither holds it.
    """
    longest = max(document.width, document.height)
    if longest > MAX_PSB_SIDE_PX:
        raise InvalidValue(f"PSB holds at most {MAX_PSB_SIDE_PX} pixels a side, got {longest}")
    large = longest > MAX_PSD_SIDE_PX
    opaque = float(document.merged[..., 3].min(initial=1.0)) >= 1.0
    writer = _Writer(large=large, depth=document.depth)
    layers = writer.layers(document.nodes, opaque=opaque)
    channels = 3 if opaque else 4
    header = struct.pack(
        ">4sH6xHIIHH",
        b"8BPS",
        2 if large else 1,
        channels,
        document.height,
        document.width,
        document.depth,
        _RGB,
    )
    content = b"".join(
        [
            header,
            bytes(4),
            _resources(recipe),
            layers,
            _merged(document.merged, document.depth, opaque=opaque),
        ]
    )
    if not large and len(content) > MAX_PSD_BYTES:
        raise InvalidValue("the layers are too large for PSD, which holds 2 GiB: export ORA")
    return content


def _resources(recipe: Recipe | None) -> bytes:
    inches = PIXELS_PER_INCH << 16
    writer = "LayerForge"
    name = struct.pack(">I", len(writer)) + writer.encode("utf-16-be")
    blocks = {
        _RESOLUTION: struct.pack(">IHHIHH", inches, 1, 1, inches, 1, 1),
        _PROFILE: srgb_profile(),
        # version, "the merged image is real", who wrote, who reads, version of the file
        _VERSION: struct.pack(">IB", 1, 1) + name + name + struct.pack(">I", 1),
    }
    if recipe is not None:
        blocks[_XMP] = xmp_packet(recipe)
    out = b""
    for number, data in blocks.items():
        out += b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + bytes(len(data) % 2)
    return struct.pack(">I", len(out)) + out


def _merged(pixels: Pixels, depth: int, *, opaque: bool) -> bytes:
    convert = to_uint8 if depth == 8 else to_uint16
    planes = [convert(flatten(pixels)[..., channel]) for channel in range(3)]
    if not opaque:
        planes.append(convert(pixels[..., 3]))
    return struct.pack(">H", _RAW) + b"".join(_big_endian(plane) for plane in planes)


def _big_endian(plane: Samples) -> bytes:
    return np.ascontiguousarray(plane.astype(plane.dtype.newbyteorder(">"), copy=False)).tobytes()


class _Writer:
    """Writes the layer section; lengths take 8 bytes in PSB where PSD has 4."""

    def __init__(self, *, large: bool, depth: int) -> None:
        self._length = ">Q" if large else ">I"
        self._signature = b"8B64" if large else b"8BIM"
        self._depth = depth

    def layers(self, nodes: tuple[Node, ...], *, opaque: bool) -> bytes:
        """The layer and mask section, with its length."""
        records: list[bytes] = []
        planes: list[bytes] = []
        for record, data in self._records(nodes):
            records.append(record)
            planes.append(data)
        # negative: the merged image's first additional channel is its alpha
        count = struct.pack(">h", len(records) if opaque else -len(records))
        info = count + b"".join(records) + b"".join(planes)
        info += bytes(-len(info) % 4)
        if self._depth == 8:
            section = struct.pack(self._length, len(info)) + info + bytes(4)
        else:
            # deeper layers stand in a block of their own, behind an empty list and no mask
            section = bytes(struct.calcsize(self._length)) + bytes(4)
            section += self._signature + b"Lr16" + struct.pack(self._length, len(info)) + info
        return struct.pack(self._length, len(section)) + section

    def _records(self, nodes: tuple[Node, ...]) -> Iterator[tuple[bytes, bytes]]:
        """Each layer's record and its planes, bottom first."""
        for node in nodes:
            if isinstance(node, Group):
                end = Sheet(name="</Layer group>", samples=np.zeros((0, 0, 4), dtype=np.uint8))
                yield self._record(end, folder=_FOLDER_END)
                yield from self._records(node.children)
                head = Sheet(
                    name=node.name,
                    samples=end.samples,
                    blend=node.blend,
                    opacity=node.opacity,
                    visible=node.visible,
                )
                yield self._record(head, folder=_FOLDER)
            else:
                yield self._record(node)

    def _record(self, sheet: Sheet, *, folder: int = 0) -> tuple[bytes, bytes]:
        height, width = sheet.samples.shape[:2]
        channels, planes = b"", b""
        for number, place in ((-1, 3), (0, 0), (1, 1), (2, 2)):
            plane = struct.pack(">H", _RAW)
            if width:
                packed = zlib.compress(_big_endian(sheet.samples[..., place]), 6)
                plane = struct.pack(">H", _ZIP) + packed
            channels += struct.pack(">h", number) + struct.pack(self._length, len(plane))
            planes += plane
        record = struct.pack(">iiii", sheet.y, sheet.x, sheet.y + height, sheet.x + width)
        record += struct.pack(">H", 4) + channels + b"8BIM" + BLEND_KEYS[sheet.blend]
        opacity = int(sheet.opacity * 255 + 0.5)
        record += struct.pack(">BBBx", opacity, 0, 0 if sheet.visible else _HIDDEN)
        more = bytes(8) + self._names(sheet.name)  # no layer mask, no blending ranges
        if folder:
            divider = struct.pack(">I4s4s", folder, b"8BIM", BLEND_KEYS[sheet.blend])
            more += b"8BIMlsct" + struct.pack(">I", len(divider)) + divider
        return record + struct.pack(">I", len(more)) + more, planes

    @staticmethod
    def _names(name: str) -> bytes:
        """The name in the old form (Pascal, Mac Roman, padded to 4) and in Unicode."""
        text = printable(name)[:200]
        old = text.encode("mac_roman", "replace")[:200]
        padded = bytes([len(old)]) + old
        padded += bytes(-len(padded) % 4)
        wide = text.encode("utf-16-be")
        unicode = struct.pack(">I", len(wide) // 2) + wide
        unicode += bytes(-len(unicode) % 4)
        return padded + b"8BIMluni" + struct.pack(">I", len(unicode)) + unicode

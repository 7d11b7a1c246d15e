"""The merged picture of Photoshop documents that Pillow can't read: 16 bits a channel, and PSB.

Source: Adobe Photoshop File Formats Specification, November 2019, "Image Data Section".
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from layerforge.files.psd_reading import SIGNATURE, BadPsd, psd_size, resources_in

_GREY, _RGB = 1, 3
_LARGE = 2
_RAW, _RUNS = 0, 1
_PROFILE = 1039


@dataclass(frozen=True, slots=True)
class DeepPsd:
    """samples: (H, W, 1 or 3) grey or RGB, uint8 or uint16; alpha: (H, W) alike, or None.

    Where there is alpha, the colours lie over white.
    """

    samples: npt.NDArray[np.generic]
    alpha: npt.NDArray[np.generic] | None
    profile: bytes | None


def read_deep_psd(content: bytes, *, check: Callable[[int, int], None]) -> DeepPsd | None:
    """The picture; None where it is no such document.

    check: is given width and height before anything is decoded, and raises where they are too
    large.  Raises BadPsd.
    """
    if not content.startswith(SIGNATURE):
        return None
    width, height = psd_size(content)
    version, channels = struct.unpack_from(">H6xH", content, 4)
    bits, mode = struct.unpack_from(">HH", content, 22)
    colors = {_GREY: 1, _RGB: 3}.get(mode)
    if version not in (1, _LARGE) or bits not in (8, 16) or colors is None or channels < colors:
        return None
    check(width, height)
    try:
        place, alpha_first = _image_data(content, large=version == _LARGE)
        (packing,) = struct.unpack_from(">H", content, place)
        wanted = colors + 1 if alpha_first and channels > colors else colors
        bytes_a_row = width * bits // 8
        place += 2
        if packing == _RAW:
            planes = _raw(content[place:], bytes_a_row * height, wanted)
        elif packing == _RUNS:
            letter = "I" if version == _LARGE else "H"
            planes = _unpacked(content, place, letter, channels, (bytes_a_row, height), wanted)
        else:
            return None
    except (struct.error, ValueError) as error:
        raise BadPsd("its picture is cut off") from error
    kind = np.dtype(np.uint8 if bits == 8 else ">u2")
    found = [
        np.frombuffer(plane, kind).reshape(height, width).astype(kind.newbyteorder("="))
        for plane in planes
    ]
    return DeepPsd(
        samples=np.dstack(found[:colors]),
        alpha=found[colors] if wanted > colors else None,
        profile=next((data for number, data in resources_in(content) if number == _PROFILE), None),
    )


def _image_data(content: bytes, *, large: bool) -> tuple[int, bool]:
    """Where the merged picture begins, and whether its first additional channel is its alpha."""
    place = 26
    for _ in range(2):  # palette, resources
        (length,) = struct.unpack_from(">I", content, place)
        place += 4 + length
    letter, size = ("Q", 8) if large else ("I", 4)
    (length,) = struct.unpack_from(f">{letter}", content, place)
    layers = content[place + size : place + size + length]
    return place + size + length, _says_alpha(layers, letter, size)


def _says_alpha(layers: bytes, letter: str, size: int) -> bool:
    """A negative number of layers says so; deeper ones stand in a block of their own."""
    if len(layers) < size + 2:
        return False
    (length,) = struct.unpack_from(f">{letter}", layers, 0)
    if length:
        return bool(struct.unpack_from(">h", layers, size)[0] < 0)
    for signature in (b"8BIM", b"8B64"):
        if signature + b"Mt16" in layers:
            return True
        place = layers.find(signature + b"Lr16")
        if place >= 0:
            return bool(struct.unpack_from(">h", layers, place + 8 + size)[0] < 0)
    return False


def _raw(data: bytes, plane_bytes: int, wanted: int) -> list[bytes]:
    planes = [data[number * plane_bytes : (number + 1) * plane_bytes] for number in range(wanted)]
    if len(planes[-1]) != plane_bytes:
        raise BadPsd("its picture is cut off")
    return planes


def _unpacked(
    content: bytes, place: int, letter: str, channels: int, size: tuple[int, int], wanted: int
) -> list[bytes]:
    """Planes packed as runs, each row apart; the lengths of all packed rows stand first."""
    bytes_a_row, height = size
    table = struct.calcsize(letter) * height * channels
    kind = ">u4" if letter == "I" else ">u2"
    lengths = np.frombuffer(content[place : place + table], kind)
    if len(lengths) != height * channels:
        raise BadPsd("its picture is cut off")
    place += table
    planes = []
    for number in range(wanted):
        packed = int(lengths[number * height : (number + 1) * height].sum(dtype=np.int64))
        if place + packed > len(content):
            raise BadPsd("its picture is cut off")
        data = content[place : place + packed]
        planes.append(Image.frombytes("L", (bytes_a_row, height), data, "packbits", "L").tobytes())
        place += packed
    return planes

"""Picture files written byte by byte after their specifications, for what encoders don't offer."""

import io
import struct
import zlib

import numpy as np


def encoded(image, kind="PNG", **options):
    """A Pillow image as a file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_chunk(kind, data):
    """A chunk with its checksum (PNG specification, 5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_file(*, width, height, bits, color_type, rows, more=b""):
    """A PNG; rows: one filter byte and the packed samples for each row."""
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + more
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


def tiff_file(samples, *, photometric, extra=None, sample_format=1, size=None, orientation=1):
    """A baseline TIFF 6.0 of one strip; samples: (H, W) or (H, W, C) in the file's own type."""
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    data = samples.tobytes()
    if size is not None:
        width, height = size
    entries = [
        (256, "I", [width]),
        (257, "I", [height]),
        (258, "H", [samples.dtype.itemsize * 8] * channels),
        (259, "H", [1]),
        (262, "H", [photometric]),
        (273, "I", [0]),
        (274, "H", [orientation]),
        (277, "H", [channels]),
        (278, "I", [height]),
        (279, "I", [len(data)]),
        *([(338, "H", [extra])] if extra is not None else []),
        (339, "H", [sample_format] * channels),
    ]
    after = 8 + 2 + 12 * len(entries) + 4
    long_values = b""
    packed = []
    for tag, letter, values in entries:
        value = struct.pack(f"<{len(values)}{letter}", *values)
        if len(value) > 4:
            place = struct.pack("<I", after + len(long_values))
            long_values += value
        else:
            place = value.ljust(4, b"\0")
        packed.append(
            (tag, struct.pack("<HHI", tag, 3 if letter == "H" else 4, len(values)), place)
        )
    strip = struct.pack("<I", after + len(long_values))
    directory = b"".join(head + (strip if tag == 273 else place) for tag, head, place in packed)
    start = struct.pack("<2sHIH", b"II", 42, 8, len(entries))
    return start + directory + bytes(4) + long_values + data


def tiff_apart(picture):
    """TIFF 6.0 with PlanarConfiguration 2: three strips, one a channel."""
    height, width = picture.shape[:2]
    planes = [(picture[..., one].astype("<u2") * 257).tobytes() for one in range(3)]
    more = 8 + 2 + 12 * 10 + 4
    data = more + 6 + 12 + 12
    size = len(planes[0])
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, more), (259, 3, 1, 1), (262, 3, 1, 2),
        (273, 4, 3, more + 6), (277, 3, 1, 3), (278, 4, 1, height), (279, 4, 3, more + 18),
        (284, 3, 1, 2),
    ]  # fmt: skip
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    values = struct.pack("<3H6I", 16, 16, 16, data, data + size, data + 2 * size, size, size, size)
    return (
        struct.pack("<2sHIH", b"II", 42, 8, 10) + directory + bytes(4) + values + b"".join(planes)
    )


def bmp_file(rgba, *, alpha_mask):
    """A 32-bit bitmap; alpha_mask None: the old header, in which the fourth byte means nothing."""
    height, width = rgba.shape[:2]
    data = np.ascontiguousarray(rgba[::-1][..., [2, 1, 0, 3]]).tobytes()
    size = 40 if alpha_mask is None else 108
    header = struct.pack(
        "<IiiHHIIiiII", size, width, height, 1, 32, 0 if size == 40 else 3, len(data), 0, 0, 0, 0
    )
    if alpha_mask is not None:
        header += struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, alpha_mask) + b"sRGB" + bytes(48)
    return struct.pack("<2sIHHI", b"BM", 14 + size + len(data), 0, 0, 14 + size) + header + data

"""Damaged files: what is mended, what is refused, before and after the decoder sees them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

from layerforge.files.limits import MAX_PROFILE_BYTES, MAX_TEXT_CHUNK_BYTES
from layerforge.files.png_chunks import RECIPE_KEY, SIGNATURE, BadPng, chunk_bytes, chunks

_TEXT = (b"tEXt", b"zTXt", b"iTXt")
_RECIPE = RECIPE_KEY.encode() + b"\0"
_END_OF_IMAGE = b"\xff\xd9"


def checked_png(content: bytes, note: Callable[[str], None]) -> bytes:
    """``content`` with every checksum checked, ready for the decoder.

    Large text chunks are left out, and so are additional chunks whose checksum fails, with a
    note; a missing end chunk is added.  Raises BadPng where a chunk the picture needs is damaged.
    """
    parts: list[memoryview | bytes] = [SIGNATURE]
    view = memoryview(content)
    changed = ended = False
    large_text = 0
    for chunk in chunks(content):
        shown = chunk.kind.decode("ascii", "replace")
        if not chunk.intact:
            if chunk.critical:
                raise BadPng(f"the checksum of its {shown} chunk is wrong")
            note(f"its {shown} chunk is damaged and was ignored")
            changed = True
        elif chunk.kind in _TEXT and chunk.length > MAX_TEXT_CHUNK_BYTES:
            if not content.startswith(_RECIPE, chunk.start):  # which nobody misses in a source
                large_text += chunk.length
            changed = True
        elif chunk.kind == b"iCCP" and _too_large(view[chunk.start : chunk.start + chunk.length]):
            note(f"its colour profile is larger than {MAX_PROFILE_BYTES >> 20} MiB and was ignored")
            changed = True
        else:
            parts.append(view[chunk.start - 8 : chunk.end])
        ended = chunk.kind == b"IEND"
    if large_text:
        size = f"{large_text >> 10} KiB" if large_text < 1 << 20 else f"{large_text >> 20} MiB"
        note(f"{size} of text inside it, such as a caption or metadata, was ignored as too large")
    if not ended:
        note("its end is missing; the picture is whole")
        parts.append(chunk_bytes(b"IEND", b""))
        changed = True
    return b"".join(parts) if changed else content


def _too_large(profile_chunk: memoryview) -> bool:
    """Whether a colour profile unpacks to more than the limit."""
    _, _, packed = bytes(profile_chunk).partition(b"\0")
    unpacker = zlib.decompressobj()
    try:
        return len(unpacker.decompress(packed[1:], MAX_PROFILE_BYTES + 1)) > MAX_PROFILE_BYTES
    except zlib.error:
        return False  # damaged: the decoder leaves it out


def jpeg_without_end(content: bytes) -> Image.Image | None:
    """The loaded picture of a JPEG that lacks only its end marker; None where more is missing.

    The decoder fills what is missing with what the data after it happens to say.  So the file is
    decoded with two different ends: where the pictures agree, nothing of it was missing.
    """
    rest = content.rstrip(b"\xff")
    whole = Image.open(io.BytesIO(rest + _END_OF_IMAGE), formats=("JPEG",))
    whole.load()
    with Image.open(io.BytesIO(rest + b"\xa5\x3c" * 2048 + _END_OF_IMAGE)) as other:
        other.load()
        same = np.array_equal(np.asarray(whole), np.asarray(other))
    return whole if same else None

"""A source: an image the user loaded."""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from layerforge.model.values import SourceId, Value

Pixel = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class Source(Value, frozen=True, kw_only=True):
    """An image by the hash of its file bytes.  ``name`` is a file name without folders."""

    id: SourceId
    name: str
    width: Pixel
    height: Pixel


def source_id_of(file_bytes: bytes) -> str:
    """The id of a source: SHA-256 of its file bytes, hexadecimal."""
    return hashlib.sha256(file_bytes).hexdigest()

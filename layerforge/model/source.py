"""A source: an image the user loaded."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, TypeGuard

import msgspec

from layerforge.model.values import SourceId, Value

Pixel = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]

Weight = Annotated[float, msgspec.Meta(ge=0.0, le=100.0)]
"""How often a source is drawn against those of weight 1; 0 for never."""


class Source(Value, frozen=True, kw_only=True):
    """An image by the hash of its file bytes.  ``name`` is a file name without folders."""

    id: SourceId
    name: str
    width: Pixel
    height: Pixel


def is_source_id(value: object) -> TypeGuard[str]:
    """Whether ``value`` has the form of a source's id."""
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def source_id_of(file_bytes: bytes) -> str:
    """The id of a source: SHA-256 of its file bytes, hexadecimal."""
    return hashlib.sha256(file_bytes).hexdigest()

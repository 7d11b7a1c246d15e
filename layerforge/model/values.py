"""The base of every value, and its strict JSON form.

Values are frozen structs.  Decoding refuses unknown fields, wrong types and numbers out of
range; encoding is canonical (sorted keys, no spaces), so that equal values give equal bytes.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, TypeVar

import msgspec

from layerforge.model.errors import InvalidValue


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen value with a strict JSON form."""


Unit = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
"""A fraction, 0 to 1."""

Color = tuple[Unit, Unit, Unit]
"""Red, green, blue: sRGB-encoded, 0 to 1."""

SourceId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""SHA-256 of the source's file bytes, hexadecimal."""

LayerId = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{1,32}$")]

_encoder = msgspec.json.Encoder(order="sorted")
_T = TypeVar("_T")


def to_json(value: Any) -> bytes:
    """``value`` as canonical JSON, UTF-8."""
    return _encoder.encode(value)


def from_json(document: bytes | str, kind: type[_T], *, what: str) -> _T:
    """Decode ``document`` strictly as ``kind``; ``what`` names it in the error.

    Raises InvalidValue with the place and the reason.
    """
    return decode_with(msgspec.json.Decoder(kind), document, what=what)


def decode_with(decoder: msgspec.json.Decoder[_T], document: bytes | str, *, what: str) -> _T:
    """`from_json` with a decoder made once, for very many documents."""
    try:
        return decoder.decode(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidValue(f"{what} can't be read: {error}") from error


def from_plain(value: object, kind: type[_T], *, what: str) -> _T:
    """Convert plain JSON values strictly to ``kind``, as `from_json` does."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InvalidValue(f"{what} can't be read: {error}") from error


def digest(*parts: bytes) -> bytes:
    """A 16-byte fingerprint of ``parts``, each delimited."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()

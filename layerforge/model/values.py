"""The base of every value, and its strict JSON form.

Values are frozen structs.  Decoding refuses unknown fields, wrong types and numbers out of
range; encoding is canonical (sorted keys, no spaces), so that equal values give equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
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
    except msgspec.ValidationError as error:
        raise InvalidValue(f"{what} can't be read: {_told(error, document)}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidValue(f"{what} can't be read: {error}") from error


def from_plain(value: object, kind: type[_T], *, what: str) -> _T:
    """Convert plain JSON values strictly to ``kind``, as `from_json` does."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise InvalidValue(f"{what} can't be read: {explained(error, value)}") from error
    except RecursionError as error:
        raise InvalidValue(f"{what} can't be read: {error}") from error


def _told(error: msgspec.ValidationError, document: bytes | str) -> str:
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        return str(error)  # what is behind the error is no JSON
    return explained(error, value)


def explained(error: msgspec.ValidationError, value: Any) -> str:
    """What is wrong in ``value``, with the part that is, where that is a plain one."""
    reason, _, path = str(error).partition(" - at `$")
    if "[...]" in path:
        return str(error)
    try:
        for key, place in re.findall(r"\.([A-Za-z_]\w*)|\[(\d+)\]", path):
            value = value[key] if key else value[int(place)]
    except (LookupError, TypeError):
        return str(error)  # of a key that is there twice, this is the other value
    if isinstance(value, dict | list):
        return str(error)
    reason = reason.partition(", got `")[0]  # only of what type it is
    return f"{reason}, got {shown(value)}" + (f" - at `${path}" if path else "")


def shown(value: object) -> str:
    """``value`` as errors show it: a very long one is cut."""
    if isinstance(value, int) and value.bit_length() > 64:
        return f"a whole number of {value.bit_length()} bits"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = f"{value:g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def digest(*parts: bytes) -> bytes:
    """A 16-byte fingerprint of ``parts``, each delimited."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()

"""File names: those that the disk holds as text, and those that exports are given."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping

from layerforge.model.errors import InvalidValue

FIELDS = ("project", "branch", "rank", "value", "width", "height")
"""What a template may name."""

_MAX_BYTES = 180
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_SPEC = re.compile(r"0?\d{0,2}d?|\.\d{1,2}f")


def printable(name: str) -> str:
    """``name`` as valid Unicode on one line; what can't be shown becomes ``?``.

    On Linux a file name is any bytes; Python hands those that are no UTF-8 over as lone
    surrogates (PEP 383), which neither JSON nor a terminal takes.
    """
    valid = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else "?" for letter in valid)


def filled_template(template: str, values: Mapping[str, str | int | float]) -> str:
    """A file name without folder and suffix from such a template as ``{project}-{branch:05d}``.

    Raises InvalidValue where it names something unknown, or a folder.  What no file system takes
    becomes ``-``.
    """
    if "/" in template or "\\" in template:
        raise InvalidValue(
            f"the name {template!r} can't be filled in: it is for a file without its folder, "
            "so it may not hold / or \\; name the folder apart (--to)"
        )
    out = ""
    try:
        for text, field, spec, conversion in string.Formatter().parse(template):
            out += text
            if field is None:
                continue
            if field not in values or conversion or not _SPEC.fullmatch(spec or ""):
                known = " ".join(f"{{{name}}}" for name in FIELDS)
                raise InvalidValue(f"the name {template!r} can't be filled in: it may use {known}")
            out += format(values[field], spec or "")
    except ValueError as error:
        if isinstance(error, InvalidValue):
            raise
        raise InvalidValue(f"the name {template!r} can't be filled in: {error}") from error
    return safe_name(out)


def safe_name(name: str) -> str:
    """``name`` as a file name that every file system takes."""
    safe = _FORBIDDEN.sub("-", printable(name).replace("?", "-")).strip(" .")
    while len(safe.encode()) > _MAX_BYTES:
        safe = safe[:-1]
    return f"_{safe}" if not safe or is_reserved(safe) else safe


def is_reserved(name: str) -> bool:
    """Whether Windows gives files of that name to a device."""
    return _RESERVED.fullmatch(name) is not None

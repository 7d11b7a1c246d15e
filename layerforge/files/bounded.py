"""Reading a file that must not be larger than it may be."""

from __future__ import annotations

from pathlib import Path

from layerforge.model.errors import InvalidValue


def read_bounded(path: Path, *, most_bytes: int) -> bytes:
    """The bytes of a file.  Raises InvalidValue where it is larger, or can't be read."""
    try:
        if path.stat().st_size > most_bytes:
            limit = (
                f"{most_bytes >> 30} GiB" if most_bytes >= 1 << 30 else f"{most_bytes >> 20} MiB"
            )
            raise InvalidValue(f"{path.name} is larger than {limit}")
        return path.read_bytes()
    except OSError as error:
        raise InvalidValue(f"{path} can't be read: {error.strerror or error}") from error

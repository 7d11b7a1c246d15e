"""Where a project's file is: its real path, its address for SQLite, and the names beside it."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_from_bytes

from layerforge.project.errors import ProjectError

ROLLBACK = "-journal"
"""What SQLite would need to undo a change that was cut off while there was no `JOURNAL`."""

JOURNAL = "-wal"
INDEX = "-shm"
"""What SQLite keeps beside a project while it is open."""

MAX_PATH_BYTES = 504
"""Longer paths SQLite refuses.  Source: ``MAX_PATHNAME`` in its os_unix.c, less the journal's."""


def real_path(path: Path) -> Path:
    """``path`` made absolute, with links followed: one for each file, whatever it was called by.

    Raises ProjectError where links go round in circles.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise ProjectError(f"{path} can't be found: {error}") from error


def there_is(path: Path) -> bool:
    """Whether something is at ``path``.  Raises ProjectError where that can't be told."""
    try:
        return path.exists()
    except OSError as error:
        raise ProjectError(f"{path} can't be reached: {error.strerror or error}") from error


def address(real: Path, options: str) -> str:
    """The URI by which SQLite opens the file at a real path, as ``mode=ro`` for example.

    The file's host stays empty, also that of a Windows share, since SQLite knows no other.
    Source: sqlite.org/uri.html
    """
    place = quote_from_bytes(os.fsencode(real.as_posix()), safe="/:")
    return f"file://{'' if place.startswith('/') else '/'}{place}?{options}"


def beside(real: Path, suffix: str) -> Path:
    """The file of that suffix beside a project."""
    return real.with_name(real.name + suffix)


def part_of(real: Path) -> Path:
    """Where a project is written before it is moved to ``real``; the same each time."""
    mark = hashlib.sha256(os.fsencode(real.name)).hexdigest()[:16]
    return real.with_name(f".{mark}.part")


def put_in_place(part: Path, real: Path) -> None:
    """Move a file that is written out to ``real``, in place of one that is there, for good.

    Raises OSError.
    """
    part.replace(real)
    write_out_names(real.parent)


def write_out_names(folder: Path) -> None:
    """Have the disk itself hold the names of the files in ``folder``."""
    with suppress(OSError):  # Windows opens no folders, and writes names at once
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def why_not(real: Path) -> str:
    """What may be wrong with a path that SQLite can't open; empty where nothing is known."""
    size = len(os.fsencode(real))
    if os.name == "posix" and size > MAX_PATH_BYTES:
        return f"its path has {size} bytes, and at most {MAX_PATH_BYTES} are possible"
    return ""

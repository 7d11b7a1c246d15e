"""Copies of a project file made before it is changed as a whole; never over another file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from layerforge.project.connection import Connection
from layerforge.project.errors import ProjectError
from layerforge.project.places import JOURNAL, ROLLBACK, beside, write_out_names

_TRIES = 1000


def back_up(connection: sqlite3.Connection, path: Path, *, mark: str) -> Path:
    """Copy an open project page by page; returns where.

    The copy of ``NAME.layerforge`` is ``NAME.MARK.layerforge``, or ``NAME.MARK-2.layerforge`` and
    so on where there is one already.  Raises ProjectError where it can't be written.
    """
    place = _new_file(path, mark)
    try:
        with closing(sqlite3.connect(place, factory=Connection)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the original is
        written_out(place)
    except (OSError, sqlite3.Error) as error:
        _discard(place)
        raise _not_made(place, error) from error
    return place


def keep_aside(path: Path, *, mark: str) -> Path:
    """Copy a project's file byte by byte, in whatever state, its journals too; returns where.

    Names and errors are those of `back_up`.
    """
    place = _new_file(path, mark)
    try:
        shutil.copyfile(path, place)
        for name in (JOURNAL, ROLLBACK):
            if beside(path, name).exists():
                shutil.copyfile(beside(path, name), beside(place, name))
        written_out(place)
    except OSError as error:
        _discard(place)
        raise _not_made(place, error) from error
    return place


def _new_file(path: Path, mark: str) -> Path:
    """An empty file that was not there before."""
    for number in range(1, _TRIES):
        again = f"-{number}" if number > 1 else ""
        place = path.with_name(f"{path.stem}.{mark}{again}{path.suffix}")
        try:
            place.touch(exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise _not_made(place, error) from error
        return place
    raise ProjectError(f"{path.parent} holds {_TRIES} backups of {path.name}: delete some")


def written_out(place: Path) -> None:
    """Have the disk itself hold the file, and its name.  Raises OSError."""
    with place.open("rb+") as file:
        os.fsync(file.fileno())
    write_out_names(place.parent)


def _discard(place: Path) -> None:
    for one in (place, beside(place, JOURNAL), beside(place, ROLLBACK)):
        with suppress(OSError):
            one.unlink(missing_ok=True)


def _not_made(place: Path, error: OSError | sqlite3.Error) -> ProjectError:
    reason = error.strerror if isinstance(error, OSError) else None
    return ProjectError(
        f"the backup {place} can't be written, so nothing was changed: {reason or error}"
    )

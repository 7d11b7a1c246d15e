"""Making a project file and connecting to one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from layerforge.project.accepting import accept
from layerforge.project.connection import Connection
from layerforge.project.errors import ProjectError, code_of, not_opened
from layerforge.project.hardening import harden
from layerforge.project.migrations import brought_up_to_date, up_to_date_copy
from layerforge.project.places import JOURNAL, address, beside, part_of, put_in_place, why_not
from layerforge.project.schema import APPLICATION_ID, SCHEMA_VERSION, declaration

WAIT_S = 10.0
"""How long to wait for another program that writes the file at this moment."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection that any thread may use.

    backup: the file as it was, where an older LayerForge made it and it was brought up to date.
    """

    connection: sqlite3.Connection
    backup: Path | None = None


Fill = Callable[[sqlite3.Connection], object]
"""Writes the first rows of a new project."""


def make(path: Path, real: Path, fill: Fill) -> None:
    """Write a new project beside its place, then move it there: it is whole, or not there.

    path: what the user calls it.  real: the same with links followed, locked.  Raises
    ProjectError.
    """
    part = part_of(real)
    try:
        part.unlink(missing_ok=True)
        place = address(part, "mode=rwc")
        with closing(sqlite3.connect(place, uri=True, factory=Connection)) as connection:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode = MEMORY")  # a torn one is thrown away
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {APPLICATION_ID};"
                f" PRAGMA user_version = {SCHEMA_VERSION}; {declaration(SCHEMA_VERSION)}"
            )
            fill(connection)
            connection.execute("COMMIT")
        if real.exists():  # since a moment ago
            raise ProjectError(f"{path} exists already")
        put_in_place(part, real)
    except sqlite3.Error as error:
        raise not_opened(path, error, why=why_not(real)) from error
    except OSError as error:
        raise ProjectError(f"{path} can't be made: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def connect(path: Path, real: Path, *, read_only: bool) -> Opened:
    """Open a project; one of an older LayerForge is brought up to date, or only read a copy of.

    Raises ProjectError, NewerVersion.
    """
    try:
        return _connected(path, real, "ro" if read_only else "rw")
    except sqlite3.Error as error:
        if not read_only or code_of(error) != sqlite3.SQLITE_CANTOPEN:
            raise not_opened(path, error, why=why_not(real)) from error
        return _connect_where_nothing_can_be_written(path, real, error)


def _connect_where_nothing_can_be_written(path: Path, real: Path, error: sqlite3.Error) -> Opened:
    """Read a project that was not closed well, without taking up its journal again."""
    journal = beside(real, JOURNAL)
    if journal.exists() and journal.stat().st_size:
        raise ProjectError(
            f"{path} was not closed, and its folder can't be written: copy it together with "
            f"{journal.name} to one that can, and open it there"
        ) from error
    try:
        return _connected(path, real, "ro&immutable=1")
    except sqlite3.Error as again:
        raise not_opened(path, again, why=why_not(real)) from again


def _connected(path: Path, real: Path, mode: str) -> Opened:
    connection = sqlite3.connect(
        address(real, f"mode={mode}"),
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        timeout=WAIT_S,
        factory=Connection,
    )
    try:
        harden(connection)
        version = accept(connection, path)
        backup: Path | None = None
        if version < SCHEMA_VERSION and mode != "rw":
            with closing(connection):
                return Opened(up_to_date_copy(connection, version))
        if version < SCHEMA_VERSION:
            backup = brought_up_to_date(connection, real, version)
        if mode == "rw":
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            # on macOS a plain fsync leaves what is written in the disk's own memory
            connection.execute("PRAGMA checkpoint_fullfsync = ON")
    except BaseException:
        connection.close()
        raise
    return Opened(connection, backup)

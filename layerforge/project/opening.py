"""Making a project file and connecting to one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from importlib import resources
from pathlib import Path

from layerforge.model.errors import NewerVersion
from layerforge.project.errors import ProjectError, code_of, not_opened
from layerforge.project.places import JOURNAL, address, beside, part_of, put_in_place, why_not

APPLICATION_ID = 0x4C466F67
"""``LFog``: marks a SQLite file as ours."""

SCHEMA_VERSION = 1

WAIT_S = 10.0
"""How long to wait for another program that writes the file at this moment."""

Fill = Callable[[sqlite3.Connection], object]
"""Writes the first rows of a new project."""


def make(path: Path, real: Path, fill: Fill) -> None:
    """Write a new project beside its place, then move it there: it is whole, or not there.

    path: what the user calls it.  real: the same with links followed, locked.  Raises
    ProjectError.
    """
    schema = resources.files("layerforge.project").joinpath("schema.sql").read_text("utf-8")
    part = part_of(real)
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(address(part, "mode=rwc"), uri=True)) as connection:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode = MEMORY")  # a torn one is thrown away
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {APPLICATION_ID};"
                f" PRAGMA user_version = {SCHEMA_VERSION}; {schema}"
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


def connect(path: Path, real: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection that any thread may use.  Raises ProjectError, NewerVersion."""
    try:
        return _connected(path, real, "ro" if read_only else "rw")
    except sqlite3.Error as error:
        if not read_only or code_of(error) != sqlite3.SQLITE_CANTOPEN:
            raise not_opened(path, error, why=why_not(real)) from error
        return _connect_where_nothing_can_be_written(path, real, error)


def _connect_where_nothing_can_be_written(
    path: Path, real: Path, error: sqlite3.Error
) -> sqlite3.Connection:
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


def _connected(path: Path, real: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address(real, f"mode={mode}"),
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        timeout=WAIT_S,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        _check(path, connection)
        if mode == "rw":
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            # on macOS a plain fsync leaves what is written in the disk's own memory
            connection.execute("PRAGMA checkpoint_fullfsync = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise ProjectError(f"{path} is not a LayerForge project")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise NewerVersion(str(path), found=version, known=SCHEMA_VERSION)

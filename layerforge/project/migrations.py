"""From the project file of an older LayerForge to that of this one.

Each step makes version n + 1 of version n, with SQL only.  All steps are one transaction: the file
is as it was, or as it should be.  The declarations of older versions are kept beside this file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from layerforge.project.backups import back_up
from layerforge.project.connection import Connection
from layerforge.project.hardening import harden
from layerforge.project.schema import SCHEMA_VERSION, differences

Migration = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    """Fingerprints apart from pictures, which had to be read to reach them; tastes in all files;
    branches with an origin; what runs learn.
    """
    connection.execute("ALTER TABLE thumbnails RENAME TO thumbnails_before")
    connection.execute(
        "CREATE TABLE fingerprints (branch INTEGER PRIMARY KEY REFERENCES branches(id), "
        "marks BLOB NOT NULL) STRICT"
    )
    connection.execute(
        "CREATE TABLE thumbnails (branch INTEGER PRIMARY KEY REFERENCES branches(id), "
        "webp BLOB NOT NULL) STRICT"
    )
    connection.execute("INSERT INTO fingerprints SELECT branch, fingerprint FROM thumbnails_before")
    connection.execute("INSERT INTO thumbnails SELECT branch, webp FROM thumbnails_before")
    connection.execute("DROP TABLE thumbnails_before")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS tastes (decision INTEGER PRIMARY KEY REFERENCES decisions(id), "
        "file TEXT NOT NULL) STRICT"
    )
    connection.execute("ALTER TABLE branches ADD COLUMN origin INTEGER REFERENCES branches(id)")
    connection.execute(
        "CREATE TABLE policies (run INTEGER PRIMARY KEY REFERENCES runs(id), "
        "round INTEGER NOT NULL, document TEXT NOT NULL) STRICT"
    )


def _to_3(connection: sqlite3.Connection) -> None:
    """Sources with weights; those that the last run left out are off."""
    connection.execute("ALTER TABLE sources ADD COLUMN weight REAL NOT NULL DEFAULT 1.0")
    # what is no JSON, or no list, left nothing out
    connection.execute(
        "UPDATE sources SET weight = 0.0 WHERE id IN (SELECT value FROM json_each("
        "(SELECT CASE WHEN json_valid(settings) THEN settings ELSE '{}' END "
        "FROM runs ORDER BY id DESC LIMIT 1), '$.sources_off') WHERE type = 'text')"
    )
    connection.execute(
        "UPDATE runs SET settings = json_remove(json_set(settings, '$.source_weights', "
        "(SELECT json_group_object(value, 0.0) FROM json_each(settings, '$.sources_off') "
        "WHERE type = 'text')), '$.sources_off') "
        "WHERE CASE WHEN json_valid(settings) THEN json_type(settings, '$.sources_off') END "
        "IS NOT NULL"
    )


MIGRATIONS: Mapping[int, Migration] = {1: _to_2, 2: _to_3}
"""By the version that each starts from."""


def brought_up_to_date(connection: sqlite3.Connection, real: Path, version: int) -> Path:
    """Back up the open project file at ``real``, then `migrate` it; returns where the backup is.

    Raises ProjectError, sqlite3.Error; the file is as it was then.
    """
    backup = back_up(connection, real, mark=f"backup-v{version}")
    migrate(connection, version=version)
    return backup


def up_to_date_copy(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """A copy of an older project, brought up to date; it is gone when its connection is closed."""
    # SQLite keeps a file without a name in a temporary place, and deletes it by itself
    copy = sqlite3.connect("", check_same_thread=False, isolation_level=None, factory=Connection)
    try:
        harden(copy)
        connection.backup(copy)
        migrate(copy, version=version)
    except BaseException:
        copy.close()
        raise
    return copy


def migrate(connection: sqlite3.Connection, *, version: int) -> None:
    """Bring an open file of an older version up to `SCHEMA_VERSION`, all or nothing.

    Raises sqlite3.Error where the file can't be read or written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(version, SCHEMA_VERSION):
            MIGRATIONS[step](connection)
        if lines := differences(connection, SCHEMA_VERSION):
            raise AssertionError(f"a migration is wrong: {lines[0]}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

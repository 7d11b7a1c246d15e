"""Whether a SQLite file is a project that this LayerForge reads."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from layerforge.model.errors import NewerVersion
from layerforge.project.errors import ProjectError
from layerforge.project.hardening import bounded
from layerforge.project.schema import APPLICATION_ID, SCHEMA_VERSION, differences


def accept(connection: sqlite3.Connection, path: Path) -> int:
    """The version of an open file, 1 to `SCHEMA_VERSION`, whose tables are those of that version.

    Raises ProjectError where it is no project or holds anything else, NewerVersion where a newer
    LayerForge made it, sqlite3.DatabaseError where it can't be read.
    """
    version = version_of(connection, path)
    with bounded(connection, file_bytes=0):
        if lines := differences(connection, version):
            raise ProjectError(
                f"{path} is not laid out as a LayerForge project: {lines[0]} "
                "(`layerforge project repair` saves what is ours)"
            )
    return version


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version that an open file says it has, 1 to `SCHEMA_VERSION`.  Raises as `accept`."""
    with bounded(connection, file_bytes=0):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID or version < 1:
        raise ProjectError(f"{path} is not a LayerForge project")
    if version > SCHEMA_VERSION:
        raise NewerVersion(str(path), found=version, known=SCHEMA_VERSION)
    return int(version)

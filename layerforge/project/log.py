"""The log of decisions as rows of the project file; `decisions` says what follows from it."""

from __future__ import annotations

from datetime import UTC, datetime
from sqlite3 import Connection

from layerforge.model.values import from_json, to_json
from layerforge.project.database import Database
from layerforge.project.decisions import Decision
from layerforge.project.reading import Id, checked


def now() -> str:
    """The time as the project keeps it: ISO 8601, UTC, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_log(database: Database) -> list[Decision]:
    """The whole log, first to last."""
    what = f"the decisions of {database.path}"
    rows = database.rows("SELECT id, kind, branches, refers_to FROM decisions ORDER BY id")
    return [
        Decision(
            id=id_,
            kind=kind,
            branches=from_json(branches, tuple[Id, ...], what=f"decision {id_} of {database.path}"),
            refers_to=refers_to,
        )
        for id_, kind, branches, refers_to in checked(
            rows, tuple[Id, str, str, Id | None], what=what
        )
    ]


def enter(connection: Connection, kind: str, ids: tuple[int, ...], *, refers_to: int | None) -> int:
    """Add an entry; returns its id."""
    cursor = connection.execute(
        "INSERT INTO decisions (at, kind, branches, refers_to) VALUES (?, ?, ?, ?)",
        (now(), kind, to_json(ids).decode(), refers_to),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - a row was just inserted
    return cursor.lastrowid

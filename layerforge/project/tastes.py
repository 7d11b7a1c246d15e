"""Tastes that were brought in from other projects, as rows of the project file."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from layerforge.project.database import Database
from layerforge.project.decisions import TASTE, Decision, in_force
from layerforge.project.reading import checked
from layerforge.scoring.taste_file import MAX_TASTE_BYTES, TasteFile, decode_taste, encode_taste


def write_taste(connection: Connection, decision: int, taste: TasteFile) -> None:
    """Keep the taste that an entry of the log brought in."""
    connection.execute("INSERT INTO tastes VALUES (?, ?)", (decision, encode_taste(taste).decode()))


def taste_in_force(database: Database, log: Sequence[Decision]) -> TasteFile | None:
    """The taste that was brought in last and not undone."""
    brought = [entry.id for entry in in_force(list(log)) if entry.kind == TASTE]
    if not brought:
        return None
    what = f"the taste in {database.path}"
    query = "SELECT file FROM tastes WHERE decision = ?"
    rows = database.rows(query, (brought[-1],), value_bytes=MAX_TASTE_BYTES)
    found = checked(rows, tuple[str], what=what)
    return decode_taste(found[0][0].encode(), what=what) if found else None

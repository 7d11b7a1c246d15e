"""Tastes that were brought in from other projects, as rows of the project file."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from layerforge.project.database import Database
from layerforge.project.decisions import TASTE, Decision, in_force
from layerforge.scoring.taste_file import TasteFile, decode_taste, encode_taste

# projects from before there were tastes get the table with their first one
_TABLE = """
    CREATE TABLE IF NOT EXISTS tastes (
        decision INTEGER PRIMARY KEY REFERENCES decisions(id),
        file TEXT NOT NULL
    ) STRICT
"""


def write_taste(connection: Connection, decision: int, taste: TasteFile) -> None:
    """Keep the taste that an entry of the log brought in."""
    connection.execute(_TABLE)
    connection.execute("INSERT INTO tastes VALUES (?, ?)", (decision, encode_taste(taste).decode()))


def taste_in_force(database: Database, log: Sequence[Decision]) -> TasteFile | None:
    """The taste that was brought in last and not undone."""
    brought = [entry.id for entry in in_force(list(log)) if entry.kind == TASTE]
    if not brought:
        return None
    rows = database.rows("SELECT file FROM tastes WHERE decision = ?", (brought[-1],))
    if not rows:
        return None
    return decode_taste(str(rows[0][0]).encode(), what=f"the taste in {database.path}")

"""What can be read of a broken project file, poured into a new one.

First SQLite is asked, table by table, until it stumbles; then every page is read by itself.  Only
rows that are good by themselves are taken, and what SQLite still finds goes before what merely
lies about.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from layerforge.model.errors import InvalidValue
from layerforge.project.connection import Connection
from layerforge.project.contents import (
    BRANCHES,
    DECISIONS,
    EMBEDDINGS,
    FINGERPRINTS,
    POLICIES,
    PROJECT,
    ROUNDS,
    RUNS,
    SCORES,
    SOURCE_EMBEDDINGS,
    SOURCES,
    TABLES,
    TASTES,
    THUMBNAILS,
    Row,
    Table,
)
from layerforge.project.hardening import bounded, each_row, harden, leave_bytes
from layerforge.project.pages import RawRow, rows_in
from layerforge.project.places import address
from layerforge.project.reporting import Tell, name_of
from layerforge.project.schema import SCHEMA_VERSION, expected, found
from layerforge.scoring.fingerprint import SIZE_BYTES

_BY_WIDTH = {
    2: (TASTES,),
    3: (PROJECT, POLICIES, EMBEDDINGS),
    4: (SOURCE_EMBEDDINGS,),
    5: (ROUNDS, DECISIONS),
    7: (SOURCES,),
    8: (BRANCHES,),
    9: (RUNS, SCORES),
}
"""Which tables a row of so many columns may be of; the types of the columns tell them apart."""


class CannotPour(Exception):
    """The new file can't be written; the cause says why."""


@dataclass(slots=True)
class Poured:
    """What was taken.

    rows: how many by table.  refused: why rows that were found are not good, by table and key.
    names: what those rows are called.  highest: the largest number of a branch that was met.
    altered: sources whose bytes are not those that were loaded any more, but may still show
    something until they are found again.
    """

    rows: Counter[str] = field(default_factory=Counter)
    refused: dict[tuple[str, object], str] = field(default_factory=dict)
    names: dict[tuple[str, object], str] = field(default_factory=dict)
    highest: int = 0
    altered: list[Row] = field(default_factory=list)


def pour(path: Path, new: sqlite3.Connection, *, whole: bool, tell: Tell) -> Poured:
    """Take all good rows of the file at ``path`` into ``new``, which has our tables, empty.

    whole: the pages are in order, so that SQLite finds all rows.  Raises OSError where the file
    can't be read, CannotPour.
    """
    poured = Poured()
    broken: set[str] = set() if whole else {table.name for table in TABLES}
    old = sqlite3.connect(
        address(path, "mode=ro"), uri=True, isolation_level=None, factory=Connection
    )
    with closing(old):
        harden(old)
        leave_bytes(old)
        for number, table in enumerate(TABLES):
            tell(f"reading {table.name.replace('_', ' ')}", number / len(TABLES))
            if not _asked(old, table, new, poured):
                broken.add(table.name)
    if broken:
        tell("reading page by page", 1.0)
        for raw in rows_in(path):
            for table, row in _meanings(raw):
                if table.name in broken:
                    _take(table, row, new, poured)
    for row in poured.altered:
        _insert(SOURCES, row, new, poured)
        poured.refused.pop(("sources", row[0]), None)
    return poured


def _asked(old: sqlite3.Connection, table: Table, new: sqlite3.Connection, poured: Poured) -> bool:
    """Take what SQLite gives of a table; False where that may not be all."""
    try:
        query = _query(old, table)
        if query is None:
            return False
        for row in each_row(old, query, value_bytes=None):
            if not _take(table, row, new, poured) and table is SOURCES and table.fits(row):
                poured.altered.append(row)
    except sqlite3.DatabaseError:
        return False  # what it gave is taken, and the pages are looked at next
    return True


def _query(old: sqlite3.Connection, table: Table) -> str | None:
    """What gives the rows of a table, where the file declares it as one of our versions does."""
    with bounded(old, file_bytes=0):
        there = found(old)
    columns = ", ".join(table.columns)
    for version in range(SCHEMA_VERSION, 0, -1):
        name = table.name
        if version == 1 and table is FINGERPRINTS:
            name, columns = "thumbnails", "branch, fingerprint"
        elif version == 1 and table is BRANCHES:
            columns = columns.replace("origin", "NULL")
        if version < 3 and table is SOURCES:
            columns = columns.replace("weight", "1.0")
        declared = expected(version).get(("table", name))
        if declared is not None and there.get(("table", name)) == declared:
            return f"SELECT {columns} FROM {name} ORDER BY rowid"  # noqa: S608 - our own names
    return None


def _meanings(raw: RawRow) -> Iterator[tuple[Table, Row]]:
    """What a row that lies about may be a row of."""
    number, values = raw
    if len(values) == 3 and isinstance(values[1], bytes):  # of version 1
        yield THUMBNAILS, (number, values[1])
        yield FINGERPRINTS, (number, values[2])
        return
    if len(values) == 2 and isinstance(values[1], bytes):
        table = FINGERPRINTS if len(values[1]) == SIZE_BYTES else THUMBNAILS
        yield table, (number, values[1])
        return
    if len(values) == len(BRANCHES.columns) - 1 and values[0] is None:
        values = (*values, None)  # written when branches had no origin
    if len(values) == len(SOURCES.columns) - 1 and isinstance(values[-1], bytes):
        values = (*values, 1.0)  # written when sources had no weight
    for table in _BY_WIDTH.get(len(values), ()):
        if table.numbered and values[0] is not None:
            continue
        row = (number, *values[1:]) if table.numbered else values
        if table.fits(row):
            yield table, row


def _take(table: Table, row: Row, new: sqlite3.Connection, poured: Poured) -> bool:
    """Keep a row where nothing of its key is there; False where it is not good."""
    key = table.name, row[:2] if table is SOURCE_EMBEDDINGS else row[0]
    try:
        good = table.checked(row)
    except InvalidValue as error:
        poured.refused.setdefault(key, str(error))
        poured.names.setdefault(key, name_of(table, row))
        return False
    _insert(table, good, new, poured)
    poured.refused.pop(key, None)
    if table is BRANCHES or "branch" in table.columns:
        poured.highest = max(poured.highest, good[0])
    return True


def _insert(table: Table, row: Row, new: sqlite3.Connection, poured: Poured) -> None:
    marks = ", ".join("?" * len(row))
    try:
        done = new.execute(f"INSERT OR IGNORE INTO {table.name} VALUES ({marks})", row)  # noqa: S608
    except sqlite3.Error as error:
        raise CannotPour from error
    poured.rows[table.name] += done.rowcount

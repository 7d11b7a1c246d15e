"""Small project files to start from, and rows of them changed at will.

A file of bytes is read as a list of changes to a good project: which table, row and column, and
what is put there.  So fuzzers reach what lies behind SQLite's own checks of its pages.
"""

import contextlib
import functools
import re
import sqlite3
import struct
import tempfile
from pathlib import Path

from layerforge.project.contents import TABLES
from layerforge.project.schema import SCHEMA_VERSION, declaration
from tests.project.made import make_project

PAGE_BYTES = 512
"""The smallest there is, so that mutations have less to do."""

MOST_CHANGES = 12


@functools.cache
def small_project(branches=4):
    """The bytes of a project with a few branches."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.layerforge"
        make_project(path, branches=branches, rounds=2, side=4)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("UPDATE thumbnails SET webp = (SELECT MIN(webp) FROM thumbnails)")
        connection.execute("VACUUM")
        connection.close()
        return path.read_bytes()


@functools.cache
def _loose():
    """The same, but with tables that take anything; and how they are to be declared at the end."""
    strict = sqlite3.connect(":memory:", isolation_level=None)
    strict.deserialize(small_project())
    loose = sqlite3.connect(":memory:", isolation_level=None)
    loose.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    for name in ("application_id", "user_version"):
        (value,) = strict.execute(f"PRAGMA {name}").fetchone()
        loose.execute(f"PRAGMA {name} = {value}")
    declared = declaration(SCHEMA_VERSION)
    loose.executescript(
        re.sub(
            r"\) STRICT|REFERENCES \w+\(\w+\)|NOT NULL|CHECK \([^)]*\)\)?",
            lambda found: ")" if "STRICT" in found[0] else "",
            declared,
        )
    )
    for table in TABLES:
        for row in strict.execute(f"SELECT * FROM {table.name}").fetchall():
            loose.execute(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(row))})", row)
    sql = dict(strict.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    return loose.serialize(), sql


def changed_project(data):
    """The bytes of a project with the changes that ``data`` asks for."""
    content, sql = _loose()
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content)
    reader = _Reader(data)
    for _ in range(MOST_CHANGES):
        if not reader.left:
            break
        _change(connection, reader)
    connection.execute("PRAGMA writable_schema = ON")
    for name, text in sql.items():
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (text, name))
    changed = connection.serialize()
    connection.close()
    return changed


def _change(connection, reader):
    table = TABLES[reader.byte() % len(TABLES)]
    columns = tuple(table.columns)
    column = columns[reader.byte() % len(columns)]
    rows = [row for (row,) in connection.execute(f"SELECT rowid FROM {table.name}")]
    if not rows:
        return
    row = rows[reader.byte() % len(rows)]
    kind = reader.byte() % 9
    # some changes are none, as a second row of one number
    with contextlib.suppress(sqlite3.Error, OverflowError, UnicodeError):
        if kind == 8:
            connection.execute(f"DELETE FROM {table.name} WHERE rowid = ?", (row,))
            return
        query = f"SELECT {column} FROM {table.name} WHERE rowid = ?"
        (before,) = connection.execute(query, (row,)).fetchone()
        value = _value(reader, kind, before)
        connection.execute(f"UPDATE {table.name} SET {column} = ? WHERE rowid = ?", (value, row))


def _value(reader, kind, before):
    if kind == 0:
        return None
    if kind == 1:
        return reader.byte()
    if kind == 2:
        return struct.unpack("<q", reader.take(8).ljust(8, b"\0"))[0]
    if kind == 3:
        return struct.unpack("<d", reader.take(8).ljust(8, b"\0"))[0]
    content = reader.take(reader.byte())
    if kind == 4:
        return content.decode("utf-8", "replace")
    if kind == 5:
        return content
    old = before.encode() if isinstance(before, str) else before
    if not isinstance(old, bytes):
        return before
    at = struct.unpack("<H", reader.take(2).ljust(2, b"\0"))[0] % (len(old) + 1)
    new = old[:at] + content + old[at + (len(content) if kind == 6 else 0) :]
    return new.decode("utf-8") if isinstance(before, str) else new


class _Reader:
    def __init__(self, data):
        self._data = data
        self._at = 0

    @property
    def left(self):
        return self._at < len(self._data)

    def take(self, count):
        part = self._data[self._at : self._at + count]
        self._at += count
        return part

    def byte(self):
        part = self.take(1)
        return part[0] if part else 0

"""What keeps a stranger's project file from doing more than being read.

Nothing in the file is run: no triggers, no views, no functions in its schema.  A page that is not
what it should be is an error instead of a guess, and no query goes on for ever, however pages
point at each other.
Sources: sqlite.org/security.html, sqlite.org/limits.html
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MAX_ROW_BYTES = 4 * 1024 * 1024
"""One value of any row but a source's file."""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 64),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 32),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 8),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 16),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
    (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 64),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)

_OPCODES = 4096
"""After so many steps of SQLite's machine it asks whether to go on."""

_LEAST_OPCODES = 200_000
_OPCODES_A_BYTE = 4
"""A row takes at least 8 bytes of the file, and a query at most about 30 steps for a row."""

_LEAST_ROW_BYTES = 4
_ROWS = 1024


class Endless(sqlite3.DatabaseError):
    """A query gives more than the file can hold."""

    def __init__(self) -> None:
        super().__init__("its pages point at each other")
        self.sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def harden(connection: sqlite3.Connection) -> None:
    """Have ``connection`` trust nothing that is in its file.  Comes before any other query."""
    for category, limit in _LIMITS:
        connection.setlimit(category, limit)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # noqa: FBT003
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)  # noqa: FBT003
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)  # noqa: FBT003
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA foreign_keys = ON")


def leave_bytes(connection: sqlite3.Connection) -> None:
    """Give text that is no UTF-8 as bytes, so that one such row does not hide the others."""

    def text(content: bytes) -> str | bytes:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content

    connection.text_factory = text


@contextmanager
def bounded(
    connection: sqlite3.Connection, *, file_bytes: int, value_bytes: int | None = None
) -> Iterator[None]:
    """Within it, a query is interrupted where it takes more than so large a file can need.

    value_bytes: the largest value that may be read, any where None.
    """
    left = (_LEAST_OPCODES + _OPCODES_A_BYTE * file_bytes) // _OPCODES

    def enough() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    before = connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH)
    connection.set_progress_handler(enough, _OPCODES)
    if value_bytes is not None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, value_bytes)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)


def size_of(connection: sqlite3.Connection) -> int:
    """Bytes of the file, as far as it is in use."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_bytes)


def each_row(
    connection: sqlite3.Connection,
    query: str,
    values: tuple[object, ...] = (),
    *,
    value_bytes: int | None = MAX_ROW_BYTES,
) -> Iterator[tuple[object, ...]]:
    """The rows that ``query`` gives, which reads no row twice, one by one.

    No other query may be run meanwhile.  Raises Endless where they are more, or larger, than the
    file has room for, as happens where pages of a broken file point at each other;
    sqlite3.DatabaseError.
    """
    file_bytes = size_of(connection)
    room, places = file_bytes, file_bytes // _LEAST_ROW_BYTES
    with bounded(connection, file_bytes=file_bytes, value_bytes=value_bytes):
        try:
            cursor = connection.execute(query, values)
            while part := cursor.fetchmany(_ROWS):
                room -= sum(len(one) for row in part for one in row if isinstance(one, str | bytes))
                places -= len(part)
                if room < 0 or places < 0:
                    raise Endless
                yield from part
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise Endless from error
            raise


def all_rows(
    connection: sqlite3.Connection,
    query: str,
    values: tuple[object, ...] = (),
    *,
    value_bytes: int | None = MAX_ROW_BYTES,
) -> list[tuple[object, ...]]:
    """All that `each_row` gives."""
    return list(each_row(connection, query, values, value_bytes=value_bytes))

"""Connections to project files, on which SQLite's errors are SQLite's only.

Python has two of them as its own: that there is no memory, which a file of a few bytes brings
about where it claims to hold much, and any whose words cite a file that is not text.
Source: ``_pysqlite_seterror`` in CPython's Modules/_sqlite/util.c
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

_Method = TypeVar("_Method", bound=Callable[..., Any])


class Unreadable(sqlite3.DatabaseError):
    """SQLite stumbles over the file in another way than with an error of its own."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.sqlite_errorcode = code


def _unreadable(method: _Method) -> _Method:
    """``method``, but with `Unreadable` for what would be an error of Python."""

    @functools.wraps(method)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except UnicodeDecodeError as error:
            raise Unreadable("its declarations are not text", sqlite3.SQLITE_CORRUPT) from error
        except MemoryError as error:
            reason = "it asks for more memory than there is"
            raise Unreadable(reason, sqlite3.SQLITE_NOMEM) from error

    return cast(_Method, called)


class Cursor(sqlite3.Cursor):
    """What a `Connection` runs queries with."""

    execute = _unreadable(sqlite3.Cursor.execute)
    executemany = _unreadable(sqlite3.Cursor.executemany)
    executescript = _unreadable(sqlite3.Cursor.executescript)
    fetchone = _unreadable(sqlite3.Cursor.fetchone)
    fetchmany = _unreadable(sqlite3.Cursor.fetchmany)
    fetchall = _unreadable(sqlite3.Cursor.fetchall)
    __next__ = _unreadable(sqlite3.Cursor.__next__)


class Connection(sqlite3.Connection):
    """What every project file is opened as: ``sqlite3.connect(…, factory=Connection)``."""

    backup = _unreadable(sqlite3.Connection.backup)

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Run one statement, with values for its marks."""
        with self._own() as cursor:
            return cursor.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Cursor:
        """Run one statement for each of several sets of values."""
        with self._own() as cursor:
            return cursor.executemany(sql, parameters)

    def executescript(self, sql: str, /) -> sqlite3.Cursor:
        """Run several statements."""
        with self._own() as cursor:
            return cursor.executescript(sql)

    @contextmanager
    def _own(self) -> Iterator[Cursor]:
        """A cursor that is closed where what is done with it fails.

        Else the error would hold on to it, and it to the file, which stays open after `close`.
        """
        cursor = self.cursor(Cursor)
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise

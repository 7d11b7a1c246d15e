"""What the tables of a project file must look like, whatever SQLite wrote it.

A file may hold exactly the tables and indices of its version: no trigger, no view and nothing
else that runs when it is read.  Declarations are compared by their words, so that spaces,
comments and quotes around names make no difference.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from importlib import resources

APPLICATION_ID = 0x4C466F67
"""``LFog``: marks a SQLite file as ours."""

SCHEMA_VERSION = 3
"""What is written now."""

MAY_LACK: Mapping[int, frozenset[tuple[str, str]]] = {1: frozenset({("table", "tastes")})}
"""By version: what files of it may be without, by kind and name."""

MAX_PARTS = 64
"""A schema with more tables and indices is none of ours."""

Schema = Mapping[tuple[str, str], tuple[str, ...]]
"""By kind (``table``, ``index``) and name: the declaration, word by word."""

_WORDS = re.compile(
    r"""--[^\n]* | /\*.*?\*/ | (?P<text>'(?:[^']|'')*')
    | "(?P<name>(?:[^"]|"")*)" | \[(?P<other>[^\]]*)\] | `(?P<third>[^`]*)`
    | (?P<word>\w+) | (?P<sign>[^\s\w])""",
    re.VERBOSE | re.DOTALL,
)


def declaration(version: int) -> str:
    """The SQL that makes a file of that version."""
    name = "schema.sql" if version == SCHEMA_VERSION else f"schema_v{version}.sql"
    return resources.files("layerforge.project").joinpath(name).read_text("utf-8")


@functools.cache
def expected(version: int) -> Schema:
    """The schema of that version, 1 to `SCHEMA_VERSION`."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(declaration(version))
        return found(connection)


def found(connection: sqlite3.Connection) -> Schema:
    """The schema that a file has.  Raises sqlite3.DatabaseError."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT ?", (MAX_PARTS,)
    ).fetchall()
    return {
        (str(kind), str(name).lower()): (str(table).lower(), *words(sql))
        for kind, name, table, sql in rows
    }


@functools.lru_cache(maxsize=4 * MAX_PARTS)
def words(sql: object) -> tuple[str, ...]:
    """What a declaration says, without spaces, comments and the quotes around names."""
    if sql is None:
        return ()  # an index that SQLite made by itself
    said: list[str] = []
    for one in _WORDS.finditer(str(sql)):
        if one.lastgroup == "text":
            said.append(one[0])
        elif one.lastgroup is not None:
            said.append(one[one.lastgroup].lower())
    return tuple(said)


def differences(connection: sqlite3.Connection, version: int) -> list[str]:
    """How a file's schema differs from that of its version, a line each; empty where it is right.

    Raises sqlite3.DatabaseError.
    """
    wanted, there = expected(version), found(connection)
    missing = wanted.keys() - there.keys() - MAY_LACK.get(version, frozenset())
    lines = [f"its {kind} {name!r} is missing" for kind, name in wanted if (kind, name) in missing]
    for (kind, name), said in there.items():
        if (kind, name) not in wanted:
            lines.append(f"it holds a {_printable(kind)} {_printable(name)!r}, which is not ours")
        elif said != wanted[kind, name]:
            lines.append(f"its {kind} {name!r} is declared in another way")
    return lines


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text[:64])

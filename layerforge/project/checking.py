"""Looks a project file through: whether it is whole, and whether what it holds fits together."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from layerforge.model.errors import InvalidValue
from layerforge.project.accepting import version_of
from layerforge.project.connection import Connection
from layerforge.project.contents import SOURCES, TABLES, Row, Table
from layerforge.project.errors import ProjectError, code_of
from layerforge.project.fitting import Fitting, Remedy
from layerforge.project.hardening import bounded, each_row, harden, leave_bytes
from layerforge.project.migrations import up_to_date_copy
from layerforge.project.places import address, real_path
from layerforge.project.reporting import Tell, name_of
from layerforge.project.schema import SCHEMA_VERSION, differences

MOST_OF_A_KIND = 50
"""So many findings of one kind are told one by one, the others are counted."""

MOST_PAGES = 4
"""So much of what SQLite finds wrong with pages is told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong.

    kind: ``file``, ``layout``, or the table.  what: which of them, as in "branch 12".  text: why.
    remedy: the command that mends it.
    """

    kind: str
    what: str
    text: str
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Checked:
    """version: that of the file, 0 where it can't be read.  rows: by table, those that are good."""

    path: Path
    version: int
    size_bytes: int
    rows: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def check(path: Path, *, tell: Tell) -> Checked:
    """Look through the whole file at ``path``; others may read and write it meanwhile.

    What a newer LayerForge made, and what is none of ours, is an error, not a finding.
    Raises ProjectError, NewerVersion.
    """
    if not path.is_file():
        raise ProjectError(f"{path}: no such project")
    check_run = _Check(path, tell)
    try:
        check_run.run()
    except sqlite3.Error as error:
        check_run.find("file", "the file", _in_words(error))
    return check_run.result()


class _Check:
    def __init__(self, path: Path, tell: Tell) -> None:
        self._path = path
        self._tell = tell
        self._version = 0
        self._rows: Counter[str] = Counter()
        self._findings: list[Finding] = []
        self._counts: Counter[tuple[str, Remedy]] = Counter()

    def find(self, kind: str, what: str, text: str, *, remedy: Remedy = "repair") -> None:
        self._counts[kind, remedy] += 1
        if self._counts[kind, remedy] <= MOST_OF_A_KIND:
            self._findings.append(Finding(kind, what, text, remedy))

    def result(self) -> Checked:
        for (kind, remedy), count in self._counts.items():
            if count > MOST_OF_A_KIND:
                more = f"{count - MOST_OF_A_KIND} more of this kind"
                self._findings.append(Finding(kind, "others", more, remedy))
        return Checked(
            path=self._path,
            version=self._version,
            size_bytes=self._path.stat().st_size,
            rows=dict(self._rows),
            findings=tuple(self._findings),
        )

    def run(self) -> None:
        self._tell("opening", 0.0)
        connection = sqlite3.connect(
            address(real_path(self._path), "mode=ro"),
            uri=True,
            isolation_level=None,
            factory=Connection,
        )
        with closing(connection):
            harden(connection)
            self._version = version_of(connection, self._path)
            if not _may_be_written(self._path):
                self.find("file", "the file", "its beginning says that nobody can write it")
            with bounded(connection, file_bytes=0):
                strange = differences(connection, self._version)
            for line in strange:
                self.find("layout", "the tables", line)
            self._check_pages(connection)
            if strange:
                return  # what the tables hold can't be told
            if self._version == SCHEMA_VERSION:
                self._check_contents(connection)
                return
            with closing(up_to_date_copy(connection, self._version)) as copy:
                self._check_contents(copy)

    def _check_pages(self, connection: sqlite3.Connection) -> None:
        """SQLite's own checks of each page."""
        self._tell("pages", 0.0)
        # asks Python now and then, so that Ctrl+C is heard
        connection.set_progress_handler(lambda: 0, 100_000)
        try:
            for name in ("quick_check", "integrity_check"):
                said = [str(row) for (row,) in connection.execute(f"PRAGMA {name}(20)")]
                if said != ["ok"]:
                    for line in _wrong_pages(said):
                        self.find("file", "the pages", line)
                    return
                self._tell("pages", 0.5)
        finally:
            connection.set_progress_handler(None, 0)

    def _check_contents(self, connection: sqlite3.Connection) -> None:
        leave_bytes(connection)
        connection.execute("BEGIN")  # all of it as it is at one moment
        fitting = Fitting(self.find)
        for number, table in enumerate(TABLES):
            self._tell(table.name.replace("_", " "), number / len(TABLES))
            self._check_table(connection, table, fitting)
        self._tell("whether all fits together", 1.0)
        fitting.finish()

    def _check_table(self, connection: sqlite3.Connection, table: Table, fitting: Fitting) -> None:
        columns = ", ".join(table.columns)
        query = f"SELECT {columns} FROM {table.name} ORDER BY rowid"  # noqa: S608 - our own names
        try:
            for row in each_row(connection, query, value_bytes=None):
                try:
                    good: Row = table.checked(row)
                except InvalidValue as error:
                    altered = table is SOURCES and table.fits(row)
                    remedy: Remedy = "relink" if altered else "repair"
                    self.find(table.name, name_of(table, row), str(error), remedy=remedy)
                    if altered:
                        fitting.take(table, row)  # it is there all the same
                    continue
                self._rows[table.name] += 1
                fitting.take(table, good)
        except sqlite3.DatabaseError as error:
            self.find(
                table.name,
                f"the table {table.name}",
                f"can't be read to its end: {_in_words(error)}",
            )


def _may_be_written(path: Path) -> bool:
    """Whether SQLite knows the format that the file says it is written in, with 1 or 2."""
    with path.open("rb") as file:
        head = file.read(20)
    return len(head) == 20 and head[18] in (1, 2) and head[19] in (1, 2)


def _wrong_pages(said: list[str]) -> list[str]:
    """What SQLite says of pages, the first of it, a line each."""
    lines = [" ".join(line.split()) for row in said for line in row.splitlines()]
    found = [line for line in dict.fromkeys(lines) if line and not line.startswith("***")]
    more = len(found) - MOST_PAGES
    return found if more < 2 else [*found[:MOST_PAGES], f"{more} more lines like these"]


def _in_words(error: sqlite3.Error) -> str:
    if code_of(error) == sqlite3.SQLITE_NOTADB:
        return "its beginning is damaged: it is no SQLite file any more"
    return str(error)

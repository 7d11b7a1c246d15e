"""The project's SQLite file: opening, checking, writing, closing.

Durability: WAL with ``synchronous=NORMAL``.  What is committed survives the end of the program,
also by ``kill -9``.  When the power fails or the system crashes, the file stays whole, since the
journal is written out before the file is changed, and the file before the journal is used anew;
but rounds and decisions since the journal was last written out (at about 4 MB) may be gone.  On
closing everything is written out and the journal deleted: at rest a project is one file, which
may be moved, renamed and copied.  WAL needs shared memory, so that all who have a project open
must be on one computer.
Sources: sqlite.org/pragma.html#pragma_synchronous, sqlite.org/wal.html
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from layerforge.project.connection import Connection
from layerforge.project.errors import (
    LEAST_BYTES,
    NotKept,
    ProjectError,
    moved,
    not_read,
    not_written,
)
from layerforge.project.hardening import MAX_ROW_BYTES, all_rows
from layerforge.project.locking import NotWritable, Program, WriterLock
from layerforge.project.opening import WAIT_S, Fill, Opened, connect, make
from layerforge.project.places import (
    INDEX,
    JOURNAL,
    address,
    beside,
    part_of,
    put_in_place,
    real_path,
    there_is,
)

_OUR_FAULT = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)


class Database:
    """One open project file.  Safe in many threads: one connection behind one lock.

    fill: makes a new project with these rows; without it, the file must be there.  read_only: open
    it for reading only; where it can't be written, it is as well, and ``why_read_only`` says why
    and what to do.  ``backup`` is the file as it was, where an older LayerForge made it and it was
    brought up to date.
    """

    def __init__(
        self,
        path: Path,
        *,
        fill: Fill | None = None,
        read_only: bool = False,
        program: Program = "command line",
    ) -> None:
        self.path = path
        self._real = real_path(path)
        self._program = program
        self._lock = threading.RLock()
        self._writer: WriterLock | None = None
        self.why_read_only = ""
        self._check_place(create=fill is not None)
        if not read_only:
            self._take_lock(create=fill is not None)
        self.read_only = self._writer is None
        try:
            if fill is not None:
                make(path, self._real, fill)
            opened = self._connect(may_read=fill is None)
            self._connection, self.backup = opened.connection, opened.backup
            self._identity = self._identity_now()
        except BaseException:
            self._release()
            raise

    def _check_place(self, *, create: bool) -> None:
        there = there_is(self.path)
        if there and not self.path.is_file():
            raise ProjectError(f"{self.path} is not a LayerForge project: it is a folder")
        if not create and not there:
            raise ProjectError(f"{self.path}: no such project")
        if create and there:
            raise ProjectError(f"{self.path} exists already")
        if create and not self.path.parent.is_dir():
            raise ProjectError(f"{self.path} can't be made: there is no folder {self.path.parent}")

    def _take_lock(self, *, create: bool) -> None:
        try:
            if not create:
                self._check_writable()
            self._writer = WriterLock.take(self._real, program=self._program)
            with suppress(OSError):
                part_of(self._real).unlink(missing_ok=True)  # of a copy that was killed
        except NotWritable as error:
            if create:
                raise ProjectError(f"{self.path} can't be made: {error}") from error
            self.why_read_only = str(error)

    def _check_writable(self) -> None:
        if not os.access(self._real, os.W_OK):
            raise NotWritable("it is write-protected; make it writable, or copy it")
        if self._real.stat().st_nlink > 1:
            # SQLite finds the journal by the file's name: with two names there may be two
            raise NotWritable(
                "it has a second name on its disk (a hard link); copy it, and open the copy"
            )

    def _connect(self, *, may_read: bool) -> Opened:
        try:
            return connect(self.path, self._real, read_only=self.read_only)
        except NotKept as error:
            if self.read_only or not may_read:
                raise
            self._release()
            self.read_only, self.why_read_only = True, error.reason
            return connect(self.path, self._real, read_only=True)

    def check_writable(self) -> None:
        """Raise ProjectError, with why, where the project can't be changed here."""
        if self.read_only:
            why = self.why_read_only or "it was opened only to be read"
            raise ProjectError(f"{self.path} is read-only here: {why}")

    @contextmanager
    def transaction(self, *, needed_bytes: int = LEAST_BYTES) -> Iterator[sqlite3.Connection]:
        """All or nothing.  needed_bytes: about how much will be written, to be told.

        Raises NotKept where it can't be written for now, ProjectError where it can't be at all.
        """
        self.check_writable()
        with self._lock:
            if self._moved():
                raise moved(self.path)
            connection = self._connection
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                if connection.in_transaction:  # some errors have ended it already
                    connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error) and not isinstance(error, _OUR_FAULT):
                    raise not_written(self.path, error, needed_bytes=needed_bytes) from error
                raise

    def rows(
        self,
        query: str,
        values: tuple[object, ...] = (),
        *,
        value_bytes: int | None = MAX_ROW_BYTES,
    ) -> list[tuple[object, ...]]:
        """All rows that ``query`` gives, which reads no row twice.

        value_bytes: the largest value of a row that is read, any where None.
        """
        with self._lock:
            try:
                return all_rows(self._connection, query, values, value_bytes=value_bytes)
            except sqlite3.DatabaseError as error:
                raise not_read(self.path, error) from error

    def copy_to(self, path: Path) -> None:
        """Write a copy of what is committed to ``path``, in place of a file that is there.

        Others may read and write meanwhile.  Raises ProjectError where ``path`` is this file, is
        held by another LayerForge, or can't be written.
        """
        real = real_path(path)
        if real == self._real:
            raise ProjectError(f"{path} is this project itself")
        try:
            lock = WriterLock.take(real, program=self._program)
        except NotWritable as error:
            raise ProjectError(f"{path} can't be written: {error}") from error
        copy = part_of(real)
        try:
            copy.unlink(missing_ok=True)
            # a connection of its own, so that nobody waits for the copy
            own = address(self._real, "mode=ro")
            with closing(
                sqlite3.connect(own, uri=True, timeout=WAIT_S, factory=Connection)
            ) as reader:
                reader.execute("VACUUM INTO ?", (str(copy),))
            for leftover in (JOURNAL, INDEX):  # of the file that is replaced
                beside(real, leftover).unlink(missing_ok=True)
            put_in_place(copy, real)
        except sqlite3.Error as error:
            copy.unlink(missing_ok=True)
            size = self._real.stat().st_size
            raise not_written(path, error, needed_bytes=size) from error
        except OSError as error:
            copy.unlink(missing_ok=True)
            raise ProjectError(f"{path} can't be written: {error.strerror or error}") from error
        finally:
            lock.release()

    def close(self) -> None:
        """Close the file and let others write it."""
        with self._lock:
            if self._writer is not None:
                self._come_to_rest()
            self._connection.close()
            if self._writer is not None and self._moved():
                self._tidy_old_place()
            self._release()

    @property
    def journal_left(self) -> Path | None:
        """The journal beside the closed file, where it holds what is not in the file yet."""
        journal = beside(self._real, JOURNAL)
        return journal if journal.exists() and journal.stat().st_size else None

    def _come_to_rest(self) -> None:
        """Write the journal out, and do without one from now on."""
        # what can't be written out now, as on a full disk, stays in the journal and is kept there
        with suppress(sqlite3.OperationalError):
            self._connection.execute("PRAGMA busy_timeout = 0")  # nobody should wait for readers
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # fails while others read: then the next one who writes it brings it to rest
            self._connection.execute("PRAGMA journal_mode = DELETE")

    def _identity_now(self) -> tuple[int, int] | None:
        try:
            found = self._real.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _moved(self) -> bool:
        """Whether another file stands where this one was, or none."""
        return self._identity_now() != self._identity

    def _tidy_old_place(self) -> None:
        """Take away what SQLite leaves where the file was, once it's empty."""
        journal = beside(self._real, JOURNAL)
        with suppress(OSError):
            if not journal.stat().st_size:
                journal.unlink()
                beside(self._real, INDEX).unlink(missing_ok=True)

    def _release(self) -> None:
        if self._writer is not None:
            self._writer.release()
            self._writer = None

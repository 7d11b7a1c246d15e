"""The project's SQLite file: opening, checking, locking.

Durability: WAL with ``synchronous=NORMAL``.  A crash of the program loses nothing committed; a
power cut may lose the last rounds, never the file.  Source: sqlite.org/wal.html.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib import resources
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from layerforge.model.errors import LayerForgeError, NewerVersion

APPLICATION_ID = 0x4C466F67
"""``LFog``: marks a SQLite file as ours."""

SCHEMA_VERSION = 1


class ProjectError(LayerForgeError):
    """A project that can't be opened, made or changed; the message names it and says why."""


class Database:
    """One open project file.  Safe in many threads: one connection behind one lock.

    ``read_only`` is true where another program holds the project for writing.
    """

    def __init__(self, path: Path, *, create: bool, read_only: bool) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._writer = None if read_only else _writer_lock(path)
        self.read_only = self._writer is None
        if create and self.read_only:
            raise ProjectError(f"{path} is held by another LayerForge")
        try:
            self._connection = self._connect(create=create)
        except BaseException:
            self._release()
            raise

    def _connect(self, *, create: bool) -> sqlite3.Connection:
        if self.path.exists() and not self.path.is_file():
            raise ProjectError(f"{self.path} is not a LayerForge project: it is a folder")
        if not create and not self.path.exists():
            raise ProjectError(f"{self.path}: no such project")
        if create and self.path.exists():
            raise ProjectError(f"{self.path} exists already")
        if create and not self.path.parent.is_dir():
            raise ProjectError(f"{self.path} can't be made: there is no folder {self.path.parent}")
        mode = "ro" if self.read_only else ("rwc" if create else "rw")
        address = f"{self.path.resolve().as_uri()}?mode={mode}"
        try:
            connection = sqlite3.connect(
                address, uri=True, check_same_thread=False, isolation_level=None, timeout=10.0
            )
        except sqlite3.Error as error:
            raise ProjectError(f"{self.path} can't be opened: {error}") from error
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA foreign_keys = ON")
            if create:
                self._make(connection)
            else:
                self._check(connection)
            if not self.read_only:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.DatabaseError as error:
            connection.close()
            raise self._explained(error) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _explained(self, error: sqlite3.DatabaseError) -> ProjectError:
        if isinstance(error, sqlite3.OperationalError):
            return ProjectError(f"{self.path} can't be written or read: {error}")
        return ProjectError(f"{self.path} is not a LayerForge project")

    def _make(self, connection: sqlite3.Connection) -> None:
        schema = resources.files("layerforge.project").joinpath("schema.sql").read_text("utf-8")
        connection.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION_ID};"
            f" PRAGMA user_version = {SCHEMA_VERSION}; {schema} COMMIT;"
        )

    def _check(self, connection: sqlite3.Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise ProjectError(f"{self.path} is not a LayerForge project")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise NewerVersion(str(self.path), found=version, known=SCHEMA_VERSION)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing.  Raises ProjectError where the project can't be written."""
        if self.read_only:
            raise ProjectError(f"{self.path} is open in another LayerForge: here it is read-only")
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise ProjectError(f"{self.path} can't be written: {error}") from error

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """All rows that ``query`` gives."""
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise ProjectError(f"{self.path} can't be read: {error}") from error

    def copy_to(self, path: Path) -> None:
        """Write a copy of what is committed to ``path``, in place of a file that is there.

        Others may read and write meanwhile.  Raises ProjectError where ``path`` is this file, is
        held by another LayerForge, or can't be written.
        """
        if path.resolve() == self.path.resolve():
            raise ProjectError(f"{path} is this project itself")
        lock = _writer_lock(path)
        if lock is None:
            raise ProjectError(f"{path} is held by another LayerForge")
        copy = path.with_name(f".{path.name}.part")
        try:
            copy.unlink(missing_ok=True)
            # a connection of its own, so that nobody waits for the copy
            address = f"{self.path.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, timeout=10.0)) as reader:
                reader.execute("VACUUM INTO ?", (str(copy),))
            for leftover in ("-wal", "-shm"):  # of the file that is replaced
                path.with_name(path.name + leftover).unlink(missing_ok=True)
            copy.replace(path)
        except (OSError, sqlite3.Error) as error:
            copy.unlink(missing_ok=True)
            reason = error.strerror if isinstance(error, OSError) else None
            raise ProjectError(f"{path} can't be written: {reason or error}") from error
        finally:
            lock.release()

    def close(self) -> None:
        """Close the file and let others write it."""
        with self._lock:
            if self._writer is not None:
                # at rest the project is one file, and whoever only reads it leaves none beside it
                with suppress(sqlite3.OperationalError):  # others still read: the last one tidies
                    self._connection.execute("PRAGMA journal_mode = DELETE")
            self._connection.close()
            self._release()

    def _release(self) -> None:
        if self._writer is not None:
            self._writer.release()
            self._writer = None


def _writer_lock(path: Path) -> FileLock | None:
    """The lock of the one writer, or None where another holds it.

    It stands in the user's cache folder, so that no file is left beside the project; the system
    frees it when its holder ends, however it ends.
    """
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    folder = Path(platformdirs.user_cache_dir("layerforge")) / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock", thread_local=False)
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as error:
        raise ProjectError(f"{folder} can't be written: {error.strerror or error}") from error
    return lock

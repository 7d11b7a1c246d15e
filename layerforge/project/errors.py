"""What can go wrong with a project file, in words, and what SQLite means by its errors."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Literal

from layerforge.model.errors import LayerForgeError, no_room

Kind = Literal["full", "busy", "moved", "disk"]

LEAST_BYTES = 64 * 1024
"""Room that any change needs: SQLite's journal, and its index of 32 KiB."""


_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class ProjectError(LayerForgeError):
    """A project that can't be opened, made or changed; the message names it and says why."""


class SourceInUse(ProjectError):
    """A source that branches are made of can't be removed."""

    def __init__(self, name: str, *, branches: int) -> None:
        some = "1 branch uses it" if branches == 1 else f"{branches} branches use it"
        super().__init__(f"{name} can't be removed: {some}; leave it out of new ones instead")


class NotKept(ProjectError):
    """A change that could not be written for now; trying again may help.

    All that was kept before is safe.  kind: ``full``, the disk has no room; ``busy``, another
    program uses the file; ``moved``, the file is no longer where it was; ``disk``, it can't be
    reached or written.
    """

    def __init__(self, path: Path, reason: str, *, kind: Kind) -> None:
        super().__init__(f"{path} can't be written: {reason}")
        self.reason = reason
        self.kind = kind


def room_for(size_bytes: int) -> int:
    """The room that so much content needs: once in the journal and once in the file."""
    return LEAST_BYTES + 2 * size_bytes


def not_written(path: Path, error: sqlite3.Error, *, needed_bytes: int) -> ProjectError:
    """What SQLite's refusal to write ``path`` means.  needed_bytes: about what it was to write."""
    code = code_of(error)
    free = _free_bytes(path)
    short = free is not None and free < needed_bytes
    # on a full disk SQLite fails in its index with an I/O error
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and short):
        return NotKept(path, no_room(free_bytes=free, needed_bytes=needed_bytes), kind="full")
    if code in _BUSY:
        return NotKept(path, "another program writes it; close it there", kind="busy")
    if code in _DISK:
        return NotKept(path, f"{error}; is its disk still there?", kind="disk")
    return _damaged_or(path, error, "written")


def not_read(path: Path, error: sqlite3.Error) -> ProjectError:
    """What SQLite's refusal to read ``path`` means."""
    return _damaged_or(path, error, "read")


def not_opened(path: Path, error: sqlite3.Error, *, why: str) -> ProjectError:
    """What SQLite's refusal to open ``path`` means.  why: what is known of it, or nothing."""
    code = code_of(error)
    if code == sqlite3.SQLITE_CANTOPEN and why:
        return ProjectError(f"{path} can't be opened: {why}")
    if code == sqlite3.SQLITE_NOTADB:
        return ProjectError(f"{path} is not a LayerForge project")
    if code == sqlite3.SQLITE_READONLY:
        return _damaged(path, "its beginning says that nobody can write it")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, *_BUSY):
        return not_written(path, error, needed_bytes=LEAST_BYTES)
    return _damaged_or(path, error, "opened")


def moved(path: Path) -> NotKept:
    """The file at ``path`` is not the one that was opened."""
    reason = "it was moved, renamed or deleted while it was open; put it back where it was"
    return NotKept(path, reason, kind="moved")


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF  # the rest says where it happened


def _damaged_or(path: Path, error: sqlite3.Error, done: str) -> ProjectError:
    if code_of(error) in _DAMAGED:
        return _damaged(path, str(error))
    return ProjectError(f"{path} can't be {done}: {error}")


def _damaged(path: Path, why: str) -> ProjectError:
    return ProjectError(
        f"{path} is damaged: {why} (`layerforge project repair` saves what can be read)"
    )


def _free_bytes(path: Path) -> int | None:
    try:
        return shutil.disk_usage(path.resolve().parent).free
    except (OSError, RuntimeError):
        return None  # the folder is gone, which SQLite's error says already

"""Makes a project file as small as what is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from layerforge.project.errors import ProjectError, not_written, room_for
from layerforge.project.locking import NotWritable, WriterLock
from layerforge.project.opening import connect
from layerforge.project.places import part_of, real_path
from layerforge.project.project import Project
from layerforge.project.replacing import take_place
from layerforge.project.reporting import Tell


@dataclass(frozen=True, slots=True)
class Compacted:
    """Bytes of the file before and after, and how many thumbnails were let go.

    backup: the file as it was, where it was brought up to date.
    """

    before_bytes: int
    after_bytes: int
    thumbnails: int
    backup: Path | None


def compact(path: Path, *, killed: bool, tell: Tell) -> Compacted:
    """Write the project at ``path`` anew, without the room that what is gone has left.

    killed: let the thumbnails of killed branches, and of all below them, go first; they can be
    drawn again.  All else of those branches stays: what they look like is not to come again.
    Needs as much room on the disk as the new file takes.  Raises ProjectError, NewerVersion.
    """
    before = path.stat().st_size if path.is_file() else 0
    with Project.open(path) as project:  # an older one is brought up to date on the way
        if project.read_only:
            raise ProjectError(f"{path} can't be compacted: {project.why_read_only}")
        tell("looking for what can go", 0.0)
        backup = project.backup
        forgotten = project.forget_thumbnails(project.dead()) if killed else 0
    _written_anew(path, tell)
    return Compacted(
        before_bytes=before,
        after_bytes=path.stat().st_size,
        thumbnails=forgotten,
        backup=backup,
    )


def _written_anew(path: Path, tell: Tell) -> None:
    real = real_path(path)
    part = part_of(real)
    try:
        lock = WriterLock.take(real, program="command line")
    except NotWritable as error:
        raise ProjectError(f"{path} can't be compacted: {error}") from error
    try:
        part.unlink(missing_ok=True)
        tell("writing what is there", 0.3)
        with closing(connect(path, real, read_only=True).connection) as old:
            old.execute("VACUUM INTO ?", (str(part),))
        tell("taking its place", 0.9)
        if part.stat().st_size < real.stat().st_size:
            take_place(part, real)
    except sqlite3.Error as error:
        raise not_written(path, error, needed_bytes=room_for(real.stat().st_size)) from error
    except OSError as error:
        raise ProjectError(f"{path} can't be compacted: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        lock.release()

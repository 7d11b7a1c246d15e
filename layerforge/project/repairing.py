"""Saves what can be read of a broken project, in a new file in its place.

The broken file is copied aside first, byte by byte, and the new one takes its place only when it
is whole; so nothing gets worse, and nothing is gone that another program might still read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from layerforge.model.errors import NewerVersion
from layerforge.project.backups import keep_aside
from layerforge.project.checking import Checked, Finding, check
from layerforge.project.connection import Connection
from layerforge.project.errors import ProjectError, not_written, room_for
from layerforge.project.hardening import harden
from layerforge.project.locking import NotWritable, WriterLock
from layerforge.project.places import JOURNAL, ROLLBACK, address, beside, part_of, real_path
from layerforge.project.replacing import take_place
from layerforge.project.reporting import Tell
from layerforge.project.salvage import CannotPour, Poured, pour
from layerforge.project.schema import APPLICATION_ID, SCHEMA_VERSION, declaration
from layerforge.project.settling import Settled, settle

MOST_NAMED = 20
"""So many rows that were not good are named, the others are counted."""

_NO_VERSION = 1000
"""A file that says it has such a version is broken, not new."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came of it.

    found: what was wrong.  backup: the file as it was; None where nothing was wrong, and nothing
    was changed.  rows: what is there now, by table.  lost: what is gone, a line each.  left: what
    is wrong still, and mended otherwise.
    """

    found: Checked
    backup: Path | None
    rows: dict[str, int]
    lost: tuple[str, ...]
    left: tuple[Finding, ...]


def repair(path: Path, *, tell: Tell) -> Repaired:
    """Repair the project at ``path`` where anything is wrong that can be mended so.

    Raises ProjectError where it is open elsewhere, or nothing of a project is in it; NewerVersion.
    """
    real = real_path(path)
    if not real.is_file():
        raise ProjectError(f"{path}: no such project")
    try:
        lock = WriterLock.take(real, program="command line")
    except NotWritable as error:
        raise ProjectError(f"{path} can't be repaired: {error}") from error
    try:
        found = _checked(path, tell)
        if not _wants_repair(found):
            return Repaired(found=found, backup=None, rows=found.rows, lost=(), left=found.findings)
        tell("copying the file aside", 0.0)
        backup = keep_aside(real, mark="backup-damaged")
        return _repaired(path, real, found, backup, tell)
    except OSError as error:
        raise ProjectError(f"{path} can't be repaired: {error.strerror or error}") from error
    finally:
        lock.release()


def _checked(path: Path, tell: Tell) -> Checked:
    """What is wrong with the file; also with one that no longer says that it is ours."""
    try:
        return check(path, tell=lambda what, share: tell(f"checking {what}", share))
    except NewerVersion as error:
        if error.found < _NO_VERSION:
            raise
    except ProjectError:
        pass  # whatever it says it is, its pages will tell
    lost = Finding("file", "the file", "it does not say that it is a project", "repair")
    return Checked(path=path, version=0, size_bytes=path.stat().st_size, rows={}, findings=(lost,))


def _wants_repair(found: Checked) -> bool:
    return any(one.remedy == "repair" for one in found.findings)


def _repaired(path: Path, real: Path, found: Checked, backup: Path, tell: Tell) -> Repaired:
    _take_in_journals(real)
    again = _checked(path, tell)
    if not _wants_repair(again):  # all that was wrong was that the file had not been closed
        return Repaired(found=found, backup=backup, rows=again.rows, lost=(), left=again.findings)
    part = part_of(real)
    try:
        part.unlink(missing_ok=True)
        whole = not any(one.kind == "file" for one in again.findings)
        poured, settled = _fill(part, real, whole=whole, tell=tell)
        after = check(part, tell=lambda what, share: tell(f"checking the new file: {what}", share))
        _refuse_worse(path, poured, after)
        take_place(part, real)
    except ProjectError:
        _forget_same(backup, real)
        raise
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Repaired(
        found=found,
        backup=backup,
        rows=after.rows,
        lost=tuple(_lost(poured, settled, after)),
        left=after.findings,
    )


def _take_in_journals(real: Path) -> None:
    """Have SQLite take in what a program that was killed left beside the file, where it can."""
    if not any(beside(real, one).exists() for one in (JOURNAL, ROLLBACK)):
        return
    with suppress(sqlite3.Error):
        old = sqlite3.connect(
            address(real, "mode=rw"), uri=True, isolation_level=None, factory=Connection
        )
        with closing(old):
            harden(old)
            old.execute("PRAGMA journal_mode = DELETE")


def _forget_same(backup: Path, real: Path) -> None:
    """Delete a backup of what was not changed after all."""
    if cmp(backup, real, shallow=False):
        for one in (backup, beside(backup, JOURNAL), beside(backup, ROLLBACK)):
            one.unlink(missing_ok=True)


def _fill(part: Path, real: Path, *, whole: bool, tell: Tell) -> tuple[Poured, Settled]:
    try:
        with closing(sqlite3.connect(part, isolation_level=None, factory=Connection)) as new:
            harden(new)
            new.execute("PRAGMA foreign_keys = OFF")  # what rows refer to may come later, or never
            new.execute("PRAGMA journal_mode = MEMORY")  # a torn file is thrown away
            new.executescript(
                f"BEGIN; PRAGMA application_id = {APPLICATION_ID};"
                f" PRAGMA user_version = {SCHEMA_VERSION}; {declaration(SCHEMA_VERSION)}"
            )
            poured = pour(real, new, whole=whole, tell=tell)
            settled = settle(new)
            new.execute("COMMIT")
    except CannotPour as error:
        raise _unwritten(part, real, error.__cause__) from error
    except sqlite3.Error as error:
        raise _unwritten(part, real, error) from error
    return poured, settled


def _unwritten(part: Path, real: Path, error: object) -> ProjectError:
    if isinstance(error, sqlite3.Error):
        return not_written(part, error, needed_bytes=room_for(real.stat().st_size))
    return ProjectError(f"{part} can't be written")


def _refuse_worse(path: Path, poured: Poured, after: Checked) -> None:
    """Raise ProjectError where the new file is not worth having."""
    saved = after.rows.get("sources", 0) + max(0, after.rows.get("branches", 0) - 1)
    if not saved and not poured.rows["project"]:
        raise ProjectError(
            f"{path}: nothing of a LayerForge project is left in it; it stays as it is"
        )
    wrong = [one for one in after.findings if one.kind in ("file", "layout")]
    if wrong:
        raise ProjectError(
            f"{path} can't be repaired: the new file would be broken, too "
            f"({wrong[0].what}: {wrong[0].text}); it stays as it is"
        )


def _lost(poured: Poured, settled: Settled, after: Checked) -> list[str]:
    """What is gone, for people."""
    lines = [f"{poured.names[key]}: {reason}" for key, reason in poured.refused.items()]
    if len(lines) > MOST_NAMED:
        lines[MOST_NAMED:] = [f"{len(lines) - MOST_NAMED} more rows that were not good"]
    missing = poured.highest + 1 - after.rows.get("branches", 0)
    orphans = len(settled.orphans)
    if missing > 0:
        below = f", {orphans} of them because a branch above is gone" if orphans else ""
        lines.append(f"{missing} of {poured.highest} branches{below}")
    return lines + settled.lines

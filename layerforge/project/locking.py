"""The lock of the one writer of a project, and who holds it.

While a project is open for writing, a file beside it is locked by the system and says by whom.
The system frees the lock when its holder ends, however it ends: a file that a killed holder left
behind holds nothing, whatever has its process id now.  Since it stands beside the project, it is
the same for every user, and by whatever path the project is reached.
"""

from __future__ import annotations

import errno
import getpass
import os
import platform
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import lock_descriptor

from layerforge.model.errors import InvalidValue, LayerForgeError
from layerforge.model.values import Value, from_json, to_json
from layerforge.project.places import beside

Program = Literal["app", "command line"]

SUFFIX = "-lock"

_TRIES = 5
_MOST_BYTES = 2048
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class NotWritable(LayerForgeError):
    """A project that can only be read here.  The message is why, and what to do."""


class Holder(Value, frozen=True, kw_only=True):
    """Who has a project open for writing, since when (ISO 8601, UTC)."""

    program: str
    user: str
    host: str
    process: int
    since: str

    def __str__(self) -> str:
        return (
            f"{_plain(self.program)}, by {_plain(self.user)} on {_plain(self.host)}, "
            f"process {self.process}, since {_local(self.since)}"
        )


class WriterLock:
    """The lock of the one writer, held from `take` to `release`."""

    def __init__(self, place: Path, handle: int) -> None:
        self._place = place
        self._handle = handle

    @classmethod
    def take(cls, project: Path, *, program: Program) -> WriterLock:
        """Lock the project at a real path, whether it is there yet or not.  Raises NotWritable."""
        place = beside(project, SUFFIX)
        for _ in range(_TRIES):  # again where its last holder takes the file away meanwhile
            try:
                handle, writable = _opened(place, like=project)
            except OSError as error:
                raise _no_file(error, place) from error
            try:
                if not _locked(handle):
                    raise NotWritable(
                        f"it is open in another LayerForge{_told(handle)}; close it there first"
                    )
                if _is_at(handle, place):
                    if writable:
                        _tell(handle, program)
                        return cls(place, handle)
                    place.unlink()  # left behind by another user, whom it would name
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
        raise NotWritable(f"{place.name} beside it is in the way; delete that")

    def release(self) -> None:
        """Let others write."""
        if os.name == "nt":  # where an open file can't be deleted
            os.close(self._handle)
        with suppress(OSError):  # it may stay: without its lock it means nothing
            self._place.unlink(missing_ok=True)
        if os.name != "nt":
            os.close(self._handle)


def _opened(place: Path, *, like: Path) -> tuple[int, bool]:
    """The lock's file and whether it can be written; made where it lacks.  Raises OSError."""
    # a link that came with a stranger's folder is not followed, nor is a pipe waited for
    flags = 0
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # not every system has each
        flags |= getattr(os, name, 0)
    try:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError:
        if not place.exists():
            raise
        return os.open(place, os.O_RDONLY | flags), False
    if hasattr(os, "fchmod"):  # whoever may write the project may take the lock
        with suppress(OSError):
            os.fchmod(handle, stat.S_IMODE(like.stat().st_mode) & 0o666)
    return handle, True


def _locked(handle: int) -> bool:
    try:
        return lock_descriptor(handle, blocking=False)
    except OSError as error:
        raise NotWritable(
            f"its disk has no locks ({error.strerror or error}); copy it to another disk"
        ) from error


def _is_at(handle: int, place: Path) -> bool:
    """Whether the open file still stands at ``place``, and is nothing but that."""
    try:
        there = place.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    mine = os.fstat(handle)
    same = (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
    return same and stat.S_ISREG(mine.st_mode) and mine.st_nlink == 1


def _tell(handle: int, program: Program) -> None:
    """Say who holds the lock, from the second byte: Windows lets nobody read a locked one."""
    with suppress(OSError):  # on a full disk nobody is told, but the lock holds
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, b"\n" + to_json(_me(program)))


def _told(handle: int) -> str:
    """Who holds the lock, in brackets; empty where its file does not say."""
    try:
        os.lseek(handle, 1, os.SEEK_SET)
        holder = from_json(os.read(handle, _MOST_BYTES), Holder, what="the lock")
    except (OSError, InvalidValue):
        return ""
    return f" ({holder})"


def _me(program: Program) -> Holder:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody has a name in some containers
        user = "somebody"
    return Holder(
        program="the app" if program == "app" else "the command line",
        user=user,
        host=platform.node() or "this computer",
        process=os.getpid(),
        since=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _no_file(error: OSError, place: Path) -> NotWritable:
    if error.errno in _CLOSED and place.exists():
        return NotWritable(f"{place.name} beside it belongs to another user; delete that")
    if error.errno in _CLOSED:
        return NotWritable(
            f"its folder can't be written ({error.strerror}); copy it to one that can"
        )
    return NotWritable(f"{place.name} can't be made beside it ({error.strerror or error})")


def _plain(text: str) -> str:
    """Words from a file that anyone may have written, fit for a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:64])


def _local(since: str) -> str:
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return _plain(since)

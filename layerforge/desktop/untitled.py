"""Projects without a name: kept in the user's data folder until they are saved or discarded.

Each has a folder of its own, so that what is exported from it has a plain name.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import platformdirs

from layerforge.model.errors import LayerForgeError
from layerforge.project.locking import NotWritable, WriterLock
from layerforge.project.project import Project

FILE_NAME = "collage.layerforge"


def folder() -> Path:
    """Where untitled projects are."""
    return Path(platformdirs.user_data_dir("layerforge")) / "untitled"


def new_path() -> Path:
    """A path for a new untitled project.  Raises LayerForgeError where there can be none."""
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        prefix = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-")
        return Path(tempfile.mkdtemp(prefix=prefix, dir=place)) / FILE_NAME
    except OSError as error:
        raise LayerForgeError(f"{place} can't be written: {error.strerror or error}") from error


def is_untitled(path: Path) -> bool:
    """Whether ``path`` is an untitled project."""
    return path.name == FILE_NAME and path.parent.parent.resolve() == folder().resolve()


def when(path: Path) -> str:
    """When the untitled project ``path`` was last changed, for people."""
    changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return changed.strftime("%Y-%m-%d %H:%M")


def discard(path: Path) -> None:
    """Delete the untitled project ``path``; it must be closed.

    Raises LayerForgeError where it can't be deleted, is not untitled, or is open elsewhere.
    """
    if not is_untitled(path):
        raise LayerForgeError(f"{path} has a name: only untitled projects are discarded")
    try:
        WriterLock.take(path.resolve(), program="app").release()
    except NotWritable as error:
        raise LayerForgeError(f"{path} can't be deleted: {error}") from error
    try:
        shutil.rmtree(path.parent)
    except OSError as error:
        raise LayerForgeError(f"{path} can't be deleted: {error.strerror or error}") from error


def leftovers() -> list[Path]:
    """Untitled projects with branches that nobody holds, the newest first.

    They are there where LayerForge was ended without being asked what to do with them.  Empty
    ones are deleted on the way.
    """
    found: list[Path] = []
    for path in sorted(folder().glob(f"*/{FILE_NAME}"), reverse=True):
        try:
            with Project.open(path, program="app") as project:
                held = project.read_only
                empty = len(project.branches()) <= 1
        except LayerForgeError:
            continue  # not ours to judge: it stays where it is
        if held:
            continue
        if empty:
            discard(path)
        else:
            found.append(path)
    return found

"""What commands print: one JSON value on stdout, lines for people, notes on stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from layerforge.project.project import Project


def print_json(value: Any) -> None:
    """``value`` as one readable JSON document on stdout."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def open_to_change(path: Path) -> Project:
    """Open a project that is to be changed; where it is brought up to date, say so.

    Raises ProjectError where it can't be opened, or can only be read.
    """
    from layerforge.project.project import Project

    project = Project.open(path)
    try:
        note_backup(path, project.backup)
        project.check_writable()
    except BaseException:
        project.close()
        raise
    return project


def note_backup(path: Path, backup: Path | None) -> None:
    """Say where a project is as it was, where it was brought up to date."""
    if backup is not None:
        note(
            f"{path} was made by an older LayerForge and is brought up to date; "
            f"as it was, it is in {backup}"
        )


def note(text: str) -> None:
    """A line on stderr: progress and remarks, kept apart from results."""
    print(f"layerforge: {text}", file=sys.stderr)

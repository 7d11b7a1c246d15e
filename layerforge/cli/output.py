"""What commands print: one JSON value on stdout, lines for people, notes on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from layerforge.project.project import Project


def print_json(value: Any) -> None:
    """``value`` as one readable JSON document on stdout."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def note_backup(project: Project) -> None:
    """Say where the project is as it was, where it was brought up to date."""
    if project.backup is not None:
        note(
            f"{project.path} was made by an older LayerForge and is brought up to date; "
            f"as it was, it is in {project.backup}"
        )


def note(text: str) -> None:
    """A line on stderr: progress and remarks, kept apart from results."""
    print(f"layerforge: {text}", file=sys.stderr)

"""A new file in the place of a project's."""

from __future__ import annotations

import shutil
from pathlib import Path

from layerforge.project.backups import written_out
from layerforge.project.places import INDEX, JOURNAL, ROLLBACK, beside, put_in_place


def take_place(part: Path, real: Path) -> None:
    """Move the whole new file ``part`` to where the closed, locked project ``real`` is.

    What SQLite kept beside the old file goes with it.  Raises OSError.
    """
    shutil.copymode(real, part)
    written_out(part)
    for leftover in (JOURNAL, INDEX, ROLLBACK):
        beside(real, leftover).unlink(missing_ok=True)
    put_in_place(part, real)

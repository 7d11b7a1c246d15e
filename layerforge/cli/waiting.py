"""Progress of what takes long, on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from layerforge.cli.output import note

Tell = Callable[[str, float], None]

_SILENT_S = 5.0
"""Where there is no terminal, a line is written at most so often."""


@contextmanager
def waiting() -> Iterator[Tell]:
    """What to tell of what is being done, and which share of it is, 0 to 1.

    A bar on a terminal, plain lines elsewhere, and none where it is done quickly.
    """
    if not sys.stderr.isatty():
        yield _plainly()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None)

        def tell(what: str, share: float) -> None:
            progress.update(task, description=what, total=1.0 if share else None, completed=share)

        yield tell


def _plainly() -> Tell:
    last = time.monotonic()

    def tell(what: str, share: float) -> None:
        nonlocal last
        if time.monotonic() - last >= _SILENT_S:
            last = time.monotonic()
            note(f"{what}…")

    return tell

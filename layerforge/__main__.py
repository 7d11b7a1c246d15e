"""``python -m layerforge`` and the ``layerforge`` command."""

from __future__ import annotations

import sys

from layerforge.cli.main import main as run_command
from layerforge.model.errors import LayerForgeError

TYPE_CHECKING = False  # as in cli.main
if TYPE_CHECKING:
    from pathlib import Path


def open_window(project: Path | None) -> int:
    """Open the app; imported here, since the command line and the app don't know each other.

    Raises LayerForgeError where there can be no window.
    """
    try:
        import PySide6.QtWidgets  # noqa: F401 - fails where the system lacks a library
    except ImportError as error:
        raise LayerForgeError(f"the window can't be opened: {error}") from error
    from layerforge.desktop.app import run

    return run(project)


def main() -> int:
    """Run the command line; returns the exit code."""
    return run_command(open_window=open_window)


if __name__ == "__main__":
    sys.exit(main())

"""The command line: one parser, one file per command group.

Importing this imports neither torch nor Qt; each command imports what it needs when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from layerforge.cli import (
    bench,
    credit,
    decide,
    doctor,
    explore,
    export,
    gui,
    models,
    ops,
    prefer,
    project,
    rebase,
    replay,
    score,
    show,
    study,
    taste,
    tuning,
    worker,
)
from layerforge.model.errors import LayerForgeError


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one line; ``--help`` has the rest."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        self.exit(2, f"layerforge: error: {message} (see `{self.prog} --help`)\n")


OpenWindow = Callable[[Path | None], int]
"""Opens the app on a project, or empty; returns the exit code."""


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(
        prog="layerforge",
        description="Makes collages by searching for them.  Without a command, opens the app.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    groups = (
        gui,
        explore,
        show,
        decide,
        prefer,
        taste,
        export,
        project,
        replay,
        credit,
        tuning,
        rebase,
        score,
        ops,
        models,
        bench,
        study,
        worker,
        doctor,
    )
    for group in groups:
        group.add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None, *, open_window: OpenWindow) -> int:
    """Run one command.  Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    parser = make_parser()
    given = parser.parse_args(arguments)
    if given.version:
        from layerforge.explore.versions import versions

        print(f"layerforge {versions()['layerforge']}")
        return 0
    try:
        if given.command in (None, "gui"):
            return open_window(getattr(given, "project", None))
        code = int(given.run(given))
        sys.stdout.flush()  # here, where a reader that went away is no error
        return code
    except LayerForgeError as error:
        message = " ".join(str(error).split())
        print(f"layerforge: error: {message}", file=sys.stderr)
        return 1
    except MemoryError:
        print(
            "layerforge: error: the machine ran out of memory: choose a smaller size, or close "
            "other programs",
            file=sys.stderr,
        )
        return 1
    except BrokenPipeError:
        # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("layerforge: interrupted", file=sys.stderr)
        return 130

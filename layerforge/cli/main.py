"""The command line: one parser, one file per command group.

Importing this imports neither torch nor Qt; each command imports what it needs when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys

from layerforge.cli.commands import COMMANDS, add_commands
from layerforge.model.errors import LayerForgeError

TYPE_CHECKING = False  # typing alone would be a tenth of the time that --help takes
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import NoReturn

    OpenWindow = Callable[[Path | None], int]
    """Opens the app on a project, or empty; returns the exit code."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one line; ``--help`` has the rest."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        self.exit(2, f"layerforge: error: {message} (see `{self.prog} --help`)\n")


def make_parser(given: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands; only ``given`` has its options and is imported."""
    parser: argparse.ArgumentParser = Parser(
        prog="layerforge",
        description="Makes collages by searching for them.  Without a command, opens the app.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    add_commands(commands, given if given in COMMANDS else None)
    return parser


def main(arguments: Sequence[str] | None = None, *, open_window: OpenWindow) -> int:
    """Run one command.  Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    words = sys.argv[1:] if arguments is None else arguments
    given = make_parser(words[0] if words else None).parse_args(words)
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

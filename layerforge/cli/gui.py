"""`layerforge gui`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("gui")
    parser.add_argument("project", type=Path, nargs="?", help="a project to open")

"""`layerforge credit`: what each step of a branch is good for."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import whole
from layerforge.cli.output import print_json

if TYPE_CHECKING:
    from layerforge.explore.crediting import StepCredit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "credit",
        description="Renders the branch's history again without each step in turn.  value and "
        "novelty say by how much the branch is better and rarer with the step; look says how far "
        "the picture moves without it, where 1 is two unrelated pictures.",
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("branch", type=whole(0, 2**53), metavar="BRANCH")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the credit of every step."""
    from layerforge.explore.crediting import credit
    from layerforge.explore.room import JudgingRoom
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project, JudgingRoom(project) as room:
        found = credit(room, args.branch)
    if args.json:
        print_json({"branch": args.branch, "steps": found})
    else:
        _tell(args.branch, found)
    return 0


def _tell(branch: int, found: list[StepCredit]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"branch {branch}: what each step contributes")
    for name in ("step", "operation", "value", "novelty", "look"):
        table.add_column(name, justify="left" if name == "operation" else "right")
    for one in found:
        if one.value is None or one.novelty is None or one.look is None:
            why = "" if one.needed_by is None else f"step {one.needed_by} needs it"
            table.add_row(str(one.number), one.operation, why, "", "")
            continue
        table.add_row(
            str(one.number),
            one.operation,
            f"{one.value:+.2f}",
            f"{one.novelty:+.3f}",
            f"{one.look:.2f}",
        )
    Console(highlight=False).print(table)

"""`layerforge taste`: what is known of the user's taste."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.output import print_json

if TYPE_CHECKING:
    from layerforge.explore.tasted import TasteReport

_LISTED = 5


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "taste",
        help="your taste, as learned from choices, pins and kills",
        description="Your taste, as learned from choices (`layerforge prefer`), pins and kills.",
    )
    ways = parser.add_subparsers(dest="way", metavar="WAY", required=True)
    show = ways.add_parser("show", help="how much is known, and what you like best and least")
    show.add_argument("project", type=Path)
    show.add_argument("--json", action="store_true", help="everything, as JSON")
    show.set_defaults(run=run_show)


def run_show(args: argparse.Namespace) -> int:
    """Print what is known."""
    from layerforge.explore.tasted import taste_report
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project:
        report = taste_report(project)
    if args.json:
        print_json(report)
    else:
        _tell(report)
    return 0


def _tell(report: TasteReport) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(
        f"learned from {_count(report.choices, 'choice')}, {_count(report.pinned, 'pin')} "
        f"and {_count(report.killed, 'kill')}"
    )
    if report.accuracy is None:
        console.print("answer `layerforge ask` a few times: nothing is known yet")
        return
    console.print(
        f"{100 * report.accuracy:.0f} % of these are foretold from the others (50 is chance)"
    )
    if report.share > 0.0:
        console.print(f"your taste counts for {100 * report.share:.0f} % of the panel")
    else:
        console.print("that is too little to count in the panel yet")
    ranked = sorted(report.branches, key=lambda one: (-one.worth, one.id))
    best, least = ranked[:_LISTED], ranked[_LISTED:][-_LISTED:]
    table = Table(title="what you like best, and least", title_justify="left")
    for name in ("branch", "worth", "give or take"):
        table.add_column(name, justify="right")
    for group in (best, least):
        for one in group:
            table.add_row(str(one.id), f"{one.worth:+.2f}", f"{one.deviation:.2f}")
        table.add_section()
    console.print(table)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"

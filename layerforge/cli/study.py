"""`layerforge study`: experiments on the search itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import real, whole
from layerforge.cli.output import note, print_json

if TYPE_CHECKING:
    from layerforge.explore.study import Outcome


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "study",
        help="experiments on the search itself",
        description="Runs explorations that are thrown away, and reports what they show.  "
        "--goodhart: how voters that the search never hears judge what it makes of the others.",
    )
    parser.add_argument(
        "images", type=Path, nargs="*", metavar="IMAGE_OR_FOLDER", help="source images"
    )
    parser.add_argument(
        "--samples", action="store_true", help="use the sample images that come with LayerForge"
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--goodhart", action="store_true", help="follow some voters, ask the others")
    parser.add_argument(
        "--budget", type=whole(1, 1_000_000), default=500, help="candidates for each run (500)"
    )
    parser.add_argument("--seed", type=whole(0, 2**53 - 1), default=0, help="of all runs (0)")
    parser.add_argument(
        "--kappa", type=real(0, 5), default=0.5, help="what disagreement costs, beside 0 (0.5)"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the study; prints its outcomes."""
    from layerforge.explore.explorer import NoSources
    from layerforge.explore.importing import read_sources
    from layerforge.explore.study import goodhart
    from layerforge.files.assets import samples_folder

    read = read_sources([*args.images, *([samples_folder()] if args.samples else [])])
    for refused in read.refused:
        note(f"left out {refused}")
    if not read.files:
        raise NoSources
    outcomes: list[Outcome] = []
    for outcome in goodhart(read, budget=args.budget, seed=args.seed, kappa=args.kappa):
        outcomes.append(outcome)
        note(_line(outcome))
    if args.json:
        print_json(outcomes)
    else:
        _tell(outcomes)
    return 0


def _line(outcome: Outcome) -> str:
    return (
        f"followed {' and '.join(outcome.followed)}, kappa {outcome.kappa:g}: "
        f"heard {outcome.heard:+.2f}, unheard {outcome.unheard:+.2f}"
    )


def _tell(outcomes: list[Outcome]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="the best branches, in deviations above what is usual")
    for name in ("followed", "kappa", "heard", "unheard", "worst unheard"):
        table.add_column(name, justify="left" if name == "followed" else "right")
    for one in outcomes:
        table.add_row(
            ", ".join(one.followed),
            f"{one.kappa:g}",
            f"{one.heard:+.2f}",
            f"{one.unheard:+.2f}",
            f"{one.worst:+.2f}",
        )
    Console(highlight=False).print(table)

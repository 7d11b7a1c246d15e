"""`layerforge study`: experiments on the search itself."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli import study_compare
from layerforge.cli.arguments import real, whole
from layerforge.cli.output import note, print_json
from layerforge.cli.wording import count

if TYPE_CHECKING:
    from layerforge.explore.studies.goodhart import Outcome

_MEANING = """\
heard, unheard: what the voters followed, and the others, say of the {best} best
branches: mean of their votes, in standard deviations above what is usual for
random collages of the same sources.  worst: the lowest of the unheard voters.
kappa 0 joins the voters followed by their plain mean."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "study",
        description="Runs explorations that are thrown away, and reports what they show.  "
        "--goodhart: how voters that the search never hears judge what it makes of the others.  "
        "--compare: strategies side by side; each folder is a set of sources of its own.  "
        "One seed shows a tendency at most: --seeds 5 and more give confidence intervals.",
    )
    parser.add_argument(
        "images", type=Path, nargs="*", metavar="IMAGE_OR_FOLDER", help="source images"
    )
    parser.add_argument(
        "--samples", action="store_true", help="use the sample images that come with LayerForge"
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--goodhart", action="store_true", help="follow some voters, ask the others")
    which.add_argument(
        "--compare",
        action="append",
        metavar="STRATEGY",
        help="a strategy against random search, or the usual one 'without policy', 'without "
        "crossover', 'without noise adaptation' or 'without gate'; can be given again; needs --to",
    )
    study_compare.add_options(parser)
    parser.add_argument(
        "--budget",
        type=whole(1, 1_000_000),
        action="append",
        help="candidates for each run (500); --compare: can be given again, and random search "
        "always gets 1000 or more",
    )
    parser.add_argument("--seed", type=whole(0, 2**52), default=0, help="the first one (0)")
    parser.add_argument(
        "--seeds", type=whole(1, 1000), default=1, metavar="N", help="how many, one by one (1)"
    )
    parser.add_argument(
        "--kappa",
        type=real(0, 5),
        action="append",
        help="what disagreement costs, beside 0; can be given again (0.5)",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run, wrong_usage=parser.error)


def run(args: argparse.Namespace) -> int:
    """Run the study; prints its outcomes."""
    args.budget = args.budget or [500]
    if args.compare is not None:
        if args.to is None:
            args.wrong_usage("--compare needs --to FOLDER, where its runs are kept")
        return study_compare.run(args)
    if len(args.budget) > 1:
        args.wrong_usage("--goodhart has one --budget")
    (budget,) = args.budget
    from layerforge.explore.explorer import NoSources
    from layerforge.explore.importing import read_sources
    from layerforge.explore.studies.goodhart import goodhart, summed_up
    from layerforge.files.assets import samples_folder
    from layerforge.scoring.panel import DEFAULT_KAPPA

    read = read_sources([*args.images, *([samples_folder()] if args.samples else [])])
    for refused in read.refused:
        note(f"left out {refused}")
    if not read.files:
        raise NoSources
    seeds = range(args.seed, args.seed + args.seeds)
    outcomes: list[Outcome] = []
    kappas = args.kappa or (DEFAULT_KAPPA,)
    for outcome in goodhart(read, budget=budget, seeds=seeds, kappas=kappas):
        outcomes.append(outcome)
        note(_line(outcome))
    if args.json:
        print_json({"runs": outcomes, "summaries": summed_up(outcomes)})
    else:
        _tell(outcomes, budget=budget, kappas=kappas)
    return 0


def _line(outcome: Outcome) -> str:
    return (
        f"seed {outcome.seed}: followed {' and '.join(outcome.followed)}, kappa "
        f"{outcome.kappa:g}: heard {outcome.heard:+.2f}, unheard {outcome.unheard:+.2f}"
    )


def _tell(outcomes: Sequence[Outcome], *, budget: int, kappas: Sequence[float]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from layerforge.explore.studies.goodhart import BEST, FEW_CANDIDATES, gain, summed_up

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("followed", "kappa", "heard", "unheard", "worst"):
        table.add_column(name, justify="left" if name == "followed" else "right")
    summaries = summed_up(outcomes)
    for one in summaries:
        table.add_row(
            ", ".join(one.followed),
            f"{one.kappa:g}",
            _with_interval(one.heard, one.heard_by),
            _with_interval(one.unheard, one.unheard_by),
            _with_interval(one.worst, one.worst_by),
        )
    Console(highlight=False).print(table)
    print(_MEANING.format(best=BEST))
    for kappa in dict.fromkeys(kappas):
        if kappa > 0.0:
            lifted = _with_interval(*gain(outcomes, kappa=kappa))
            print(f"kappa {kappa:g} against 0, seed by seed: unheard {lifted}")
    seeds = summaries[0].seeds
    if seeds == 1:
        print("one seed: others differ by half a deviation; --seeds 5 tells how sure it is")
    else:
        print(f"+-: 95 % confidence intervals over {seeds} seeds")
    if budget < FEW_CANDIDATES:
        are = "is" if budget == 1 else "are"
        print(
            f"{count(budget, 'candidate')} {are} too few to game a voter: what is seen is mostly "
            f"luck;\nfrom {FEW_CANDIDATES} on it tells something, 500 is usual"
        )


def _with_interval(value: float, by: float | None) -> str:
    return f"{value:+.2f}" + ("" if by is None else f" +- {by:.2f}")

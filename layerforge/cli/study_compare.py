"""`layerforge study --compare`: strategies side by side."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import whole
from layerforge.cli.output import note, print_json

if TYPE_CHECKING:
    from layerforge.explore.studies.comparison import Against, Result

_MEANING = """\
gain: mean value of the best 20 that differ, above that of random search with
the same seed, with its 95 % interval.  diverse: how far these 20 lie apart,
random search being 1.  lineage: how many of them are of one family, at most.
reached: after how many candidates, in the median, the best of {control} random
ones was reached; - where most runs did not."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what only a comparison needs."""
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="--compare: where runs and results are kept; a study that was stopped goes on there",
    )
    parser.add_argument(
        "--processes",
        type=whole(0, 256),
        default=0,
        metavar="N",
        help="--compare: at once; 0 is one a core",
    )


def run(args: argparse.Namespace) -> int:
    """Compare strategies; prints the comparison."""
    from layerforge.cli.progress import counted
    from layerforge.explore.explorer import NoSources
    from layerforge.explore.settings import ExploreSettings
    from layerforge.explore.studies.comparison import Plan, against_control, compare
    from layerforge.explore.studies.report import write_report
    from layerforge.files.assets import samples_folder

    paths = [*args.images, *([samples_folder()] if args.samples else [])]
    if not paths:
        raise NoSources
    plan = Plan(
        sources=_sets(paths),
        strategies=checked(args.compare, args),
        seeds=range(args.seed, args.seed + args.seeds),
        budget=args.budget,
        base=ExploreSettings(search_edge_px=256),
    )
    with counted("comparing") as tell:
        results = compare(
            plan, args.to, processes=args.processes, told=lambda done, of: tell(done, of, "")
        )
    for path in write_report(results, args.to, budget=args.budget):
        note(f"wrote {path}")
    against = against_control(results)
    if args.json:
        print_json({"runs": [asdict(one) for one in results], "against_control": against})
    else:
        _tell(results, against)
    return 0


def checked(strategies: Sequence[str], args: argparse.Namespace) -> list[str]:
    """``strategies``; ends with exit code 2 for one that there is none of."""
    from layerforge.explore.studies.runs import VARIANTS
    from layerforge.search.strategies import STRATEGIES

    known = (*STRATEGIES, *VARIANTS)
    for one in strategies:
        if one not in known:
            args.wrong_usage(f"there is no strategy {one!r}: there are {', '.join(known)}")
    return list(dict.fromkeys(strategies))


def _sets(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Each folder is a set of sources; single images make one together."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if path.is_dir():
            name = path.name if path.name not in found else str(path)
            found[name] = [str(path)]
        else:
            found.setdefault("images", []).append(str(path))
    return found


def _tell(results: Sequence[Result], against: Sequence[Against]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from layerforge.explore.studies.comparison import CONTROL_BUDGET

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("sources", "strategy", "gain", "interval", "diverse", "lineage", "reached"):
        table.add_column(name, justify="left" if name in ("sources", "strategy") else "right")
    for one in against:
        table.add_row(
            one.sources,
            one.strategy,
            f"{one.gain:+.2f}",
            f"{one.low:+.2f} to {one.high:+.2f}",
            f"{one.diversity:.2f}",
            str(one.largest_lineage),
            "-" if one.reached is None else f"{one.reached:.0f}",
        )
    Console(highlight=False).print(table)
    print(_MEANING.format(control=CONTROL_BUDGET))
    seeds = len({one.seed for one in results})
    if seeds < 5:
        print(f"{seeds} seed{'s' if seeds > 1 else ''}: a tendency at most; --seeds 10 tells more")

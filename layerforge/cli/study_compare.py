"""`layerforge study --compare`: strategies side by side."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import whole
from layerforge.cli.output import note, print_json
from layerforge.cli.wording import count
from layerforge.model.errors import LayerForgeError

if TYPE_CHECKING:
    from layerforge.explore.studies.comparison import Against, Result

_MEANING = """\
gain: mean value of the best 20 that differ (as many as both have), above that
of random search with the same seed, with its 95 % interval.  diverse: how far
these 20 lie apart, random search being 1.  lineage: how many of them are of one
family, at most.  reached: after how many candidates, in the median, the best of
{control} random ones was reached; - where most runs did not."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what only a comparison needs."""
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="--compare: where runs and results are kept; a study that was stopped goes on there",
    )
    parser.add_argument(
        "--scorer",
        choices=("measures", "auto", "clip"),
        default="measures",
        help="--compare: what judges (measures)",
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
    from layerforge.explore.studies.comparison import Plan, against, compare, worth_of_parts
    from layerforge.explore.studies.report import write_report
    from layerforge.files.assets import samples_folder

    paths = [*args.images, *([samples_folder()] if args.samples else [])]
    if not paths:
        raise NoSources
    for path in paths:
        if not path.exists():
            raise LayerForgeError(f"{path} does not exist")
    plan = Plan(
        sources=_sets(paths),
        strategies=checked(args.compare, args),
        seeds=range(args.seed, args.seed + args.seeds),
        budgets=args.budget,
        base=ExploreSettings(search_edge_px=256, scorer=args.scorer),
    )
    with counted("comparing") as tell:
        results = compare(
            plan, args.to, processes=args.processes, told=lambda done, of: tell(done, of, "")
        )
    written = write_report(results, args.to)
    for path in written:
        note(f"wrote {path}")
    if not any(path.suffix == ".svg" for path in written):
        note("no plots: they need matplotlib; pip install 'layerforge[study]' brings it")
    compared, parts = against(results), worth_of_parts(results)
    if args.json:
        print_json(
            {
                "runs": [asdict(one) for one in results],
                "against_control": compared,
                "worth_of_parts": parts,
            }
        )
    else:
        _tell(results, compared, parts)
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


def _tell(results: Sequence[Result], compared: Sequence[Against], parts: Sequence[Against]) -> None:
    from layerforge.explore.studies.comparison import CONTROL_BUDGET
    from layerforge.explore.studies.metrics import TOP

    for budget in dict.fromkeys(one.budget for one in compared):
        print(f"{count(budget, 'candidate')} a run")
        _print_table([one for one in compared if one.budget == budget], ("sources", "strategy"))
    print(_MEANING.format(control=CONTROL_BUDGET))
    if parts:
        print("\nThe usual strategy above itself without a part: what that part gains.")
        for budget in dict.fromkeys(one.budget for one in parts):
            print(f"{count(budget, 'candidate')} a run")
            _print_table([one for one in parts if one.budget == budget], ("sources", "other"))
    if (fewest := min((one.fewest for one in compared), default=TOP)) < TOP:
        print(f"Some runs have only {fewest} that differ: few candidates, little to compare.")
    seeds = len({one.seed for one in results})
    if seeds < 5:
        print(f"{seeds} seed{'s' if seeds > 1 else ''}: a tendency at most; --seeds 10 tells more")


def _print_table(rows: Sequence[Against], names: tuple[str, str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("sources", "strategy"):
        table.add_column(name)
    for name in ("gain", "interval", "diverse", "lineage", "reached"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in rows:
        table.add_row(
            *(getattr(one, name) for name in names),
            f"{one.gain:+.2f}",
            f"{one.low:+.2f} to {one.high:+.2f}",
            f"{one.diversity:.2f}",
            str(one.largest_lineage),
            "-" if one.reached is None else f"{one.reached:.0f}",
        )
    Console(highlight=False).print(table)

"""`layerforge bench`: how fast this machine is, against peers that do the same."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING

from layerforge.cli.arguments import whole
from layerforge.cli.output import note, print_json

if TYPE_CHECKING:
    from layerforge.explore.bench_line import Line


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "bench",
        description="Measures how fast this machine is, against plainer ways to do the same, "
        "taken in turns.  rendering: joining layers, and the slowest operations; some three "
        "minutes on two cores.  scoring: CLIP ViT-B-32, a round among 100,000 branches, CLIP "
        "ViT-L-14, all at full size with random weights that are made in memory; some three "
        "minutes on two cores, three quarters of it for ViT-L-14, and 5 GB of memory.  Fewer "
        "--turns take less.",
    )
    parser.add_argument("--only", choices=("rendering", "scoring"), help="one part alone (both)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument(
        "--turns", type=whole(1, 100), default=5, help="how often each is measured (5)"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure; prints each line as soon as it is there."""
    from layerforge.explore.bench import run_all
    from layerforge.explore.bench_line import Effort
    from layerforge.explore.doctor import machine

    note("measuring, which takes minutes; other work on this machine slows it down")
    if not args.json:
        print(machine(), flush=True)
    lines = []
    for line in run_all(Effort(turns=args.turns, device=args.device), only=args.only):
        lines.append(line)
        if args.json:
            note(_told(line))
        else:
            print(_told(line), flush=True)
    if args.json:
        print_json({"machine": machine(), "lines": [dataclasses.asdict(one) for one in lines]})
    return 0


def _told(line: Line) -> str:
    if line.ours is None or line.peer is None or line.ratio is None:
        return f"{line.what}: not measured against {line.against} ({line.note})"
    ratio = (
        f"{1 / line.ratio:.3g} times as long" if line.as_time else f"{line.ratio:.2f} times as fast"
    )
    goal = ""
    if line.goal is not None:
        limit = f"at most {1 / line.goal:.3g}" if line.as_time else f"at least {line.goal:.3g}"
        goal = f", {limit}: {'met' if line.ratio >= line.goal else 'missed'}"
    return (
        f"{line.what}: {line.ours:.1f} {line.unit} against {line.peer:.1f} of {line.against}: "
        f"{ratio}{goal}" + (f" ({line.note})" if line.note else "")
    )

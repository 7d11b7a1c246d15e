"""Options of the panel, which joins the voters to one value."""

from __future__ import annotations

import argparse
from typing import Any

from layerforge.cli.arguments import real, whole


def add_panel_options(parser: argparse.ArgumentParser) -> None:
    """Add them; ``panel_settings`` reads them."""
    group = parser.add_argument_group("joining the votes")
    group.add_argument("--kappa", type=real(0, 5), help="what disagreement of voters costs (0.5)")
    group.add_argument(
        "--weight",
        type=weight,
        action="append",
        default=[],
        metavar="VOTER=W",
        help="how much a voter counts, 0 for not at all; of taste, how much more than it has "
        "earned; can be given again",
    )
    group.add_argument(
        "--clip-alone",
        action="store_true",
        help="CLIP's voters only, without the measures (no effect on other scorers)",
    )
    group.add_argument(
        "--no-fragility",
        action="store_true",
        help="don't look at winners again mirrored, trimmed, compressed and blurred",
    )
    group.add_argument(
        "--halving",
        action="store_true",
        help="judge all at 128 pixels by a small scorer, and only the best third at full size",
    )
    group.add_argument(
        "--neighbours",
        type=whole(1, 256),
        default=6,
        metavar="K",
        help="novelty is the mean distance to so many nearest ones (6)",
    )


def panel_settings(args: argparse.Namespace) -> dict[str, Any]:
    """The fields of ``ExploreSettings`` that were given, from ``add_panel_options``."""
    return {
        **({} if args.kappa is None else {"kappa": args.kappa}),
        "weights": dict(args.weight),
        "clip_alone": args.clip_alone,
        "fragility": not args.no_fragility,
        "halving": args.halving,
        "neighbours": args.neighbours,
    }


def weight(text: str) -> tuple[str, float]:
    """A voter's name and weight, such as ``order=0.5``."""
    name, sign, number = text.rpartition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not a voter and its weight, as in order=0.5")
    return name, real(0, 1000)(number)

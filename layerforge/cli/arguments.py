"""Argument types that several commands share; what is out of range is wrong usage (exit 2)."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from typing import Any, Literal

from layerforge.model.canvas import MAX_WRITTEN_PX

DEFAULT_SIZE = (1024, 1024)
"""Of a new project's canvas, in pixels."""


def whole(low: int, high: int) -> Callable[[str], int]:
    """An integer in [low, high]."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be {low} to {high}, got {value}")
        return value

    return parse


def real(low: float, high: float) -> Callable[[str], float]:
    """A number in [low, high]."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
        if not math.isfinite(value) or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be {low:g} to {high:g}, got {text}")
        return value

    return parse


def frame(text: str) -> int | Literal["all"]:
    """Which picture of a file that holds several: a number from 1, or all."""
    return "all" if text == "all" else whole(1, 1_000_000)(text)


def add_frame_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--frame``."""
    parser.add_argument(
        "--frame",
        type=frame,
        metavar="N",
        help="of animations and files with pages, take picture N, or all (1)",
    )


def size(text: str) -> tuple[int, int]:
    """A canvas size such as 1024x768, that can be written as it is."""
    found = re.fullmatch(r"(\d{1,9})[x×](\d{1,9})", text.strip().lower())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1024x768")
    width, height = int(found[1]), int(found[2])
    if not (1 <= width <= MAX_WRITTEN_PX and 1 <= height <= MAX_WRITTEN_PX):
        raise argparse.ArgumentTypeError(
            f"each side must be 1 to {MAX_WRITTEN_PX} pixels, got {width}x{height}"
        )
    return width, height


def add_clip_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the CLIP scorer; ``clip_settings`` reads them."""
    group = parser.add_argument_group("judging with CLIP (no effect on other scorers)")
    group.add_argument(
        "--preset",
        choices=("fast", "best"),
        help="fast: one small encoder; best: a large one as well, about 20 times the work (fast)",
    )
    group.add_argument(
        "--precision",
        choices=("auto", "float32", "float16", "bfloat16"),
        help="auto measures once which is fastest and right (auto)",
    )
    group.add_argument(
        "--views",
        type=whole(1, 5),
        metavar="N",
        help="look at the whole and at most N-1 crops, each at the same cost; "
        "a square picture needs the whole only; 1 is the centre alone (4)",
    )
    group.add_argument(
        "--clip-model", metavar="M", help="another encoder: MODEL/TAG, MODEL@FILE or a folder"
    )
    group.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="NAME_OR_FILE",
        help="judge by this aesthetic head (see `layerforge models list`) instead of the usual "
        "one; can be given again",
    )
    group.add_argument(
        "--antonyms",
        action=argparse.BooleanOptionalAction,
        help="let pairs of opposite words vote, such as striking and messy (with the encoders "
        "that `layerforge models list` names)",
    )
    for name in ("more", "less"):
        also = ["--prompt"] if name == "more" else []
        group.add_argument(
            f"--{name}-like",
            *also,
            action="append",
            default=[],
            metavar="TEXT",
            help=f"pictures should be {name} like this; can be given again",
        )


def clip_settings(args: argparse.Namespace) -> dict[str, Any]:
    """The fields of ``ClipSettings`` that were given, from what ``add_clip_options`` added."""
    named = ("preset", "precision", "views", "clip_model", "antonyms")
    return {
        **{name: getattr(args, name) for name in named if getattr(args, name) is not None},
        "heads": tuple(args.head),
        "more_like": tuple(args.more_like),
        "less_like": tuple(args.less_like),
    }

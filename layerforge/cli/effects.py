"""Options that would have no effect are not accepted in silence.

Wrong usage (exit 2) where the command line itself says so, else a note as soon as it is known.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from layerforge.cli.output import note

if TYPE_CHECKING:
    from layerforge.explore.scorers import Choice
    from layerforge.explore.settings import ExploreSettings
    from layerforge.model.canvas import Canvas

_CLIP = {
    "preset": "--preset",
    "precision": "--precision",
    "views": "--views",
    "clip_model": "--clip-model",
    "head": "--head",
    "antonyms": "--antonyms",
    "more_like": "--more-like",
    "less_like": "--less-like",
    "clip_alone": "--clip-alone",
}
"""Options that only CLIP heeds, by the names of their arguments."""

_STEERING = {
    "temperature": "--temperature",
    "cooling": "--cooling",
    "noise": "--noise",
    "novelty": "--novelty",
}
"""What steers every strategy but the random one."""


def demand_effect(args: argparse.Namespace) -> None:
    """End with exit code 2 where options contradict each other."""
    if args.scorer == "measures":
        given = given_for_clip(args)
        if args.device in ("cuda", "mps"):
            given.append(f"--device {args.device}")
        if given:
            args.wrong_usage(f"{_listed(given)} CLIP: not with --scorer measures")
    if args.preset is not None and args.clip_model is not None:
        args.wrong_usage("--preset and --clip-model each say which encoder: give one of them")


def tell_without_effect(args: argparse.Namespace, choice: Choice) -> None:
    """Note what of the scorer's options has no effect with the one that was chosen."""
    if choice.scorer.name != "clip":
        if given := given_for_clip(args):
            note(f"{_listed(given)} CLIP, which does not judge here: no effect")
    elif args.preset is not None and os.environ.get("LAYERFORGE_ENCODER"):
        note("--preset has no effect: LAYERFORGE_ENCODER names the encoder")


def tell_without_effect_on(
    canvas: Canvas, args: argparse.Namespace, settings: ExploreSettings, choice: Choice
) -> None:
    """Note what has no effect on exploring this canvas by these settings."""
    for line in _without_effect(canvas, args, settings, choice):
        note(line)


def _without_effect(
    canvas: Canvas, args: argparse.Namespace, settings: ExploreSettings, choice: Choice
) -> Iterator[str]:
    from layerforge.explore.settings import ExploreSettings
    from layerforge.scoring.jury import seated, voters_of

    if choice.scorer.name == "clip" and args.views is not None:
        from layerforge.scoring.preprocess import MAX_VIEWS, view_count

        # a picture that is judged whole alone is square, or nearly so
        if view_count(canvas.height, canvas.width, MAX_VIEWS) == 1 and args.views > 1:
            yield f"--views has no effect: {canvas.width}x{canvas.height} is seen whole"
    if settings.strategy == "random":
        usual = ExploreSettings()
        given = [
            option
            for name, option in _STEERING.items()
            if getattr(settings, name) != getattr(usual, name)
        ]
        if given:
            yield f"no effect on --strategy random: {', '.join(given)}"
    if args.kappa is not None:
        voters = voters_of(seated(choice.scorer, alone=settings.clip_alone))
        counted = [name for name in voters if settings.weights.get(name, 1.0) > 0.0]
        if len(counted) == 1:
            yield f"--kappa has no effect: {counted[0]} is the only voter that counts"


def given_for_clip(args: argparse.Namespace) -> list[str]:
    """The options that were given and that only CLIP heeds."""
    return [
        option
        for name, option in _CLIP.items()
        if getattr(args, name, None) not in (None, False, [])
    ]


def _listed(given: list[str]) -> str:
    return f"{', '.join(given)} {'need' if len(given) > 1 else 'needs'}"

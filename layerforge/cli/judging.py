"""Who judges an exploration: as the options say, else as in the project's last run."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from layerforge.cli.arguments import clip_settings
from layerforge.cli.effects import given_for_clip
from layerforge.cli.output import note
from layerforge.cli.panel_options import panel_settings
from layerforge.model.errors import LayerForgeError
from layerforge.project.places import there_is

if TYPE_CHECKING:
    from layerforge.explore.jobs import Future
    from layerforge.explore.judged_before import JudgedBefore
    from layerforge.explore.scorers import Choice
    from layerforge.explore.settings import ExploreSettings


def judging_settings(args: argparse.Namespace) -> tuple[dict[str, Any], JudgedBefore | None]:
    """The fields of ``ExploreSettings`` that say who judges, and the last run's where they are its.

    What an option says goes before what the last run had; with ``--scorer`` nothing is taken over.
    """
    given = {**clip_settings(args), **panel_settings(args)}
    before = None if args.scorer is not None else _judged_before(args)
    if before is not None and before.scorer == "measures" and given_for_clip(args):
        before = None
    if before is None:
        return {"scorer": args.scorer or "auto", **given}, None
    held = dict(before.settings)
    if args.preset is not None or args.clip_model is not None:  # of another encoder
        held |= {"preset": "fast", "clip_model": None, "heads": ()}
    left_out = [(), {}, False]  # how an option looks that was not given; a number counts, also 0
    chosen = {
        name: value
        for name, value in given.items()
        if name not in held or isinstance(value, float) or value not in left_out
    }
    return {"scorer": "clip" if before.asked else "auto", **held, **chosen}, before


def begin_judging(
    args: argparse.Namespace, settings: ExploreSettings, before: JudgedBefore | None
) -> Future[Choice]:
    """Load the scorer in the background, after one line on what is taken over."""
    from layerforge.explore.jobs import in_background
    from layerforge.explore.judged_before import choose_again
    from layerforge.explore.scorers import begin_choosing

    if before is None:
        return begin_choosing(
            settings.scorer, device=args.device, settings=settings, on_notice=note
        )
    note(before.told)
    return in_background(
        choose_again, before, device=args.device, settings=settings, on_notice=note
    )


def _judged_before(args: argparse.Namespace) -> JudgedBefore | None:
    from layerforge.explore.judged_before import judged_before
    from layerforge.project.project import Project

    if not there_is(args.project):
        return None
    try:
        with Project.open(args.project, read_only=True) as project:
            return judged_before(project)
    except LayerForgeError:
        return None  # it is opened once more, to be changed, and what is wrong is told then

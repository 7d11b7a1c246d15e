"""`layerforge show`: the tree, sources and runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerforge.cli.arguments import whole
from layerforge.cli.output import print_json

if TYPE_CHECKING:
    from layerforge.model.score import Score
    from layerforge.project.project import Project

_REFERENCE = ("typical_distance", "encoder", "weights", "kappa", "statistics", "quantiles")
"""What is shown of the statistics that a run's values are measured in."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("show", help="the tree, sources and runs of a project")
    parser.add_argument("project", type=Path)
    parser.add_argument(
        "--top", type=whole(1, 1_000_000), default=20, help="how many of the best to list (20)"
    )
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what the project holds."""
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project:
        if args.json:
            print_json(_everything(project))
        else:
            _summary(project, top=args.top)
    return 0


def _everything(project: Project) -> dict[str, Any]:
    from layerforge.explore.lacking import lacking_branches
    from layerforge.explore.standing import novelty_of

    novelty = novelty_of(project)
    lost = lacking_branches(project.branches())
    return {
        "project": str(project.path),
        "canvas": {"width": project.canvas.width, "height": project.canvas.height},
        "branches": [
            {
                "id": branch.id,
                "parent": branch.parent,
                "mate": branch.mate,
                "depth": branch.depth,
                "status": branch.status,
                "value": branch.value,
                "scores": {} if branch.score is None else branch.score.parts,
                **_standing(branch.score),
                "novelty": novelty.get(branch.id),
                "steps": branch.steps,
                "lacking": lost.get(branch.id, ()),
                "round": branch.round,
                "run": branch.run,
            }
            for branch in project.branches()
        ],
        "sources": [
            {"id": one.id, "name": one.name, "width": one.width, "height": one.height}
            for one in project.sources()
        ],
        "runs": [
            {
                "id": one.id,
                "seed": one.seed,
                "scorer": one.scorer,
                "scorer_description": one.scorer_description,
                "started_at": one.started_at,
                "ended_at": one.ended_at,
                "settings": one.settings,
                "versions": one.versions,
                "reference": {key: one.reference.get(key) for key in _REFERENCE},
            }
            for one in project.runs()
        ],
    }


def _standing(score: Score | None) -> dict[str, float | None]:
    """What a score says beside value and votes; nothing where there is none."""
    names = ("percentile", "spread", "fragility", "hull_distance")
    return {name: None if score is None else getattr(score, name) for name in names}


def _summary(project: Project, *, top: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from layerforge.explore.lacking import lacking_branches, lacking_text

    branches = project.branches()
    console = Console(highlight=False)
    pinned = sum(branch.status == "pinned" for branch in branches)
    killed = sum(branch.status == "killed" for branch in branches)
    console.print(
        f"{project.path.name}: canvas {project.canvas.width}x{project.canvas.height}, "
        f"{len(branches) - 1} branches ({pinned} pinned, {killed} killed)",
        markup=False,
    )
    for source in project.sources():
        console.print(f"  source {source.name} {source.width}x{source.height}", markup=False)
    for one in project.runs():
        console.print(
            f"  run {one.id}: seed {one.seed}, {one.scorer_description}, {one.started_at}",
            markup=False,
        )
    if len(branches) == 1:
        console.print("nothing is kept yet: layerforge explore --project P")
        return
    lost = lacking_text(lacking_branches(branches))
    if lost:
        console.print(f"  {lost}", markup=False)
    table = Table(title=f"best {min(top, len(branches) - 1)} branches", title_justify="left")
    for name in ("branch", "parent", "depth", "value", "of 100", "fragility"):
        table.add_column(name, justify="right")
    for name in ("status", "votes", "last steps"):
        table.add_column(name, overflow="fold")
    ranked = sorted(
        (branch for branch in branches if branch.parent is not None),
        key=lambda branch: (-(branch.value or 0.0), branch.id),
    )
    for branch in ranked[:top]:
        table.add_row(
            str(branch.id),
            str(branch.parent),
            str(branch.depth),
            *_figures(branch.score),
            branch.status,
            _votes(branch.score),
            ", ".join(step.operation.name for step in branch.steps),
        )
    console.print(table)


def _figures(score: Score | None) -> tuple[str, str, str]:
    """Value, its place among 100 random collages, and fragility."""
    if score is None:
        return "", "", ""
    place = "" if score.percentile is None else f"{score.percentile:.0f}"
    return f"{score.value:.3f}", place, f"{score.fragility:.2f}"


def _votes(score: Score | None) -> str:
    return "" if score is None else ", ".join(f"{n} {v:.2f}" for n, v in score.parts.items())

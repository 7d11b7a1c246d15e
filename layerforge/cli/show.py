"""`layerforge show`: the tree, sources and runs, or all about single branches."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerforge.cli.arguments import whole
from layerforge.cli.output import note, print_json

if TYPE_CHECKING:
    from layerforge.explore.breakdown import Breakdown
    from layerforge.model.branch import Branch
    from layerforge.model.score import Score
    from layerforge.project.project import Project
    from layerforge.search.policy import Credit

_REFERENCE = (
    "typical_distance", "encoder", "weights", "kappa", "pictures", "statistics", "quantiles",
)  # fmt: skip
"""What is shown of the statistics that a run's values are measured in."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "show",
        description="Shows the best branches, the sources and the runs of a project; with a "
        "branch, every voter's part in its value, and its steps.  Values are standard deviations "
        "from what is usual for random collages of the same sources.",
    )
    parser.add_argument("project", type=Path)
    parser.add_argument(
        "branch", type=whole(1, 2**53 - 1), nargs="*", metavar="BRANCH", help="only these, in full"
    )
    parser.add_argument(
        "--top", type=whole(1, 1_000_000), default=20, help="how many of the best to list (20)"
    )
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what the project holds."""
    from layerforge.cli.show_text import print_branch, print_summary
    from layerforge.explore.breakdown import breakdowns
    from layerforge.explore.standing import novelty_of
    from layerforge.explore.tasted import tasted
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project:
        wanted = [project.branch(one).id for one in dict.fromkeys(args.branch)]
        if args.json:
            print_json(_everything(project, only=set(wanted)))
        elif wanted:
            made, novelty = tasted(project), novelty_of(project)
            made_of = breakdowns(project, made=made)
            known = {branch.id: branch for branch in made[0]}
            for one in wanted:
                print_branch(project, known[one], made_of.get(one), novelty=novelty.get(one))
        else:
            print_summary(project, top=args.top)
    return 0


def _everything(project: Project, *, only: set[int]) -> dict[str, Any]:
    from layerforge.explore.breakdown import breakdowns
    from layerforge.explore.lacking import lacking_branches
    from layerforge.explore.standing import novelty_of
    from layerforge.explore.tasted import tasted

    made = tasted(project)
    branches = made[0]
    novelty, made_of = novelty_of(project), breakdowns(project, made=made)
    lost, weights = lacking_branches(branches), project.source_weights()
    return {
        "project": str(project.path),
        "canvas": {"width": project.canvas.width, "height": project.canvas.height},
        "branches": [
            {
                **_branch(branch, novelty=novelty.get(branch.id), made_of=made_of.get(branch.id)),
                "lacking": lost.get(branch.id, ()),
            }
            for branch in branches
            if not only or branch.id in only
        ],
        "sources": [
            {
                "id": one.id,
                "name": one.name,
                "width": one.width,
                "height": one.height,
                "weight": weights.get(one.id, 1.0),
            }
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
        "operations": _operations(project),
    }


def _operations(project: Project) -> list[Credit]:
    """What each operation is worth; none, and a note, where what was learned can't be read."""
    from layerforge.explore.learned import operation_credits
    from layerforge.project.errors import ProjectError

    try:
        return operation_credits(project)
    except ProjectError as error:
        note(f"operations are left out: {error}")
        return []


def _branch(branch: Branch, *, novelty: float | None, made_of: Breakdown | None) -> dict[str, Any]:
    votes = {} if made_of is None else made_of.votes
    return {
        "id": branch.id,
        "parent": branch.parent,
        "mate": branch.mate,
        "origin": branch.origin,
        "depth": branch.depth,
        "status": branch.status,
        "value": branch.value,
        "scores": {} if branch.score is None else branch.score.parts,
        "votes": {name: dataclasses.asdict(vote) for name, vote in votes.items()},
        **_standing(branch.score),
        "percentile_of": None if made_of is None else made_of.sample,
        "novelty": novelty,
        "steps": branch.steps,
        "round": branch.round,
        "run": branch.run,
    }


def _standing(score: Score | None) -> dict[str, float | None]:
    """What a score says beside value and votes; nothing where there is none."""
    names = ("percentile", "spread", "fragility", "hull_distance")
    return {name: None if score is None else getattr(score, name) for name in names}

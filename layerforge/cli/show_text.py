"""What `layerforge show` prints for people, at 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from layerforge.cli.wording import count
from layerforge.explore.breakdown import Breakdown, lineage, sample_size
from layerforge.explore.lacking import lacking_branches, lacking_text
from layerforge.explore.tasted import tasted_branches
from layerforge.model.branch import Branch
from layerforge.model.score import Score
from layerforge.model.step import ParameterValue, Step
from layerforge.project.project import Project

_LEAST_WIDTH = 60


def print_summary(project: Project, *, top: int) -> None:
    """The project's sources, runs, and best branches."""
    branches = tasted_branches(project)
    console = _console()
    pinned = sum(branch.status == "pinned" for branch in branches)
    killed = sum(branch.status == "killed" for branch in branches)
    console.print(
        f"{project.path.name}: canvas {project.canvas.width}x{project.canvas.height}, "
        f"{count(len(branches) - 1, 'branch')} ({pinned} pinned, {killed} killed)"
    )
    weights = project.source_weights()
    for source in project.sources():
        weight = weights.get(source.id, 1.0)
        drawn = "" if weight == 1 else f", weight {weight:g}" if weight else ", left out"
        console.print(f"  source {source.name} {source.width}x{source.height}{drawn}")
    for one in project.runs():
        text = f"run {one.id}: seed {one.seed}, {one.started_at}, {one.scorer_description}"
        console.print(_wrapped(text, console=console, indent=4))
    if len(branches) == 1:
        console.print("nothing is kept yet: layerforge explore --project P")
        return
    if lost := lacking_text(lacking_branches(branches)):
        console.print(_wrapped(lost, console=console, indent=2))
    kept = [branch for branch in branches if branch.parent is not None]
    ranked = sorted(kept, key=lambda branch: (-(branch.value or 0.0), branch.id))[:top]
    sample = sample_size(project)
    beats = "" if sample is None else f"; beats: how many of {sample} usual pictures, in %"
    console.print(f"best {len(ranked)} of {count(len(kept), 'branch')}{beats}")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("branch", "parent", "depth", "value", "beats", "fragile"):
        table.add_column(name, justify="right")
    table.add_column("status")
    table.add_column("last steps", overflow="fold")
    for branch in ranked:
        table.add_row(
            str(branch.id),
            str(branch.parent),
            str(branch.depth),
            *_figures(branch.score),
            branch.status,
            ", ".join(step.operation.name for step in branch.steps),
        )
    console.print(table)
    console.print(f"all about one: layerforge show {project.path} {ranked[0].id}")


def print_branch(
    project: Project, branch: Branch, made_of: Breakdown | None, *, novelty: float | None
) -> None:
    """All about one branch: its value and what it is made of, and its steps."""
    console = _console()
    mate = "" if branch.mate is None else f", crossed with {branch.mate}"
    console.print(
        f"branch {branch.id}: {branch.status}, parent {branch.parent}{mate}, depth {branch.depth}, "
        f"run {branch.run}, round {branch.round}"
    )
    if branch.score is not None:
        _print_score(console, branch.score, made_of, novelty=novelty)
    names = {source.id: source.name for source in project.sources()}
    line = lineage(project, branch)
    steps = count(sum(len(one.steps) for one in line), "step")
    console.print(f"its {steps}, by the branch that took them")
    for one in line:
        for place, step in enumerate(one.steps):
            start = f"{one.id:>6}  " if place == 0 else " " * 8
            text = _wrapped(_step(step, names), console=console, indent=10)
            console.print(start + text[8:])


def _print_score(
    console: Console, score: Score, made_of: Breakdown | None, *, novelty: float | None
) -> None:
    beaten = ""
    if score.percentile is not None and made_of is not None:
        beaten = f", above {score.percentile:.0f} % of {made_of.sample} usual pictures"
    console.print(f"value {score.value:+.3f}{beaten}")
    if made_of is None:
        parts = ", ".join(f"{name} {value:.3f}" for name, value in score.parts.items())
        console.print(_wrapped(f"votes: {parts}", console=console, indent=2))
    else:
        console.print(_votes(made_of))
        cost = made_of.kappa * made_of.spread
        for number, what in (
            (made_of.mean, "their sum: the mean vote, in standard deviations from what is usual"),
            (-cost, f"for disagreement: {made_of.kappa:g} times their spread {made_of.spread:.3f}"),
            (made_of.plain, "the picture as it is"),
            (-score.fragility, f"for fragility{_why_fragile(score)}"),
            (score.value, "its value"),
        ):
            console.print(f"  {number:+7.3f}  {what}")
    far = [
        f"{name} {value:.3f}"
        for name, value in (("hull distance", score.hull_distance), ("novelty", novelty))
        if value is not None
    ]
    if far:
        console.print(f"{', '.join(far)} (0: like the sources, or like other branches)")


def _votes(made_of: Breakdown) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("voter", overflow="fold")
    for name in ("raw vote", "usual", "deviations", "weight", "part"):
        table.add_column(name, justify="right")
    for name, vote in made_of.votes.items():
        table.add_row(
            name,
            f"{vote.raw:.3f}",
            f"{vote.usual:.3f}",
            f"{vote.standardised:+.2f}",
            f"{vote.weight:.2f}",
            f"{vote.part:+.3f}",
        )
    return table


def _why_fragile(score: Score) -> str:
    return "" if score.trials else ": it was not looked at changed"


def _figures(score: Score | None) -> tuple[str, str, str]:
    """Value, its place among 100 usual pictures, and fragility."""
    if score is None:
        return "", "", ""
    place = "" if score.percentile is None else f"{score.percentile:.0f}"
    return f"{score.value:.3f}", place, f"{score.fragility:.2f}"


def _step(step: Step, names: dict[str, str]) -> str:
    """An operation, its target and its parameters, sources by their names."""
    target = "" if step.target is None else f" on {step.target}"
    told = ", ".join(_parameters(step.operation.parameters, names))
    return f"{step.operation.name}{target}" + (f": {told}" if told else "")


def _parameters(given: dict[str, ParameterValue], names: dict[str, str]) -> Iterator[str]:
    for key, value in given.items():
        if isinstance(value, bool):
            yield f"{key} {'yes' if value else 'no'}"
        elif isinstance(value, float):
            yield f"{key} {value:.3g}"
        elif isinstance(value, tuple):
            yield f"{key} ({', '.join(f'{one:.3g}' for one in value)})"
        else:
            yield f"{key} {names.get(str(value), value)}"


def _wrapped(text: str, *, console: Console, indent: int) -> str:
    width = max(_LEAST_WIDTH, console.width)
    return "\n".join(
        textwrap.wrap(
            text,
            width,
            initial_indent=" " * max(0, indent - 2),
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
        )
    )


def _console() -> Console:
    return Console(highlight=False, markup=False, soft_wrap=True)

"""`layerforge rebase`: change something early, and see all that grew from it anew."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import whole
from layerforge.cli.output import open_to_change, print_json
from layerforge.cli.sources import source_called
from layerforge.cli.wording import count

if TYPE_CHECKING:
    from layerforge.explore.rebasing import Change, Rebased
    from layerforge.model.step import ParameterValue
    from layerforge.project.project import Project


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "rebase",
        description="Changes the branch's own steps (numbered from 1; `show P --json` lists them) "
        "and replays it and all its descendants as a new subtree.  The old branches stay.  Steps "
        "that no longer apply are reported.",
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("branch", type=whole(0, 2**53), metavar="BRANCH")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--drop", type=whole(1, 10_000), metavar="STEP", help="leave the step out")
    which.add_argument(
        "--set",
        nargs=2,
        metavar=("STEP.NAME", "VALUE"),
        help="give a parameter another value, such as --set 2.radius 0.02",
    )
    which.add_argument(
        "--swap-source",
        nargs=2,
        metavar=("OLD", "NEW"),
        help="use another source in the branch and all below it: names, or beginnings of ids",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Rebase; prints what became of the branches."""
    from layerforge.explore.rebasing import rebase
    from layerforge.explore.room import JudgingRoom

    with open_to_change(args.project) as project:
        change = _change(args, project)
        with JudgingRoom(project) as room:
            done = rebase(room, args.branch, change, everywhere=args.swap_source is not None)
    if args.json:
        new = {str(old): branch.id for old, branch in done.branches.items()}
        print_json({"branches": new, "left_out": done.left_out, "gone": done.gone})
    else:
        _tell(done)
    return 0


def _change(args: argparse.Namespace, project: Project) -> Change:
    from layerforge.explore.rebasing import with_parameter, with_source, without_step
    from layerforge.model.errors import InvalidValue

    if args.drop is not None:
        return without_step(args.drop)
    if args.swap_source is not None:
        old, new = (source_called(project, one) for one in args.swap_source)
        return with_source(old, new)
    place, value = args.set
    number, dot, name = place.partition(".")
    if not dot or not number.isdigit():
        raise InvalidValue(f"--set needs STEP.NAME, such as 2.radius, got {place}")
    return with_parameter(int(number), name, _value(value))


def _value(text: str) -> ParameterValue:
    """A number, true or false, several numbers with commas, or a word."""
    if text in ("true", "false"):
        return text == "true"
    parts = text.split(",")
    try:
        numbers = [int(part) if part.lstrip("-").isdigit() else float(part) for part in parts]
    except ValueError:
        return text
    return numbers[0] if len(numbers) == 1 else tuple(float(number) for number in numbers)


def _tell(done: Rebased) -> None:
    pairs = ", ".join(f"{old} is now {branch.id}" for old, branch in done.branches.items())
    print(f"{count(len(done.branches), 'new branch')}: {pairs}")
    for one in done.left_out:
        print(f"left out: step {one.number} of branch {one.branch} ({one.operation}): {one.reason}")
    if done.gone:
        print(f"nothing is left of {', '.join(map(str, done.gone))}")

"""`layerforge pin`, `kill`, `reset`, `undo` and `redo`: decisions by hand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import whole
from layerforge.cli.output import note, open_to_change

if TYPE_CHECKING:
    from layerforge.project.decisions import Decision
    from layerforge.project.project import Project

_DONE = {"pin": "pinned", "kill": "killed", "reset": "open again"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    for verb in _DONE:
        parser = commands.add_parser(verb)
        parser.add_argument("project", type=Path)
        parser.add_argument("branches", type=whole(0, 2**53), nargs="+", metavar="BRANCH")
        parser.set_defaults(run=run, verb=verb)
    for verb, back in (("undo", run_undo), ("redo", run_redo)):
        parser = commands.add_parser(verb)
        parser.add_argument("project", type=Path)
        parser.set_defaults(run=back)


def run(args: argparse.Namespace) -> int:
    """Record the decision."""
    with open_to_change(args.project) as project:
        project.decide(args.verb, args.branches)
        if args.verb == "pin":
            for line in _dead(project, args.branches):
                note(line)
        if args.verb == "kill":
            for line in _left_standing(project, args.branches):
                note(line)
    names = ", ".join(str(branch) for branch in args.branches)
    print(f"branch{'es' if len(args.branches) > 1 else ''} {names}: {_DONE[args.verb]}")
    return 0


def _dead(project: Project, pinned: Sequence[int]) -> Iterator[str]:
    """What is to be said of pins on branches that grow from killed ones."""
    for one in dict.fromkeys(pinned):
        at = project.branch(one).parent
        while at is not None:
            above = project.branch(at)
            if above.status == "killed":
                yield (
                    f"branch {one} grows from branch {at}, which is killed: it is kept, but "
                    f"nothing grows from it until `layerforge reset` {at}"
                )
                break
            at = above.parent


def _left_standing(project: Project, killed: Sequence[int]) -> Iterator[str]:
    """What is to be said of pinned branches that grow from those that are killed now."""
    above: dict[int, int | None] = {}
    for branch in project.branches():  # parents come before their children
        own = branch.id if branch.id in killed else None
        above[branch.id] = own if own is not None else above.get(branch.parent or 0)
        dead = above[branch.id]
        if dead is not None and branch.status == "pinned":
            yield (
                f"branch {branch.id} is pinned and grows from branch {dead}: it is kept, but "
                f"nothing grows from it until `layerforge reset` {dead}"
            )


def run_undo(args: argparse.Namespace) -> int:
    """Take the last decision back."""
    with open_to_change(args.project) as project:
        undone = project.undo()
    return _tell(undone, done="undone", verb="undo")


def run_redo(args: argparse.Namespace) -> int:
    """Decide again what was undone last."""
    with open_to_change(args.project) as project:
        redone = project.redo()
    return _tell(redone, done="redone", verb="redo")


def _tell(decision: Decision | None, *, done: str, verb: str) -> int:
    if decision is None:
        print(f"there is nothing to {verb}")
        return 0
    branches = " ".join(str(branch) for branch in decision.branches)
    print(f"{done}: {decision.kind} {branches}".rstrip())
    return 0

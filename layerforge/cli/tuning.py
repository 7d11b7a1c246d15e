"""`layerforge polish` and `simplify`: better or shorter versions of one branch."""

from __future__ import annotations

import argparse
from pathlib import Path

from layerforge.cli.arguments import real, whole
from layerforge.cli.output import note, open_to_change, print_json
from layerforge.cli.wording import count


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    parser = commands.add_parser(
        "polish",
        description="Tunes all continuous parameters of the branch's history (CMA-ES).  The result "
        "is a new branch that is never worth less; the old one stays.",
    )
    _branch(parser)
    parser.add_argument(
        "--budget", type=whole(1, 1_000_000), default=200, help="pictures to judge (200)"
    )
    parser.add_argument(
        "--leash",
        type=real(0, 10),
        default=0.5,
        help="how far it may move away: 1 is as far as two unrelated pictures (0.5)",
    )
    parser.add_argument("--seed", type=whole(0, 2**31 - 2), default=0, help="repeat a run (0)")
    parser.set_defaults(run=run_polish)
    parser = commands.add_parser(
        "simplify",
        description="Drops steps one by one while the value falls by no more than the tolerance "
        "and the picture stays all but the same.  The result is a new branch; the old one stays.",
    )
    _branch(parser)
    parser.add_argument(
        "--tolerance",
        type=real(0, 10),
        default=0.05,
        help="how much value may be lost in all, in standard deviations (0.05)",
    )
    parser.set_defaults(run=run_simplify)


def _branch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", type=Path)
    parser.add_argument("branch", type=whole(0, 2**53), metavar="BRANCH")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run_polish(args: argparse.Namespace) -> int:
    """Tune the branch; prints what came of it."""
    from layerforge.cli.progress import counted
    from layerforge.explore.polish import polish
    from layerforge.explore.room import JudgingRoom

    with (
        open_to_change(args.project) as project,
        JudgingRoom(project) as room,
        counted("polishing") as told,
    ):
        done = polish(
            room,
            args.branch,
            budget=args.budget,
            seed=args.seed,
            leash=args.leash,
            told=lambda done, of: told(done, of, ""),
        )
    new = None if done.branch is None else done.branch.id
    if args.json:
        print_json(
            {
                "project": str(args.project),
                "of": args.branch,
                "branch": new,
                "before": done.before,
                "after": done.after,
                "parameters": done.parameters,
                "evaluated": done.evaluated,
            }
        )
    elif new is None:
        print(f"nothing better than branch {args.branch} was found (value {done.before:.3f})")
    else:
        print(f"branch {new}: value {done.after:.3f}, {done.before:.3f} before")
    return 0


def run_simplify(args: argparse.Namespace) -> int:
    """Shorten the branch; prints what came of it."""
    from layerforge.explore.crediting import simplify
    from layerforge.explore.room import JudgingRoom

    with open_to_change(args.project) as project:
        before = len(project.history(args.branch))
        with JudgingRoom(project) as room:
            note(f"looking at branch {args.branch} without each of its {count(before, 'step')}")
            branch = simplify(room, args.branch, tolerance=args.tolerance)
        after = before if branch is None else len(project.history(branch.id))
    if args.json:
        new = None if branch is None else branch.id
        print_json(
            {
                "project": str(args.project),
                "of": args.branch,
                "branch": new,
                "steps_before": before,
                "steps_after": after,
            }
        )
    elif branch is None:
        print(f"every step of branch {args.branch} contributes something")
    else:
        print(f"branch {branch.id}: {count(after, 'step')}, {before} before")
    return 0

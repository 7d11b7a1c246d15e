"""`layerforge prefer` and `ask`: which of two is better."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from layerforge.cli.arguments import whole
from layerforge.cli.output import open_to_change, print_json
from layerforge.cli.wording import count


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    prefer = commands.add_parser(
        "prefer",
        description="Keeps a choice between two branches.  From choices, pins and kills LayerForge "
        "learns your taste, which joins the panel that judges.",
    )
    prefer.add_argument("project", type=Path)
    prefer.add_argument("winner", type=whole(0, 2**53), metavar="WINNER", help="the better branch")
    prefer.add_argument("loser", type=whole(0, 2**53), metavar="LOSER", help="the other one")
    prefer.set_defaults(run=run_prefer)
    ask = commands.add_parser(
        "ask",
        description="Names the pair of branches whose comparison would teach most of your taste.  "
        "Answer with `layerforge prefer`.",
    )
    ask.add_argument("project", type=Path)
    ask.add_argument(
        "--seed",
        type=whole(0, 2**53 - 1),
        default=0,
        help="0 names the pair that teaches most, any other number draws one of those that teach "
        "nearly as much (0)",
    )
    ask.add_argument(
        "--show", type=Path, metavar="PNG", help="write both pictures side by side to a file"
    )
    ask.add_argument("--json", action="store_true", help="print the question as JSON")
    ask.set_defaults(run=run_ask)


def run_prefer(args: argparse.Namespace) -> int:
    """Record the choice."""
    from layerforge.project.decisions import choices

    with open_to_change(args.project) as project:
        project.prefer(args.winner, args.loser)
        made = len(choices(project.decisions()))
    print(f"branch {args.winner} preferred to {args.loser}: {count(made, 'choice')} so far")
    return 0


def run_ask(args: argparse.Namespace) -> int:
    """Name the pair."""
    from layerforge.explore.questions import next_question, side_by_side
    from layerforge.files.recipes import write_file
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project:
        question = next_question(project, seed=args.seed)
        if args.show is not None:
            write_file(args.show, side_by_side(project, [question.one, question.other]))
    if args.json:
        print_json(dataclasses.asdict(question))
        return 0
    one, other = question.one, question.other
    print(f"which is better, branch {one} or branch {other}?")
    if args.show is not None:
        print(f"{args.show}: {one} on the left, {other} on the right")
    print(f"if {one}:  layerforge prefer {args.project} {one} {other}")
    print(f"if {other}:  layerforge prefer {args.project} {other} {one}")
    return 0

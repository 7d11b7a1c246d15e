"""`layerforge taste`: what is known of the user's taste."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.output import open_to_change, print_json
from layerforge.cli.wording import count

if TYPE_CHECKING:
    from layerforge.explore.tasted import TasteReport

_LISTED = 5


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "taste",
        description="Your taste, as learned from choices (`layerforge prefer`), pins and kills.",
    )
    ways = parser.add_subparsers(dest="way", metavar="WAY", required=True)
    show = ways.add_parser("show", help="how much is known, and what you like best and least")
    show.add_argument("project", type=Path)
    show.add_argument("--json", action="store_true", help="everything, as JSON")
    show.set_defaults(run=run_show)
    save = ways.add_parser("save", help="write it to a small file, for other projects")
    save.add_argument("project", type=Path)
    save.add_argument("file", type=Path, metavar="FILE", help="where to write it, such as me.json")
    save.add_argument("--overwrite", action="store_true", help="in place of a file that is there")
    save.set_defaults(run=run_save)
    load = ways.add_parser(
        "load",
        help="start a project from a taste that was saved in another",
        description="Takes a saved taste for what is known of you before the project's own "
        "choices, pins and kills.  It counts half as much as if it had been learned here.  "
        "`layerforge undo` takes it back.",
    )
    load.add_argument("project", type=Path)
    load.add_argument("file", type=Path, metavar="FILE", help="what `taste save` wrote")
    load.set_defaults(run=run_load)


def run_show(args: argparse.Namespace) -> int:
    """Print what is known."""
    from layerforge.explore.tasted import taste_report
    from layerforge.project.project import Project

    with Project.open(args.project, read_only=True) as project:
        report = taste_report(project)
    if args.json:
        print_json(report)
    else:
        _tell(report)
    return 0


def run_save(args: argparse.Namespace) -> int:
    """Write the taste to a file."""
    from layerforge.explore.taste_sharing import taste_of
    from layerforge.files.recipes import CannotWrite, write_file
    from layerforge.project.project import Project
    from layerforge.scoring.taste_file import encode_taste

    with Project.open(args.project, read_only=True) as project:
        content = encode_taste(taste_of(project))
    if args.file.exists() and not args.overwrite:
        raise CannotWrite(f"{args.file} is there already: --overwrite replaces it")
    write_file(args.file, content)
    print(f"{args.file}: {len(content) / 1024:.0f} KB; load it with `layerforge taste load`")
    return 0


def run_load(args: argparse.Namespace) -> int:
    """Take over a saved taste."""
    from layerforge.explore.taste_sharing import bring_taste, read_taste

    taste = read_taste(args.file)
    with open_to_change(args.project) as project:
        bring_taste(project, taste)
    foretold = "" if taste.accuracy is None else f", {100 * taste.accuracy:.0f} % foretold"
    worth = count(round(taste.judgements), "choice")
    print(f"{args.file}: learned from judgements worth {worth}{foretold}")
    return 0


def _tell(report: TasteReport) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"learned from {_sources_of(report)}")
    if report.accuracy is None:
        console.print("answer `layerforge ask` a few times: nothing is known yet")
        return
    told = _foretold(report, report.accuracy)
    if told:
        console.print(told)
    if report.share > 0.0:
        console.print(f"your taste counts for {100 * report.share:.0f} % of the panel")
    else:
        console.print("that is too little to count in the panel yet")
    ranked = sorted(report.branches, key=lambda one: (-one.worth, one.id))
    best, least = ranked[:_LISTED], ranked[_LISTED:][-_LISTED:]
    table = Table(title="what you like best, and least", title_justify="left")
    for name in ("branch", "worth", "give or take"):
        table.add_column(name, justify="right")
    for group in (best, least):
        for one in group:
            table.add_row(str(one.id), f"{one.worth:+.2f}", f"{one.deviation:.2f}")
        table.add_section()
    console.print(table)


def _sources_of(report: TasteReport) -> str:
    """What a taste was learned from, in words."""
    judged = (
        f"{count(report.choices, 'choice')}, {count(report.pinned, 'pin')} "
        f"and {count(report.killed, 'kill')}"
    )
    if report.loved:
        board = f"a mood board of {count(report.loved, 'picture')}"
        judged = f"{judged}, and from {board}" if report.judged else f"{board} only"
    if report.brought:
        judged += ", after a taste brought in from another project"
    return judged


def _foretold(report: TasteReport, accuracy: float) -> str:
    """How well these are foretold; nothing of loved pictures, which all say the same."""
    if report.judged or report.brought:
        if accuracy > 0.5:
            return f"{100 * accuracy:.0f} % of these are foretold from the others (50 is chance)"
        return "no more of these are foretold from the others than by chance"
    return ""

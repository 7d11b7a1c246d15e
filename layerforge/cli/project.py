"""`layerforge project`: looking after a project file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from layerforge.cli.arguments import add_frame_option, size
from layerforge.cli.output import note, note_backup, open_to_change, print_json
from layerforge.cli.project_sources import import_sources, relink
from layerforge.cli.waiting import waiting
from layerforge.cli.wording import count, size_words

if TYPE_CHECKING:
    from layerforge.explore.redrawing import Redrawn
    from layerforge.project.checking import Finding
    from layerforge.project.repairing import Repaired

_REMEDIES = {
    "repair": "layerforge project repair {path}",
    "redraw": "layerforge project repair {path} --thumbnails",
    "relink": "layerforge project relink {path} FOLDER",
    "explore": "layerforge explore --project {path} (judges again)",
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    group = commands.add_parser("project")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text)
        parser.add_argument("project", type=Path)
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.set_defaults(run=run, wrong_usage=parser.error)
        return parser

    add("check", _check, "Look the whole file through, and name all that is wrong (exit 1).")
    parser = add(
        "repair",
        _repair,
        "Save what can be read of a broken project in its place.  The file as it was is kept "
        "beside it first, as NAME.backup-damaged.layerforge.",
    )
    parser.add_argument(
        "--thumbnails", action="store_true", help="then draw the thumbnails that are missing"
    )
    parser = add("compact", _compact, "Write the file anew, as small as what is in it.")
    parser.add_argument(
        "--killed",
        action="store_true",
        help="let the thumbnails of killed branches, and of all below them, go "
        "(`repair --thumbnails` draws them again)",
    )
    parser = add(
        "import-sources",
        import_sources,
        "Add images without exploring; a project that is not there is made.  Files that can't be "
        "used are named and left out, as by `explore`: exit 1 only where no image is usable.",
    )
    parser.add_argument("images", type=Path, nargs="+", metavar="IMAGE_OR_FOLDER")
    add_frame_option(parser)
    parser.add_argument(
        "--size", type=size, metavar="WxH", help="of a new project's canvas (1024x1024)"
    )
    parser = add(
        "relink",
        relink,
        "Find images that the project has lost, or whose bytes are damaged, by their content "
        "(exit 1 where any is still lost).",
    )
    parser.add_argument(
        "places",
        type=Path,
        nargs="+",
        metavar="PLACE",
        help="image, folder or project to look in, all the way down",
    )


def _check(args: argparse.Namespace) -> int:
    from layerforge.project.checking import check

    with waiting() as tell:
        found = check(args.project, tell=tell)
    if args.json:
        print_json(
            {
                "project": str(args.project),
                "ok": found.ok,
                "version": found.version,
                "bytes": found.size_bytes,
                "rows": found.rows,
                "findings": found.findings,
            }
        )
    elif found.ok:
        held = f"{_held(found.rows)}, {size_words(found.size_bytes)}"
        print(f"{args.project}: nothing is wrong ({held})")
    else:
        print(f"{args.project}: {count(len(found.findings), 'finding')}")
        _print_findings(found.findings, args.project)
    return 0 if found.ok else 1


def _repair(args: argparse.Namespace) -> int:
    from layerforge.explore.redrawing import redraw
    from layerforge.project.repairing import repair

    with waiting() as tell:
        done = repair(args.project, tell=tell)
        redrawn: Redrawn | None = None
        if args.thumbnails:
            with open_to_change(args.project) as project:
                redrawn = redraw(project, tell=tell)
    if args.json:
        _print_repaired_json(args.project, done, redrawn)
    else:
        _print_repaired(args.project, done, redrawn)
    return 0


def _print_repaired_json(path: Path, done: Repaired, redrawn: Redrawn | None) -> None:
    thumbnails = None
    if redrawn is not None:
        failed = [{"branch": one, "reason": why} for one, why in redrawn.failed.items()]
        thumbnails = {"drawn": redrawn.drawn, "failed": failed}
    print_json(
        {
            "project": str(path),
            "repaired": done.backup is not None,
            "backup": None if done.backup is None else str(done.backup),
            "rows": done.rows,
            "lost": done.lost,
            "left": done.left,
            "thumbnails": thumbnails,
        }
    )


def _print_repaired(path: Path, done: Repaired, redrawn: Redrawn | None) -> None:
    if done.backup is None:
        print(f"{path}: nothing to repair ({_held(done.rows)})")
    else:
        print(f"{path}: repaired, with {_held(done.rows)}")
        print(f"  the file as it was: {done.backup}")
        if not done.lost and not done.left:
            print("  nothing was lost")
    for line in done.lost:
        print(f"  lost: {line}")
    if done.left:
        print("still wrong:")
        _print_findings(done.left, path)
    if redrawn is not None:
        print(f"{count(redrawn.drawn, 'thumbnail')} drawn")
        for branch, reason in redrawn.failed.items():
            note(f"branch {branch} can't be drawn: {reason}")


def _compact(args: argparse.Namespace) -> int:
    from layerforge.project.compacting import compact

    with waiting() as tell:
        done = compact(args.project, killed=args.killed, tell=tell)
    note_backup(args.project, done.backup)
    if args.json:
        print_json(
            {
                "project": str(args.project),
                "before_bytes": done.before_bytes,
                "after_bytes": done.after_bytes,
                "thumbnails_forgotten": done.thumbnails,
            }
        )
        return 0
    if args.killed:
        print(f"{count(done.thumbnails, 'thumbnail')} of killed branches let go")
    percent = 100.0 - 100.0 * done.after_bytes / max(1, done.before_bytes)
    less = f" ({percent:.0f}% less)" if percent >= 1.0 else ""  # bringing it up to date adds some
    before, after = size_words(done.before_bytes), size_words(done.after_bytes)
    print(f"{args.project}: {before} before, {after} now{less}")
    return 0


def _print_findings(findings: tuple[Finding, ...], path: Path) -> None:
    for one in findings:
        print(f"  {one.what}: {one.text}")
    for remedy in dict.fromkeys(one.remedy for one in findings):
        print(f"to mend it: {_REMEDIES[remedy].format(path=path)}")


def _held(rows: dict[str, int]) -> str:
    branches = max(0, rows.get("branches", 0) - 1)
    word = "branch" if branches == 1 else "branches"
    return f"{count(rows.get('sources', 0), 'source')}, {branches} {word}"

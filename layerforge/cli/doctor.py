"""`layerforge doctor`: what this machine has."""

from __future__ import annotations

import argparse
from typing import Any

from layerforge.cli.output import print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check each part; exit 1 where one that is needed is broken."""
    from layerforge.explore.doctor import check_all

    checks = check_all()
    if args.json:
        result: dict[str, Any] = {
            "ok": all(one.ok or not one.needed for one in checks),
            "checks": [
                {"name": one.name, "ok": one.ok, "needed": one.needed, "detail": one.detail}
                for one in checks
            ],
        }
        print_json(result)
    else:
        for one in checks:
            mark = "ok  " if one.ok else ("FAIL" if one.needed else "none")
            print(f"{mark}  {one.name}: {one.detail}")
    return 0 if all(one.ok or not one.needed for one in checks) else 1

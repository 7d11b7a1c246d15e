"""`layerforge ops`: the toolbox."""

from __future__ import annotations

import argparse
from typing import Any

from layerforge.cli.output import note, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("ops", help="list the operations")
    parser.add_argument("--json", action="store_true", help="with all parameters, as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List all operations, and plug-ins that could not be loaded."""
    from layerforge.operations.registry import toolbox

    box = toolbox()
    for problem in box.problems:
        note(problem)
    if args.json:
        print_json([_described(one) for one in box.operations.values()])
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{len(box.operations)} operations", title_justify="left")
    for name in ("name", "kind", "what it does", "parameters"):
        table.add_column(name, overflow="fold")
    for one in box.operations.values():
        table.add_row(one.tag(), one.kind, one.summary(), ", ".join(one.parameters()))
    Console(highlight=False).print(table)
    return 0


def _described(operation: Any) -> dict[str, Any]:
    parameters = []
    for name, declared in operation.parameters().items():
        low, high = declared.bounds or (None, None)
        parameters.append(
            {
                "name": name,
                "type": declared.type_name,
                "low": low,
                "high": high,
                "unit": declared.unit_name,
                "choices": list(declared.choices),
            }
        )
    return {
        "name": operation.tag(),
        "family": operation.family(),
        "kind": operation.kind,
        "title": operation.title(),
        "summary": operation.summary(),
        "parameters": parameters,
    }

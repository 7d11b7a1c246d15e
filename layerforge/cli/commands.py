"""All commands by name, with the file that holds each: only the one that is given is imported."""

from __future__ import annotations

import argparse
from importlib import import_module

_FILES = {
    "gui": {"gui": "open the app"},
    "explore": {"explore": "make collages of images, keep the good ones in a project"},
    "show": {"show": "the tree, sources and runs of a project, or all about a branch"},
    "decide": {
        "pin": "keep branches whatever comes, and grow them more",
        "kill": "never grow branches again, nor anything below them",
        "reset": "take pins and kills of branches back",
        "undo": "take back the last pin, kill, reset, choice or taste loaded",
        "redo": "decide again what was undone last",
    },
    "prefer": {
        "prefer": "say which of two branches is better, which teaches your taste",
        "ask": "name the two branches whose comparison would teach most",
    },
    "taste": {"taste": "your taste, as learned from choices, pins and kills"},
    "export": {"export": "write versions as pictures with their history"},
    "project": {"project": "check, repair, compact a project; add or find its images"},
    "replay": {"replay": "render a recipe again: a sidecar, or any exported picture"},
    "credit": {"credit": "what each step of a branch contributes"},
    "tuning": {
        "polish": "tune the numbers of a branch, as a new branch",
        "simplify": "drop the steps of a branch that contribute nothing, as a new branch",
    },
    "rebase": {"rebase": "change a step of a branch, and replay all that grew from it"},
    "score": {"score": "judge images"},
    "ops": {"ops": "list the operations"},
    "models": {"models": "list, fetch, import or check the CLIP weights"},
    "bench": {"bench": "measure the speed of this machine"},
    "study": {"study": "experiments on the search itself"},
    "worker": {"worker": "render and judge for explorations elsewhere"},
    "doctor": {"doctor": "check the installation"},
}
"""By file in this folder, its commands with what they do, in the order of the help."""

COMMANDS = {command: text for commands in _FILES.values() for command, text in commands.items()}


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], given: str | None
) -> None:
    """Add all: in full where ``given`` is one of a file's, for help and mistakes by name alone."""
    for file, held in _FILES.items():
        if given in held:
            import_module(f"layerforge.cli.{file}").add_parser(commands)
        else:
            for command, text in held.items():
                commands.add_parser(command, help=text, add_help=False)

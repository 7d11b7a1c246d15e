"""The log of decisions, and the status it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from layerforge.model.branch import Status

Verb = Literal["pin", "kill", "reset"]
VERBS: tuple[Verb, ...] = get_args(Verb)
_STATUS: dict[Verb, Status] = {"pin": "pinned", "kill": "killed", "reset": "open"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry: a pin, kill or reset of some branches, or the undo or redo of an earlier entry."""

    id: int
    kind: str
    branches: tuple[int, ...]
    refers_to: int | None = None


def in_force(log: list[Decision]) -> list[Decision]:
    """The pins, kills and resets that are not undone, first to last."""
    undone: set[int] = set()
    for entry in log:
        if entry.kind == "undo" and entry.refers_to is not None:
            undone.add(entry.refers_to)
        elif entry.kind == "redo" and entry.refers_to is not None:
            undone.discard(entry.refers_to)
    return [entry for entry in log if entry.kind in VERBS and entry.id not in undone]


def redoable(log: list[Decision]) -> list[Decision]:
    """The entries that were undone since the last new decision, last undone at the end."""
    stack: list[int] = []
    for entry in log:
        if entry.kind in VERBS:
            stack.clear()
        elif entry.kind == "undo" and entry.refers_to is not None:
            stack.append(entry.refers_to)
        elif entry.kind == "redo" and stack:
            stack.pop()
    by_id = {entry.id: entry for entry in log}
    return [by_id[one] for one in stack if one in by_id]


def statuses(log: list[Decision]) -> dict[int, Status]:
    """The status of every branch that was ever decided on; the others are open."""
    found: dict[int, Status] = {}
    for entry in in_force(log):
        for branch in entry.branches:
            found[branch] = _STATUS[entry.kind]  # type: ignore[index]
    return found

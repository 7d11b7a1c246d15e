"""The log of decisions, and the status it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from layerforge.model.branch import Status

Verb = Literal["pin", "kill", "reset"]
VERBS: tuple[Verb, ...] = get_args(Verb)
_STATUS: dict[str, Status] = {"pin": "pinned", "kill": "killed", "reset": "open"}

COMPARE = "compare"
"""The kind of a choice between two branches: the better one first."""

TASTE = "taste"
"""The kind of an entry that brings in a taste learned in another project."""

EDIT = "edit"
"""The kind of an entry that tells of branches made by hand; undone, they count as killed."""

_UNDOABLE = (*VERBS, COMPARE, TASTE, EDIT)


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry: a pin, kill or reset of some branches, a choice between two, a taste brought in,
    branches made by hand, or the undo or redo of an earlier entry.
    """

    id: int
    kind: str
    branches: tuple[int, ...]
    refers_to: int | None = None


def in_force(log: list[Decision]) -> list[Decision]:
    """The entries that are no undo or redo and not undone, first to last."""
    undone: set[int] = set()
    for entry in log:
        if entry.kind == "undo" and entry.refers_to is not None:
            undone.add(entry.refers_to)
        elif entry.kind == "redo" and entry.refers_to is not None:
            undone.discard(entry.refers_to)
    return [entry for entry in log if entry.kind in _UNDOABLE and entry.id not in undone]


def redoable(log: list[Decision]) -> list[Decision]:
    """The entries that were undone since the last new decision, last undone at the end."""
    stack: list[int] = []
    for entry in log:
        if entry.kind in _UNDOABLE:
            stack.clear()
        elif entry.kind == "undo" and entry.refers_to is not None:
            stack.append(entry.refers_to)
        elif entry.kind == "redo" and stack:
            stack.pop()
    by_id = {entry.id: entry for entry in log}
    return [by_id[one] for one in stack if one in by_id]


def statuses(log: list[Decision]) -> dict[int, Status]:
    """The status of every branch that was ever decided on; the others are open."""
    found: dict[int, Status] = dict.fromkeys(_taken_back(log), "killed")
    for entry in in_force(log):
        if entry.kind in _STATUS:
            found.update(dict.fromkeys(entry.branches, _STATUS[entry.kind]))
    return found


def _taken_back(log: list[Decision]) -> set[int]:
    """The branches that were made by hand, and undone."""
    made = {one for entry in log if entry.kind == EDIT for one in entry.branches}
    stand = {one for entry in in_force(log) if entry.kind == EDIT for one in entry.branches}
    return made - stand


def choices(log: list[Decision]) -> list[tuple[int, int]]:
    """The choices between two branches, first to last: the better one, and the other."""
    return [
        (entry.branches[0], entry.branches[1])
        for entry in in_force(log)
        if entry.kind == COMPARE and len(entry.branches) == 2
    ]


def gestures(log: list[Decision]) -> dict[int, int]:
    """For every branch that is pinned or killed, how many were so by the same entry of the log."""
    found: dict[int, int] = {}
    for entry in in_force(log):
        if entry.kind in _STATUS:
            found.update(dict.fromkeys(entry.branches, len(entry.branches)))
    now = statuses(log)
    return {branch: size for branch, size in found.items() if now[branch] != "open"}

"""What a project keeps of which operations paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from layerforge.model.branch import ROOT
from layerforge.project.decisions import statuses
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.search.policy import DECISION, Arm, Credit, Evidence, Policy

_KEY = "operations"

_Amount = Annotated[float, msgspec.Meta(ge=0.0)]
_Document = dict[str, dict[str, tuple[_Amount, _Amount]]]
"""By operation and context: how often it was tried, and the sum of what that brought."""


def document_of(learned: Mapping[Arm, Evidence]) -> dict[str, Any]:
    """What is known of operations, as plain JSON values."""
    found: dict[str, dict[str, list[float]]] = {}
    for (operation, context), one in learned.items():
        found.setdefault(operation, {})[context] = [one.tries, one.reward]
    return {_KEY: found}


def learned_in(project: Project) -> dict[Arm, Evidence]:
    """What the last run that learned anything knew in the end; nothing before there was one.

    Raises ProjectError where that can't be read.
    """
    for run in reversed(project.runs()):
        kept = project.policy(run.id)
        if kept is not None:
            try:
                found = msgspec.convert(kept.get(_KEY, {}), _Document)
            except msgspec.ValidationError as error:
                raise ProjectError(
                    f"what run {run.id} of {project.path} learned of operations is damaged: {error}"
                ) from error
            return {
                (operation, context): Evidence(*amounts)
                for operation, contexts in found.items()
                for context, amounts in contexts.items()
            }
    return {}


def operation_credits(project: Project) -> list[Credit]:
    """What each operation that was tried is worth by now, pins and kills counted; best first.

    Raises ProjectError where what was learned can't be read.
    """
    policy = Policy(learned_in(project))
    decided: dict[Arm, Evidence] = {}
    for branch_id, status in statuses(project.decisions()).items():
        if status == "open" or branch_id == ROOT:
            continue
        said = decision(pinned=status == "pinned")
        for step in project.branch(branch_id).steps:
            arm = step.operation.name, ""  # where it was drawn does not matter at large
            decided[arm] = decided.get(arm, Evidence()).plus(said)
    policy.decide(decided)
    return policy.credits()


def decision(*, pinned: bool) -> Evidence:
    """What a pin, or a kill, says of each operation of the branch."""
    return Evidence(DECISION, DECISION if pinned else 0.0)

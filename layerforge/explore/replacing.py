"""Another picture in the place of a source: the same branches, made with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from layerforge.explore.editing import Edited, keep_edit
from layerforge.explore.rebasing import with_source
from layerforge.operations.identifiers import SourceRef
from layerforge.operations.references import named_in
from layerforge.project.project import Project
from layerforge.scoring.scorer import Scorer


def made_of(project: Project, branch_ids: Iterable[int], source_id: str) -> tuple[int, ...]:
    """Those of the branches in whose history a source is used."""
    return tuple(
        one
        for one in branch_ids
        if any(source_id in named_in(step.operation, SourceRef) for step in project.history(one))
    )


def made_with(
    project: Project,
    branch_ids: Sequence[int],
    old: str,
    new: str,
    *,
    scorer: Scorer | None = None,
) -> tuple[Edited, ...]:
    """Each branch once more with the source ``new`` wherever ``old`` was used, by their ids.

    The old branches stay; the new ones are judged, and kept whatever they are worth.  Raises as
    `keep_edit` does.
    """
    change = with_source(old, new)
    edited = []
    for one in branch_ids:
        steps = [step for _, step in change(project.history(one))]
        edited.append(keep_edit(project, one, steps, scorer=scorer))
    return tuple(edited)

"""The branches that a project holds, taken over by a run that goes on from them."""

from __future__ import annotations

from collections.abc import Callable

from layerforge.explore.drawing import Drawing
from layerforge.explore.ground import Ground
from layerforge.explore.judging import Judge, unit
from layerforge.explore.lacking import lacking_in, lacking_text
from layerforge.explore.rejudging import Rejudging
from layerforge.explore.settings import ExploreSettings
from layerforge.project.project import Project
from layerforge.scoring.character import character_of_thumbnail
from layerforge.scoring.jury import encoder_of
from layerforge.scoring.panel import Panel
from layerforge.scoring.scorer import Scorer
from layerforge.search.tree import Tree


def take_over(
    project: Project,
    tree: Tree,
    settings: ExploreSettings,
    *,
    scorer: Scorer,
    panel: Panel,
    judge: Judge,
    ground: Ground,
    drawing: Drawing,
    tell: Callable[[str], None],
    keep: Callable[[Callable[[], None]], None],
) -> int:
    """Add the project's branches, judged by this run's panel, to ``tree``; the next id.

    tree: holds the root.  Branches that can't be rendered here are left as they are, and grow no
    further.  keep: calls what writes to the project.
    """
    lost = lacking_in(project.operations_used())
    if lost:
        tell(lacking_text(lost))
    Rejudging(
        project,
        scorer,
        panel,
        judge=judge,
        hull=ground.hull,
        canvas_of=drawing.canvas,
        closely=settings.fragility,
        tell=tell,
        left_out=lost,
        keep=keep,
    ).run(hull_moved=ground.moved)
    vectors = project.embeddings(encoder=encoder_of(scorer))
    for one in project.outline():
        if one.id in lost:
            continue
        thumbnail = project.thumbnail(one.id) if settings.strategy == "elites" else None
        tree.add(
            one.id,
            parent=one.parent,
            origin=one.origin,
            value=one.value,
            embedding=unit(vectors[one.id]),
            fragility=one.fragility,
            votes=one.votes,
            character=None if thumbnail is None else character_of_thumbnail(thumbnail),
        )
    return project.branch_ids()[-1] + 1

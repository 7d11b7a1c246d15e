"""From a winner to a branch: its score, its place in the tree, and what is kept with it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from layerforge.explore.judging import hull_distance, score_of
from layerforge.explore.selection import Winner
from layerforge.explore.tasting import Tasting
from layerforge.files.thumbnails import encode_thumbnail
from layerforge.model.branch import Branch
from layerforge.project.records import NewBranch
from layerforge.scoring.character import character_of_thumbnail
from layerforge.scoring.hull import Hull
from layerforge.scoring.panel import Panel
from layerforge.search.tree import Tree


def admit(
    winner: Winner,
    tree: Tree,
    *,
    branch_id: int,
    number: int,
    run: int,
    trials: Mapping[str, tuple[float, ...]],
    panel: Panel,
    tasting: Tasting,
    hull: Hull,
) -> NewBranch:
    """Add the winner of round ``number`` to ``tree`` as ``branch_id``.

    panel: without taste, whose scores are kept.  trials: raw votes on its variations.
    """
    proposal, opinion, rendered = winner.proposal, winner.opinion, winner.rendered
    assert rendered.picture is not None  # noqa: S101 - only pictures have opinions
    assert rendered.fingerprint is not None  # noqa: S101 - every picture has one
    score = score_of(
        panel,
        tasting.without(opinion.votes),
        trials=trials,
        hull_distance=hull_distance(hull, opinion.embedding),
    )
    thumbnail = encode_thumbnail(rendered.picture)
    node = tree.add(
        branch_id,
        parent=proposal.parent,
        origin=proposal.origin,
        value=score.value + tasting.lift(opinion.votes),
        embedding=opinion.embedding,
        fragility=score.fragility,
        votes=opinion.votes,
        character=character_of_thumbnail(thumbnail),
    )
    branch = Branch(
        id=node.id,
        parent=proposal.parent,
        mate=proposal.mate,
        origin=proposal.origin,
        steps=proposal.steps,
        depth=node.depth,
        round=number,
        run=run,
        score=score,
    )
    return NewBranch(
        branch=branch,
        embedding=opinion.embedding.astype(np.float16),
        thumbnail=thumbnail,
        fingerprint=rendered.fingerprint,
    )

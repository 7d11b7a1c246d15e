"""How far each kept branch lies from the others, and from the sources."""

from __future__ import annotations

import numpy as np

from layerforge.explore.judging import unit
from layerforge.project.project import Project
from layerforge.project.records import number_in
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS, Neighbours


def novelty_of(project: Project) -> dict[int, float]:
    """By branch: mean cosine distance to the nearest others among branches and sources.

    To as many as in the last run.  Branches without an embedding are left out.
    """
    encoder = project.encoder()
    if encoder is None:
        return {}
    ids, kept = project.embedded(encoder=encoder)
    count = float(DEFAULT_NEIGHBOURS)
    for run in project.runs()[-1:]:
        count = number_in(run.settings, "neighbours", count, low=1, high=256)
    near = Neighbours(count=int(count))
    # whoever changed the file may have left some of another length: they tell nothing
    size = kept.shape[1]
    sources = [one for one in project.source_embeddings(encoder=encoder) if len(one) == size]
    near.extend(np.stack([unit(vector) for vector in (*sources, *kept)]))
    places = range(len(sources), len(sources) + len(ids))
    return dict(zip(ids, near.novelty(places).tolist(), strict=True))

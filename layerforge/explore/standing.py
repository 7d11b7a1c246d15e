"""How far each kept branch lies from the others, and from the sources."""

from __future__ import annotations

import numpy as np

from layerforge.explore.judging import unit
from layerforge.project.project import Project
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS, Neighbours


def novelty_of(project: Project) -> dict[int, float]:
    """By branch: mean cosine distance to the nearest others among branches and sources.

    To as many as in the last run.  Branches without an embedding are left out.
    """
    encoder = project.encoder()
    if encoder is None:
        return {}
    kept = project.embeddings(encoder=encoder)
    settings = [run.settings for run in project.runs()]
    count = settings[-1].get("neighbours", DEFAULT_NEIGHBOURS) if settings else DEFAULT_NEIGHBOURS
    near = Neighbours(count=count)
    sources = project.source_embeddings(encoder=encoder)
    rows = [unit(vector) for vector in (*sources, *kept.values())]
    near.extend(np.stack(rows))
    return dict(zip(kept, near.novelty()[len(sources) :].tolist(), strict=True))

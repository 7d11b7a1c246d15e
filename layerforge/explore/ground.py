"""What a run stands on: the plain sources as its scorer sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layerforge.explore.judging import Judge, Opinion
from layerforge.project.project import Project
from layerforge.scoring.hull import Hull
from layerforge.scoring.novelty import Embeddings, typical_distance


@dataclass(frozen=True, slots=True)
class Ground:
    """The sources, covering the canvas.

    plain: an opinion on each.  vectors: (2·M, D), embeddings of M sources, each also mirrored.
    hull: that of the vectors.  typical_distance: about how far unrelated pictures lie apart.
    moved: whether the sources are others than those the project knew, or seen by other eyes.
    """

    plain: tuple[Opinion, ...]
    vectors: Embeddings
    hull: Hull
    typical_distance: float
    moved: bool


def look_at_ground(
    project: Project, judge: Judge, *, encoder: str, keep: Callable[[Callable[[], None]], None]
) -> Ground:
    """Judge the plain sources of ``project``, and keep their embeddings there.

    keep: calls what writes to the project.
    """
    found = judge.look_at_sources(project.sources(), project.canvas)
    vectors = np.stack([opinion.embedding for opinion in found.values()])
    known = len(project.source_embeddings(encoder=encoder))
    embeddings = {key: opinion.embedding.astype(np.float16) for key, opinion in found.items()}
    keep(lambda: project.set_source_embeddings(embeddings, encoder=encoder))
    return Ground(
        plain=tuple(opinion for (_, mirrored), opinion in found.items() if not mirrored),
        vectors=vectors,
        hull=Hull(vectors),
        typical_distance=typical_distance(vectors[::2], scorer=judge.name),
        moved=known != len(found),
    )

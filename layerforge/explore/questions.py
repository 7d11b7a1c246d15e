"""The question to put to the user of a project."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from layerforge.explore.palate import LEAST_FIELD
from layerforge.explore.tasted import palate_in
from layerforge.explore.yardsticks import last_panel
from layerforge.model.branch import Branch
from layerforge.model.errors import LayerForgeError
from layerforge.project.decisions import choices
from layerforge.project.project import Project
from layerforge.search.asking import NEARLY, Question, best_question
from layerforge.search.gate import CROWD_SHARE

_GAP_PX = 16


class NothingToAsk(LayerForgeError):
    """There are too few branches to ask about; the message says so."""


def next_question(
    project: Project, *, seed: int = 0, skipped: Sequence[tuple[int, int]] = ()
) -> Question:
    """The pair of living branches whose comparison would teach most of the user's taste.

    The same until the log or the tree has changed.  seed: one other than 0 draws among all pairs
    that teach nearly as much.  skipped: pairs that were asked in vain, the last at the end.  Raises
    NothingToAsk.
    """
    found = palate_in(project)
    if found is None:
        raise NothingToAsk(
            f"{project.path} has too few judged branches to ask about (at least {LEAST_FIELD}): "
            "explore it first"
        )
    palate, field = found
    living = living_ids(project.branches())
    places = [place for place, one in enumerate(field.ids) if one in living]
    log = project.decisions()
    question = best_question(
        palate.taste,
        [field.ids[place] for place in places],
        field.rows(places, palate.features),
        field.embeddings[places],
        asked=[*choices(log), *skipped],
        least_distance=CROWD_SHARE * _typical_distance(project),
        rng=np.random.Generator(np.random.PCG64([seed, len(log)])),
        nearly=1.0 if seed == 0 else NEARLY,
    )
    if question is None:
        raise NothingToAsk(
            f"{project.path} has fewer than two living branches: all others are killed, or grew "
            "from killed ones (`layerforge reset` opens them again)"
        )
    return question


def living_ids(branches: Sequence[Branch]) -> set[int]:
    """The branches that are not killed, nor any above them."""
    living: set[int] = set()
    for branch in branches:  # parents come before their children
        if branch.status != "killed" and (branch.parent is None or branch.parent in living):
            living.add(branch.id)
    return living


def side_by_side(project: Project, ids: Sequence[int]) -> bytes:
    """The thumbnails of branches beside each other, as PNG file bytes."""
    pictures = []
    for one in ids:
        webp = project.thumbnail(one)
        if webp is not None:
            pictures.append(Image.open(io.BytesIO(webp)).convert("RGB"))
    width = sum(picture.width + _GAP_PX for picture in pictures) - _GAP_PX
    sheet = Image.new("RGB", (max(width, 1), max(picture.height for picture in pictures)), "white")
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + _GAP_PX
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _typical_distance(project: Project) -> float:
    judged = last_panel(project)
    return 0.0 if judged is None else float(judged[1].reference.get("typical_distance", 0.0))

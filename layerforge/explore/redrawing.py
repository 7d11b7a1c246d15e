"""Thumbnails again, for branches that have none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.files.sources import SourcePyramid
from layerforge.files.thumbnails import encode_thumbnail
from layerforge.model.errors import LayerForgeError
from layerforge.operations.fold import fold
from layerforge.operations.pixels import flatten, to_uint8
from layerforge.project.project import Project
from layerforge.project.records import number_in
from layerforge.project.reporting import Tell
from layerforge.rendering.renderer import Renderer, size_for
from layerforge.scoring.fingerprint import fingerprint

EDGE_PX = 384
"""At which long edge branches are rendered, unless their run did it at another."""

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Redrawn:
    """drawn: how many thumbnails there are more.  failed: by branch, why there is none."""

    drawn: int
    failed: dict[int, str]


def redraw(project: Project, *, tell: Tell) -> Redrawn:
    """Draw the thumbnails, and fingerprints, that are missing.

    Interrupted, it keeps what it has drawn.  Raises NotKept, ProjectError.
    """
    lacking = project.lacking_thumbnails()
    renderer = Renderer(SourcePyramid(project.source_bytes))
    edges = {
        run.id: int(number_in(run.settings, "search_edge_px", EDGE_PX, low=32, high=2048))
        for run in project.runs()
    }
    failed: dict[int, str] = {}
    drawn: dict[int, tuple[bytes, npt.NDArray[np.uint8]]] = {}
    count = 0
    for number, branch_id in enumerate(lacking):
        tell("drawing thumbnails", number / len(lacking))
        try:
            canvas = fold(project.history(branch_id), project.canvas)
            edge = edges.get(project.branch(branch_id).run or 0, EDGE_PX)
            width, height = size_for(canvas, long_edge=edge)
            pixels = renderer.render(canvas, width=width, height=height, draft=True)
            picture = to_uint8(flatten(pixels))
        except LayerForgeError as error:
            failed[branch_id] = str(error)
            continue
        drawn[branch_id] = encode_thumbnail(picture), fingerprint(picture)
        if len(drawn) == _AT_ONCE:
            project.set_thumbnails(drawn)
            count, drawn = count + len(drawn), {}
    project.set_thumbnails(drawn)
    return Redrawn(drawn=count + len(drawn), failed=failed)

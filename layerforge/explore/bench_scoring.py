"""How fast judging is: the CLIP pipeline against plainer ways, and a search's round against it.

The encoders are at full size with random weights, made in memory: speed does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from layerforge.explore.bench_line import Effort, Line, rates
from layerforge.explore.bench_search import CrowdedSearch
from layerforge.explore.scorers import missing_libraries
from layerforge.explore.settings import ExploreSettings
from layerforge.scoring.scorer import Pictures

if TYPE_CHECKING:
    from layerforge.scoring.peers import Contest

_SIDE_PX = 384
_PICTURES = 256
_KEPT = 100_000
_SMALL, _LARGE = "ViT-B-32", "ViT-L-14"
_FEW = {_SMALL: (4, 16), _LARGE: (1, 4)}  # on a processor: in the plain loop, and at once

_LOOP = "a loop of PIL, float32, one at a time"
_BARE = "the bare encoder, same batch"
_UNIT = "pictures/s"


def scoring_lines(effort: Effort) -> Iterator[Line]:
    """Lines on both encoders and on novelty, on pictures as large as in a search."""
    if lacking := missing_libraries():
        why = f"{lacking} is not installed"
        for model in (_SMALL, _LARGE):
            for against in (_LOOP, _BARE):
                yield Line(_what(model), _UNIT, None, against, None, None, note=why)
        yield Line(_novelty(), _UNIT, None, _judging(), None, None, note=why)
        return
    from layerforge.scoring.peers import make_contest

    shape = (_PICTURES, _SIDE_PX, _SIDE_PX, 3)
    pictures = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    small = make_contest(f"{_SMALL}-quickgelu", pictures, device=effort.device)
    yield from _clip_lines(small, _SMALL, pictures, effort)
    yield _novelty_line(small, pictures, effort)
    precision = small.scorer.precision
    del small
    large = make_contest(f"{_LARGE}-quickgelu", pictures, device=effort.device, precision=precision)
    yield from _clip_lines(large, _LARGE, pictures, effort)


def _clip_lines(contest: Contest, model: str, pictures: Pictures, effort: Effort) -> Iterator[Line]:
    """The pipeline against the plain loop, and against the encoder alone."""
    scorer = contest.scorer
    on_cpu = scorer.device.type == "cpu"
    few, many = _FEW[model] if on_cpu else (32, scorer.batch_size)
    batch = pictures[:many]
    contest.prepare(batch)

    def pipeline() -> int:
        scorer.judge(batch)
        return len(batch)

    def plainly() -> int:
        contest.plainly(batch[:few])
        return len(batch[:few])

    def bare() -> int:
        contest.encode()
        return len(batch)

    what = _what(model)
    how = f"{scorer.device} in {scorer.precision}, batches of {len(batch)}"
    ours, theirs, ratio = rates(pipeline, plainly, turns=effort.turns)
    goal = (4.0 if contest.has_bfloat16_units else 1.2) if on_cpu else None
    yield Line(what, _UNIT, ours, _LOOP, theirs, ratio, goal, note=how)
    ours, theirs, ratio = rates(pipeline, bare, turns=2 * effort.turns)
    yield Line(what, _UNIT, ours, _BARE, theirs, ratio, 0.95 if on_cpu else 0.9, note=how)


def _novelty_line(contest: Contest, pictures: Pictures, effort: Effort) -> Line:
    """All that a search does with embeddings for a round, against judging that round."""
    scorer = contest.scorer
    batch = pictures[: ExploreSettings().round_size]
    search = CrowdedSearch(branches=_KEPT, dim=contest.head.dim)

    def judging() -> int:
        scorer.judge(batch)
        return len(batch)

    ours, theirs, ratio = rates(lambda: search.round(len(batch)), judging, turns=3 * effort.turns)
    where = f"on the processor; judging on {scorer.device} in {scorer.precision}"
    return Line(_novelty(), _UNIT, ours, _judging(), theirs, ratio, 10.0, note=where)


def _what(model: str) -> str:
    return f"CLIP {model}, pictures of {_SIDE_PX} x {_SIDE_PX}"


def _novelty() -> str:
    return f"a round's picks, gate and novelty among {_KEPT:,} branches"


def _judging() -> str:
    return f"judging that round with {_SMALL}"

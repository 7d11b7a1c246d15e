"""The stages a round goes through before the gate: rendered, weeded out cheaply, judged.

Each stage spares the next and dearer one: blank and noisy pictures go first, then near-duplicates
by their fingerprints, then, where halving is on, all but the best third at a small size.

Near-duplicates of kept branches, and of others in the round, are told by a fingerprint: a
perceptual hash and the colours of a coarse grid.  The judge's own embedding, which would tell more,
does not exist before the judge has seen a picture, and the gate looks at it then.  Where halving
is on there is a cheap one, that of the small encoder (or of the measures): with it, twins in a
round are told once more before the large encoder sees them.  It is not kept, so that it compares
those of one round only.

Source of the last: Jamieson & Talwalkar 2016, "Non-stochastic best arm identification and
hyperparameter optimization" (successive halving).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from layerforge.explore import workbench
from layerforge.explore.jobs import Control, Executor, Future
from layerforge.explore.judging import Judge, Opinion, opinions_of
from layerforge.explore.workbench import Rendered
from layerforge.rendering.renderer import size_for
from layerforge.scoring.fingerprint import Known
from layerforge.scoring.novelty import Embeddings, cosine_distances, typical_distance
from layerforge.scoring.scorer import Verdict
from layerforge.search.gate import SAME_SHARE, Reason
from layerforge.search.proposal import Proposal

SMALL_EDGE_PX = 128
"""The long edge at which halving judges first."""

PROMOTED_SHARE = 1.0 / 3.0
"""The share of a round that halving promotes."""


@dataclass(slots=True)
class Batch:
    """A round on its way: proposals, then pictures, then opinions."""

    number: int
    proposals: list[Proposal]
    rendering: list[Future[Rendered]]
    halved: bool
    rendered: list[Rendered] = field(default_factory=list)
    judging: list[Future[Verdict]] = field(default_factory=list)


class Stages:
    """Takes rounds from proposals to opinions.

    kept: the fingerprints of kept branches.  batch_size: how many pictures the cheap scorer of
    halving takes at once.
    """

    def __init__(
        self,
        judge: Judge,
        *,
        executor: Executor,
        control: Control,
        kept: Known,
        halving: bool,
        batch_size: int,
    ) -> None:
        self._judge = judge
        self._executor = executor
        self._control = control
        self.kept = kept
        self._halving = halving
        self._batch_size = batch_size

    def begin(self, number: int, proposals: list[Proposal], *, all_of_them: bool = False) -> Batch:
        """Begin to render a round, small where halving is on.

        all_of_them: leave halving out of it.
        """
        halved = self._halving and not all_of_them
        size = self._small(proposals) if halved else self._judge.size
        rendering = self._render(proposals, size=size)
        return Batch(number=number, proposals=proposals, rendering=rendering, halved=halved)

    def judge(self, batch: Batch) -> Batch:
        """Wait for a round's pictures and begin to judge those worth it; returns the round."""
        batch.rendered = self._weeded(self._control.gather(batch.rendering))
        if batch.halved:
            self._promote(batch)
        pictures = [one.picture for one in batch.rendered if one.picture is not None]
        batch.judging = self._judge.begin(pictures)
        return batch

    def opinions(self, batch: Batch) -> list[Opinion | None]:
        """Wait for the opinions on a round, None for those that were weeded out."""
        found = iter(opinions_of(self._control.gather(batch.judging), name=self._judge.name))
        return [None if one.picture is None else next(found) for one in batch.rendered]

    def _promote(self, batch: Batch) -> None:
        """Judge small pictures cheaply, and render the best at full size."""
        small = [
            (at, one.picture) for at, one in enumerate(batch.rendered) if one.picture is not None
        ]
        judging = [
            self._executor.submit(
                workbench.judge_cheaply,
                self._judge.bench,
                np.stack([picture for _, picture in small[start : start + self._batch_size]]),
            )
            for start in range(0, len(small), self._batch_size)
        ]
        if not small:
            return
        said = Verdict.joined(self._control.gather(judging))
        order = sorted(range(len(small)), key=lambda place: (-said.values[place], place))
        singles = _without_twins(order, said.embeddings)
        for place in set(order) - set(singles):
            batch.rendered[small[place][0]] = _turned_away("duplicate")
        places = [small[place][0] for place in singles]
        count = math.ceil(len(batch.proposals) * PROMOTED_SHARE)
        for at in places[count:]:
            batch.rendered[at] = _turned_away("not_promoted")
        chosen = sorted(places[:count])
        rendering = self._render([batch.proposals[at] for at in chosen], size=self._judge.size)
        full = self._weeded(self._control.gather(rendering))
        for at, one in zip(chosen, full, strict=True):
            batch.rendered[at] = one

    def _render(
        self, proposals: Sequence[Proposal], *, size: tuple[int, int]
    ) -> list[Future[Rendered]]:
        return [
            self._executor.submit(
                workbench.render_candidate, self._judge.bench, proposal.canvas, *size
            )
            for proposal in proposals
        ]

    def _small(self, proposals: Sequence[Proposal]) -> tuple[int, int]:
        edge = min(SMALL_EDGE_PX, max(self._judge.size))
        return size_for(proposals[0].canvas, long_edge=edge)

    def _weeded(self, rendered: Sequence[Rendered]) -> list[Rendered]:
        """``rendered``, without the pictures that look nearly the same as a kept branch, or as
        one before them.
        """
        before = Known()
        left: list[Rendered] = []
        for one in rendered:
            if one.fingerprint is None:
                left.append(one)
            elif self.kept.has_like(one.fingerprint) or before.has_like(one.fingerprint):
                left.append(_turned_away("duplicate"))
            else:
                before.extend(one.fingerprint[None])
                left.append(one)
        return left


def _without_twins(order: Sequence[int], embeddings: Embeddings) -> list[int]:
    """``order`` without the places whose embedding is nearly that of one before them.

    embeddings: (N, D), of the cheap judge.
    """
    limit = SAME_SHARE * typical_distance(embeddings, scorer="")
    distances = cosine_distances(embeddings, embeddings)
    left: list[int] = []
    for place in order:
        if not left or float(distances[place, left].min()) >= limit:
            left.append(place)
    return left


def _turned_away(reason: Reason) -> Rendered:
    return Rendered(picture=None, reason=reason)

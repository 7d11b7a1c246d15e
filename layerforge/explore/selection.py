"""A round before the gate: which candidates win, and how well their value holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.explore.drawing import Drawing
from layerforge.explore.jobs import Future
from layerforge.explore.judging import Judge, Opinion, Trials, plain_value
from layerforge.explore.stages import Batch
from layerforge.explore.workbench import Rendered
from layerforge.model.branch import ROOT
from layerforge.scoring.novelty import Embeddings, cosine_distances
from layerforge.scoring.panel import Panel
from layerforge.search.gate import Gate, Reason
from layerforge.search.proposal import Proposal
from layerforge.search.tree import Tree

_AT_ONCE = 64
"""So many candidates are held against all kept branches at once."""

_ROUNDING = 1e-5
"""No distance is wrong by more."""


@dataclass(frozen=True, slots=True)
class Winner:
    """A candidate that the gate admitted, with its place in the round."""

    place: int
    proposal: Proposal
    rendered: Rendered
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class Chosen:
    """A round after the gate, while its winners are looked at closely.

    gains: by how much each candidate is worth more than what it varies, else than its parent, or
    than the least that passes where that is the blank canvas, in standard deviations; None for
    those without a value.
    """

    number: int
    proposals: Sequence[Proposal]
    gains: Sequence[float | None]
    winners: list[Winner]
    rejected: Counter[str]
    trying: list[Future[Trials]]

    @property
    def evaluated(self) -> int:
        """How many candidates it had."""
        return len(self.proposals)


@dataclass(frozen=True, slots=True)
class Selection:
    """Lets rounds through the gate.

    Candidates are compared by their plain values, among themselves and with their parents': only
    winners are looked at closely, where ``closely`` says so.  on_failure: told of each candidate
    that could not be rendered.
    """

    gate: Gate
    panel: Panel
    judge: Judge
    drawing: Drawing
    closely: bool
    on_failure: Callable[[str], None]

    def choose(
        self,
        batch: Batch,
        opinions: Sequence[Opinion | None],
        tree: Tree,
        *,
        temperature: float,
    ) -> Chosen:
        """Let a round through the gate, and begin to look at its winners closely."""
        plain = [None if one is None else plain_value(self.panel, one.votes) for one in opinions]
        self.gate.remember(
            (niche_of(proposal), value)
            for proposal, value in zip(batch.proposals, plain, strict=True)
            if value is not None
        )
        rejected: Counter[str] = Counter()
        winners: list[Winner] = []
        known = [one.embedding for one in opinions if one is not None]
        crowd = Crowd(tree, known, reach=self.gate.reach)
        for index, proposal in enumerate(batch.proposals):
            rendered, opinion, value = batch.rendered[index], opinions[index], plain[index]
            if opinion is None or value is None:
                rejected[rendered.reason or "failed"] += 1
                if rendered.problem:
                    self.on_failure(rendered.problem)
                continue
            key = (batch.number, index, 1)
            reason = self._judged(
                proposal, opinion, value, crowd.look(), tree, temperature=temperature, key=key
            )
            if reason is not None:
                rejected[reason] += 1
                continue
            winners.append(
                Winner(place=index, proposal=proposal, rendered=rendered, opinion=opinion)
            )
            crowd.join(value)
        pictures = [one.rendered.picture for one in winners if one.rendered.picture is not None]
        return Chosen(
            number=batch.number,
            proposals=batch.proposals,
            gains=self._gains(batch.proposals, plain, tree),
            winners=winners,
            rejected=rejected,
            trying=self.judge.begin_trials(pictures) if self.closely else [],
        )

    def _judged(
        self,
        proposal: Proposal,
        opinion: Opinion,
        value: float,
        others: tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]],
        tree: Tree,
        *,
        temperature: float,
        key: tuple[int, ...],
    ) -> Reason | None:
        parent = tree.nodes[proposal.parent]
        blank = parent.id == ROOT
        reason = self.gate.judge(
            value=value,
            parent_value=None if blank else parent.plain,
            temperature=temperature,
            embedding=opinion.embedding,
            distances=others[0],
            kept_values=others[1],
            niche=niche_of(proposal),
            rng=self.drawing.rng(*key),
            support=1.0 if blank else self.panel.support(opinion.votes, parent.votes),
        )
        origin = parent.id if proposal.origin is None else proposal.origin
        return "killed_meanwhile" if tree.is_dead(parent.id) or tree.is_dead(origin) else reason

    def _gains(
        self, proposals: Sequence[Proposal], values: Sequence[float | None], tree: Tree
    ) -> list[float | None]:
        spread = max(self.gate.spread(), 1e-6)
        gains: list[float | None] = []
        for proposal, value in zip(proposals, values, strict=True):
            origin = proposal.parent if proposal.origin is None else proposal.origin
            parent = tree.nodes[origin]
            least = self.gate.threshold(niche_of(proposal)) if parent.id == ROOT else parent.plain
            known = value is not None and np.isfinite(least)
            gains.append((value - least) / spread if known and value is not None else None)
        return gains


class Crowd:
    """What a round's candidates meet, one after another: kept branches, and those that passed.

    The whole round is held against the kept branches at once, since there may be very many.
    reach: branches further away, cosine, are left out.
    """

    def __init__(
        self, tree: Tree, embeddings: Sequence[npt.NDArray[np.float32]], *, reach: float
    ) -> None:
        self._tree = tree
        self._kept_values = tree.plain_values()
        self._ours = np.stack(embeddings) if embeddings else np.zeros((0, 0), dtype=np.float32)
        self._least = 1.0 - reach - _ROUNDING
        self._part: Embeddings = np.zeros((0, 0), dtype=np.float32)
        self._at = -1
        self._passed: list[int] = []
        self._values: list[float] = []

    def look(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
        """The next candidate's distances, (N,), and what those are worth, (N,)."""
        self._at += 1
        place = self._at % _AT_ONCE
        if place == 0:
            self._part = self._tree.products(self._ours[self._at : self._at + _AT_ONCE])
        products = self._part[place]
        near = np.flatnonzero(products >= self._least)
        passed = cosine_distances(self._ours[self._at][None], self._ours[self._passed])
        return (
            np.concatenate([np.clip(1.0 - products[near], 0.0, 2.0), passed[0]]),
            np.concatenate([self._kept_values[near], self._values]),
        )

    def join(self, value: float) -> None:
        """The candidate looked at last passed."""
        self._passed.append(self._at)
        self._values.append(value)


def niche_of(proposal: Proposal) -> str:
    """Candidates compete with those built on the same picture, so that no source takes all."""
    return next(proposal.canvas.source_ids(), "")

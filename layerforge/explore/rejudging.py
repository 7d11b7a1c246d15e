"""Kept branches under this run's panel, so that all values in one tree compare.

What is known is used again: raw votes where the voters are the same, embeddings where a scorer
needs no more.  Only what is left is rendered.  What voters say of variations can't be had from the
picture's embedding: where one of them has not seen these, they are rendered and judged again, so
that kept branches and new ones are measured alike.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from layerforge.explore.judging import Judge, Opinion, hull_distance, score_of, unit
from layerforge.explore.yardsticks import judge_name, voters_in
from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.score import Score
from layerforge.project.project import Project
from layerforge.scoring.hull import Hull
from layerforge.scoring.jury import (
    EmbeddingJudge,
    encoder_of,
    fingerprint_of,
    members_of,
    voters_of,
)
from layerforge.scoring.novelty import Embeddings
from layerforge.scoring.panel import Panel
from layerforge.scoring.scorer import Scorer

Known = tuple[dict[str, float], dict[str, tuple[float, ...]]]
"""Raw votes and trials that need no rendering; the trials of all voters or of none."""


class Rejudging:
    """Judges the kept branches of ``project`` again where another panel judged them.

    canvas_of: the canvas of a branch by id.  closely: look at variations, too.  left_out: branches
    that can't be rendered.  keep: calls what writes to the project.
    """

    def __init__(
        self,
        project: Project,
        scorer: Scorer,
        panel: Panel,
        *,
        judge: Judge,
        hull: Hull,
        canvas_of: Callable[[int], Canvas],
        closely: bool,
        tell: Callable[[str], None],
        keep: Callable[[Callable[[], None]], None],
        left_out: Container[int] = (),
    ) -> None:
        self._project = project
        self._scorer = scorer
        self._panel = panel
        self._judge = judge
        self._hull = hull
        self._canvas_of = canvas_of
        self._closely = closely
        self._tell = tell
        self._left_out = left_out
        self._keep = keep
        self._encoder = encoder_of(scorer)

    def run(self, *, hull_moved: bool) -> None:
        """Bring all kept scores up to date, at once.

        hull_moved: the sources are others than when the branches were judged.
        """
        name = judge_name(self._panel, closely=self._closely)
        judges = self._project.judges()
        vectors = self._project.embeddings(encoder=self._encoder)
        if any(len(vector) != self._hull.dimensions for vector in vectors.values()):
            vectors = {}  # whatever made them, it was not this encoder
        strangers = {
            one
            for one in self._project.branch_ids()
            if one != ROOT
            and one not in self._left_out
            and (judges.get(one) != name or one not in vectors)
        }
        if not strangers and not hull_moved:
            return
        branches = [
            one
            for one in self._project.branches()
            if one.id != ROOT and one.id not in self._left_out
        ]
        strange = [one for one in branches if one.id in strangers]
        known = self._known(strange, judges=judges, vectors=vectors)
        if known:
            self._tell(f"joining the votes on {len(known)} kept branches anew")
        if self._closely:
            self._look_closely(known)
        scores: dict[int, Score] = {}
        for branch in branches:
            if branch.id in known:
                votes, trials = known[branch.id]
                scores[branch.id] = score_of(
                    self._panel,
                    votes,
                    trials=trials,
                    hull_distance=hull_distance(self._hull, unit(vectors[branch.id])),
                )
            elif hull_moved and branch.score is not None and branch.id not in strangers:
                distance = hull_distance(self._hull, unit(vectors[branch.id]))
                scores[branch.id] = replace(branch.score, hull_distance=distance)
        fresh = self._render_again([one for one in strange if one.id not in known])
        for one, opinion in fresh.items():
            scores[one] = score_of(
                self._panel,
                opinion.votes,
                trials=opinion.trials,
                hull_distance=hull_distance(self._hull, opinion.embedding),
            )
        embeddings = {one: said.embedding.astype(np.float16) for one, said in fresh.items()}
        if scores:
            self._keep(
                lambda: self._project.rescore(
                    scores, judge=name, embeddings=embeddings, encoder=self._encoder
                )
            )

    def _known(
        self,
        branches: Sequence[Branch],
        *,
        judges: Mapping[int, str],
        vectors: Mapping[int, npt.NDArray[np.float16]],
    ) -> dict[int, Known]:
        """Votes without rendering, by branch; those that lack any are left out."""
        embedded = [branch for branch in branches if branch.id in vectors]
        if not embedded:
            return {}
        matrix: Embeddings = np.stack([unit(vectors[branch.id]) for branch in embedded])
        found: dict[int, Known] = {branch.id: ({}, {}) for branch in embedded}
        for member in members_of(self._scorer):
            mark = set(fingerprint_of(member).split("+"))
            fresh = (
                member.judge_embeddings(matrix)
                if isinstance(member, EmbeddingJudge) and encoder_of(member) == self._encoder
                else None
            )
            for row, branch in enumerate(embedded):
                if branch.id not in found:
                    continue
                votes, trials = found[branch.id]
                same = mark <= set(voters_in(judges.get(branch.id, "")).split("+"))
                if same and branch.score is not None:
                    names = voters_of(member)
                    votes.update({name: branch.score.parts[name] for name in names})
                    if branch.score.trials:
                        trials.update({name: branch.score.trials[name] for name in names})
                elif fresh is not None:
                    votes.update({name: float(said[row]) for name, said in fresh.items()})
                else:
                    del found[branch.id]
        if not self._closely:
            return {one: (votes, {}) for one, (votes, _) in found.items()}
        wanted = set(self._panel.voters)
        return {
            one: (votes, trials if set(trials) == wanted else {})
            for one, (votes, trials) in found.items()
        }

    def _look_closely(self, known: dict[int, Known]) -> None:
        """Add the trials that ``known`` lacks."""
        lacking = [one for one, (_, trials) in known.items() if not trials]
        if not lacking:
            return
        self._tell(f"looking closely at {len(lacking)} kept branches: a voter has not yet")
        looked = self._judge.look_closely([self._canvas_of(one) for one in lacking])
        for one, trials in zip(lacking, looked, strict=True):
            known[one] = (known[one][0], trials)

    def _render_again(self, branches: Sequence[Branch]) -> dict[int, Opinion]:
        if not branches:
            return {}
        self._tell(f"judging {len(branches)} kept branches again with this scorer")
        opinions = self._judge.look_at(
            [self._canvas_of(branch.id) for branch in branches], closely=self._closely
        )
        return {branch.id: opinion for branch, opinion in zip(branches, opinions, strict=True)}

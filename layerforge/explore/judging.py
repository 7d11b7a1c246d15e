"""Opinions on pictures and canvases: what voters say, and the score a panel makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from layerforge.explore import workbench
from layerforge.explore.jobs import Control, Executor, Future
from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Picture, Placement
from layerforge.model.score import Score
from layerforge.model.source import Source
from layerforge.scoring.fragility import VARIATIONS, lower_quartile
from layerforge.scoring.hull import Hull
from layerforge.scoring.jury import votes_in
from layerforge.scoring.panel import Panel
from layerforge.scoring.scorer import Verdict

_T = TypeVar("_T")

Trials = dict[str, npt.NDArray[np.float64]]
"""Raw votes by voter on a batch of N pictures, each under four variations: (N, 4)."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the voters say of one picture: raw votes by name.

    embedding: as it is kept, (D,) float32 of unit length.  trials: the votes on its variations,
    where these were judged.
    """

    votes: Mapping[str, float]
    embedding: npt.NDArray[np.float32]
    trials: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


def opinions_of(verdicts: Sequence[Verdict], *, name: str) -> list[Opinion]:
    """One opinion a picture, in order; ``name`` is the scorer's."""
    return [
        Opinion(
            votes={
                voter: float(said[index]) for voter, said in votes_in(verdict, name=name).items()
            },
            # as the project keeps it, so that going on equals never having stopped
            embedding=unit(verdict.embeddings[index].astype(np.float16)),
        )
        for verdict in verdicts
        for index in range(len(verdict))
    ]


def trials_of(batches: Sequence[Trials]) -> list[dict[str, tuple[float, ...]]]:
    """One set of trials a picture, in order."""
    return [
        {voter: tuple(map(float, rows[index])) for voter, rows in batch.items()}
        for batch in batches
        for index in range(len(next(iter(batch.values()))))
    ]


def unit(vector: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """``vector`` as float32 of length 1."""
    single = vector.astype(np.float32)
    return np.asarray(single / max(float(np.linalg.norm(single)), 1e-12), dtype=np.float32)


def unit_rows(vectors: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """(N, D): ``vectors``, each as float32 of length 1."""
    single = vectors.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(single, axis=1, keepdims=True), 1e-12)
    return np.asarray(single / lengths, dtype=np.float32)


def plain_value(panel: Panel, votes: Mapping[str, float]) -> float:
    """What one picture with these votes is worth, its fragility aside."""
    return float(panel.join({name: np.array([vote]) for name, vote in votes.items()}).values[0])


def score_of(
    panel: Panel,
    votes: Mapping[str, float],
    *,
    trials: Mapping[str, tuple[float, ...]],
    hull_distance: float | None = None,
) -> Score:
    """The score of one picture.

    Its value is the lower quartile of those of the picture and of its variations, where they were
    looked at, and then of that by the second encoder alone, where there is one.
    """
    columns = {name: np.array([votes[name], *trials.get(name, ())]) for name in panel.voters}
    joined = panel.join(columns)
    plain = float(joined.values[0])
    looks = joined.values
    if trials:  # another encoder is one more look at the picture as it is
        plainly = {name: np.array([votes[name]]) for name in panel.voters}
        looks = np.concatenate([looks, panel.second_opinion(plainly).ravel()])
    value = float(lower_quartile(looks))
    return Score(
        value=value,
        parts=dict(votes),
        spread=float(joined.spread[0]),
        percentile=panel.percentile(value),
        fragility=plain - value,
        hull_distance=hull_distance,
        trials=dict(trials),
    )


@dataclass(frozen=True, slots=True)
class Judge:
    """Renders and judges on the workbench ``bench`` at ``size`` (width, height).

    name: the scorer's.  batch_size: how many pictures it takes at once.
    """

    executor: Executor
    control: Control
    bench: str
    size: tuple[int, int]
    batch_size: int
    name: str

    def begin(self, pictures: Sequence[workbench.Picture]) -> list[Future[Verdict]]:
        """Begin to judge pictures, all (H, W, 3) of one size."""
        return [
            self.executor.submit(workbench.judge_pictures, self.bench, np.stack(part))
            for part in _parts(pictures, self.batch_size)
        ]

    def begin_trials(self, pictures: Sequence[workbench.Picture]) -> list[Future[Trials]]:
        """Begin to judge the variations of pictures, all (H, W, 3) of one size."""
        return [
            self.executor.submit(workbench.judge_varied, self.bench, np.stack(part))
            for part in _parts(pictures, max(1, self.batch_size // len(VARIATIONS)))
        ]

    def look_at(self, canvases: Sequence[Canvas], *, closely: bool = False) -> list[Opinion]:
        """An opinion on each canvas, whatever it looks like; ``closely`` is with trials.

        Raises Stopped as soon as the control asks to stop.
        """
        opinions: list[Opinion] = []
        for rendered in self._rendered(canvases):
            judging = self.begin(rendered)
            trying = self.begin_trials(rendered) if closely else []
            found = opinions_of(self.control.gather(judging), name=self.name)
            if closely:
                trials = trials_of(self.control.gather(trying))
                found = [
                    Opinion(votes=one.votes, embedding=one.embedding, trials=tried)
                    for one, tried in zip(found, trials, strict=True)
                ]
            opinions.extend(found)
        return opinions

    def look_closely(self, canvases: Sequence[Canvas]) -> list[dict[str, tuple[float, ...]]]:
        """The trials of each canvas alone, for those whose votes are known.  Raises Stopped."""
        return [
            tried
            for rendered in self._rendered(canvases)
            for tried in trials_of(self.control.gather(self.begin_trials(rendered)))
        ]

    def _rendered(self, canvases: Sequence[Canvas]) -> Iterator[list[workbench.Picture]]:
        """The pictures of canvases, some at a time."""
        width, height = self.size
        for part in _parts(canvases, self.batch_size):
            self.control.check()
            yield self.control.gather(
                [
                    self.executor.submit(
                        workbench.render_picture, self.bench, canvas, width, height
                    )
                    for canvas in part
                ]
            )

    def look_at_sources(
        self, sources: Sequence[Source], blank: Canvas
    ) -> dict[tuple[str, bool], Opinion]:
        """Opinions on plain sources covering ``blank``, by id and whether mirrored."""
        keys = [(source.id, mirrored) for source in sources for mirrored in (False, True)]
        plain = [
            blank.with_new_layer(
                Layer(
                    id="plain",
                    name="plain",
                    content=Picture(source=source),
                    placement=Placement(flip_horizontal=mirrored),
                )
            )
            for source, mirrored in keys
        ]
        return dict(zip(keys, self.look_at(plain), strict=True))


def hull_distance(hull: Hull, embedding: npt.NDArray[np.float32]) -> float:
    """How far one embedding, (D,), lies outside the hull of the sources."""
    return float(hull.distance(embedding[None])[0])


def _parts(items: Sequence[_T], size: int) -> list[Sequence[_T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]

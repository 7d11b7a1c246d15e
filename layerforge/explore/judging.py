"""Opinions on canvases: rendered and judged on a workbench, whatever they look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layerforge.explore import workbench
from layerforge.explore.jobs import Control, Executor
from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Picture, Placement
from layerforge.model.score import Score
from layerforge.model.source import Source
from layerforge.scoring.novelty import Embeddings
from layerforge.scoring.scorer import Verdict


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the scorer says of one picture; the embedding as it is kept, (D,) float32."""

    score: Score
    embedding: npt.NDArray[np.float32]


def opinions_of(verdicts: Sequence[Verdict]) -> list[Opinion]:
    """One opinion a picture, in order."""
    return [
        Opinion(
            score=Score(value=float(verdict.values[index]), parts=verdict.parts_of(index)),
            # as the project keeps it, so that going on equals never having stopped
            embedding=unit(verdict.embeddings[index].astype(np.float16)),
        )
        for verdict in verdicts
        for index in range(len(verdict))
    ]


def unit(vector: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """``vector`` as float32 of length 1."""
    single = vector.astype(np.float32)
    return np.asarray(single / max(float(np.linalg.norm(single)), 1e-12), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Judge:
    """Renders and judges canvases on the workbench ``bench`` at ``size`` (width, height)."""

    executor: Executor
    control: Control
    bench: str
    size: tuple[int, int]
    batch_size: int

    def look_at(self, canvases: Sequence[Canvas]) -> list[Opinion]:
        """An opinion on each canvas.  Raises Stopped as soon as the control asks to stop."""
        opinions: list[Opinion] = []
        width, height = self.size
        for start in range(0, len(canvases), self.batch_size):
            self.control.check()
            rendered = self.control.gather(
                [
                    self.executor.submit(
                        workbench.render_picture, self.bench, canvas, width, height
                    )
                    for canvas in canvases[start : start + self.batch_size]
                ]
            )
            judging = self.executor.submit(workbench.judge_pictures, self.bench, np.stack(rendered))
            opinions.extend(opinions_of(self.control.gather([judging])))
        return opinions

    def look_at_sources(self, sources: Sequence[Source], blank: Canvas) -> Embeddings:
        """(2·M, D): the embeddings of M plain sources covering ``blank``, each also mirrored."""
        plain = [
            blank.with_new_layer(
                Layer(
                    id="plain",
                    name="plain",
                    content=Picture(source=source.id),
                    placement=Placement(flip_horizontal=mirrored),
                )
            )
            for source in sources
            for mirrored in (False, True)
        ]
        return np.stack([opinion.embedding for opinion in self.look_at(plain)])

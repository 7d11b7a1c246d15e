"""A room for judging single canvases of a project as its last exploration did."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import numpy as np
from msgspec.structs import replace

from layerforge.explore import workbench
from layerforge.explore.jobs import Control, make_executor
from layerforge.explore.judging import Judge, Opinion, hull_distance, plain_value, score_of, unit
from layerforge.explore.mood import last_mood, with_mood
from layerforge.explore.palate import Palate
from layerforge.explore.scorers import choose_scorer
from layerforge.explore.settings import ExploreSettings
from layerforge.explore.tasted import palate_in
from layerforge.explore.yardsticks import NotJudged, panel_of
from layerforge.files.thumbnails import encode_thumbnail
from layerforge.model.branch import Branch
from layerforge.model.canvas import Canvas
from layerforge.model.score import Score
from layerforge.model.values import from_plain
from layerforge.project.project import Project
from layerforge.project.records import NewBranch
from layerforge.rendering.cache import DEFAULT_CACHE_BYTES
from layerforge.rendering.renderer import size_for
from layerforge.scoring.fingerprint import fingerprint
from layerforge.scoring.hull import Hull
from layerforge.scoring.jury import encoder_of, seated
from layerforge.scoring.novelty import Embeddings, cosine_distances, typical_distance
from layerforge.scoring.sameness import Picture
from layerforge.scoring.scorer import Scorer


class JudgingRoom:
    """Renders and judges canvases with the scorer and the panel of the project's last run.

    Use as a context manager.  The mood board of that run judges with them, and so does the user's
    taste where it counts; kept scores are the panel's own.  scorer: another than the one that the
    last run's settings name.
    Raises NotJudged where the project was never explored, or not with this scorer.
    """

    def __init__(
        self, project: Project, *, scorer: Scorer | None = None, control: Control | None = None
    ) -> None:
        self.project = project
        self.settings = settings_of(project)
        if scorer is None:
            scorer = choose_scorer(
                self.settings.scorer, device=self.settings.device, settings=self.settings
            ).scorer
        self.scorer = with_mood(seated(scorer, alone=self.settings.clip_alone), last_mood(project))
        self.panel = panel_of(project, self.scorer)
        self._palate = _counting(project)
        self.encoder = encoder_of(self.scorer)
        self._bench = uuid.uuid4().hex
        self._executor = make_executor(self.settings.threads)
        held = {source.id: project.source_bytes(source.id) for source in project.sources()}
        workbench.install(self._bench, held, self.scorer, DEFAULT_CACHE_BYTES)
        self._judge = Judge(
            executor=self._executor,
            control=Control() if control is None else control,
            bench=self._bench,
            size=size_for(project.canvas, long_edge=self.settings.search_edge_px),
            batch_size=max(1, self.scorer.batch_size),
            name=self.scorer.name,
        )

    def __enter__(self) -> Self:
        try:
            self.source_vectors = self._sources_seen()
        except BaseException:
            self.close()
            raise
        self._hull = Hull(self.source_vectors)
        self._kept = {
            branch_id: unit(vector)
            for branch_id, vector in self.project.embeddings(encoder=self.encoder).items()
        }
        self.typical_distance = typical_distance(self.source_vectors[::2], scorer=self._judge.name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _sources_seen(self) -> Embeddings:
        """The embeddings of the plain sources and their mirror images, kept ones where all are."""
        sources = self.project.sources()
        kept = self.project.source_embeddings(encoder=self.encoder)
        if len(kept) == 2 * len(sources):
            return np.stack([unit(vector) for vector in kept])
        seen = self._judge.look_at_sources(sources, self.project.canvas)
        return np.stack([opinion.embedding for opinion in seen.values()])

    def close(self) -> None:
        """Let go of the workbench and the workers."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        workbench.remove(self._bench)

    @property
    def closely(self) -> bool:
        """Whether what is kept is looked at with variations, as that exploration did."""
        return self.settings.fragility

    def opinions(self, canvases: Sequence[Canvas], *, closely: bool) -> list[Opinion]:
        """What the voters say of each canvas, and of its variations where ``closely``."""
        return self._judge.look_at(canvases, closely=closely)

    def picture(self, canvas: Canvas) -> Picture:
        """What a canvas looks like at the size that is judged, (H, W, 3) uint8 sRGB."""
        return workbench.render_picture(self._bench, canvas, *self._judge.size)

    def score(self, opinion: Opinion) -> Score:
        """The score that the panel makes of an opinion."""
        return score_of(
            self.panel,
            opinion.votes,
            trials=opinion.trials,
            hull_distance=hull_distance(self._hull, opinion.embedding),
        )

    def value(self, opinion: Opinion) -> float:
        """What a picture is worth to the panel, with the user's taste in it."""
        return self.score(opinion).value + self._lift(opinion)

    def plain_value(self, opinion: Opinion) -> float:
        """The same before its variations are looked at."""
        return plain_value(self.panel, opinion.votes) + self._lift(opinion)

    def _lift(self, opinion: Opinion) -> float:
        """By how much taste lifts the value of a picture."""
        if self._palate is None:
            return 0.0
        heard = self._palate.heard(opinion.votes, opinion.embedding)
        return plain_value(self._palate.panel, heard) - plain_value(self.panel, opinion.votes)

    def novelty(self, opinion: Opinion, *, without: frozenset[int] = frozenset()) -> float:
        """Mean cosine distance to the nearest kept branches and sources, 0 to 2.

        without: branches that don't count, such as the one that it stands for.
        """
        kept = [vector for one, vector in self._kept.items() if one not in without]
        others = np.concatenate([self.source_vectors, *(vector[None] for vector in kept)])
        distances = np.sort(cosine_distances(opinion.embedding[None], others)[0])
        return float(distances[: self.settings.neighbours].mean())

    def distance(self, one: Opinion, other: Opinion) -> float:
        """How far two pictures lie apart, as a share of the typical distance."""
        apart = cosine_distances(one.embedding[None], other.embedding[None])[0, 0]
        return float(apart) / self.typical_distance

    def new_branch(self, branch: Branch, canvas: Canvas, opinion: Opinion) -> NewBranch:
        """``branch`` with its score and all that is kept with it."""
        picture = self.picture(canvas)
        return NewBranch(
            branch=replace(branch, score=self.score(opinion)),
            embedding=opinion.embedding.astype(np.float16),
            thumbnail=encode_thumbnail(picture),
            fingerprint=fingerprint(picture),
        )


def settings_of(project: Project) -> ExploreSettings:
    """The settings of the project's last exploration, with the measures by name if they judged.

    Raises NotJudged where there was none, InvalidValue where they can't be read.
    """
    for run in reversed(project.runs()):
        if "budget" in run.settings:
            what = f"the settings of run {run.id} of {project.path}"
            settings = from_plain(run.settings, ExploreSettings, what=what)
            if settings.scorer == "auto" and run.scorer == "measures":
                return replace(settings, scorer="measures")
            return settings
    raise NotJudged(f"{project.path} was never explored: there is nobody to judge it")


def _counting(project: Project) -> Palate | None:
    """The user's taste, where it counts."""
    found = palate_in(project)
    return None if found is None or found[0].weight <= 0.0 else found[0]

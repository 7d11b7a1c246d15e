"""The runs of a study: explorations that are thrown away but for what they found."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from layerforge.explore.explorer import Explorer
from layerforge.explore.importing import Read, add_sources, read_sources
from layerforge.explore.judging import score_of, unit_rows
from layerforge.explore.scorers import choose_scorer
from layerforge.explore.settings import ClipSettings, ExploreSettings, ScorerName
from layerforge.explore.studies.metrics import Found
from layerforge.explore.versions import versions
from layerforge.explore.yardsticks import panel_of
from layerforge.files.recipes import write_file
from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.model.values import Value, digest, to_json
from layerforge.project.project import Project
from layerforge.scoring.character import character_of_thumbnail
from layerforge.scoring.jury import encoder_of, seated
from layerforge.scoring.panel import Panel, Yardstick
from layerforge.scoring.scorer import Scorer
from layerforge.search.tree import Tree

CANVAS = Canvas(width=512, height=512)

VARIANTS: Mapping[str, dict[str, Any]] = {
    "without policy": {"policy": False},
    "without crossover": {"crossover": 0.0},
    "without noise adaptation": {"adapt_noise": False},
    "without gate": {"gate": False},
}
"""The default strategy with one of its parts switched off."""


class RunSpec(Value, frozen=True, kw_only=True):
    """One run: images are paths, of files or folders; content: a digest of what they hold."""

    images: tuple[str, ...]
    content: str
    settings: ExploreSettings

    @property
    def key(self) -> str:
        """A name for the file of what it found, that nothing else has.

        Wherever the images lie; other images, settings and versions of LayerForge have others.
        """
        return digest(to_json([self.content, self.settings, versions()])).hex()[:16]


class Rule(Value, frozen=True, kw_only=True):
    """By what all runs on the same images are valued."""

    yardstick: Yardstick
    weights: dict[str, float]
    kappa: float
    typical_distance: float

    def panel(self) -> Panel:
        """The panel that it describes."""
        return Panel(self.yardstick, weights=self.weights, kappa=self.kappa)


def content_of(images: Sequence[str]) -> str:
    """A digest of all that the images hold, whatever their names and order."""
    ids = sorted(file.source.id for file in read_sources(map(Path, images)).files)
    return digest(to_json(ids)).hex()


def learn_rule(images: Sequence[str], settings: ExploreSettings) -> Rule:
    """The yardstick and the typical distance of these images, from a short random run."""
    short = msgspec.structs.replace(settings, strategy="random", budget=1, seed=0)
    with explored(read_sources(map(Path, images)), short) as project:
        panel = panel_of(project, _scorer_of(settings))
        reference = project.runs()[-1].reference
    return Rule(
        yardstick=panel.yardstick,
        weights=panel.weights,
        kappa=panel.kappa,
        typical_distance=float(reference["typical_distance"]),
    )


def found_by(spec: RunSpec, rule: Rule) -> Found:
    """Run it, and value what it found by ``rule``."""
    panel = rule.panel()
    with explored(read_sources(map(Path, spec.images)), spec.settings) as project:
        return _found_in(project, panel, encoder=encoder_of(_scorer_of(spec.settings)))


def run_to_file(spec: RunSpec, rule: Rule, folder: str) -> str:
    """Run it and keep what it found in ``folder``; nothing to do where that is there already."""
    path = Path(folder) / f"{spec.key}.npz"
    if not path.exists():
        found = found_by(spec, rule)
        held = io.BytesIO()
        np.savez_compressed(
            held,
            at=found.at,
            values=found.values,
            embeddings=found.embeddings,
            lineages=found.lineages,
            characters=found.characters,
        )
        write_file(path, held.getvalue())
    return str(path)


def read_found(path: Path) -> Found:
    """What a run found, from its file."""
    with np.load(path, allow_pickle=False) as held:
        return Found(**{name: held[name] for name in held.files})


@contextmanager
def explored(read: Read, settings: ExploreSettings) -> Iterator[Project]:
    """A project explored with the scorer of ``settings``, which is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="layerforge-study-") as folder,
        Project.create(Path(folder) / "study.layerforge", canvas=CANVAS) as project,
    ):
        add_sources(project, read)
        Explorer(project, settings, _scorer_of(settings), listener=_unheard).run()
        yield project


@lru_cache(maxsize=2)
def _loaded(chosen: ScorerName, clip: ClipSettings) -> Scorer:
    return choose_scorer(chosen, settings=clip).scorer


def _scorer_of(settings: ExploreSettings) -> Scorer:
    """As it judges in an exploration; loaded once in a process."""
    clip = ClipSettings(
        **{name: getattr(settings, name) for name in ClipSettings.__struct_fields__}
    )
    return seated(_loaded(settings.scorer, clip), alone=settings.clip_alone)


def _found_in(project: Project, panel: Panel, *, encoder: str) -> Found:
    branches = [one for one in project.branches() if one.id != ROOT and one.score is not None]
    evaluated = project.evaluated_by_round()
    vectors = project.embeddings(encoder=encoder)
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for branch in branches:
        tree.add(branch.id, parent=branch.parent, origin=branch.origin, value=0.0, embedding=None)
    values, characters = [], []
    for branch in branches:
        assert branch.score is not None  # noqa: S101 - those without were left out
        values.append(score_of(panel, branch.score.parts, trials=branch.score.trials).value)
        thumbnail = project.thumbnail(branch.id)
        characters.append((thumbnail and character_of_thumbnail(thumbnail)) or (0.0, 0.0))
    count = len(branches)
    stacked = np.stack([vectors[one.id] for one in branches]) if count else np.zeros((0, 1))
    return Found(
        at=np.array([evaluated[one.round] for one in branches], dtype=np.int64),
        values=np.array(values, dtype=np.float64),
        embeddings=unit_rows(stacked),
        lineages=np.array([tree.nodes[one.id].lineage for one in branches], dtype=np.int64),
        characters=np.array(characters, dtype=np.float64).reshape(count, 2),
    )


def _unheard(event: object) -> None:
    """Nobody listens to the runs of a study."""

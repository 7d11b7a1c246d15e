"""Opening, copying and leaving project files; most of it runs in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from layerforge.desktop import untitled
from layerforge.desktop.bridge import Tell
from layerforge.explore.jobs import Control
from layerforge.explore.restoring import Restored, restore
from layerforge.model.branch import Branch
from layerforge.model.canvas import Canvas
from layerforge.model.source import Source
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer

DEFAULT_CANVAS = Canvas(width=1024, height=1024)


@dataclass(frozen=True, slots=True)
class Opened:
    """A project just opened, with what is in it.

    copied: it holds what the project before it held, under another name.  source_weights: how often
    sources are drawn, where that is not as usual.
    """

    project: Project
    sources: tuple[Source, ...]
    branches: tuple[Branch, ...]
    copied: bool = False
    source_weights: dict[str, float] = field(default_factory=dict)


def new_project() -> Project:
    """A new untitled project.  Raises LayerForgeError."""
    return Project.create(untitled.new_path(), canvas=DEFAULT_CANVAS, program="app")


def loaded(project: Project) -> Opened:
    """What is in an open project."""
    return Opened(
        project=project,
        sources=project.sources(),
        branches=project.branches(),
        source_weights=project.source_weights(),
    )


def open_project(path: Path, tell: Tell) -> Opened:
    """Open a project file.  Raises ProjectError, NewerVersion."""
    del tell
    project = Project.open(path, program="app")
    try:
        return loaded(project)
    except BaseException:
        project.close()
        raise


def restore_project(
    path: Path, places: Sequence[Path], control: Control, tell: Tell
) -> tuple[Opened, Restored]:
    """A new untitled project from an exported file.  Raises LayerForgeError."""
    del tell
    project = new_project()
    try:
        restored = restore(path, project, places=places, scorer=MeasuresScorer(), control=control)
        return loaded(project), restored
    except BaseException:
        leave_project(project, discard=True)
        raise


def copy_and_open(project: Project, path: Path, tell: Tell) -> Opened:
    """Copy a project to ``path`` and open the copy.  Raises ProjectError."""
    project.copy_to(path)
    return replace(open_project(path, tell), copied=True)


def leave_in_background(project: Project, tell: Tell, *, discard: bool) -> None:
    """Close a project; ``discard`` deletes it where it is untitled."""
    del tell
    leave_project(project, discard=discard)


def leave_project(project: Project, *, discard: bool) -> None:
    """Close a project; ``discard`` deletes it where it is untitled, and nobody else's."""
    project.close()
    if discard and not project.read_only and untitled.is_untitled(project.path):
        untitled.discard(project.path)

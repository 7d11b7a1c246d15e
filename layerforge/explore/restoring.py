"""A project from an exported file: its recipe as a branch, ready to be edited and grown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from layerforge.explore.editing import keep_edit
from layerforge.explore.explorer import Explorer
from layerforge.explore.jobs import Control
from layerforge.explore.lacking import without_lacking
from layerforge.explore.replaying import (
    PROJECT_SUFFIX,
    SourceFinder,
    check_steps,
    missing_sources,
)
from layerforge.explore.settings import ExploreSettings
from layerforge.files.images import source_from_bytes
from layerforge.files.recipes import read_recipe
from layerforge.model.branch import ROOT
from layerforge.model.errors import InvalidValue, LayerForgeError, errors_of
from layerforge.project.project import Project
from layerforge.scoring.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Restored:
    """branch: the id of what the file shows.  left_out: lines on steps that can't be made here."""

    branch: int
    left_out: tuple[str, ...]


def has_recipe(path: Path) -> bool:
    """Whether a file holds a recipe, its own or that of a picture."""
    try:
        read_recipe(path)
    except (LayerForgeError, OSError):
        return False  # whatever it is: no recipe can be read from it
    return True


def restore(
    path: Path,
    project: Project,
    *,
    places: Iterable[Path],
    scorer: Scorer,
    control: Control | None = None,
) -> Restored:
    """Fill a new ``project`` with the sources of the recipe in ``path``, and its one branch.

    The project's blank canvas becomes the recipe's.  Sources are looked for in ``places``, which
    may be folders, images and projects, then beside the file.  What is usual for them is learned
    from random compositions, so that the branch has a value as any other.

    Raises InvalidValue where the file holds no recipe, LayerForgeError where sources are missing.
    """
    if project.has_branches() or project.sources():
        raise InvalidValue(f"{project.path} is not empty: a recipe is restored into a new project")
    recipe = read_recipe(path)
    check_steps(recipe, name=path.name)
    with errors_of(path.name):
        recipe, left_out = without_lacking(recipe)
    finder = SourceFinder(
        _readable([*places, *_beside(path)]), wanted=[source.id for source in recipe.sources]
    )
    lacking = missing_sources(recipe, finder)
    if lacking:
        raise LayerForgeError(
            f"{path.name} needs source images that were not found: {lacking}; put them in the "
            "same folder, or open the project that it was made in first"
        )
    project.set_canvas(recipe.canvas)
    for wanted in recipe.sources:
        content, name = finder(wanted.id), finder.name_of(wanted.id) or "source"
        project.add_source(source_from_bytes(content, name=name).source, content)
    settings = ExploreSettings(scorer="measures")
    learning = Explorer(
        project,
        settings,
        scorer,
        listener=lambda _event: None,
        control=control,
        learn_only=True,
    )
    learning.run()
    with errors_of(path.name):
        kept = keep_edit(project, ROOT, recipe.steps, scorer=scorer)
    return Restored(kept.branch.id, tuple(left_out))


def _beside(path: Path) -> list[Path]:
    """The files in the same folder, those in folders below it left out: these may be thousands."""
    return sorted(one for one in path.parent.iterdir() if one.is_file() and one != path)


def _readable(places: Iterable[Path]) -> Iterator[Path]:
    """Those places that can be looked in; a project that can't be opened holds nothing for us."""
    for place in places:
        if place.suffix == PROJECT_SUFFIX:
            try:
                Project.open(place, read_only=True).close()
            except LayerForgeError:
                continue  # what is then missing is named
        if place.exists():
            yield place

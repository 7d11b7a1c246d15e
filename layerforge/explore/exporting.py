"""Versions out: rendered large, written with their history; and rendered again from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layerforge.explore.judging import unit
from layerforge.explore.versions import versions
from layerforge.files.images import ImageRefused, find_images, read_source
from layerforge.files.png import encode_png
from layerforge.files.recipes import free_name, read_recipe, write_file, write_recipe
from layerforge.files.sources import SourcePyramid
from layerforge.model.branch import ROOT, Branch
from layerforge.model.errors import InvalidValue, LayerForgeError, SourceMissing
from layerforge.model.recipe import Recipe
from layerforge.operations.fold import fold
from layerforge.operations.pixels import Pixels
from layerforge.project.project import Project
from layerforge.rendering.renderer import Renderer, size_for
from layerforge.search.archive import DISTINCT_SHARE, distinct_top
from layerforge.search.tree import Tree

MAX_LONG_EDGE_PX = 16_384


@dataclass(frozen=True, slots=True)
class Exported:
    """One version written: the picture and its sidecar."""

    branch: int
    picture: Path
    recipe: Path


def render_recipe(
    recipe: Recipe, file_bytes_of: Callable[[str], bytes], *, long_edge_px: int | None = None
) -> Pixels:
    """Render ``recipe`` at its nominal size, or with that long edge.

    The same recipe, sources and size give the same bytes on one machine.  Raises SourceMissing,
    UnknownOperation, InvalidValue.
    """
    canvas = fold(recipe.steps, recipe.canvas)
    long_edge = long_edge_px or max(canvas.width, canvas.height)
    if not 1 <= long_edge <= MAX_LONG_EDGE_PX:
        raise InvalidValue(f"the long edge must be 1 to {MAX_LONG_EDGE_PX} px, got {long_edge}")
    width, height = size_for(canvas, long_edge=long_edge)
    renderer = Renderer(SourcePyramid(file_bytes_of))
    return renderer.render(canvas, width=width, height=height)


def export_branches(
    project: Project,
    branch_ids: Sequence[int],
    *,
    folder: Path,
    long_edge_px: int | None = None,
) -> Iterator[Exported]:
    """Write branches as PNG with the recipe inside and beside, one at a time.

    Names are ``<project>-<branch>.png``; an existing file is never overwritten, the new one gets
    a number.  Raises InvalidValue for the root, CannotWrite.
    """
    for branch_id in branch_ids:
        if branch_id == ROOT:
            raise InvalidValue("branch 0 is the blank canvas: there is nothing to export")
        recipe = project.recipe(branch_id, versions=versions())
        pixels = render_recipe(recipe, project.source_bytes, long_edge_px=long_edge_px)
        picture = free_name(folder / f"{project.path.stem}-{branch_id:05d}.png")
        write_file(picture, encode_png(pixels, recipe=recipe))
        sidecar = picture.with_suffix(".json")
        write_recipe(sidecar, recipe)
        yield Exported(branch=branch_id, picture=picture, recipe=sidecar)


def best_branches(project: Project, count: int) -> list[int]:
    """The best ``count`` branches that differ from each other, best first."""
    encoder = project.encoder()
    if encoder is None:
        return []
    tree = Tree()
    branches = project.branches()
    vectors = project.embeddings(encoder=encoder)
    for branch in branches:
        vector = vectors.get(branch.id)
        tree.add(
            branch.id,
            parent=branch.parent,
            value=branch.value or 0.0,
            embedding=None if vector is None else unit(vector),
        )
    tree.set_statuses({branch.id: branch.status for branch in branches})
    typical = 0.0
    for run in project.runs():
        if run.reference.get("encoder") == encoder:
            typical = run.reference.get("typical_distance", typical)
    return distinct_top(
        tree, count, min_distance=DISTINCT_SHARE * typical, sources=_made_of(project, branches)
    )


def _made_of(project: Project, branches: Sequence[Branch]) -> dict[int, frozenset[str]]:
    """The sources that the steps of each branch name, those of its ancestors with them."""
    known = {source.id for source in project.sources()}
    made_of: dict[int, frozenset[str]] = {}
    for branch in branches:  # parents come before their children
        own = {
            value
            for step in branch.steps
            for value in step.operation.parameters.values()
            if value in known
        }
        above = frozenset() if branch.parent is None else made_of[branch.parent]
        made_of[branch.id] = above | {str(one) for one in own}
    return made_of


class SourceFinder:
    """Finds sources by hash: in projects and image files of the given places."""

    def __init__(self, places: Iterable[Path]) -> None:
        self._places = tuple(places)
        self._found: dict[str, bytes] | None = None

    def __call__(self, source_id: str) -> bytes:
        """The file bytes of a source.  Raises SourceMissing."""
        if self._found is None:
            self._found = {}
            for place in self._places:
                self._take(place)
        if source_id not in self._found:
            raise SourceMissing(source_id)
        return self._found[source_id]

    def _take(self, place: Path) -> None:
        assert self._found is not None  # noqa: S101 - set by the caller
        for path in find_images([place]):
            if path.suffix == ".layerforge":
                with Project.open(path, read_only=True) as project:
                    for source in project.sources():
                        self._found.setdefault(source.id, project.source_bytes(source.id))
                continue
            try:
                file = read_source(path)
            except ImageRefused:
                continue  # not an image: it is no source, and nobody said that it was one
            self._found.setdefault(file.source.id, file.file_bytes)


def replay(
    path: Path, *, to: Path, sources: Sequence[Path], long_edge_px: int | None = None
) -> tuple[Path, list[str]]:
    """Render the recipe in ``path`` again and write it as a PNG to ``to``.

    Returns where it was written, and lines on what differs from when it was made.  Raises
    InvalidValue where ``path`` holds no recipe, SourceMissing, UnknownOperation, CannotWrite.
    """
    recipe = read_recipe(path)
    notes = [
        f"made with {name} {then}, rendered with {now}: small differences are possible"
        for name, now in versions().items()
        if (then := recipe.versions.get(name, now)) != now
    ]
    finder = SourceFinder(sources)
    missing = []
    for source in recipe.sources:
        try:
            finder(source.id)
        except SourceMissing:
            missing.append(f"{source.id[:12]}… ({source.width}x{source.height})")
    if missing:
        raise LayerForgeError(
            f"{path.name} needs source images that were not found: {', '.join(missing)}; "
            "name the folder or project that holds them with --sources"
        )
    pixels = render_recipe(recipe, finder, long_edge_px=long_edge_px)
    if to.is_dir():
        to = free_name(to / f"{path.stem}.png")
    write_file(to, encode_png(pixels, recipe=recipe))
    return to, notes

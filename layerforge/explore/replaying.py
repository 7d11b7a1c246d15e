"""Versions again: rendered from the recipe in any exported file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from layerforge.explore.exporting import check_export, encoded_recipe
from layerforge.explore.lacking import without_lacking
from layerforge.explore.versions import versions
from layerforge.files.formats import depth_for, format_of
from layerforge.files.images import find_images, read_bytes
from layerforge.files.recipes import read_recipe, write_file, write_new
from layerforge.files.sources import SourcePyramid
from layerforge.model.errors import InvalidValue, LayerForgeError, SourceMissing, errors_of
from layerforge.model.recipe import Recipe
from layerforge.model.source import is_source_id, source_id_of
from layerforge.project.project import Project
from layerforge.rendering.limits import allowed_bytes
from layerforge.rendering.renderer import Renderer

PROJECT_SUFFIX = ".layerforge"


@dataclass(frozen=True, slots=True)
class Replayed:
    """Where the picture was written.

    left_out: lines on steps that are not in it, so that it is not what the recipe says.
    differing: lines on what differs from when the recipe was made.
    """

    written: Path
    left_out: tuple[str, ...]
    differing: tuple[str, ...]


class SourceFinder:
    """Finds sources by hash: in projects and image files of the given places.

    Files are hashed one after another until all that is wanted is found; none is kept in memory.

    on_file: told of each file before it is looked at.
    """

    def __init__(
        self,
        places: Iterable[Path],
        *,
        wanted: Iterable[str],
        on_file: Callable[[Path], None] = lambda path: None,
    ) -> None:
        self._missing = set(wanted)
        self._on_file = on_file
        self._where: dict[str, Path] = {}
        for place in places:
            if self._missing:
                self._look_in(place)

    def has(self, source_id: str) -> bool:
        """Whether the source was found."""
        return source_id in self._where

    def place_of(self, source_id: str) -> Path:
        """The file that a source was found in.  Raises SourceMissing."""
        if source_id not in self._where:
            raise SourceMissing(source_id)
        return self._where[source_id]

    def name_of(self, source_id: str) -> str | None:
        """What the source's file is called, where it was found."""
        path = self._where.get(source_id)
        if path is None or path.suffix != PROJECT_SUFFIX:
            return None if path is None else path.name
        with Project.open(path, read_only=True) as project:
            return next((one.name for one in project.sources() if one.id == source_id), None)

    def __call__(self, source_id: str) -> bytes:
        """The file bytes of a source.  Raises SourceMissing."""
        path = self.place_of(source_id)
        if path.suffix == PROJECT_SUFFIX:
            with Project.open(path, read_only=True) as project:
                return project.source_bytes(source_id)
        content = read_bytes(path)
        if source_id_of(content) != source_id:
            raise SourceMissing(source_id)  # the file was changed meanwhile
        return content

    def _look_in(self, place: Path) -> None:
        for path in find_images([place]):
            if not self._missing:
                return
            self._on_file(path)
            try:
                ids = _ids_in(path, wanted=self._missing)
            except LayerForgeError:
                if path == place:
                    raise  # it was named as the place to look in
                continue  # it only lies beside the others, and nobody said that it was a project
            for source_id in ids & self._missing:
                self._where[source_id] = path
                self._missing.discard(source_id)


def missing_sources(recipe: Recipe, finder: SourceFinder) -> str:
    """The sources of a recipe that were not found, in words; empty where all were."""
    return ", ".join(
        f"{source.id[:12]}… ({source.width}x{source.height})"
        for source in recipe.sources
        if not finder.has(source.id)
    )


def _ids_in(path: Path, *, wanted: Set[str]) -> set[str]:
    """The ids of the sources that a file is; those of the wanted ones that a project holds whole.

    The project may be the very one that has lost them, or a copy of it.
    """
    if path.suffix == PROJECT_SUFFIX:
        with Project.open(path, read_only=True) as project:
            held = {source.id for source in project.sources()} & wanted
            return {one for one in held if source_id_of(project.source_bytes(one)) == one}
    try:
        with path.open("rb") as file:
            return {hashlib.file_digest(file, "sha256").hexdigest()}
    except OSError:
        return set()  # unreadable: it can't be the source, and nobody said that it was


def check_steps(recipe: Recipe, *, name: str) -> None:
    """Raise InvalidValue where there are no steps, or one names a source that is not listed."""
    if not recipe.steps:
        raise InvalidValue(f"{name}: a recipe without steps makes nothing")
    listed = {source.id for source in recipe.sources}
    for number, step in enumerate(recipe.steps, start=1):
        for value in step.operation.parameters.values():
            if is_source_id(value) and value not in listed:
                raise InvalidValue(
                    f"{name}: step {number} ({step.operation.name}) names the source "
                    f"{value[:12]}…, which the recipe does not list"
                )


def replay(
    path: Path,
    *,
    to: Path,
    sources: Sequence[Path],
    long_edge_px: int | None = None,
    depth: int | None = None,
    overwrite: bool = False,
) -> Replayed:
    """Render the recipe in ``path`` again and write it to ``to``, whose suffix says the format.

    Steps that need what is not installed are left out; the recipe in the file that is written is
    that of what it shows.  Raises InvalidValue where ``path`` holds no recipe, or ``to`` exists
    and may not be overwritten; TooLarge, SourceMissing, CannotWrite, and LayerForgeError where
    nothing is left.
    """
    if to.is_file() and not overwrite:
        raise InvalidValue(f"{to} exists already: name another file, or say --overwrite")
    recipe = read_recipe(path)
    check_steps(recipe, name=path.name)
    with errors_of(path.name):
        recipe, left_out = without_lacking(recipe)
    into_folder = to.is_dir()
    if into_folder:
        to = to / f"{path.stem}.png"
    kind = format_of(to)
    bits = depth_for(kind, depth)
    max_bytes = allowed_bytes()
    with errors_of(path.name):
        check_export(recipe, kind=kind, depth=bits, long_edge_px=long_edge_px, max_bytes=max_bytes)
    differing = [
        f"made with {name} {then}, rendered with {now}: small differences are possible"
        for name, now in versions().items()
        if (then := recipe.versions.get(name, now)) != now
    ]
    finder = SourceFinder(sources, wanted=[source.id for source in recipe.sources])
    lacking = missing_sources(recipe, finder)
    if lacking:
        raise LayerForgeError(
            f"{path.name} needs source images that were not found: {lacking}; "
            "name the folder or project that holds them with --sources"
        )
    content = encoded_recipe(
        recipe,
        Renderer(SourcePyramid(finder), max_bytes=max_bytes),
        kind=kind,
        depth=bits,
        long_edge_px=long_edge_px,
        name_of=finder.name_of,
    )
    if into_folder:
        to = write_new(to, content)
    else:
        write_file(to, content)
    return Replayed(written=to, left_out=tuple(left_out), differing=tuple(differing))

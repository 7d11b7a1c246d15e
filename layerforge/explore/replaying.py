"""Versions again: rendered from the recipe in any exported file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from layerforge.explore.exporting import encoded_recipe
from layerforge.explore.versions import versions
from layerforge.files.formats import depth_for, format_of
from layerforge.files.images import ImageRefused, find_images, read_source
from layerforge.files.recipes import free_name, read_recipe, write_file
from layerforge.files.sources import SourcePyramid
from layerforge.model.errors import LayerForgeError, SourceMissing
from layerforge.project.project import Project
from layerforge.rendering.renderer import Renderer


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
    path: Path,
    *,
    to: Path,
    sources: Sequence[Path],
    long_edge_px: int | None = None,
    depth: int | None = None,
) -> tuple[Path, list[str]]:
    """Render the recipe in ``path`` again and write it to ``to``, whose suffix says the format.

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
    if to.is_dir():
        to = free_name(to / f"{path.stem}.png")
    kind = format_of(to)
    content = encoded_recipe(
        recipe,
        Renderer(SourcePyramid(finder)),
        kind=kind,
        depth=depth_for(kind, depth),
        long_edge_px=long_edge_px,
    )
    write_file(to, content)
    return to, notes

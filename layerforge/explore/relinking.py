"""Sources that a project has lost, found again by what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layerforge.explore.replaying import SourceFinder
from layerforge.files.images import source_from_bytes
from layerforge.model.errors import LayerForgeError
from layerforge.model.source import is_source_id, source_id_of
from layerforge.project.project import Project
from layerforge.project.reporting import Tell


@dataclass(frozen=True, slots=True)
class Lost:
    """A source that branches use, but which is missing or no longer what it was.

    name: that of its file; empty where it is not known.
    """

    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.id[:12]}…" + (f" ({self.name})" if self.name else "")


@dataclass(frozen=True, slots=True)
class Relinked:
    """found: those that are back, with the files that they were in.  missing: those still lost.

    others: files with the name of a missing one, but other content.
    """

    found: tuple[tuple[Lost, Path], ...]
    missing: tuple[Lost, ...]
    others: tuple[Path, ...]


def lost_sources(project: Project, *, tell: Tell) -> tuple[Lost, ...]:
    """The sources of ``project`` that are missing, or whose bytes are damaged."""
    lost: dict[str, Lost] = {}
    known = project.sources()
    for number, source in enumerate(known):
        tell("checking sources", number / len(known))
        if source_id_of(project.source_bytes(source.id)) != source.id:
            lost[source.id] = Lost(source.id, source.name)
    there = {source.id for source in known}
    tell("reading branches", 0.0)
    for branch in project.branches():
        for step in branch.steps:
            for value in step.operation.parameters.values():
                if is_source_id(value) and value not in there:
                    lost.setdefault(value, Lost(value, ""))
    return tuple(lost.values())


def relink(project: Project, places: Sequence[Path], *, tell: Tell) -> Relinked:
    """Look for the lost sources of ``project`` in images, folders and projects, and take them in.

    The content alone decides; where a file is and what it is called does not matter.
    Raises ImageRefused for a place that is not there, NotKept, ProjectError.
    """
    lost = lost_sources(project, tell=tell)
    names = {one.name for one in lost if one.name}
    alike: list[Path] = []
    looked_at = 0

    def look(path: Path) -> None:
        nonlocal looked_at
        looked_at += 1
        tell(f"{looked_at} files looked at", 0.0)
        if path.name in names:
            alike.append(path)

    finder = SourceFinder(places, wanted=[one.id for one in lost], on_file=look)
    found: list[tuple[Lost, Path]] = []
    missing: list[Lost] = []
    for one in lost:
        try:
            content = finder(one.id)
            file = finder.place_of(one.id)
            read = source_from_bytes(content, name=one.name or file.name)
        except LayerForgeError:
            missing.append(one)
            continue
        project.put_source(read.source, content)
        found.append((one, file))
    still = {one.name for one in missing}
    others = tuple(path for path in alike if path.name in still)
    return Relinked(found=tuple(found), missing=tuple(missing), others=others)

"""Sources into a project: what is usable is kept, the rest is named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from layerforge.files.images import (
    FrameChoice,
    ImageRefused,
    SourceFile,
    find_images,
    read_bytes,
    sources_from_bytes,
)
from layerforge.model.source import Source
from layerforge.project.project import Project


@dataclass(frozen=True, slots=True)
class Imported:
    """added: sources new to the project.  known: those it had.  refused: one line each.

    notes: lines on files that were taken, but not quite as they are.  frames: by source, how many
    pictures its file holds, where that is more than one.  places: by source, where it was read.
    """

    added: tuple[Source, ...]
    known: tuple[Source, ...]
    refused: tuple[ImageRefused, ...]
    notes: tuple[str, ...] = ()
    frames: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """Source files that decode, each once, and the ones that don't.

    places: by source, the file that it was in.
    """

    files: tuple[SourceFile, ...]
    refused: tuple[ImageRefused, ...]
    places: Mapping[str, Path] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines on files that were taken, but not quite as they are."""
        return tuple(f"{file.source.name}: {note}" for file in self.files for note in file.notes)


def read_sources(
    paths: Iterable[Path],
    *,
    frame: FrameChoice = None,
    on_file: Callable[[Path], None] = lambda path: None,
) -> Read:
    """Read images and folders of images.  One bad file never stops the others.

    frame: which pictures of a file that holds several.  on_file: told of each file before it is
    read.
    """
    files: dict[str, SourceFile] = {}
    places: dict[str, Path] = {}
    refused: list[ImageRefused] = []
    for path in paths:
        try:
            found = list(find_images([path]))
        except ImageRefused as error:
            refused.append(error)
            continue
        for file in found:
            on_file(file)
            try:
                content = read_bytes(file)
                for one in sources_from_bytes(content, name=file.name, frame=frame):
                    files.setdefault(one.source.id, one)
                    places.setdefault(one.source.id, file.absolute())
            except ImageRefused as error:
                refused.append(error)
    return Read(files=tuple(files.values()), refused=tuple(refused), places=places)


def add_sources(project: Project, read: Read) -> Imported:
    """Keep what was read in the project."""
    added: list[Source] = []
    known: list[Source] = []
    for file in read.files:
        new = project.add_source(file.source, file.file_bytes)
        (added if new else known).append(file.source)
    return Imported(
        added=tuple(added),
        known=tuple(known),
        refused=read.refused,
        notes=read.notes,
        frames={one.source.id: one.frames for one in read.files if one.frames > 1},
        places=read.places,
    )

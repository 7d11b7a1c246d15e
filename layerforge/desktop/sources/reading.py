"""Images into the project, in the background, one file at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from layerforge.desktop.bridge import Tell
from layerforge.explore.importing import Imported, add_sources, read_sources
from layerforge.explore.jobs import Control
from layerforge.files.images import ImageRefused, find_images
from layerforge.model.source import Source
from layerforge.project.project import Project


def import_images(
    project: Project, paths: Sequence[Path], control: Control, tell: Tell
) -> Imported:
    """Read the images and folders and keep the usable ones; tells a line now and then.

    Where ``control`` says stop, the rest is left out.
    """
    added: list[Source] = []
    known: list[Source] = []
    refused: list[ImageRefused] = []
    notes: list[str] = []
    frames: dict[str, int] = {}
    places: dict[str, Path] = {}
    files = list(_files(paths, refused))
    for place, file in enumerate(files, start=1):
        if control.stopping:
            break
        if len(files) > 1:
            tell(f"{place} / {len(files)}: {file.name}")
        one = add_sources(project, read_sources([file]))
        added += one.added
        known += one.known
        refused += one.refused
        notes += one.notes
        frames |= one.frames
        places |= one.places
    return Imported(
        added=tuple(added),
        known=tuple(known),
        refused=tuple(refused),
        notes=tuple(notes),
        frames=frames,
        places=places,
    )


def _files(paths: Sequence[Path], refused: list[ImageRefused]) -> Iterator[Path]:
    for path in paths:
        try:
            yield from find_images([path])
        except ImageRefused as error:
            refused.append(error)
        except OSError as error:
            refused.append(ImageRefused(path.name, f"can't be read ({error.strerror})"))

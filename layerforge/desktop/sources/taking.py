"""Sources from elsewhere than files: pasted pictures, and lost ones that are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from layerforge.desktop.bridge import Tell
from layerforge.explore.importing import Imported, Read, add_sources
from layerforge.explore.jobs import Control
from layerforge.explore.relinking import Relinked, relink
from layerforge.files.images import (
    ImageRefused,
    SourceFile,
    source_from_bytes,
    sources_from_bytes,
)
from layerforge.files.recipes import write_file
from layerforge.model.source import Source
from layerforge.project.project import Project

PNG_QUALITY = 80
"""Qt takes it for how little PNG is to be compressed; pixels stay what they are."""


def import_pasted(project: Project, image: QImage, name: str, tell: Tell) -> Imported:
    """Keep a picture without a file, as PNG."""
    del tell
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG", PNG_QUALITY):  # type: ignore[call-overload]
        refused = ImageRefused(name, "what is on the clipboard is no picture")
        return Imported(added=(), known=(), refused=(refused,))
    try:
        file = source_from_bytes(bytes(buffer.data().data()), name=name)
    except ImageRefused as error:
        return Imported(added=(), known=(), refused=(error,))
    return add_sources(project, Read(files=(file,), refused=()))


def import_frames(
    project: Project, source: Source, frames: Sequence[int], control: Control, tell: Tell
) -> Imported:
    """Keep pictures of a source's file that holds several, by their numbers from 0.

    Where ``control`` says stop, the rest is left out.
    """
    content = project.source_bytes(source.id)
    files: list[SourceFile] = []
    refused: list[ImageRefused] = []
    for place, frame in enumerate(frames, start=1):
        if control.stopping:
            break
        tell(f"{place} / {len(frames)}: {source.name}")
        try:
            files += sources_from_bytes(content, name=source.name, frame=frame + 1)
        except ImageRefused as error:
            refused.append(error)
    return add_sources(project, Read(files=tuple(files), refused=tuple(refused)))


def look_for_lost(project: Project, places: Sequence[Path], tell: Tell) -> Relinked:
    """Look for the lost sources of ``project`` in folders and files, and take them in."""
    return relink(project, places, tell=lambda what, _share: tell(what))


def write_copy(project: Project, source_id: str, path: Path, tell: Tell) -> Path:
    """Write the original file of a source to ``path``.  Raises CannotWrite."""
    del tell
    write_file(path, project.source_bytes(source_id))
    return path

"""The source images of the open project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from layerforge.desktop.bridge import Tell
from layerforge.desktop.messages import Kind, Message
from layerforge.desktop.session.exploring import Exploring
from layerforge.desktop.sources.reading import import_images
from layerforge.desktop.sources.taking import (
    import_frames,
    import_pasted,
    look_for_lost,
    write_copy,
)
from layerforge.explore.importing import Imported
from layerforge.explore.jobs import Control
from layerforge.explore.relinking import Relinked
from layerforge.model.errors import LayerForgeError
from layerforge.model.source import Source


class Sourcing(Exploring):
    """A project with its sources.

    reading_progressed: how far that is, while more is to come.
    reading_changed: which image is read, in words, empty when all are.  sources_removed: those that
    are gone, by id.  source_weights_changed: how often each is drawn.
    source_replaced: the old one's id and the new one's.
    """

    sources_added = Signal(Imported)
    sources_removed = Signal(object)
    source_weights_changed = Signal(object)
    source_replaced = Signal(str, str)
    reading_changed = Signal(str)
    reading_progressed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources: tuple[Source, ...] = ()
        self._reading = Control()

    def add_images(self, paths: Sequence[Path]) -> None:
        """Read images and folders in the background, keep the usable ones, name the others."""
        if not self.writable:
            return
        self._read(
            partial(import_images, self.project, tuple(paths), self._reading),
            progress=self._on_reading,
        )

    def _read(
        self,
        work: Callable[[Tell], Imported],
        *,
        then: Callable[[Imported], None] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self.reading_changed.emit(self.tr("Reading images…"))
        self.files.submit(
            work,
            then=then or self._on_imported,
            otherwise=self._not_imported,
            progress=progress,
        )

    def stop_reading(self) -> None:
        """Leave out what is not read yet; what is in stays."""
        self._reading.stop()
        self._reading = Control()

    def _on_reading(self, text: str) -> None:
        self.reading_changed.emit(text)
        self.reading_progressed.emit(text)

    def _on_imported(self, imported: Imported) -> None:
        self.sources = self.project.sources()
        self.reading_changed.emit("")
        self.sources_added.emit(imported)

    def _not_imported(self, text: str) -> None:
        self.reading_changed.emit("")
        self._complain(text)

    def paste(self, image: QImage) -> None:
        """Keep a picture from the clipboard."""
        if not self.writable or image.isNull():
            return
        name = datetime.now().astimezone().strftime("pasted-%Y%m%d-%H%M%S.png")
        self._read(partial(import_pasted, self.project, QImage(image), name))

    def add_frames(self, source: Source, frames: Sequence[int]) -> None:
        """Take more pictures of a source's file, by their numbers from 0."""
        if not self.writable or not frames:
            return
        self._read(
            partial(import_frames, self.project, source, tuple(frames), self._reading),
            progress=self._on_reading,
        )

    def replace_source(self, old: str, path: Path) -> None:
        """Add an image, and use it from now on as ``old`` was used, which is left out."""
        if not self.writable:
            return

        def read(imported: Imported) -> None:
            self._on_imported(imported)
            taken = (*imported.added, *imported.known)
            if len(taken) == 1 and taken[0].id != old:
                weight = self.source_weights.get(old, 1.0)
                self.weigh({old: 0.0, taken[0].id: weight or 1.0})
                self.source_replaced.emit(old, taken[0].id)

        self._read(partial(import_images, self.project, (path,), self._reading), then=read)

    def remove_sources(self, source_ids: Sequence[str]) -> None:
        """Let go of sources that no branch is made of; say which ones are needed."""
        if not self.writable or not source_ids:
            return
        if self.exploring:
            words = self.tr("Stop exploring before sources are removed: it may be using them.")
            self.said.emit(Message("info", words, topic="sources"))
            return
        gone: list[str] = []
        kept: list[str] = []
        for source_id in source_ids:
            try:
                self.project.remove_source(source_id)
                gone.append(source_id)
            except LayerForgeError as error:
                kept.append(str(error))
        if kept:
            words = self.tr("{n} sources stay:", "", len(kept)).format(n=len(kept))
            message = Message("warning", words, topic="sources", details=tuple(kept))
            self.said.emit(message)
        if gone:
            self.sources = self.project.sources()
            self.weigh({})
            self.sources_removed.emit(tuple(gone))

    def weigh(self, weights: Mapping[str, float]) -> None:
        """Draw these sources so often from now on, 0 for never; also while exploring."""
        if not self.writable:
            return
        changed = {
            one: weight
            for one, weight in weights.items()
            if weight != self.source_weights.get(one, 1.0)
        }
        try:
            self.project.set_source_weights(changed)
            now = self.project.source_weights()
        except LayerForgeError as error:
            self._complain(str(error))
            return
        if now == self.source_weights:
            return
        self.source_weights = now
        self.source_weights_changed.emit(now)
        if self.sources and all(source.id in self.sources_off for source in self.sources):
            words = self.tr("All sources are left out: nothing new can be made.")
            self.said.emit(Message("warning", words, topic="sources"))
        else:
            self._turn({"source_weights": now})

    def find_lost(self, places: Sequence[Path]) -> None:
        """Look in these places for sources that are missing or damaged."""
        if not self.writable:
            return
        self.reading_changed.emit(self.tr("Looking for lost images…"))
        self.files.submit(
            partial(look_for_lost, self.project, tuple(places)),
            then=self._on_relinked,
            otherwise=self._not_imported,
            progress=self.reading_changed.emit,
        )

    def save_source(self, source_id: str, path: Path, *, then: Callable[[Path], None]) -> None:
        """Write the original of a source to ``path``; ``then`` follows."""
        self.files.submit(
            partial(write_copy, self.project, source_id, path), then=then, otherwise=self._complain
        )

    def _on_relinked(self, done: Relinked) -> None:
        self.reading_changed.emit("")
        details = [self.tr("still lost: {one}").format(one=one) for one in done.missing]
        words = self.tr("{path} has the name of a lost one, but it is another picture")
        details += [words.format(path=path) for path in done.others]
        if not done.found and not done.missing:
            message = Message("good", self.tr("No image is lost."), topic="sources")
        else:
            back, still = len(done.found), len(done.missing)
            text = self.tr("{n} lost images are back.", "", back).format(n=back)
            if still:
                text += " " + self.tr("{n} are still lost.", "", still).format(n=still)
            kind: Kind = "warning" if done.missing else "good"
            message = Message(kind, text, topic="sources", details=tuple(details))
        self.sources = self.project.sources()
        self.said.emit(message)
        if done.found:
            known = {source.id: source for source in self.sources}
            found = tuple(known[one.id] for one, _ in done.found)
            places = {one.id: path for one, path in done.found}
            self.sources_added.emit(Imported(added=found, known=(), refused=(), places=places))

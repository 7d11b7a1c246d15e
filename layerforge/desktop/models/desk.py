"""What is said where CLIP's weights are missing, and what can be done about it at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import WeightsLacking
from layerforge.desktop.engine_words import with_capital
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.models.fetching import Fetched, Fetcher

TOPIC = "weights"


class WeightsDesk(QObject):
    """Offers to fetch what lacks, or to do without.

    here: a preset's weights have come.  without_wanted: image measures are to judge.
    """

    said = Signal(Message)
    here = Signal(str)
    without_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.fetcher = Fetcher(self)
        self._offered = False
        self.fetcher.progressed.connect(self._on_progress)
        self.fetcher.done.connect(self._on_done)
        self.fetcher.stopped.connect(self._on_stopped)
        self.fetcher.failed.connect(self._on_failed)

    def lacks(self, lacking: WeightsLacking) -> None:
        """Exploring could not begin without them, or began with measures in their place."""
        if not lacking.needed:
            if self._offered or self.fetcher.busy:
                return
            self._offered = True
            words = self.tr("Image measures judge. CLIP sees more, but its weights are not here.")
            offer = self._get(lacking.preset)
            self.said.emit(Message("info", words, topic=TOPIC, offers=(offer,)))
            return
        offers = [Offer(self.tr("Judge with measures"), self.without_wanted.emit)]
        if lacking.preset:
            offers.insert(0, self._get(lacking.preset))
        text = with_capital(lacking.text)
        if lacking.preset:  # what can be done stands on the buttons, not in a command
            words = self.tr("CLIP was asked to judge, and its weights are not on this machine.")
            text = words + " " + self.tr("Nothing is explored yet.")
        self.said.emit(Message("warning", text, topic=TOPIC, offers=tuple(offers)))

    def fetch(self, preset: str) -> None:
        """Begin to fetch."""
        self.fetcher.start(preset)
        self._say_progress(self.tr("Fetching CLIP's weights…"))

    def _get(self, preset: str, words: str = "") -> Offer:
        return Offer(words or self.tr("Get them"), partial(self.fetch, preset))

    def _on_progress(self, fetched: Fetched) -> None:
        words = self.tr("Fetching CLIP's weights, file {number} of {files}: {name}, {done}…")
        done = _size(fetched.done)
        if fetched.total:
            done = self.tr("{done} of {total}").format(done=done, total=_size(fetched.total))
        text = words.format(
            number=fetched.number, files=fetched.files, name=fetched.name, done=done
        )
        self._say_progress(text)

    def _say_progress(self, text: str) -> None:
        stop: Callable[[], None] = self.fetcher.stop
        offers = (Offer(self.tr("Stop"), stop),)
        self.said.emit(Message("info", text, topic=TOPIC, offers=offers))

    def _on_done(self, preset: str) -> None:
        words = self.tr("CLIP's weights are here: the next run can judge with them.")
        self.said.emit(Message("good", words, topic=TOPIC))
        self.here.emit(preset)

    def _on_stopped(self, preset: str) -> None:
        words = self.tr("Stopped; what came of CLIP's weights is kept.")
        offers = (self._get(preset, self.tr("Go on")),)
        self.said.emit(Message("info", words, topic=TOPIC, offers=offers))

    def _on_failed(self, preset: str, text: str) -> None:
        offers = (self._get(preset, self.tr("Try again")),)
        self.said.emit(Message("error", text, topic=TOPIC, offers=offers))


def _size(size_bytes: int) -> str:
    if size_bytes >= 1_000_000_000:
        return f"{size_bytes / 1e9:.1f} GB"
    return f"{round(size_bytes / 1e6)} MB"

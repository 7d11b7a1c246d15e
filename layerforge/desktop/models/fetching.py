"""Fetching CLIP's weights in the background, with progress; it can be stopped and gone on with."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.stopping import Stoppable
from layerforge.explore.jobs import Control, Stopped
from layerforge.scoring.catalogue import Item, preset_named
from layerforge.scoring.fetching import fetch
from layerforge.scoring.weights import missing

_TELL_S = 0.2
"""How often it is told how far a file is."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How far it is: which file of how many, its bytes so far, and in all where that is known."""

    name: str
    number: int
    files: int
    done: int = 0
    total: int | None = None


class Fetcher(Stoppable):
    """Fetches what a preset lacks.

    done: the preset is here.  stopped: it is not yet; what came is kept, to go on with.
    """

    progressed = Signal(Fetched)
    done = Signal(str)
    stopped = Signal(str)
    failed = Signal(str, str)

    def start(self, preset: str) -> None:
        """Fetch what a preset lacks; nothing while another one is on its way."""
        if self.busy:
            return
        self._control = Control()
        self._background.submit(
            partial(_fetch, missing(preset_named(preset)), self._control),
            then=lambda whole: (self.done if whole else self.stopped).emit(preset),
            otherwise=lambda text: self.failed.emit(preset, text),
            progress=self.progressed.emit,
        )


def _fetch(items: Sequence[Item], control: Control, tell: Tell) -> bool:
    """Fetch one item after another; False where that was stopped."""
    told = 0.0

    def progress(number: int, name: str, done: int, total: int | None) -> None:
        nonlocal told
        if control.stopping:
            raise Stopped
        if time.monotonic() - told >= _TELL_S:
            told = time.monotonic()
            tell(Fetched(name, number, len(items), done, total))

    try:
        for number, item in enumerate(items, start=1):
            progress(number, item.name, 0, None)
            fetch(item, progress=partial(progress, number, item.name))
    except Stopped:
        return False
    return True

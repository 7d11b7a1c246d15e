"""Writing to the project while exploring: where that can't be done for now, the work waits.

A round that is done is held in memory until it is kept: the disk may get room again, another
program may let go of the file, the file may be put back where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from layerforge.explore.events import Halted, Listener, WentOn
from layerforge.explore.jobs import Control
from layerforge.project.errors import NotKept

RETRY_S = 3.0

_T = TypeVar("_T")


class Keeping:
    """Calls what writes, again and again where it has to.

    waited_s: how long that took, all in all.
    """

    def __init__(self, control: Control, tell: Listener) -> None:
        self._control = control
        self._tell = tell
        self.waited_s = 0.0

    def __call__(self, write: Callable[[], _T]) -> _T:
        """What ``write`` gives, once it does not raise NotKept; that it waits is told once.

        It is told again where the user asked to try again in vain.  Raises Stopped as soon as
        asked to stop.
        """
        waits, tell = False, True
        while True:
            try:
                done = write()
            except NotKept as error:
                if tell:
                    self._tell(Halted(str(error)))
                began = time.monotonic()
                try:
                    tell = self._control.hold(RETRY_S, first=not waits)
                finally:
                    self.waited_s += time.monotonic() - began
                waits = True
                continue
            if waits:
                self._tell(WentOn())
            return done

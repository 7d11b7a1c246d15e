"""The document of a window: the project, its sources, and what was decided.  No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from layerforge.desktop import untitled
from layerforge.desktop.exploration import State
from layerforge.desktop.messages import Kind, Message
from layerforge.desktop.projects import (
    Opened,
    copy_and_open,
    leave_in_background,
    leave_project,
    loaded,
    new_project,
    open_project,
    restore_project,
)
from layerforge.desktop.session.exploring import RUNNING_STATES
from layerforge.desktop.session.sourcing import Sourcing
from layerforge.desktop.stopping import close_all
from layerforge.explore.restoring import Restored
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError

SUFFIX = ".layerforge"


class Session(Sourcing):
    """An open project and its exploration.

    opened: another project took the place of the one before.
    """

    opened = Signal(Opened)

    @property
    def name(self) -> str:
        """The project's name for people; empty where it has none yet."""
        return "" if self.untitled else self.project.path.stem

    @property
    def untitled(self) -> bool:
        """Whether the project has no name yet."""
        return untitled.is_untitled(self.project.path)

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost by discarding an untitled project."""
        return self.untitled and self.branch_count > 0

    def begin(self) -> None:
        """Tell of the project there is, for who listens since then."""
        self.take(loaded(self.project))

    def open(self, path: Path) -> None:
        """Open ``path`` in place of this project, in the background; say so where it fails."""
        if path.resolve() != self.project.path.resolve():
            self._open(path)

    def open_again(self) -> None:
        """Open this project once more, as where another LayerForge has let go of it."""
        self._open(self.project.path)

    def _open(self, path: Path) -> None:
        if self._waits(partial(self._open, path)):
            return
        self._begin(self.tr("Opening {name}…").format(name=path.name))
        self.files.submit(
            partial(open_project, path), then=self._replace_later, otherwise=self._refused
        )

    def restore(self, path: Path, *, places: Sequence[Path]) -> None:
        """Make a new project of an exported file, in place of this one; say so where that fails.

        places: where its sources may be found, besides this project.
        """
        if self._waits(partial(self.restore, path, places=places)):
            return
        self._begin(self.tr("Restoring {name}…").format(name=path.name))
        self.files.submit(
            partial(restore_project, path, (self.project.path, *places), self._reading),
            then=partial(self._restored, path),
            otherwise=self._refused,
        )

    def _restored(self, path: Path, done: tuple[Opened, Restored]) -> None:
        opened, restored = done
        words = self.tr("{name} is a project again, with its recipe as one branch.")
        text = words.format(name=path.name)
        if restored.left_out:
            text = self.tr("{name} is a project again, but some of it can't be made here:")
            text = text.format(name=path.name)
        kind: Kind = "warning" if restored.left_out else "good"
        self._replace_later(opened)
        self.said.emit(Message(kind, text, topic="file", details=restored.left_out))

    def new(self) -> None:
        """Begin a new, untitled project in place of this one."""
        if self._waits(self.new):
            return
        try:
            self._replace_later(loaded(new_project()))
        except LayerForgeError as error:
            self._complain(str(error))

    def save_as(self, path: Path, *, then: Callable[[], None] | None = None) -> None:
        """Write a copy to ``path`` and go on in it, also with exploring; ``then`` follows."""
        if self._waits(partial(self.save_as, path, then=then)):
            return
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        exploration = self.exploration
        paused = exploration.state is State.PAUSED
        goes_on = paused or exploration.continuing or exploration.state in RUNNING_STATES
        self._begin(self.tr("Saving {name}…").format(name=path.name))
        exploration.when_idle(partial(self._copy, path, then, goes_on=goes_on, paused=paused))

    def _copy(
        self, path: Path, then: Callable[[], None] | None, *, goes_on: bool, paused: bool
    ) -> None:
        rest = self.exploration.rest(paused=paused) if goes_on else None

        def go_on() -> None:
            if rest is not None:
                self.exploration.go_on(self.project, rest)

        def saved(new: Opened) -> None:
            self._replace(new)
            text = self.tr("Saved as {path}. Every change is kept from now on.")
            self.said.emit(Message("good", text.format(path=path), topic="file"))
            if then is not None:
                then()
            else:
                go_on()

        def refused(text: str) -> None:
            self._refused(text)
            go_on()

        self.files.submit(partial(copy_and_open, self.project, path), then=saved, otherwise=refused)

    def _replace_later(self, new: Opened) -> None:
        self.exploration.when_idle(partial(self._replace, new))

    def _replace(self, new: Opened) -> None:
        old = self.project
        discard = untitled.is_untitled(old.path) and old.path != new.project.path
        self.files.submit(
            partial(leave_in_background, old, discard=discard),
            then=lambda _done: None,
            otherwise=self._complain,
        )
        self.take(new)

    def take(self, new: Opened) -> None:
        """Make ``new`` the project of this session."""
        self.project = new.project
        self.sources = new.sources
        self.branch_count = len(new.branches) - 1
        self._read_log()
        self.source_weights = new.source_weights
        self._end()
        self.opened.emit(new)
        self.history_changed.emit()

    def _refused(self, text: str) -> None:
        self._end()
        self.said.emit(Message("error", text, topic="file"))

    def set_canvas(self, width: int, height: int) -> None:
        """Take another blank canvas, as long as there are no branches."""
        if not self.writable or self.exploring or self.branch_count:
            return
        try:
            self.project.set_canvas(Canvas(width=width, height=height))
        except LayerForgeError as error:
            self._complain(str(error))
        self.take(loaded(self.project))

    # The end ------------------------------------------------------------------------------------

    def close(self, *, discard: bool, timeout_s: float) -> bool:
        """Stop all work and close the project; False where work did not end in time.

        discard: delete the project where it is untitled.  What finished rounds found is kept
        otherwise, also where this returns False: the file then stays open to the end.
        """
        self._reading.stop()
        ended = close_all((self.exploration, self.files), timeout_s=timeout_s)
        if ended:
            leave_project(self.project, discard=discard)
        return ended

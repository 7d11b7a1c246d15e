"""The document of a window: the project, its sources, and what was decided.  No widgets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from layerforge.desktop import untitled
from layerforge.desktop.bridge import Background, Tell
from layerforge.desktop.exploration import Exploration, Rest, State
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.projects import (
    Opened,
    copy_and_open,
    leave_in_background,
    leave_project,
    loaded,
    new_project,
    open_project,
)
from layerforge.desktop.sources.reading import import_images
from layerforge.explore.events import RoundDone
from layerforge.explore.importing import Imported
from layerforge.explore.jobs import Control
from layerforge.explore.settings import ExploreSettings
from layerforge.model.branch import Branch, Status
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError
from layerforge.model.source import Source
from layerforge.project.decisions import Decision, Verb, in_force, redoable, statuses

SUFFIX = ".layerforge"
HALTED = "halted"
"""The topic of the message that exploring waits until the project can be written."""

_T = TypeVar("_T")
RUNNING_STATES = (State.LOADING, State.RUNNING)
_STATUS_AFTER: dict[Verb, Status] = {"pin": "pinned", "kill": "killed", "reset": "open"}


class Session(QObject):
    """An open project and its exploration.

    opened: another project took the place of the one before.  statuses_changed: the new status of
    some branches, by id.  busy_changed, reading_changed: what goes on, in words, empty when it is
    over; while busy, nothing can be changed.  said: something for the user to read.
    """

    opened = Signal(Opened)
    sources_added = Signal(Imported)
    statuses_changed = Signal(object)  # Mapping[int, Status]: as a dict, Qt would lose the ids
    history_changed = Signal()
    busy_changed = Signal(str)
    reading_changed = Signal(str)
    said = Signal(Message)
    branches_added = Signal(object)  # tuple[Branch, ...], made by hand

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.exploration = Exploration(self)
        self.files = Background(self)  # one at a time: what reads and writes the project's file
        self.project = new_project()
        self.sources: tuple[Source, ...] = ()
        self.branch_count = 0
        self.busy = ""
        self._reading = Control()
        self._between = 0
        self._after_between: list[Callable[[], None]] = []
        self._statuses: dict[int, Status] = {}
        self._log: list[Decision] = []
        self.exploration.bridge.round_done.connect(self._on_round)
        self.exploration.bridge.failed.connect(self._on_failed)
        self.exploration.bridge.halted.connect(self._on_halted)

    # The file -----------------------------------------------------------------------------------

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

    @property
    def exploring(self) -> bool:
        """Whether an exploring job goes on, also where it is paused."""
        return self.exploration.active

    @property
    def writable(self) -> bool:
        """Whether the project can be changed now."""
        return not self.project.read_only and not self.busy

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
        self._log = new.project.decisions()
        self._statuses = statuses(self._log)
        self._end()
        self.opened.emit(new)
        self.history_changed.emit()

    def _begin(self, what: str) -> None:
        self.busy = what
        self.busy_changed.emit(what)

    def _end(self) -> None:
        self._begin("")

    def _refused(self, text: str) -> None:
        self._end()
        self.said.emit(Message("error", text, topic="file"))

    def _complain(self, text: str) -> None:
        self.said.emit(Message("error", text))

    def set_canvas(self, width: int, height: int) -> None:
        """Take another blank canvas, as long as there are no branches."""
        if not self.writable or self.exploring or self.branch_count:
            return
        try:
            self.project.set_canvas(Canvas(width=width, height=height))
        except LayerForgeError as error:
            self._complain(str(error))
        self.take(loaded(self.project))

    # Sources ------------------------------------------------------------------------------------

    def add_images(self, paths: Sequence[Path]) -> None:
        """Read images and folders in the background, keep the usable ones, name the others."""
        if not self.writable:
            return
        self.reading_changed.emit(self.tr("Reading images…"))
        self.files.submit(
            partial(import_images, self.project, tuple(paths), self._reading),
            then=self._on_imported,
            otherwise=self._not_imported,
            progress=self.reading_changed.emit,
        )

    def _on_imported(self, imported: Imported) -> None:
        self.sources = self.project.sources()
        self.reading_changed.emit("")
        self.sources_added.emit(imported)

    def _not_imported(self, text: str) -> None:
        self.reading_changed.emit("")
        self._complain(text)

    # Exploring ----------------------------------------------------------------------------------

    def explore(self, settings: ExploreSettings) -> None:
        """Explore; nothing where the project can't be changed."""
        if self._waits(partial(self.explore, settings)):
            return  # what is made by hand comes first: both would take the next ids
        if self.writable:
            self.exploration.start(self.project, settings)

    def steer(self, *, temperature: float, noise: float, novelty: float) -> None:
        """Go on with other dials: what is left of the budget becomes a run of its own."""
        rest = self.exploration.rest()
        if not self.exploring or rest is None:
            return
        dials = {"temperature": temperature, "noise": noise, "novelty": novelty}
        turned = msgspec.structs.replace(rest.settings, **dials)
        if turned != rest.settings:
            self.exploration.when_idle(partial(self._go_on_turned, dials))

    def _go_on_turned(self, dials: Mapping[str, float]) -> None:
        rest = self.exploration.rest()  # again: a round may have come while the job was stopped
        if rest is not None and self.writable:
            settings = msgspec.structs.replace(rest.settings, **dials)
            self.exploration.go_on(self.project, replace(rest, settings=settings))

    def in_between(
        self,
        work: Callable[[Tell], _T],
        *,
        then: Callable[[_T], None],
        otherwise: Callable[[str], None],
    ) -> None:
        """Do what adds branches to this project while exploring stands still, then go on with it.

        work: done in another thread.  then, otherwise: as of `Background.submit`; not called where
        another project has been opened meanwhile.
        """
        exploration, project = self.exploration, self.project
        paused = exploration.state is State.PAUSED
        goes_on = paused or exploration.continuing or exploration.state in RUNNING_STATES
        self._between += 1

        def ended(tell: Callable[[Any], None], said: Any, rest: Rest | None) -> None:
            self._between -= 1
            if self.project is project:
                tell(said)
                if rest is not None and self.writable:
                    exploration.go_on(project, rest)
            if not self._between:
                waiting, self._after_between = self._after_between, []
                for act in waiting:
                    act()

        def begin() -> None:
            rest = exploration.rest(paused=paused) if goes_on else None
            self.files.submit(
                work,
                then=lambda done: ended(then, done, rest),
                otherwise=lambda text: ended(otherwise, text, rest),
            )

        exploration.when_idle(begin)

    def _waits(self, act: Callable[[], None]) -> bool:
        """Whether ``act`` has to wait for what is done in between; it follows then."""
        if self._between:
            self._after_between.append(act)
        return bool(self._between)

    def take_branches(self, branches: Sequence[Branch]) -> None:
        """Tell of branches that were made by hand, and read the log, which names them."""
        self.branch_count += len(branches)
        self.branches_added.emit(tuple(branches))
        self._change(lambda: None)

    @property
    def decided_last(self) -> str:
        """The kind of the last entry of the log; empty where there is none."""
        return self._log[-1].kind if self._log else ""

    def _on_round(self, done: RoundDone) -> None:
        self.branch_count += len(done.branches)

    def _on_failed(self, text: str) -> None:
        self.said.emit(Message("error", text, topic="explore"))

    def _on_halted(self, text: str) -> None:
        words = self.tr("Exploring is paused and goes on by itself when it can: {why}.")
        again = Offer(self.tr("Try again"), self.exploration.resume)
        said = Message("error", words.format(why=text), topic=HALTED, offers=(again,))
        self.said.emit(said)

    # Decisions ----------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision to take back."""
        return self.writable and bool(in_force(self._log))

    @property
    def can_redo(self) -> bool:
        """Whether there is a decision to restore."""
        return self.writable and bool(redoable(self._log))

    def status(self, branch_id: int) -> Status:
        """The status of a branch."""
        return self._statuses.get(branch_id, "open")

    def decide(self, verb: Verb, branch_ids: Iterable[int]) -> None:
        """Pin, kill or reset branches; those that are so already are left alone."""
        ids = [one for one in branch_ids if self.status(one) != _STATUS_AFTER[verb]]
        if ids:
            self._change(lambda: self.project.decide(verb, ids))

    def prefer(self, winner: int, losers: Iterable[int]) -> bool:
        """Keep that one branch is better than others; False where that can't be."""

        def choose() -> None:
            for loser in losers:
                self.project.prefer(winner, loser)

        return self._change(choose)

    def undo(self) -> None:
        """Take the last decision back."""
        self._change(self.project.undo)

    def redo(self) -> None:
        """Restore the decision taken back last."""
        self._change(self.project.redo)

    def _change(self, act: Callable[[], object]) -> bool:
        """Do what changes the log, and tell what follows from it; False where that failed."""
        if not self.writable:
            return False
        try:
            act()
            self._log = self.project.decisions()
        except LayerForgeError as error:
            self._complain(str(error))
            return False
        now = statuses(self._log)
        changed = {
            one: now.get(one, "open")
            for one in now.keys() | self._statuses.keys()
            if now.get(one, "open") != self._statuses.get(one, "open")
        }
        self._statuses = now
        self.statuses_changed.emit(changed)
        self.history_changed.emit()
        return True

    # The end ------------------------------------------------------------------------------------

    def close(self, *, discard: bool, timeout_s: float) -> bool:
        """Stop all work and close the project; False where work did not end in time.

        discard: delete the project where it is untitled.  What finished rounds found is kept
        otherwise, also where this returns False: the file then stays open to the end.
        """
        end = time.monotonic() + timeout_s
        self._reading.stop()
        ended = self.exploration.close(timeout_s=timeout_s)
        ended = self.files.close(timeout_s=max(0.0, end - time.monotonic())) and ended
        if ended:
            leave_project(self.project, discard=discard)
        return ended

"""Exploring the open project, and what is done in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.exploration import Exploration, Rest, State
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.session.deciding import Deciding
from layerforge.explore.events import RoundDone
from layerforge.explore.settings import ClipSettings, ExploreSettings
from layerforge.model.branch import Branch

HALTED = "halted"
"""The topic of the message that exploring waits until the project can be written."""

STEERED = (
    *ClipSettings.__struct_fields__,
    *("strategy", "scorer", "device", "threads", "families_off", "weights", "kappa"),
    *("temperature", "noise", "novelty"),
)
"""The settings that may be changed while exploring goes on."""

RUNNING_STATES = (State.LOADING, State.RUNNING)

_T = TypeVar("_T")


class Exploring(Deciding):
    """A project that grows.

    branches_added: tuple[Branch, ...], made by hand.  growing_changed: which branches alone are
    grown now, a tuple of ids; all where it is empty.
    """

    branches_added = Signal(object)
    growing_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.exploration = Exploration(self)
        self.branch_count = 0
        self.source_weights: dict[str, float] = {}
        """By source: how often it is drawn against others, 0 for never; 1 where it is not here."""
        self._between = 0
        self._after_between: list[Callable[[], None]] = []
        self.exploration.bridge.round_done.connect(self._on_round)
        self.exploration.bridge.failed.connect(self._on_failed)
        self.exploration.bridge.halted.connect(self._on_halted)

    @property
    def sources_off(self) -> frozenset[str]:
        """Sources, by id, that nothing new is made from."""
        return frozenset(one for one, weight in self.source_weights.items() if not weight)

    @property
    def exploring(self) -> bool:
        """Whether an exploring job goes on, also where it is paused."""
        return self.exploration.active

    def explore(self, settings: ExploreSettings) -> None:
        """Explore; nothing where the project can't be changed."""
        if self._waits(partial(self.explore, settings)):
            return  # what is made by hand comes first: both would take the next ids
        if self.writable:
            settings = msgspec.structs.replace(settings, source_weights=dict(self.source_weights))
            self.exploration.start(self.project, settings)

    def steer(self, settings: ExploreSettings) -> None:
        """Go on with other dials: what is left of the budget becomes a run of its own."""
        self._turn({name: getattr(settings, name) for name in STEERED})

    def grow(self, branch_ids: Sequence[int], settings: ExploreSettings) -> None:
        """Grow only these branches, all where there are none: in this run's rest, or in a new one.

        settings: those of the new one.  Killed branches are left out.
        """
        heads = tuple(one for one in branch_ids if self.status(one) != "killed")
        if branch_ids and not heads:
            words = self.tr("Killed branches don't grow: take the decision away first (U).")
            self.said.emit(Message("info", words, topic="grow"))
            return
        if self.exploring and self.exploration.rest() is not None:
            self._turn({"grow_from": heads})
        elif not self.exploring and heads:
            self.explore(msgspec.structs.replace(settings, grow_from=heads))
        else:
            return
        self.growing_changed.emit(heads)

    def _turn(self, dials: Mapping[str, object]) -> None:
        """Go on otherwise: what is left of the budget becomes a run of its own."""
        rest = self.exploration.rest()
        if not self.exploring or rest is None:
            return
        turned = msgspec.structs.replace(rest.settings, **dials)
        if turned != rest.settings:
            self.exploration.when_idle(partial(self._go_on_turned, dials))

    def _go_on_turned(self, dials: Mapping[str, object]) -> None:
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
        progress: Callable[[Any], None] | None = None,
    ) -> None:
        """Do what adds branches to this project while exploring stands still, then go on with it.

        work: done in another thread.  then, otherwise, progress: as of `Background.submit`; the
        first two are not called where another project has been opened meanwhile.
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
                progress=progress,
            )

        exploration.when_idle(begin)

    def take_branches(self, branches: Sequence[Branch]) -> None:
        """Tell of branches that were made by hand, and read the log, which names them."""
        self.branch_count += len(branches)
        self.branches_added.emit(tuple(branches))
        self._change(lambda: None)

    def _waits(self, act: Callable[[], None]) -> bool:
        """Whether ``act`` has to wait for what is done in between; it follows then."""
        if self._between:
            self._after_between.append(act)
        return bool(self._between)

    def _on_round(self, done: RoundDone) -> None:
        self.branch_count += len(done.branches)

    def _on_failed(self, text: str) -> None:
        self.said.emit(Message("error", text, topic="explore"))

    def _on_halted(self, text: str) -> None:
        words = self.tr("Exploring is paused and goes on by itself when it can: {why}.")
        again = Offer(self.tr("Try again"), self.exploration.resume)
        said = Message("error", words.format(why=text), topic=HALTED, offers=(again,))
        self.said.emit(said)

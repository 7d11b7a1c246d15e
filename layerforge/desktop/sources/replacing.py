"""After a source was replaced: the pinned branches are offered once more, with the new one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.exploration import Heavy, chosen
from layerforge.desktop.messages import Kind, Message, Offer
from layerforge.desktop.session import Session
from layerforge.explore.editing import Edited
from layerforge.explore.jobs import Control
from layerforge.explore.replacing import made_of, made_with
from layerforge.explore.room import settings_of
from layerforge.model.errors import LayerForgeError
from layerforge.project.project import Project


@dataclass(frozen=True, slots=True)
class _Made:
    """Branches that are there once more, and a line for each that could not be made."""

    made: tuple[Edited, ...]
    problems: tuple[str, ...]


class Replacing(QObject):
    """Says that a source was replaced, and makes pinned branches with the new one if asked."""

    said = Signal(Message)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._control = Control()
        session.source_replaced.connect(self._on_replaced)

    def stop(self) -> None:
        """Leave out what is not made yet."""
        self._control.stop()

    def _on_replaced(self, old: str, new: str) -> None:
        session = self._session
        pinned = session.pinned()
        session.files.submit(
            partial(_made_of, session.project, pinned, old),
            then=partial(self._offer, session.project, old, new),
            otherwise=self._fail,
        )

    def _offer(self, project: Project, old: str, new: str, found: tuple[int, ...]) -> None:
        session = self._session
        if session.project is not project:
            return
        names = {one.id: one.name for one in session.sources}
        words = self.tr("{new} is used from now on; {old} is left out.")
        text = words.format(new=names.get(new, "?"), old=names.get(old, "?"))
        offers: tuple[Offer, ...] = ()
        if found:
            words = self.tr("{n} pinned branches are made of {old}.", "", len(found))
            text += " " + words.format(n=len(found), old=names.get(old, "?"))
            make = partial(self._make, old, new, found)
            offers = (Offer(self.tr("Make them with the new one"), make),)
        self.said.emit(Message("good", text, topic="replaced", offers=offers))

    def _make(self, old: str, new: str, branches: tuple[int, ...]) -> None:
        session = self._session
        self._control = Control()
        self._tell(len(branches), 0)
        session.in_between(
            partial(
                _made_with,
                session.project,
                branches,
                old,
                new,
                session.exploration.heavy,
                self._control,
            ),
            then=self._made,
            otherwise=self._fail,
            progress=partial(self._tell, len(branches)),
        )

    def _tell(self, total: int, done: int) -> None:
        words = self.tr("Making pinned branches with the new image: {n} of {total}…")
        text = words.format(n=min(done + 1, total), total=total)
        stop = Offer(self.tr("Stop"), self.stop)
        self.said.emit(Message("info", text, topic="replaced", offers=(stop,)))

    def _made(self, done: _Made) -> None:
        made = done.made
        self._session.take_branches([one.branch for one in made if one.new])
        self._session.decide("pin", [one.branch.id for one in made])
        words = self.tr(
            "{n} pinned branches are there once more, with the new image.", "", len(made)
        )
        text = words.format(n=len(made))
        kind: Kind = "warning" if done.problems else "good"
        self.said.emit(Message(kind, text, topic="replaced", details=done.problems))

    def _fail(self, text: str) -> None:
        self.said.emit(Message("error", text, topic="replaced"))


def _made_of(project: Project, pinned: tuple[int, ...], old: str, tell: Tell) -> tuple[int, ...]:
    del tell
    return made_of(project, pinned, old)


def _made_with(
    project: Project,
    branches: tuple[int, ...],
    old: str,
    new: str,
    heavy: Heavy,
    control: Control,
    tell: Tell,
) -> _Made:
    scorer = chosen(settings_of(project), heavy).scorer
    made: list[Edited] = []
    problems: list[str] = []
    for number, one in enumerate(branches):
        if control.stopping:
            break
        tell(number)
        try:
            made += made_with(project, [one], old, new, scorer=scorer)
        except LayerForgeError as error:
            problems.append(f"{one}: {error}")
    return _Made(tuple(made), tuple(problems))

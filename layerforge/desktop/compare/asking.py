"""Questions to the user, and what is known of their taste, found in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from layerforge.desktop.bridge import Background, Tell
from layerforge.explore.questions import next_question
from layerforge.explore.tasted import TasteReport, taste_report
from layerforge.project.project import Project
from layerforge.search.asking import Pair, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a taste, and the next question where one was asked for."""

    report: TasteReport
    question: Question | None


class Asker(QObject):
    """Finds questions.  found: Asked.  failed: why there is none."""

    found = Signal(Asked)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._wanted = 0

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._background.busy

    def ask(self, project: Project, *, question: bool, skipped: Sequence[Pair] = ()) -> None:
        """Find what is known, and the next question; an earlier request is forgotten.

        skipped: pairs that are not to be asked again.
        """
        self._wanted += 1
        number = self._wanted
        self._background.submit(
            partial(_ask, project, question=question, skipped=tuple(skipped)),
            then=lambda asked: self.found.emit(asked) if number == self._wanted else None,
            otherwise=lambda text: self.failed.emit(text) if number == self._wanted else None,
        )

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._wanted += 1

    def close(self, *, timeout_s: float) -> bool:
        """Stop; False where work did not end in time."""
        return self._background.close(timeout_s=timeout_s)


def _ask(project: Project, tell: Tell, *, question: bool, skipped: Sequence[Pair]) -> Asked:
    del tell
    found = next_question(project, skipped=skipped) if question else None
    return Asked(taste_report(project), found)

"""What the user decided in a project; `decisions` says what follows from the log."""

from __future__ import annotations

from collections.abc import Iterable

from layerforge.model.branch import ROOT
from layerforge.model.errors import InvalidValue
from layerforge.project.decisions import (
    COMPARE,
    EDIT,
    TASTE,
    Decision,
    Verb,
    in_force,
    redoable,
)
from layerforge.project.errors import ProjectError
from layerforge.project.held import Held
from layerforge.project.log import enter, read_log
from layerforge.project.tastes import taste_in_force, write_taste
from layerforge.scoring.taste_file import TasteFile


class Decided(Held):
    """The log of decisions of a project."""

    def decide(self, verb: Verb, branch_ids: Iterable[int]) -> None:
        """Pin, kill or reset branches.  Raises ProjectError for one that is not there."""
        ids = tuple(dict.fromkeys(branch_ids))
        self._check_known(ids)
        if verb != "reset" and ROOT in ids:
            raise InvalidValue(
                f"the root can't be {'pinned' if verb == 'pin' else 'killed'}: it is the blank "
                "canvas that everything grows from"
            )
        self._log(verb, ids, refers_to=None)

    def prefer(self, winner: int, loser: int) -> None:
        """Keep the choice of one branch over another.

        Raises ProjectError for one that is not there, InvalidValue for one and the same and for
        the root.
        """
        self._check_known((winner, loser))
        if winner == loser:
            raise InvalidValue(f"branch {winner} can't be preferred to itself: name two branches")
        if ROOT in (winner, loser):
            raise InvalidValue("the root is the blank canvas: there is nothing to compare")
        self._log(COMPARE, (winner, loser), refers_to=None)

    def note_edit(self, branch_ids: Iterable[int]) -> None:
        """Keep in the log that branches were made by hand, so that this can be undone.

        Raises ProjectError for one that is not there.
        """
        ids = tuple(dict.fromkeys(branch_ids))
        self._check_known(ids)
        self._log(EDIT, ids, refers_to=None)

    def bring_taste(self, taste: TasteFile) -> None:
        """Take over a taste learned in another project, in the place of one brought in before."""
        with self._database.transaction() as connection:
            write_taste(connection, enter(connection, TASTE, (), refers_to=None), taste)

    def brought_taste(self) -> TasteFile | None:
        """The taste that was brought in last; None where there is none, or it was undone."""
        return taste_in_force(self._database, self.decisions())

    def _check_known(self, ids: Iterable[int]) -> None:
        known = {row[0] for row in self._database.rows("SELECT id FROM branches")}
        for branch_id in ids:
            if branch_id not in known:
                raise ProjectError(f"{self.path} has no branch {branch_id}")

    def undo(self) -> Decision | None:
        """Take the last decision back; returns it, or None where there is none."""
        standing = in_force(self.decisions())
        if not standing:
            return None
        self._log("undo", (), refers_to=standing[-1].id)
        return standing[-1]

    def redo(self) -> Decision | None:
        """Restore the decision undone last; returns it, or None where there is none."""
        undone = redoable(self.decisions())
        if not undone:
            return None
        self._log("redo", (), refers_to=undone[-1].id)
        return undone[-1]

    def decisions(self) -> list[Decision]:
        """The whole log, first to last."""
        return read_log(self._database)

    def _log(self, kind: str, ids: tuple[int, ...], *, refers_to: int | None) -> None:
        with self._database.transaction() as connection:
            enter(connection, kind, ids, refers_to=refers_to)

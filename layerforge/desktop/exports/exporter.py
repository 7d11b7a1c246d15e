"""Exporting in the background, with progress."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from layerforge.desktop.bridge import Tell
from layerforge.desktop.exports.wish import Wish
from layerforge.desktop.stopping import Stoppable
from layerforge.explore.exporting import Exported, best_branches, export_branches
from layerforge.explore.jobs import Control, Stopped
from layerforge.explore.lacking import lacking_branches, parted
from layerforge.project.project import Project


@dataclass(frozen=True, slots=True)
class Order:
    """What to export from a project file, to which folder, and how.

    branches: those of the selection or those pinned; of no use where the wish is for the best.
    """

    project: Path
    branches: tuple[int, ...]
    folder: Path
    wish: Wish

    @property
    def count(self) -> int:
        """How many versions that is; fewer where there are not so many that differ."""
        return self.wish.top if self.wish.what == "top" else len(self.branches)


@dataclass(frozen=True, slots=True)
class Done:
    """What was written; fewer than asked for where it was stopped.

    lost: which branches were left out since they can't be rendered here, and why, in a line.
    """

    order: Order
    written: tuple[Exported, ...]
    lost: str = ""


class Exporter(Stoppable):
    """Writes versions one after another; the window goes on meanwhile.

    It can be stopped within a version, too; those that are written stay.

    progressed: how many are written, and of how many.
    """

    started = Signal(int)
    progressed = Signal(int, int)
    done = Signal(Done)
    failed = Signal(str)

    def start(self, order: Order) -> None:
        """Export, after the exports asked for before."""
        self._control = Control() if not self.busy else self._control
        total = order.count
        self.started.emit(total)
        self._background.submit(
            partial(_export, order, self._control),
            then=self.done.emit,
            otherwise=self.failed.emit,
            progress=lambda count: self.progressed.emit(count, total),
        )


def _export(order: Order, control: Control, tell: Tell) -> Done:
    written: list[Exported] = []
    # a connection of its own: the window may turn to another project meanwhile
    with Project.open(order.project, read_only=True) as project:
        wish, branches = order.wish, order.branches
        if wish.what == "top":
            branches = tuple(best_branches(project, wish.top))
        wanted, lost = parted(branches, lacking_branches(project.branches()))
        exported = export_branches(
            project,
            wanted,
            folder=order.folder,
            long_edge_px=wish.long_edge_px,
            kind=wish.kind,
            depth=wish.depth,
            name=wish.name,
            storyboard=wish.storyboard,
            check=control.check,
        )
        with suppress(Stopped):  # what is written stays
            for one in exported:
                written.append(one)
                tell(len(written))
                control.check()
    return Done(order=order, written=tuple(written), lost=lost)

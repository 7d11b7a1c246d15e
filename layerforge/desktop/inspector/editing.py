"""What can be done to the chosen step or layer, as actions."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from layerforge.desktop.actions import Actions
from layerforge.desktop.symbols import arrow_down, arrow_up, die, eye


class EditActions(QObject):
    """The actions of the inspector; they work on the page that it shows."""

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self.up = actions.more(
            self.tr("Move &up"),
            self.tr("Move the chosen step or layer up"),
            "Alt+Up",
            symbol=arrow_up,
        )
        self.down = actions.more(
            self.tr("Move &down"),
            self.tr("Move the chosen step or layer down"),
            "Alt+Down",
            symbol=arrow_down,
        )
        self.switch = actions.more(
            self.tr("&Switch off or on"),
            self.tr("Leave the chosen step out, or hide the layer; and back again"),
            "X",
            symbol=eye,
        )
        self.reroll = actions.more(
            self.tr("&Roll anew"),
            self.tr("Draw all parameters of the chosen step anew"),
            "R",
            symbol=die,
        )
        self.now = actions.more(
            self.tr("&Keep at once"),
            self.tr("Judge the change and keep it as a branch now"),
            "Ctrl+Return",
        )

        self.credit = actions.more(
            self.tr("Wei&gh the steps"),
            self.tr("Find out what each step of the branch is good for, by leaving it out"),
            "W",
        )
        self.simplify = actions.more(
            self.tr("Simpli&fy"),
            self.tr("Make a branch without the steps that contribute nothing"),
            "Ctrl+Alt+S",
        )
        self.polish = actions.more(
            self.tr("P&olish"),
            self.tr("Tune the numbers of the branch, and keep what is better as a branch"),
            "Ctrl+Alt+P",
        )

    @property
    def all(self) -> list[QAction]:
        """The actions, as they stand in the menu."""
        return [self.up, self.down, self.switch, self.reroll, self.now, *self.tasks]

    @property
    def tasks(self) -> list[QAction]:
        """Those that take a while."""
        return [self.credit, self.simplify, self.polish]

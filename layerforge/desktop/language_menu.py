"""Which language the window speaks, to be chosen in a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from layerforge.desktop.languages import OWN_NAMES
from layerforge.desktop.messages import Message
from layerforge.desktop.preferences import LANGUAGE, Preferences


class LanguageMenu(QObject):
    """A menu with the system's language and all that there are.

    What is chosen counts from the next start on: words that were said already stay as they are.
    said: a message that says so.
    """

    said = Signal(object)

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.menu = QMenu(self.tr("&Language"), parent)
        self.group = QActionGroup(self)
        chosen = preferences.text(LANGUAGE)
        for language, name in {"": self.tr("As the system"), **OWN_NAMES}.items():
            action = self.group.addAction(name)
            action.setCheckable(True)
            action.setChecked(language == chosen)
            action.setData(language)
            hint = self.tr("The language of the window, from the next start on")
            action.setStatusTip(hint)
            action.setToolTip(hint)
            action.triggered.connect(partial(self._choose, language))
        self.menu.addActions(self.group.actions())

    def _choose(self, language: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        if language != self._preferences.text(LANGUAGE):
            self._preferences.set_text(LANGUAGE, language)
            words = self.tr("LayerForge speaks the other language from its next start on.")
            self.said.emit(Message("info", words, topic="language"))

"""Presets: dials under a name, to be used again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from layerforge.desktop.dialogs import Dialogs
from layerforge.desktop.explore_bar.bar import ExploreBar
from layerforge.desktop.messages import Message
from layerforge.explore.presets import Presets
from layerforge.model.errors import LayerForgeError


class PresetMenu(QObject):
    """Fills the bar's menu of presets, and the same in the menu bar."""

    said = Signal(Message)

    def __init__(
        self, bar: ExploreBar, dialogs: Dialogs, parent: QObject, *, presets: Presets | None = None
    ) -> None:
        super().__init__(parent)
        self._bar, self._dialogs = bar, dialogs
        self.presets = presets or Presets()
        bar.preset_button.menu().aboutToShow.connect(lambda: self.fill(bar.preset_button.menu()))

    def fill(self, menu: QMenu) -> None:
        """Put in what there is now."""
        menu.clear()
        for old in menu.findChildren(QMenu):
            old.deleteLater()
        names = self.presets.names()
        for name in names:
            menu.addAction(name).triggered.connect(self._doing(self.apply, name))
        if not names:
            menu.addAction(self.tr("None yet")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(self.tr("As at first")).triggered.connect(
            lambda _checked=False: self._bar.show_usual()
        )
        menu.addAction(self.tr("&Save these dials…")).triggered.connect(self._doing(self.save))
        for words, act in ((self.tr("&Rename"), self.rename), (self.tr("R&emove"), self.remove)):
            inner = menu.addMenu(words)
            inner.setEnabled(bool(names))
            for name in names:
                inner.addAction(name).triggered.connect(self._doing(act, name))

    def apply(self, name: str) -> None:
        """Turn the dials as a preset has them."""
        self._bar.show_settings(self.presets.load(name))
        self._say(self.tr("The dials stand as in “{name}”.").format(name=name))

    def save(self) -> None:
        """Keep the dials under a name that the user gives."""
        name = self._dialogs.preset_name(self.tr("Save the dials as"), "")
        if not name:
            return
        if name in self.presets.names() and not self._dialogs.may_replace(name):
            return
        self.presets.save(name, self._bar.settings())
        self._say(self.tr("Saved as “{name}”.").format(name=name))

    def rename(self, name: str) -> None:
        """Give a preset another name."""
        new = self._dialogs.preset_name(self.tr("Rename the preset"), name)
        if new and new != name:
            self.presets.rename(name, new)

    def remove(self, name: str) -> None:
        """Let a preset go."""
        self.presets.remove(name)
        self._say(self.tr("“{name}” is removed.").format(name=name))

    def _doing(self, act: Callable[..., None], *given: str) -> Callable[..., None]:
        return lambda _checked=False: self._do(act, given)

    def _do(self, act: Callable[..., None], given: tuple[str, ...]) -> None:
        try:
            act(*given)
        except LayerForgeError as error:
            self.said.emit(Message("error", str(error), topic="presets"))

    def _say(self, text: str) -> None:
        self.said.emit(Message("good", text, topic="presets"))

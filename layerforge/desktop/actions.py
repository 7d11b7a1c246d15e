"""Everything the user can do, once: in the menus, on buttons, by keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from layerforge.desktop.symbols import Symbol, cross, icon, pin, plus
from layerforge.desktop.theme import colors_now


class Actions(QObject):
    """The actions of a window, by name."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._symbols: list[tuple[QAction, Symbol]] = []
        self.add_images = self._make(
            self.tr("Add &images…"),
            self.tr("Add images to make collages from"),
            "Ctrl+I",
            symbol=plus,
        )
        self.add_folder = self._make(
            self.tr("Add a &folder…"), self.tr("Add all images of a folder")
        )
        self.add_samples = self._make(
            self.tr("Try the &samples"), self.tr("Add the sample images that come with LayerForge")
        )
        self.new = self._make(self.tr("&New project"), self.tr("Begin a new project"), "Ctrl+N")
        self.open = self._make(self.tr("&Open project…"), self.tr("Open a project file"), "Ctrl+O")
        self.save = self._make(
            self.tr("&Save"),
            self.tr("Give the project a name; from then on it is always saved"),
            "Ctrl+S",
        )
        self.save_as = self._make(
            self.tr("Save &as…"),
            self.tr("Write a copy to another file and go on in it"),
            "Ctrl+Shift+S",
        )
        self.export = self._make(
            self.tr("&Export…"), self.tr("Write branches as pictures with their history"), "Ctrl+E"
        )
        self.export.setShortcuts([self.export.shortcut(), QKeySequence("E")])
        self.quit = self._make(self.tr("&Quit"), self.tr("Close LayerForge"), "Ctrl+Q")
        self.undo = self._make(self.tr("&Undo"), self.tr("Take the last decision back"), "Ctrl+Z")
        self.redo = self._make(
            self.tr("&Redo"), self.tr("Restore the decision taken back last"), "Ctrl+Shift+Z"
        )
        self.copy = self._make(
            self.tr("&Copy"), self.tr("Put the picture and its recipe on the clipboard"), "Ctrl+C"
        )
        self.select_all = self._make(
            self.tr("Select &all"), self.tr("Choose all branches that are shown"), "Ctrl+A"
        )
        self.pin = self._make(
            self.tr("&Pin"),
            self.tr("Keep the chosen branches in view and grow them"),
            "P",
            symbol=pin,
        )
        self.kill = self._make(
            self.tr("&Kill"),
            self.tr("Grow nothing from the chosen branches any more"),
            "K",
            symbol=cross,
        )
        self.reset = self._make(
            self.tr("&Reset"), self.tr("Neither pinned nor killed: take the decision away"), "U"
        )
        self.pin.setCheckable(True)
        self.kill.setCheckable(True)
        self.toggle = self._make(self.tr("&Explore"), self.tr("Explore, pause, or go on"), "Space")
        self.stop = self._make(
            self.tr("&Stop"),
            self.tr("Stop exploring; what finished rounds found is kept"),
            "Ctrl+.",
        )
        self.enlarge = self._make(
            self.tr("&Large picture"),
            self.tr("Show only the picture; arrow keys leaf through"),
            "F",
        )
        self.enlarge.setCheckable(True)
        self.hide_killed = self._make(
            self.tr("&Hide killed"), self.tr("Leave killed branches out"), "H"
        )
        self.hide_killed.setCheckable(True)
        self.full_screen = self._make(
            self.tr("&Full screen"), self.tr("Use the whole screen"), "F11"
        )
        self.full_screen.setCheckable(True)
        self.shortcuts = self._make(
            self.tr("&Keyboard shortcuts"), self.tr("All keys at a glance"), "F1"
        )
        self.about = self._make(self.tr("&About LayerForge"), self.tr("Version and licence"))
        # so that Space still presses a focused button: the window takes it where nothing else does
        self.toggle.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        window.removeAction(self.toggle)
        self.select_all.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._draw()
        window.installEventFilter(self)

    def more(
        self, text: str, hint: str, *keys: str, symbol: Symbol | None = None, checks: bool = False
    ) -> QAction:
        """An action of a panel's own; the first of ``keys`` is the one that hints name."""
        action = self._make(text, hint, keys[0] if keys else "", symbol=symbol)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.setCheckable(checks)
        self._draw()
        return action

    def say_next(self, text: str, hint: str, *, enabled: bool) -> None:
        """What exploring does next, as its large button says it."""
        self.toggle.setText(f"&{text}")
        self.toggle.setStatusTip(hint)
        self.toggle.setToolTip(hint)
        self.toggle.setEnabled(enabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        return super().eventFilter(watched, event)

    def _make(
        self, text: str, hint: str, keys: str = "", *, symbol: Symbol | None = None
    ) -> QAction:
        action = QAction(text, self._window)
        plain = text.replace("&", "").removesuffix("…")
        tip = hint
        if keys:
            sequence = QKeySequence(keys)
            action.setShortcut(sequence)
            tip = f"{hint} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(tip)
        action.setStatusTip(hint)
        action.setIconText(plain)
        action.setWhatsThis(hint)
        if symbol is not None:
            self._symbols.append((action, symbol))
        self._window.addAction(action)
        return action

    def _draw(self) -> None:
        colors = colors_now()
        for action, symbol in self._symbols:
            action.setIcon(icon(symbol, colors.text, disabled=colors.dim))


def fill_menus(window: QMainWindow, actions: Actions) -> QMenu:
    """Put every action in a menu; returns the one of recent projects, to be filled."""
    bar = window.menuBar()
    file = bar.addMenu(QCoreApplication.translate("Actions", "&File"))
    for one in (actions.new, actions.open):
        file.addAction(one)
    recent = file.addMenu(QCoreApplication.translate("Actions", "Open &recent"))
    groups = (
        (actions.save, actions.save_as),
        (actions.export,),
        (actions.quit,),
    )
    for group in groups:
        file.addSeparator()
        file.addActions(list(group))
    edit = bar.addMenu(QCoreApplication.translate("Actions", "&Edit"))
    edit.setObjectName("edit")
    edit.addActions([actions.undo, actions.redo])
    edit.addSeparator()
    edit.addActions([actions.pin, actions.kill, actions.reset])
    edit.addSeparator()
    edit.addActions([actions.copy, actions.select_all])
    sources = bar.addMenu(QCoreApplication.translate("Actions", "&Sources"))
    sources.setObjectName("sources menu")
    sources.addActions([actions.add_images, actions.add_folder, actions.add_samples])
    explore = bar.addMenu(QCoreApplication.translate("Actions", "E&xplore"))
    explore.setObjectName("explore")
    explore.addActions([actions.toggle, actions.stop])
    view = bar.addMenu(QCoreApplication.translate("Actions", "&View"))
    view.setObjectName("view")
    view.addActions([actions.enlarge, actions.full_screen])
    view.addSeparator()
    view.addAction(actions.hide_killed)
    helping = bar.addMenu(QCoreApplication.translate("Actions", "&Help"))
    helping.setObjectName("help")
    helping.addActions([actions.shortcuts, actions.about])
    return recent

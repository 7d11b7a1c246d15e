"""The studio: what a window has for looking closely, editing, comparing and watching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from layerforge.desktop.atlas.tools import AtlasTools
from layerforge.desktop.atlas.view import AtlasView
from layerforge.desktop.compare.compare import Compare
from layerforge.desktop.compare.panel import ComparePanel
from layerforge.desktop.docks import Docks, raised
from layerforge.desktop.explore_bar.preset_menu import PresetMenu
from layerforge.desktop.inspector.editing import EditActions
from layerforge.desktop.inspector.inspector import Inspector
from layerforge.desktop.inspector.panel import InspectorPanel
from layerforge.desktop.language_menu import LanguageMenu
from layerforge.desktop.map.tools import MapTools
from layerforge.desktop.map.view import MapView
from layerforge.desktop.messages import Message
from layerforge.desktop.picture.tools import PictureTools
from layerforge.desktop.preferences import Preferences
from layerforge.desktop.progress.credits import CreditReader
from layerforge.desktop.progress.panel import ProgressPanel
from layerforge.desktop.sources.tools import SourceTools
from layerforge.desktop.stopping import close_all
from layerforge.desktop.tour.stops import stops_of
from layerforge.desktop.tour.tour import Tour
from layerforge.desktop.tree.tools import TreeTools
from layerforge.desktop.tree.view import TreeView

if TYPE_CHECKING:
    from layerforge.desktop.window import MainWindow


_STACK = "stack what looks alike"
_TOURED = "tour taken"


class Studio(QObject):
    """Joins the tools and docks to the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.docks = Docks(window)
        self.picture = PictureTools(window.panels.picture, window.commands, self)
        self._add_sources()
        self._add_presets()
        self._add_inspector()
        self._add_compare()
        self._add_tree()
        self._add_map()
        self._add_atlas()
        self._add_progress()
        self._buttons: dict[QAction, QToolButton] = {}
        self._fill_menus()
        self._add_tour()

    def _add_sources(self) -> None:
        window = self._window
        self.source_tools = SourceTools(
            window.panels.sources,
            window.session,
            window.documents,
            window.commands,
            window.preferences,
            self,
        )
        self.source_tools.said.connect(window.panels.banners.say)
        menu = self._menu("sources menu")
        menu.addAction(self.source_tools.paste)
        menu.addSeparator()
        menu.addActions(self.source_tools.all[1:])

    def _add_presets(self) -> None:
        window = self._window
        bar = window.panels.explore_bar
        self.presets = PresetMenu(bar, window.dialogs, self)
        self.presets.said.connect(window.panels.banners.say)
        menu = QMenu(self.tr("&Presets"), window)
        menu.aboutToShow.connect(lambda: self.presets.fill(menu))
        self._menu("explore").addMenu(menu)

    def _add_inspector(self) -> None:
        window = self._window
        self.edits = EditActions(window.commands, self)
        self.inspector_panel = InspectorPanel(self.edits)
        self.inspector_dock = self.docks.add(
            self.inspector_panel,
            name="inspector",
            title=self.tr("Inspector"),
            hint=self.tr("Steps, layers and parameters of the branch"),
            key="I",
            area=Qt.DockWidgetArea.RightDockWidgetArea,
        )
        self.inspector = Inspector(
            self.inspector_panel,
            self.edits,
            window.session,
            window.panels.picture,
            window.choosing,
            self,
        )
        self.inspector.said.connect(window.panels.banners.say)
        self.inspector.tasks.begun.connect(lambda _words: self.inspector_dock.show())

    def _add_compare(self) -> None:
        window, panels = self._window, self._window.panels
        self.compare_panel = ComparePanel()
        self.compare = Compare(
            self.compare_panel, panels, window.session, window.choosing, window.commands, self
        )
        self.compare.said.connect(panels.banners.say)
        self.compare.shown_changed.connect(self._on_comparing)

    def _add_tree(self) -> None:
        window, panels = self._window, self._window.panels
        self.tree = TreeView(
            lambda branch: window.session.project.thumbnail(branch), panels.gallery.model.describe
        )
        self.tree_dock = self.docks.add(
            self.tree,
            name="tree",
            title=self.tr("Tree"),
            hint=self.tr("What grew from what; double-click grows from there"),
            key="T",
            area=Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.tree_tools = TreeTools(
            self.tree,
            panels,
            window.session,
            window.choosing,
            window.commands,
            self,
            settings=panels.explore_bar.settings,
        )

    def _add_map(self) -> None:
        window, model = self._window, self._window.panels.gallery.model
        self.map = MapView(model.branch, model.describe)
        self.map_dock = self.docks.add(
            self.map,
            name="map",
            title=self.tr("Map"),
            hint=self.tr("What looks alike lies near; who has left the sources behind"),
            key="M",
            area=Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.map_tools = MapTools(
            self.map,
            window.panels,
            window.session,
            window.choosing,
            self,
            grow=self.tree_tools.grow_from,
        )
        self.map_tools.said.connect(window.panels.banners.say)

    def _add_atlas(self) -> None:
        window, model = self._window, self._window.panels.gallery.model
        self.atlas = AtlasView(
            model.branch, model.describe, lambda branch: window.session.project.thumbnail(branch)
        )
        self.atlas_dock = self.docks.add(
            self.atlas,
            name="atlas",
            title=self.tr("Atlas"),
            hint=self.tr("The best picture of every kind: how colourful, how busy"),
            key="A",
            area=Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.atlas_tools = AtlasTools(
            self.atlas,
            window.panels,
            window.session,
            window.choosing,
            self,
            grow=self.tree_tools.grow_from,
        )
        self.atlas_tools.said.connect(window.panels.banners.say)

    def _add_progress(self) -> None:
        window = self._window
        self.progress = ProgressPanel(window.session.exploration)
        self.progress_dock = self.docks.add(
            self.progress,
            name="progress",
            title=self.tr("Progress"),
            hint=self.tr("How exploring goes: speed, best so far, and what was turned away"),
            key="Shift+P",
            area=Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.credits = CreditReader(window.session, self)
        self.credits.read.connect(self.progress.pays.show_credits)
        self.credits.failed.connect(
            lambda text: window.panels.banners.say(Message("warning", text, topic="credits"))
        )
        self.progress.credits_wanted.connect(lambda wanted: self.credits.want(wanted=wanted))
        window.session.opened.connect(
            lambda opened: None if opened.copied else self.progress.clear()
        )

    def _on_comparing(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        preview = self._window.panels.picture.preview
        self.picture.target = self.compare_panel.stage if shown else preview

    def close(self, *, timeout_s: float) -> bool:
        """Stop all work; False where some did not end in time."""
        self.source_tools.replacing.stop()
        self.inspector.tasks.stop()
        works = (self.compare, self.credits, self.map_tools, self.atlas_tools)
        return close_all(works, timeout_s=timeout_s)

    def _fill_menus(self) -> None:
        view = self._menu("view")
        view.addSeparator()
        view.addActions([raised(one) for one in self.docks.all])
        view.addSeparator()
        view.addActions(self.picture.all)
        view.addSeparator()
        self._add_orders(view)
        self._add_stacks(view)
        menus = self._window.menuBar()
        compare = QMenu(self.tr("&Compare"), menus)
        compare.addActions(self.compare.all[:2])
        compare.addSeparator()
        compare.addActions(self.compare.all[2:])
        menus.insertMenu(menus.actions()[-1], compare)
        inspect = self.inspector_dock.toggleViewAction()
        grow = self.tree_tools.grow
        self._menu("explore").addActions([grow, self.tree_tools.fold])
        self._window.choosing.more_actions += [grow, self.compare.toggle, inspect]
        docks = [dock.toggleViewAction() for dock in self.docks.all]
        for action in (*docks, self.compare.toggle, self.compare.ask):
            self._add_button(action)
        edit = self._menu("edit")
        edit.addSeparator()
        edit.addActions(self.edits.all)
        self.languages = LanguageMenu(self._window.preferences, self._window)
        self.languages.said.connect(self._window.panels.banners.say)
        view.addSeparator()
        view.addMenu(self.languages.menu)

    def _add_orders(self, view: QMenu) -> None:
        """What the gallery's own tools do, for who prefers menus and keys."""
        gallery, actions = self._window.panels.gallery, self._window.commands
        orders = view.addMenu(self.tr("&Sort the gallery"))
        group = QActionGroup(self)
        for row in range(gallery.orders.count()):
            order = gallery.orders.itemData(row)
            hint = gallery.orders.itemData(row, Qt.ItemDataRole.ToolTipRole)
            action = actions.more(gallery.orders.itemText(row), hint, checks=True)
            action.setChecked(row == gallery.orders.currentIndex())
            action.triggered.connect(lambda _checked=False, order=order: gallery.sort(order))
            group.addAction(action)
            orders.addAction(action)
        gallery.orders.currentIndexChanged.connect(
            lambda row: group.actions()[row].setChecked(True)
        )
        narrow = actions.more(
            self.tr("&Filter the gallery…"),
            self.tr("Show only some branches: by operation, source or value"),
            "Ctrl+F",
        )
        narrow.triggered.connect(lambda _checked=False: gallery.narrowing.showMenu())
        view.addAction(narrow)

    def _add_stacks(self, view: QMenu) -> None:
        window, actions = self._window, self._window.commands
        self.stack = actions.more(
            self.tr("Stack what &looks alike"),
            self.tr("Lay branches that are variations of one idea on top of each other"),
            checks=True,
        )
        self.stack.setChecked(True)
        self.stack.toggled.connect(lambda on: window.choosing.stack(on=on))
        self.turn_stack = actions.more(
            self.tr("&Unfold or fold the stack"),
            self.tr("Lay all that is in the stack of the chosen branch out, or fold it"),
            "S",
        )
        self.turn_stack.triggered.connect(lambda _checked=False: window.choosing.turn_stack())
        window.choosing.more_actions.append(self.turn_stack)
        view.addActions([self.stack, self.turn_stack])

    def restore(self, preferences: Preferences) -> None:
        """Take what was set last time."""
        self.docks.restore(preferences)
        self.stack.setChecked(preferences.number(_STACK, 1) != 0)

    def remember(self, preferences: Preferences) -> None:
        """Keep what is set for next time."""
        self.docks.remember(preferences)
        preferences.set_number(_STACK, float(self.stack.isChecked()))

    def _add_button(self, action: QAction) -> None:
        """A small button in the status bar, for who looks for things with the mouse."""
        button = QToolButton()
        button.setProperty("role", "segment")
        button.setDefaultAction(action)
        button.setAccessibleName(action.iconText())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._window.status.addPermanentWidget(button)
        self._buttons[action] = button

    def _add_tour(self) -> None:
        window = self._window
        self.tour = Tour(lambda: stops_of(window), window)
        self.show_tour = window.commands.more(
            self.tr("&Take the tour"), self.tr("What there is in the window, in two minutes")
        )
        self.show_tour.triggered.connect(lambda _checked=False: self.tour.begin())
        helping = self._menu("help")
        helping.insertAction(helping.actions()[0], self.show_tour)

    def greet(self) -> None:
        """Take who is here for the first time on the tour."""
        preferences = self._window.preferences
        if not preferences.number(_TOURED, 0):
            preferences.set_number(_TOURED, 1)
            self.tour.begin()

    def button_of(self, action: QAction) -> QWidget:
        """The button in the status bar that does ``action``."""
        return self._buttons[action]

    def _menu(self, name: str) -> QMenu:
        found = self._window.menuBar().findChild(QMenu, name)
        assert isinstance(found, QMenu)  # noqa: S101 - the window makes them before this
        return found

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from layerforge.desktop import banner
from layerforge.desktop.exploration import State
from layerforge.desktop.messages import Message, Offer
from layerforge.desktop.shortcuts import ShortcutSheet
from layerforge.desktop.sources.model import SourcesModel
from layerforge.desktop.theme import DARK, LIGHT, Colors
from layerforge.desktop.window import MainWindow
from layerforge.explore.settings import ExploreSettings
from layerforge.project.project import Project
from tests.desktop.driving import banner_texts, drop, explore, wait_until_idle


def test_sources_show_thumbnails(window: MainWindow, photos: list[Path], qtbot: QtBot) -> None:
    model: SourcesModel = window.panels.sources.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos[:1])
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos)
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "china.jpg",
        "flower.jpg",
    ]
    sources = [model.source_at(row) for row in range(2)]
    qtbot.waitUntil(lambda: all(model.pixmap(one) for one in sources), timeout=10_000)
    pixmap = model.pixmap(sources[0])
    assert pixmap is not None
    assert max(pixmap.width(), pixmap.height()) == 128


def test_known_images_and_addresses_are_named(
    window: MainWindow, photos: list[Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos)
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, [photos[0].parent, "https://example.org/cat.jpg"])
    text = banner_texts(window)
    assert "here already" in text
    assert "https://example.org/cat.jpg" in text


def test_what_is_not_taken_as_it_is_is_told(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    frames = [Image.new("RGB", (8, 6), color) for color in ("red", "blue")]
    frames[0].save(tmp_path / "spin.gif", save_all=True, append_images=frames[1:])
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, [tmp_path / "spin.gif"])
    assert "spin.gif: it holds 2 pictures; the first one is used" in banner_texts(window)


def test_dials_become_settings(window: MainWindow) -> None:
    bar = window.panels.explore_bar
    usual = ExploreSettings()
    assert bar.settings().temperature == usual.temperature
    assert bar.settings().noise == usual.noise
    bar.budget.setValue(77)
    bar.temperature.set_value(0.8)
    bar.noise.slider.setValue(5)
    bar.seed.field.setText("123")
    bar.advanced.strategy.setCurrentIndex(bar.advanced.strategy.findData("random"))
    bar.advanced.scorer.setCurrentIndex(bar.advanced.scorer.findData("measures"))
    bar.advanced.novelty.setValue(1.5)
    assert bar.settings() == ExploreSettings(
        budget=77,
        temperature=0.8,
        noise=0.05,
        seed=123,
        strategy="random",
        scorer="measures",
        novelty=1.5,
    )


def test_a_project_brings_its_dials(window: MainWindow, explored: Path, qtbot: QtBot) -> None:
    with Project.open(explored) as project:
        settings = {"temperature": 0.91, "noise": 0.02, "novelty": 2.0, "budget": 5}
        project.begin_run(
            settings=settings, seed=1, scorer="measures", scorer_description="", versions={}
        )
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(explored)
    dials = window.panels.explore_bar.settings()
    assert (dials.temperature, dials.noise, dials.novelty) == (0.91, 0.02, 2.0)


def test_seeds_are_new_each_time_or_rolled(window: MainWindow, qtbot: QtBot) -> None:
    seed = window.panels.explore_bar.seed
    assert seed.seed() != seed.seed()
    qtbot.mouseClick(seed.roll_button, Qt.MouseButton.LeftButton)
    assert seed.seed() == seed.seed() == int(seed.field.text())


def test_the_main_button_says_what_it_does(window: MainWindow) -> None:
    bar = window.panels.explore_bar
    words = {}
    for state in State:
        bar.show_state(state, ready=True)
        words[state] = bar.main_button.text()
        assert bar.stop_button.isVisibleTo(bar) == (state is not State.IDLE)
        assert bar.budget.isEnabled() == (state is State.IDLE)
    assert words[State.IDLE] == "Explore"
    assert words[State.RUNNING] == "Pause"
    assert words[State.PAUSED] == "Resume"
    bar.show_state(State.IDLE, ready=False)


def test_banners_stack_replace_and_act(window: MainWindow, qtbot: QtBot) -> None:
    banners = window.panels.banners
    acted: list[str] = []
    offer = Offer("Do it", lambda: acted.append("done"))
    banners.say(Message("info", "one", topic="a"))
    banners.say(Message("error", "two", topic="b", offers=(offer,)))
    banners.say(Message("good", "three", topic="a"))
    assert [one.message.text for one in banners.banners()] == ["three", "two"]
    qtbot.mouseClick(banners.banners()[0].close_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(banners.banners()[0].offers[0], Qt.MouseButton.LeftButton)
    assert acted == ["done"]
    assert banners.banners() == []
    details = tuple(f"file {number}: broken" for number in range(9))
    banners.say(Message("warning", "left out:", details=details))
    assert "and 5 more" in banner_texts(window)


def test_one_banner_is_in_sight_with_a_count(window: MainWindow, qtbot: QtBot) -> None:
    banners = window.panels.banners
    for number in range(30):
        banners.say(Message("warning", f"message {number}"))
    in_sight = [one for one in banners.banners() if one.isVisible()]
    assert [one.message.text for one in in_sight] == ["message 29"]
    assert in_sight[0].behind.text() == "8 more"
    qtbot.mouseClick(in_sight[0].behind, Qt.MouseButton.LeftButton)
    in_sight = [one for one in banners.banners() if one.isVisible()]
    assert [one.message.text for one in in_sight] == ["message 28"]
    for _ in range(9):
        qtbot.mouseClick(banners.banners()[0].close_button, Qt.MouseButton.LeftButton)
    assert banners.banners() == []
    assert banners.height() <= 1 or not banners.sizeHint().height()


def test_progress_stays_behind_an_error(window: MainWindow) -> None:
    banners = window.panels.banners
    banners.say(Message("info", "1 of 9", topic="export"))
    banners.say(Message("error", "broken"))
    banners.say(Message("info", "2 of 9", topic="export"))
    assert [one.message.text for one in banners.banners()] == ["broken", "2 of 9"]


def test_information_goes_by_itself_and_errors_stay(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner, "LASTS_S", 0.05)
    banners = window.panels.banners
    offer = Offer("Do it", lambda: None)
    staying = [
        Message("error", "broken"),
        Message("warning", "left out"),
        Message("info", "choose", offers=(offer,)),
    ]
    for message in staying:
        banners.say(message)
        banners.say(Message("info", "by the way"))
        banners.say(Message("good", "done", offers=(offer,)))
        qtbot.waitUntil(lambda: banners.banners()[0].message == message, timeout=5000)  # noqa: B023
    qtbot.wait(200)
    assert [one.message for one in banners.banners()] == staying[::-1]


def test_the_menu_says_what_the_button_says(opened: MainWindow, qtbot: QtBot) -> None:
    bar, toggle = opened.panels.explore_bar, opened.commands.toggle
    explore(opened, qtbot, 100_000)
    with qtbot.waitSignal(opened.session.exploration.bridge.round_done, timeout=30_000):
        pass
    for word in ("Pause", "Resume", "Pause"):
        assert bar.main_button.text() == word
        assert toggle.text().replace("&", "") == word
        toggle.trigger()
    opened.session.exploration.stop()
    assert toggle.text().replace("&", "") == bar.main_button.text()
    assert toggle.isEnabled() == bar.main_button.isEnabled()
    wait_until_idle(opened, qtbot)
    assert toggle.text().replace("&", "") == bar.main_button.text() == "Explore"


def _menu_actions(window: MainWindow) -> set[QAction]:
    return {action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}


def test_every_action_is_in_a_menu_and_explained(window: MainWindow) -> None:
    own = [one for one in vars(window.commands).values() if isinstance(one, QAction)]
    assert len(own) > 20
    in_menus = _menu_actions(window)
    for action in own:
        assert action in in_menus, action.text()
        assert action.toolTip(), action.text()
        assert action.statusTip(), action.text()


def test_keys_are_not_given_twice(window: MainWindow) -> None:
    own = [one for one in vars(window.commands).values() if isinstance(one, QAction)]
    keys = [one.shortcut().toString() for one in own if not one.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    assert {"P", "K", "U", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+E", "Ctrl+I", "Ctrl+O"} <= set(keys)


def test_every_button_has_a_name(window: MainWindow) -> None:
    for button in window.panels.findChildren(QAbstractButton):
        if button.objectName().startswith("qt_") or not button.isVisibleTo(window):
            continue
        assert button.accessibleName() or button.text() or button.toolTip(), button


def test_the_shortcut_sheet_lists_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ShortcutSheet)
    sheet.reject()


def test_the_window_fits_a_small_screen(opened: MainWindow) -> None:
    hint = opened.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 720
    opened.panels.explore_bar.advanced.fold.setChecked(True)
    assert opened.minimumSizeHint().height() <= 720


def _luminance(name: str) -> float:
    color = QColor(name)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [DARK, LIGHT], ids=["dark", "light"])
def test_colours_are_told_apart(colors: Colors) -> None:
    """WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for parts of controls (1.4.11)."""
    for ground in (colors.window, colors.panel, colors.surround, colors.raised):
        assert _contrast(colors.text, ground) >= 7.0
        assert _contrast(colors.dim, ground) >= 4.5
        assert _contrast(colors.accent, ground) >= 3.0
    assert _contrast(colors.accent_text, colors.accent) >= 4.5
    assert _contrast(colors.accent_text, colors.accent_hover) >= 4.5

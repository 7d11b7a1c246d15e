from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from layerforge.desktop.explore_bar.bar import ExploreBar
from layerforge.desktop.window import MainWindow
from layerforge.explore.presets import Presets
from layerforge.explore.settings import ExploreSettings
from tests.desktop.driving import banner_texts, explore, wait_until_idle

LEFT = Qt.MouseButton.LeftButton

EVERYTHING = ExploreSettings(
    budget=1234,
    seed=99,
    temperature=0.5,
    noise=0.25,
    novelty=1.5,
    strategy="swarm",
    scorer="clip",
    preset="best",
    precision="float32",
    device="cpu",
    threads=3,
    kappa=1.0,
    more_like=("fog", "a quiet sea"),
    less_like=("text",),
    weights={"order": 0.5, "somebody else": 2.0},
    families_off=("glitch", "not installed here"),
    crossover=0.4,
)


@pytest.fixture
def bar(qtbot: QtBot) -> ExploreBar:
    bar = ExploreBar()
    qtbot.addWidget(bar)
    return bar


def test_all_that_is_shown_comes_back(bar: ExploreBar) -> None:
    bar.seed.field.setText("99")
    for settings in (
        EVERYTHING,
        ExploreSettings(seed=99),
        ExploreSettings(seed=99, scorer="clip", clip_model="ViT-B-16/openai", heads=("mine",)),
        ExploreSettings(seed=99, scorer="measures", kappa=0.0),
    ):
        bar.show_settings(settings)
        assert bar.settings() == settings


def test_words_need_clip(bar: ExploreBar, qtbot: QtBot) -> None:
    judges = bar.advanced.judges
    qtbot.keyClicks(judges.more, " fog ; ;sea")
    assert bar.settings().more_like == ("fog", "sea")
    judges.scorer.setCurrentIndex(judges.scorer.findData("measures"))
    assert not judges.more.isEnabled()
    assert bar.settings().more_like == ()
    judges.scorer.setCurrentIndex(judges.scorer.findData("best"))
    assert bar.settings().more_like == ("fog", "sea")
    assert (bar.settings().scorer, bar.settings().preset) == ("clip", "best")


def test_heads_go_with_their_encoder(bar: ExploreBar) -> None:
    bar.show_settings(ExploreSettings(scorer="clip", heads=("mine",)))
    assert bar.settings().heads == ("mine",)
    judges = bar.advanced.judges
    judges.scorer.setCurrentIndex(judges.scorer.findData("best"))
    assert bar.settings().heads == ()


def test_families_are_switched_off(bar: ExploreBar) -> None:
    field = bar.advanced.families
    heard: list[bool] = []
    bar.steered.connect(lambda: heard.append(True))
    field.boxes["glitch"].click()
    assert bar.settings().families_off == ("glitch",)
    assert heard
    assert f"{len(field.boxes) - 1} of {len(field.boxes)}" in field.text()
    field.show_off(field.boxes)
    assert "pictures alone" in field.accessibleName()


def test_a_locked_seed_is_the_last_one(bar: ExploreBar, qtbot: QtBot) -> None:
    seed = bar.seed
    seed.used(4711)
    assert "4711" in seed.lock_button.toolTip()
    qtbot.mouseClick(seed.lock_button, LEFT)
    assert seed.seed() == seed.seed() == 4711
    qtbot.mouseClick(seed.lock_button, LEFT)
    assert seed.seed() != seed.seed()
    qtbot.keyClicks(seed.field, "12")
    assert seed.lock_button.isChecked()
    seed.field.clear()
    assert not seed.lock_button.isChecked()


def named(menu: QMenu, text: str) -> QMenu:
    """The menu of a name within a menu."""
    (found,) = (one.menu() for one in menu.actions() if one.text().replace("&", "") == text)
    assert isinstance(found, QMenu)
    return found


def test_presets_are_saved_applied_renamed_and_removed(window: MainWindow) -> None:
    bar, tools = window.panels.explore_bar, window.studio.presets
    menu = bar.preset_button.menu()
    bar.noise.set_value(0.9)
    bar.advanced.families.show_off(["blur"])
    window.dialogs.preset_name = lambda _title, _name: "wild"  # type: ignore[method-assign]

    def press(text: str, inside: str = "") -> None:
        tools.fill(menu)
        place = named(menu, inside) if inside else menu
        (action,) = (one for one in place.actions() if one.text().replace("&", "") == text)
        action.trigger()

    press("Save these dials…")
    assert "Saved as “wild”" in banner_texts(window)
    press("As at first")
    assert bar.settings().noise == ExploreSettings().noise
    assert bar.settings().families_off == ()
    press("wild")
    assert (bar.settings().noise, bar.settings().families_off) == (0.9, ("blur",))
    window.dialogs.preset_name = lambda _title, _name: "tame"  # type: ignore[method-assign]
    press("wild", inside="Rename")
    assert Presets().names() == ["tame"]
    (file,) = Presets().folder.iterdir()
    file.write_text(json.dumps({"noise": 9}))
    press("tame")
    assert str(file) in banner_texts(window)
    assert bar.settings().noise == 0.9  # nothing was turned
    press("tame", inside="Remove")
    assert Presets().names() == []


def test_what_is_changed_meanwhile_is_recorded_in_the_next_run(
    opened: MainWindow, qtbot: QtBot
) -> None:
    bridge, advanced = opened.session.exploration.bridge, opened.panels.explore_bar.advanced
    assert advanced.strategy.currentData() == "random"  # as in the project's last run
    explore(opened, qtbot, 5_000)
    with qtbot.waitSignal(bridge.round_done, timeout=30_000):
        pass
    with qtbot.waitSignal(bridge.started, timeout=30_000):
        advanced.strategy.setCurrentIndex(advanced.strategy.findData("swarm"))
        advanced.judges.voters.boxes["order"].setValue(2.5)
        advanced.families.show_off(["glitch", "spectral"])
        advanced.judges.kappa.setValue(1.0)
    with qtbot.waitSignal(bridge.round_done, timeout=30_000):
        pass
    opened.session.exploration.stop()
    wait_until_idle(opened, qtbot)
    first, second = (run.settings for run in opened.session.project.runs()[-2:])
    assert (first["strategy"], second["strategy"]) == ("random", "swarm")
    assert (first["weights"], second["weights"]) == ({}, {"order": 2.5})
    assert second["families_off"] == ["glitch", "spectral"]
    assert second["kappa"] == 1.0

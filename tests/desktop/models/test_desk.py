from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop.exploration import State
from layerforge.desktop.models.fetching import Fetcher
from layerforge.desktop.window import MainWindow
from layerforge.scoring import catalogue
from layerforge.scoring.catalogue import ENCODERS, Pairing, Preset
from tests.desktop.driving import banner_texts, explore, wait_until_idle
from tests.weight_files import made_up_head, serving, write_encoder

LARGE = bytes(32 << 20)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of weights, and no others."""
    folder = tmp_path / "models"
    monkeypatch.setenv("LAYERFORGE_MODELS", str(folder))
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def lacking(models: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A preset ``fast`` of which a large head lacks that a server of ours has; its path."""
    with serving(LARGE) as server:
        head = made_up_head(LARGE, url=server.url + "head.pth")
        preset = Preset("fast", (Pairing(ENCODERS[0], (head,)),))
        monkeypatch.setitem(catalogue.PRESETS, "fast", preset)
        write_encoder(models / ENCODERS[0].file, ENCODERS[0])
        yield models / "head.pth"


def press(window: MainWindow, text: str, qtbot: QtBot) -> None:
    banner = window.panels.banners.banners()[0]
    (button,) = (one for one in banner.offers if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_weights_nothing_blocks_and_measures_can_judge(
    opened: MainWindow, models: Path, qtbot: QtBot
) -> None:
    scorer = opened.panels.explore_bar.advanced.scorer
    scorer.setCurrentIndex(scorer.findData("fast"))
    before = len(opened.session.project.runs())
    explore(opened, qtbot, 16)
    wait_until_idle(opened, qtbot)
    assert QApplication.activeModalWidget() is None
    assert "its weights are not on this machine" in banner_texts(opened)
    assert len(opened.session.project.runs()) == before
    press(opened, "Judge with measures", qtbot)
    qtbot.waitUntil(lambda: opened.session.exploration.state is not State.IDLE, timeout=5000)
    wait_until_idle(opened, qtbot)
    run = opened.session.project.runs()[-1]
    assert (run.scorer, run.settings["scorer"]) == ("measures", "measures")


def test_where_measures_stand_in_clip_is_offered_once(
    opened: MainWindow, models: Path, qtbot: QtBot
) -> None:
    for _ in range(2):
        explore(opened, qtbot, 16)
        wait_until_idle(opened, qtbot)
        offered = [one for one in opened.panels.banners.banners() if one.message.topic == "weights"]
        for one in offered:
            one.leave()
    assert opened.session.project.runs()[-1].scorer == "measures"
    assert offered == []


def test_weights_are_fetched_stopped_and_gone_on_with(
    window: MainWindow, lacking: Path, qtbot: QtBot
) -> None:
    desk = window.weights
    desk.fetch("fast")
    assert "Fetching CLIP's weights" in banner_texts(window)
    press(window, "Stop", qtbot)
    qtbot.waitUntil(lambda: "what came of CLIP's weights is kept" in banner_texts(window))
    assert not lacking.exists()
    with qtbot.waitSignal(desk.here, timeout=20_000) as here:
        press(window, "Go on", qtbot)
    assert here.args == ["fast"]
    assert lacking.read_bytes() == LARGE
    assert "CLIP's weights are here" in banner_texts(window)


def test_it_is_told_how_far_a_file_is(lacking: Path, qtbot: QtBot) -> None:
    fetcher = Fetcher()
    told = []
    fetcher.progressed.connect(told.append)
    with qtbot.waitSignal(fetcher.done, timeout=20_000):
        fetcher.start("fast")
    assert (told[0].name, told[0].number, told[0].files) == ("head.pth"[:-4], 1, 1)
    assert all(one.done <= len(LARGE) for one in told)
    assert fetcher.close(timeout_s=5.0)


def test_a_fetch_that_fails_can_be_tried_again(
    window: MainWindow, lacking: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    head = made_up_head(LARGE, url="http://127.0.0.1:9/head.pth")
    preset = Preset("fast", (Pairing(ENCODERS[0], (head,)),))
    monkeypatch.setitem(catalogue.PRESETS, "fast", preset)
    with qtbot.waitSignal(window.weights.fetcher.failed, timeout=20_000):
        window.weights.fetch("fast")
    banner = window.panels.banners.banners()[0]
    assert banner.message.kind == "error"
    assert [one.text() for one in banner.offers] == ["Try again"]

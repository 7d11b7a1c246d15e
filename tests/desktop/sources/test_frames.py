from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from layerforge.desktop.window import MainWindow
from layerforge.files.images import decode
from tests.desktop.driving import banner_texts, drop
from tests.desktop.sources.test_tools import click_source

COLORS = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A document of four pages, each of one colour."""
    path = tmp_path / "pages.tif"
    first, *others = (Image.new("RGB", (40, 24), color) for color in COLORS)
    first.save(path, save_all=True, append_images=others)
    return path


def test_pages_are_offered_and_those_chosen_become_sources(
    window: MainWindow, pages: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, [pages])
    assert "pages.tif holds 4 pictures" in banner_texts(window)
    window.panels.banners.banners()[0].offers[0].click()
    several = window.studio.source_tools.several
    qtbot.waitUntil(lambda: several.dialog is not None, timeout=10_000)
    dialog = several.dialog
    assert dialog is not None
    assert dialog.list.count() == 4
    assert not dialog.take.isEnabled()
    qtbot.waitUntil(lambda: not dialog.list.item(3).icon().isNull(), timeout=10_000)
    seen = dialog.list.item(1).icon().pixmap(112, 112).toImage().pixelColor(56, 56)
    assert (seen.red(), seen.green(), seen.blue()) == COLORS[1]
    for row in (1, 3):
        dialog.list.item(row).setSelected(True)
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    names = [one.name for one in window.session.sources]
    assert names == ["pages.tif", "pages.tif frame 2", "pages.tif frame 4"]
    for source, color in zip(window.session.sources[1:], (COLORS[1], COLORS[3]), strict=True):
        content = window.session.project.source_bytes(source.id)
        pixels = decode(content, name=source.name)
        assert pixels.shape == (24, 40, 4)
        assert (pixels == (*color, 255)).all()


def test_a_file_of_one_picture_says_so(
    window: MainWindow, photos: list[Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.sources_added, timeout=10_000):
        drop(window, photos[:1])
    click_source(window, qtbot, 0)
    window.studio.source_tools.frames.trigger()
    qtbot.waitUntil(lambda: "one picture only" in banner_texts(window), timeout=10_000)

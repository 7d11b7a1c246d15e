from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt loads

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerforge.desktop import window as window_module
from layerforge.desktop.application import App
from layerforge.desktop.dialogs import Answer
from layerforge.desktop.languages import speak
from layerforge.desktop.theme import DARK, palette_of, style_sheet
from layerforge.desktop.window import MainWindow
from layerforge.explore.explorer import Explorer
from layerforge.explore.settings import ExploreSettings
from layerforge.files.images import read_source
from layerforge.model.canvas import Canvas
from layerforge.project.project import Project
from layerforge.scoring.voters import MeasuresScorer

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            # the offscreen platform has no window manager to tell sizes to, and says so
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return App


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, caches and untitled projects of the tests' own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(scope="session")
def photos(photo_folder: Path) -> list[Path]:
    return [photo_folder / "china.jpg", photo_folder / "flower.jpg"]


@pytest.fixture(scope="session")
def explored_once(tmp_path_factory: pytest.TempPathFactory, photos: list[Path]) -> Path:
    """A project with some branches; to be copied, not opened."""
    path = tmp_path_factory.mktemp("explored") / "two photos.layerforge"
    settings = ExploreSettings(budget=96, seed=5, strategy="random", search_edge_px=128)
    with Project.create(path, canvas=Canvas(width=301, height=201)) as project:
        for photo in photos:
            file = read_source(photo)
            project.add_source(file.source, file.file_bytes)
        Explorer(project, settings, MeasuresScorer(), listener=lambda _event: None).run()
        assert len(project.branches()) > 12
    return path


@pytest.fixture
def explored(explored_once: Path, tmp_path: Path) -> Path:
    """A project with some branches and an odd width."""
    path = tmp_path / explored_once.name
    path.write_bytes(explored_once.read_bytes())
    return path


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if qapp.style().name() != "fusion":
        qapp.setStyle("Fusion")
        qapp.setPalette(palette_of(DARK))
        qapp.setStyleSheet(style_sheet(DARK))


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    if not qapp.findChildren(QTranslator):
        speak(qapp, "en")


@pytest.fixture
def make_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], MainWindow]]:
    """Makes real windows, shown, which discard unnamed work when they are closed."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow()
        window.dialogs.unsaved = lambda _branches: Answer.DISCARD  # type: ignore[method-assign]
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    monkeypatch.setattr(window_module, "CLOSING_S", 20.0)  # a busy machine takes its time
    for window in windows:
        window.close()
        assert window.ended_cleanly
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()


@pytest.fixture
def opened(window: MainWindow, explored: Path, qtbot: QtBot) -> MainWindow:
    """A window on a project with some branches, each of which has a place in the gallery."""
    window.studio.stack.setChecked(False)
    with qtbot.waitSignal(window.session.opened, timeout=5000):
        window.documents.open(explored)
    qtbot.waitUntil(lambda: window.panels.gallery.model.rowCount() > 12, timeout=5000)
    qtbot.waitUntil(lambda: not window.choosing.different.busy, timeout=10_000)
    return window
